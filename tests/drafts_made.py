"""The workspace's own templates, and the files of its drafts."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


GREETING = "Subject: Hello {{ contact.greeting }}\nPurpose: engagement\nAbout: A greeting\n\nDear {{ contact.greeting }},\n\nHello.\n"


def own_template(crm: Crm, name: str, text: str) -> Path:
    """Put a template into the workspace."""
    path = crm.workspace.templates / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def written(crm: Crm, name: str) -> EmailMessage:
    """Read a file of the workspace's drafts as a mail program would."""
    found = message_from_bytes((crm.workspace.drafts / name).read_bytes(), policy=policy.default)
    assert isinstance(found, EmailMessage)
    return found


def files(crm: Crm) -> list[str]:
    """List the workspace's drafts folder."""
    return sorted(path.name for path in crm.workspace.drafts.iterdir())
