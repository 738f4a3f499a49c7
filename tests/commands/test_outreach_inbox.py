"""What comes back to the mailbox, as typed: kept once, with whom it is from."""

from __future__ import annotations

import mailbox
from typing import TYPE_CHECKING

import pytest

from payloads import HOSTILE
from replies import HELLO, bounce, reply, sent, take
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


@pytest.fixture
def written(crm: Crm, amina: str) -> str:
    """Write to Amina, and have it sent; give the Message-ID."""
    return sent(crm, amina)


def test_a_reply_is_an_interaction_once(crm: Crm, tmp_path: Path, written: str) -> None:
    """Without what it quotes; the same mail again changes nothing."""
    assert take(crm, tmp_path, reply(written)) == [("P1", "D1", "reply")]
    before = crm.workspace.store.read_bytes()
    assert take(crm, tmp_path, reply(written)) == [("P1", "D1", "read before")]
    assert crm.workspace.store.read_bytes() == before
    (said,) = [
        crm.json("show", event["ref"]) for event in crm.json("contact", "show", "amina")["timeline"] if event["text"] == "Re: Hello Amina"
    ]
    assert (said["on"], said["kind"], said["direction"], said["summary"], said["body"]) == (
        "2026-12-01",
        "email",
        "in",
        "Re: Hello Amina",
        "Yes please.",
    )
    assert crm.json("store", "check")["problems"] == 0


def test_a_mail_that_answers_nothing_of_ours_changes_nothing(crm: Crm, tmp_path: Path, written: str) -> None:
    """Whoever it is from."""
    assert written
    before = crm.workspace.store.read_bytes()
    assert take(crm, tmp_path, reply("<somebody@else.example>"), bounce("<somebody@else.example>")) == []
    assert crm.workspace.store.read_bytes() == before


def test_references_will_do(crm: Crm, tmp_path: Path, written: str) -> None:
    """Where a program answers an answer."""
    assert take(crm, tmp_path, reply("<other@example.org>", References=f"<first@example.org> {written} <other@example.org>")) == [
        ("P1", "D1", "reply")
    ]


@pytest.mark.parametrize(
    "mail",
    [
        {"Subject": "unsubscribe", "In_Reply_To": ""},
        {"Subject": "Unsubscribe", "In_Reply_To": "", "From": "AMINA@example.org"},
        {"body": "please unsubscribe me\n"},
    ],
)
def test_who_asks_to_stop_is_not_written_to(crm: Crm, tmp_path: Path, written: str, mail: dict[str, str]) -> None:
    """By the way out in our message, which is a mail of its own and known by its address, or by a reply."""
    fields = {"body": "", **mail}
    body = fields.pop("body")
    (found,) = take(crm, tmp_path, reply(fields.pop("In_Reply_To", written) or "<none@example.org>", body, **fields))
    assert (found[0], found[2]) == ("P1", "opt-out")
    shown = crm.json("contact", "show", "amina")
    assert (shown["do_not_contact"], shown["do_not_contact_reason"]) == (True, "asked by e-mail on 2026-12-01 to be written to no more")
    assert "they asked not to be contacted" in crm.refused(Exit.REFUSED, "outreach", "draft", "hello", "--to", "amina", "--again")


@pytest.mark.parametrize("words", ["please don't write", "Hi Robin,\n\nThanks, but please don’t write again.\n\nAmina"])
def test_the_words_that_our_messages_ask_for_are_understood(crm: Crm, tmp_path: Path, written: str, words: str) -> None:
    """As they are typed on a telephone too."""
    assert take(crm, tmp_path, reply(written, words)) == [("P1", "D1", "opt-out")]


def test_an_address_that_is_dead_is_not_used_again(crm: Crm, tmp_path: Path, written: str) -> None:
    """Until somebody says that it works; another of theirs is used meanwhile."""
    assert take(crm, tmp_path, bounce(written)) == [("P1", "D1", "dead address")]
    assert take(crm, tmp_path, bounce(written)) == [("P1", "D1", "read before")]
    assert crm.json("outreach", "show", "D1")["status"] == "failed"
    (dead,) = crm.json("outreach", "dead")
    assert (dead["address"], dead["why"], dead["contacts"][0]["ref"]) == ("amina@example.org", "550 5.1.1 no such user", "P1")
    assert "nothing arrives at amina@example.org any more" in crm.refused(
        Exit.REFUSED, "outreach", "draft", "hello", "--to", "amina", "--again"
    )
    crm.ok("contact", "edit", "amina", "--email", "amina@example.org", "--email", "ay@example.org")
    (draft,) = crm.json("outreach", "draft", "hello", "--to", "amina", "--again")
    assert draft["to_address"] == "ay@example.org"
    assert crm.json("outreach", "dead", "--works", "Amina@example.org") == []
    assert "is not on the list" in crm.refused(Exit.REFUSED, "outreach", "dead", "--works", "amina@example.org")


