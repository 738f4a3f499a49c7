"""What comes back from somebody else than whom we wrote to: it decides nothing for them."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from replies import bounce, reply, sent, take
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


@pytest.fixture
def written(crm: Crm, amina: str) -> str:
    """Write to Amina, and have it sent; give the Message-ID."""
    return sent(crm, amina)


def test_a_button_that_says_it_is_a_program_is_a_wish_all_the_same(crm: Crm, tmp_path: Path, written: str) -> None:
    """What List-Unsubscribe asks for is the whole subject, and no automatic answer has that."""
    assert written
    mail = reply("<none@example.org>", "This message was sent by a program.", Subject="unsubscribe", Auto_Submitted="auto-generated")
    assert take(crm, tmp_path, mail) == [("P1", None, "opt-out")]


def test_somebody_to_whom_it_was_sent_on_asks_for_themselves(crm: Crm, tmp_path: Path, written: str, sian: str) -> None:
    """If they are known, they are written to no more, and a reply of theirs is theirs; whom it was to stays as they were."""
    address = crm.json("contact", "show", sian)["emails"][0]["value"]
    first = reply(written, "Tell me more.", From=address, Message_ID="<s1@example.org>")
    second = reply(written, "Please stop emailing me.", From=address, Message_ID="<s2@example.org>")
    assert take(crm, tmp_path, first, second) == [(sian, "D1", "reply"), (sian, "D1", "opt-out")]
    assert [crm.json("contact", "show", ref)["do_not_contact"] for ref in ("P1", sian)] == [False, True]


def test_whether_it_was_them_is_found_out(crm: Crm, tmp_path: Path, written: str) -> None:
    """An address that nobody has may be another of theirs, or anybody's: nothing is decided, and nothing forgotten."""
    path = tmp_path / "one.eml"
    path.write_bytes(bytes(reply(written, "Please unsubscribe me", From="stranger@elsewhere.example")))
    result = crm("outreach", "inbox", str(path))
    assert (result.code, "opt-out in doubt" in result.out) == (Exit.DONE, True)
    assert result.err.endswith("try: if it was them: solidarity contact edit P1 --do-not-contact\n")
    assert "stranger" not in result.out + result.err
    shown = crm.json("contact", "show", "amina")
    assert shown["do_not_contact"] is False
    (task,) = crm.json("followup", "list")
    assert (task["due"], task["about"]["ref"], task["owner"]) == ("2026-12-01", "P1", "Robin Marsh")
    crm.ok("outreach", "inbox", str(path))
    assert len(crm.json("followup", "list")) == 1


def test_what_we_wrote_ourselves_is_no_reply(crm: Crm, tmp_path: Path, written: str) -> None:
    """A mailbox has also what was sent from it, in the same thread."""
    before = crm.workspace.store.read_bytes()
    mail = reply(written, "unsubscribe", From="Robin <ROBIN@leeds.example>")
    assert take(crm, tmp_path, mail) == [("P1", "D1", "ignored")]
    assert crm.workspace.store.read_bytes() == before


def sent_on(report: bytes) -> EmailMessage:
    """Send a report on, as an attachment and with no word of one's own."""
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "sian@example.org", "Fwd: Undelivered mail", "<f1@example.org>"
    message.set_content("")
    message.add_attachment(message_from_bytes(report, policy=policy.default))
    return message


def test_nobody_can_say_for_a_server_that_an_address_is_dead(crm: Crm, tmp_path: Path, written: str) -> None:
    """A report that somebody sends on, or that came from a person's address, is none."""
    before = crm.workspace.store.read_bytes()
    forged = b"Return-Path: <stranger@elsewhere.example>\n" + bounce(written)
    assert take(crm, tmp_path, sent_on(bounce(written)), forged) == []
    assert crm.workspace.store.read_bytes() == before


def test_a_mail_that_was_sent_on_is_not_its_senders_words(crm: Crm, tmp_path: Path, written: str) -> None:
    """What somebody attached asks for nothing."""
    message = reply(written, "")
    message.add_attachment(reply("<x@example.org>", "unsubscribe", From="other@example.org"))
    assert take(crm, tmp_path, message) == [("P1", "D1", "reply")]


@pytest.mark.parametrize(
    "change",
    [
        (b"Return-Path: <>\n", b""),
        (b"Return-Path: <MAILER-DAEMON@mail.example>\n", b""),
        (b"", b"Content-Type: message/rfc822\n\nSubject: Hello\nMessage-Id:\n "),
        (b"In-Reply-To: %(id)s\n", b"Content-Type: text/plain\n\nWhat was sent: "),
    ],
)
def test_servers_quote_a_message_in_many_ways(crm: Crm, tmp_path: Path, written: str, change: tuple[bytes, bytes]) -> None:
    """Whole, by its headers, or by its Message-ID alone; with an empty return path, and what some write for one."""
    head, original = change
    report = bounce(written).replace(b"Content-Type: text/rfc822-headers\n\nMessage-ID: ", original or b"\\g")
    report = head % {b"id": written.encode()} + (report if original else bounce(written))
    assert take(crm, tmp_path, report) == [("P1", "D1", "dead address")]


def test_a_report_that_names_no_address_makes_none_dead(crm: Crm, tmp_path: Path, written: str) -> None:
    """The message did not arrive, and that is all that is known."""
    report = bounce(written).replace(b"Final-Recipient: rfc822; amina@example.org\n", b"")
    assert take(crm, tmp_path, report) == [("P1", "D1", "bounce")]
    assert crm.json("outreach", "dead") == []
