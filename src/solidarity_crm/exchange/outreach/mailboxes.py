"""Drafts as the files that mail programs keep: one .eml each, one mbox of all, or a maildir (exchange.md A7)."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.outreach.mail import address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

EML, MBOX, MAILDIR = "eml", "mbox", "maildir"
FORMATS = (EML, MBOX, MAILDIR)
MAILDIR_FOLDERS = ("cur", "new", "tmp")
# a maildir's name says what a message is: a draft, and seen; Windows allows no colon in names
_FLAGS = "!2,DS" if os.name == "nt" else ":2,DS"
_FROM = re.compile(rb"^From ", re.MULTILINE)


def named(form: str, messages: Sequence[tuple[str, bytes]], *, on: date) -> dict[str, list[str]]:
    """Give the names of the files that hold messages, each with the refs of those in it."""
    if form == MBOX:
        return {f"drafts-{on}.mbox": [ref for ref, _ in messages]} if messages else {}
    return {f"{ref}-{on}.eml" if form == EML else f"cur/{ref}-{on}.solidarity{_FLAGS}": [ref] for ref, _ in messages}


def files(form: str, messages: Sequence[tuple[str, bytes]], *, sender: str, moment: datetime) -> dict[str, bytes]:
    """Give messages as files by their names; in a mbox each is parted from the last by who wrote it, and when.

    The folder of a maildir needs :data:`MAILDIR_FOLDERS`.
    """
    names = named(form, messages, on=moment.date())
    if form != MBOX:
        return dict(zip(names, [content for _, content in messages], strict=True))
    begins = f"From {address('', sender).addr_spec} {moment.ctime()}\n".encode("ascii")
    return {name: b"".join(begins + _mboxed(content) for _, content in messages) for name in names}


def _mboxed(content: bytes) -> bytes:
    """Give a message as a mbox has it: no line of its text begins as the next message does.

    Readers do not undo the ``>From `` that others write; in quoted-printable, ``=46rom `` says the same to all (RFC 4155, RFC 2045 §6.7).
    """
    head, _, body = content.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + _FROM.sub(b"=46rom ", body.replace(b"\r\n", b"\n")).rstrip(b"\n") + b"\n\n"
