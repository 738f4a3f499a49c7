"""Drafts as mbox and maildir, read by the standard library as mail programs would."""

from __future__ import annotations

import mailbox
from datetime import datetime
from email import message_from_bytes, policy
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from test_mail import MAIL

from solidarity_crm.exchange.outreach.mail import eml
from solidarity_crm.exchange.outreach.mailboxes import EML, FORMATS, MAILDIR, MAILDIR_FOLDERS, MBOX, files

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Europe/London"))
BODY = "From the start\n\nFrom here to there.\n>From nowhere\n.\nSiân – ok\nFrom"
MESSAGES = [(f"D{number}", eml(MAIL._replace(body=BODY, subject=f"Hello {number}"), unsent=False)) for number in (1, 2)]


def written(form: str) -> dict[str, bytes]:
    """Give the files of two messages."""
    return files(form, MESSAGES, sender="hello@leeds.example", moment=MOMENT)


def test_a_mbox_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    """Two messages, each with its text to the letter."""
    ((name, content),) = written(MBOX).items()
    (tmp_path / name).write_bytes(content)
    box = mailbox.mbox(tmp_path / name)
    found = [message_from_bytes(bytes(each), policy=policy.default) for each in box]
    box.close()
    assert [each["Subject"] for each in found] == ["Hello 1", "Hello 2"]
    assert [each.get_content() for each in found] == [f"{BODY}\n"] * 2
    assert name == "drafts-2026-12-01.mbox"
    assert content.startswith(b"From hello@leeds.example Tue Dec  1 09:30:00 2026\nFrom: ")
    assert content.count(b"\nFrom ") == 1
    assert b"\r" not in content


def test_a_maildir_says_that_they_are_drafts(tmp_path: Path) -> None:
    """By the flag that notmuch and mutt read."""
    for folder in MAILDIR_FOLDERS:
        (tmp_path / folder).mkdir()
    for name, content in written(MAILDIR).items():
        (tmp_path / name).write_bytes(content)
    found = list(mailbox.Maildir(tmp_path, create=False))
    assert [each.get_flags() for each in found] == ["DS", "DS"]
    assert sorted(str(each["Subject"]) for each in found) == ["Hello 1", "Hello 2"]


@pytest.mark.parametrize("form", FORMATS)
def test_no_messages_are_no_files(form: str) -> None:
    """An empty mailbox is not written over one that is there."""
    assert files(form, [], sender="hello@leeds.example", moment=MOMENT) == {}


def test_a_file_each_is_the_message_itself() -> None:
    """By its ref and the day, never by anybody's name."""
    assert written(EML) == {f"{ref}-2026-12-01.eml": content for ref, content in MESSAGES}