@pytest.mark.parametrize(
    ("report", "said"),
    [
        ({"status": "5.2.2"}, ("bounce", "failed")),
        ({"status": "5.7.1"}, ("bounce", "failed")),
        ({"status": "4.4.1", "action": "delayed"}, ("ignored", "sent")),
        ({"to": "elsewhere@example.org"}, ("bounce", "failed")),
    ],
)
def test_other_reports_make_no_address_dead(crm: Crm, tmp_path: Path, written: str, report: dict[str, str], said: tuple[str, str]) -> None:
    """A full mailbox, a server that refuses us, one that still tries, an address that it was forwarded to."""
    ((_, _, result),) = take(crm, tmp_path, bounce(written, **report))
    assert crm.json("outreach", "dead") == []
    assert (result, crm.json("outreach", "show", "D1")["status"]) == said


@pytest.mark.parametrize(
    "headers",
    [
        {"Return_Path": "<>"},
        {"Auto_Submitted": "auto-replied"},
        {"Subject": "Automatic reply: Hello"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
    ],
)
def test_what_only_a_program_says_is_passed_over(crm: Crm, tmp_path: Path, written: str, headers: dict[str, str]) -> None:
    """Out of office is no answer, and restarts no clock."""
    before = crm.workspace.store.read_bytes()
    assert take(crm, tmp_path, reply(written, **headers)) == [("P1", "D1", "ignored")]
    assert crm.workspace.store.read_bytes() == before


def test_a_reply_shows_that_an_exported_draft_was_sent(crm: Crm, tmp_path: Path, written: str) -> None:
    """Whatever the mail program did not tell us."""
    assert written
    crm.ok("outreach", "draft", "hello", "--to", "amina", "--again")
    crm.ok("outreach", "export", "D2")
    message_id = crm.json("outreach", "show", "D2")["message_id"]
    assert take(crm, tmp_path, reply(message_id)) == [("P1", "D2", "reply")]
    assert crm.json("outreach", "show", "D2")["status"] == "sent"


def test_html_a_maildir_a_file_and_a_rehearsal(crm: Crm, tmp_path: Path, written: str) -> None:
    """Whatever mailbox there is; a rehearsal keeps nothing, and undo takes all back."""
    message = reply(written)
    message.set_content("<p>Yes <b>please</b>.</p><script>alert(1)</script>", subtype="html")
    box = mailbox.Maildir(tmp_path / "box")
    box.add(message)
    box.close()
    (tmp_path / "one.eml").write_bytes(message.as_bytes())
    before = crm.workspace.store.read_bytes()
    assert [row["result"] for row in crm.json("outreach", "inbox", str(tmp_path / "one.eml"), "--dry-run")] == ["reply"]
    assert crm.workspace.store.read_bytes() == before
    assert [row["result"] for row in crm.json("outreach", "inbox", str(tmp_path / "box"))] == ["reply"]
    assert [row["result"] for row in crm.json("outreach", "inbox", str(tmp_path / "one.eml"))] == ["read before"]
    (found,) = crm.json("search", "yes", "please")
    assert crm.json("show", found["ref"])["body"] == "Yes please."
    crm.ok("undo", "--yes")
    assert crm.json("search", "yes", "please") == []


def test_what_is_no_mail_is_refused(crm: Crm, tmp_path: Path) -> None:
    """And what cannot be read costs itself alone."""
    (tmp_path / "list.csv").write_text("Name,Email\nAmina,amina@example.org\n", encoding="utf-8")
    assert "it is no mail" in crm.refused(Exit.REFUSED, "outreach", "inbox", str(tmp_path / "list.csv"))
    assert "cannot read" in crm.refused(Exit.REFUSED, "outreach", "inbox", str(tmp_path / "nowhere.eml"))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_kept_safe_or_reported(crm: Crm, tmp_path: Path, written: str, name: str) -> None:
    """In every header and in the text; nothing of it steers a terminal."""
    text = HOSTILE[name].encode("utf-8", "surrogatepass")
    flat = b" ".join(text.splitlines())
    mail = b"From: %s <amina@example.org>\r\nSubject: %s\r\nMessage-ID: <%s>\r\nIn-Reply-To: %s\r\nDate: %s\r\nX: y\r\n\r\n%s\r\n"
    (tmp_path / "one.eml").write_bytes(mail % (flat, flat, flat.replace(b" ", b""), written.encode(), flat, text))
    result = crm("outreach", "inbox", str(tmp_path / "one.eml"))
    assert result.code in (Exit.DONE, Exit.REFUSED, Exit.PARTIAL), result
    assert "\x1b" not in result.out + result.err
    assert crm.json("store", "check")["problems"] == 0


@pytest.mark.parametrize("hung_on", [False, True])
def test_what_did_not_arrive_starts_no_clock(crm: Crm, tmp_path: Path, written: str, hung_on: bool) -> None:
    """The interaction that sending wrote goes again, unless something hangs on it; undo brings it back, and the card marks the address."""
    before = crm.json("contact", "show", "amina")
    assert (before["last_contact_on"], before["dead_addresses"]) == ("2026-12-01", [])
    (sent,) = [event["ref"] for event in before["timeline"] if event["ref"].startswith("N")]
    if hung_on:
        crm.ok("followup", "add", "Ring", "--due", "today", "--about", sent)
    assert take(crm, tmp_path, bounce(written)) == [("P1", "D1", "dead address")]
    shown = crm.json("contact", "show", "amina")
    assert shown["last_contact_on"] == ("2026-12-01" if hung_on else None)
    assert shown["dead_addresses"] == ["amina@example.org"]
    assert "amina@example.org (nothing arrives there)" in crm.ok("contact", "show", "amina").out
    assert crm.json("store", "check")["problems"] == 0
    crm.ok("undo", "--yes")
    assert crm.json("contact", "show", "amina")["last_contact_on"] == "2026-12-01"


def test_a_notice_that_did_not_arrive_is_owed_again(crm: Crm, tmp_path: Path, amina: str) -> None:
    """Nobody was told anything by a message that bounced, nor by an exported one that was cancelled; a notice given otherwise stays."""
    crm.ok("contact", "edit", amina, "--source", "event")
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    crm.ok("outreach", "draft", "hello", "--to", amina)
    crm.ok("outreach", "export", "D1")
    crm.ok("outreach", "resolve", "D1", "--sent")
    assert crm.json("contact", "show", amina)["notice_given_on"] == "2026-12-01"
    take(crm, tmp_path, bounce(crm.json("outreach", "show", "D1")["message_id"], status="5.2.2"))
    assert crm.json("contact", "show", amina)["notice_given_on"] is None
    crm.ok("outreach", "draft", "hello", "--to", amina)
    crm.ok("outreach", "export", "D2")
    assert crm.json("contact", "show", amina)["notice_given_on"] == "2026-12-01"
    crm.ok("outreach", "cancel", "D1")
    assert crm.json("contact", "show", amina)["notice_given_on"] == "2026-12-01"
    crm.ok("outreach", "cancel", "D2")
    assert crm.json("contact", "show", amina)["notice_given_on"] is None
    crm.ok("outreach", "draft", "hello", "--to", amina)
    crm.ok("outreach", "export", "D3")
    crm.ok("contact", "edit", amina, "--notice-given-on", "2026-11-20")
    crm.ok("outreach", "cancel", "D3")
    assert crm.json("contact", "show", amina)["notice_given_on"] == "2026-11-20"


def test_today_says_what_did_not_arrive_until_it_is_seen_to(crm: Crm, tmp_path: Path, written: str) -> None:
    """Cancelled, or drafted once more."""
    assert [line for line in crm.json("today") if line["ref"] == "D1"] == []
    take(crm, tmp_path, bounce(written, status="5.2.2"))
    (line,) = [line for line in crm.json("today") if line["ref"] == "D1"]
    why = "did not arrive (1 Dec); why: solidarity show D1; draft it again, or solidarity outreach cancel D1"
    assert (line["what"], line["who"], line["why"]) == ("Hello Amina", "Amina Yusuf", why)
    crm.ok("outreach", "draft", "hello", "--to", "amina")
    assert [line for line in crm.json("today") if line["ref"] == "D1"] == []
    crm.ok("outreach", "cancel", "D2")
    crm.ok("outreach", "cancel", "D1")
    assert [line for line in crm.json("today") if line["ref"] == "D1"] == []


def test_a_letter_that_did_not_arrive_told_nobody(crm: Crm, tmp_path: Path, amina: str, sian: str) -> None:
    """What came of an introduction is owed again to whoever it would have told, and so are the thanks in it."""
    crm.ok("contact", "add", "Jo Vale", "--email", "jo@example.org")
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins", "--via", "jo")
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes")
    for step in (["make", "I1"], ["met", "I1"], ["close", "I1", "--outcome", "They share a drop-in"], ["tell", "I1"]):
        crm.ok("intro", *step)
    letter = next(draft["ref"] for draft in crm.json("outreach", "list") if draft["template"] == "thank-introducer")
    crm.ok("outreach", "export", letter)
    crm.ok("outreach", "resolve", letter, "--sent")
    assert crm.json("intro", "show", "I1")["thanked_on"] == "2026-12-01"
    take(crm, tmp_path, bounce(crm.json("outreach", "show", letter)["message_id"], to="jo@example.org"))
    found = crm.json("intro", "show", "I1")
    assert (found["introducer_told_on"], found["thanked_on"]) == (None, None)
    assert [line["ref"] for line in crm.json("intro", "list", "--owed")] == ["I1"]
