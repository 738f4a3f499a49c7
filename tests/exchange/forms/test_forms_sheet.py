"""Replies in the exports of form plugins and in tables of anybody's own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from solidarity_crm.errors import CannotRead, Usage
from solidarity_crm.exchange import incoming
from solidarity_crm.exchange.forms import reading, sheet
from solidarity_crm.exchange.forms.dates import day_in
from solidarity_crm.exchange.forms.questions import DROPPED, asked

if TYPE_CHECKING:
    from pathlib import Path

    from solidarity_crm.exchange.forms.reply import Reply

HOW = reading.Reading(ZoneInfo("Europe/London"))
JETPACK = (
    '"Title","Source","Response Date","1_Name","2_Email","3_Phone","4_Organisation","5_Role","6_How can you help?","7_Message","Consent","IP Address"\n'
    '"Help","https://x.example","2026-11-20 10:00:00","Siân O\'Brien","sian@example.org","\'+44 7700 900140","MESMAC","Lead",'
    '"Data on inequalities, Advice","Hello\nthere","1","192.0.2.7"\n'
)
FLAMINGO = (
    "your-name,your-email,your-phone,your-message,acceptance-1,Date\n"
    "Siân O'Brien,sian@example.org,+44 7700 900140 (Security Alert: Suspicious content is detected. See the documentation for details.),"
    '"Hello\nthere",I agree that you keep this,2026-11-20 10:00:00\n'
)
GRAVITY = (
    '"Name (First)","Name (Last)","Email","Phone","How can you help? (Data)","How can you help? (Advice)","Consent (Consent)","Consent (Text)",'
    '"Message","Entry Id","Entry Date","Source Url","User IP","User Agent"\n'
    '"Siân","O\'Brien","sian@example.org","+44 7700 900140","Data","","1","I agree that you keep this","Hello\nthere","101","2026-11-20 10:00:00",'
    '"https://x.example/","192.0.2.7","Mozilla"\n'
    '"Ann","Lee","ann@example.org","","","Advice","","I agree that you keep this","","102","2026-11-20 11:00:00","","",""\n'
)
WPFORMS = (
    "Entry ID,Entry Date,Name,Name: First,Name: Last,Email,Phone,Comment or Message,GDPR Agreement,Viewed,Starred,User Agent,User IP\n"
    '12,"November 20, 2026 10:11 am",Siân O\'Brien,Siân,O\'Brien,sian@example.org,+44 7700 900140,"Hello\nthere",'
    "I agree that you keep this,viewed,,Mozilla,192.0.2.7\n"
)


def replies(text: str, **how: object) -> list[Reply]:
    """Read an export."""
    return list(sheet.read("replies.csv", text.encode(), **how).found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "origin"),
    [(JETPACK, "jetpack export"), (FLAMINGO, "flamingo export"), (GRAVITY, "gravity export"), (WPFORMS, "wpforms export")],
    ids=["jetpack", "flamingo", "gravity", "wpforms"],
)
def test_every_plugins_export_says_who_and_what(text: str, origin: str) -> None:
    """The phone as it was typed, the consent, the day; nothing of machines."""
    found = replies(text)[0]
    assert (found.full_name, found.email, found.phone, found.words) == (
        "Siân O'Brien",
        "sian@example.org",
        "+44 7700 900140",
        "Hello\nthere",
    )
    assert (found.received_on, found.origin, bool(found.consent)) == (date(2026, 11, 20), origin, True)
    assert "192.0.2.7" not in found.body
    assert "Mozilla" not in found.body


def test_boxes_that_are_columns_are_ticked_where_they_are_filled() -> None:
    """As Gravity Forms writes them; the wording of a consent that is not ticked was not agreed to."""
    first, second = replies(GRAVITY)
    assert (first.choices, first.consent, first.mark) == (("Data",), "I agree that you keep this", "101")
    assert (second.choices, second.consent, second.full_name) == (("Advice",), None, "Ann Lee")


@pytest.mark.parametrize(
    ("said", "agreed"), [("1", True), ("Yes", True), ("", False), ("0", False), ("no", False), ("Not Checked", False), ("I agree.", True)]
)
def test_a_consent_is_what_was_ticked(said: str, agreed: bool) -> None:
    """No tick is no consent."""
    found = replies(f"Name,Email,I agree that you keep my details\nAnn,ann@example.org,{said}\n")[0]
    assert found.consent == (None if not agreed else said if said == "I agree." else "I agree that you keep my details: yes")


def test_questions_that_nobody_knows_stay_with_their_answers() -> None:
    """In the body, as everything else."""
    found = replies("Name,Email,Favourite biscuit,How did you hear of us?\nAnn,ann@example.org,Garibaldi,From a friend at the surgery\n")[0]
    assert found.body.splitlines() == [
        "Name: Ann", "Email: ann@example.org", "Favourite biscuit: Garibaldi", "How did you hear of us?: From a friend at the surgery",
    ]  # fmt: skip
    assert found.words == "From a friend at the surgery"


def test_a_mapping_says_what_a_column_is() -> None:
    """Over what its heading seems to say; wrong words are one clear line."""
    text = "Who,Mail,Wahl\nAnn,ann@example.org,Advice\n"
    found = replies(text, mapping={"Who": "name", "Wahl": "choice"}, origin="our form")[0]
    assert (found.name, found.email, found.choices, found.origin) == ("Ann", "ann@example.org", ("Advice",), "our form")
    for wrong in ({"mapping": {"Nobody": "name"}}, {"mapping": {"Who": "shoe size"}}, {"layout": "lotus"}):
        with pytest.raises(Usage):
            replies(text, **wrong)


def test_a_row_without_anybody_is_rejected() -> None:
    """With its line; a bad address leaves the person, and its text in the body."""
    found = sheet.read("replies.csv", b"Name,Email,Message\n,,buy now\nZed,not an address,x\n")
    assert [(problem.line, "nobody" in problem.reason) for problem in found.rejected] == [(2, True)]
    assert [(reply.name, reply.email, "not an address" in reply.body) for reply in found.found] == [("Zed", None, True)]


def test_the_same_entry_and_the_same_words_are_known_again() -> None:
    """By the entry's number, or by what is said where two numbers say the same."""
    once, again = replies(WPFORMS)[0], replies(WPFORMS.replace("Hello", "Hello, put right"))[0]
    twice = replies(WPFORMS.replace("12,", "13,", 1))[0]
    assert set(once.keys) & set(again.keys)
    assert set(once.keys) & set(twice.keys)
    assert not set(again.keys) & set(twice.keys)


@pytest.mark.parametrize("said", ["I can introduce you to midwives", "We have data", "Data. And advice", "x" * 2000])
def test_an_answer_in_their_own_words_is_not_ticked(said: str) -> None:
    """Where the form has no options to tick."""
    found = replies(f"Name,Email,How can you help?\nAnn,ann@example.org,{said}\n")[0]
    assert (found.choices, found.words) == ((), said)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("Your name", "name"), ("E-mail address", "email"), ("1_Email", "email"), ("Telephone", "phone"), ("Name (First)", "given_name"),
        ("Which organisation do you work for?", "organisation"), ("Your role there", "role"), ("How can you help?", "choice"),
        ("How can you help? (Data)", "choice"), ("Which of the groups is it for?", "choice"), ("Tell us more", "message"),
        ("I consent to my details being kept", "consent"), ("Privacy policy", "consent"), ("Response Date", "received_on"),
        ("User IP", DROPPED), ("Favourite biscuit", None), ("", DROPPED), ("?", DROPPED),
    ],
)  # fmt: skip
def test_a_question_is_known_by_its_words(question: str, field: str | None) -> None:
    """However the form's maker put it."""
    assert asked(question) == field


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01 10:11:12", date(2026, 5, 1)), ("May 1, 2026 10:11 am", date(2026, 5, 1)), ("1st May 2026", date(2026, 5, 1)),
        ("25/06/2026", date(2026, 6, 25)), ("06/25/2026", date(2026, 6, 25)), ("05/06/2026", None), ("05/05/2026", date(2026, 5, 5)),
        ("2026-02-30", None), ("soon", None), ("", None),
    ],
)  # fmt: skip
def test_a_day_is_read_where_it_can_be_only_one(text: str, day: date | None) -> None:
    """The fifth of June or the sixth of May is neither."""
    assert day_in(text) == day


def test_whatever_is_handed_in_is_told_apart_by_what_is_in_it(tmp_path: Path) -> None:
    """A table, a mail, a maildir, a folder of mails, text that was pasted into a file."""
    mail = b"Message-ID: <1@x.example>\nSubject: x\n\nName: Ann\nEmail: ann@example.org\nMessage: hello\n"
    for folder in ("box/cur", "box/new", "box/tmp", "mails"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "box/cur/1700000000.x:2,S").write_bytes(mail)
    (tmp_path / "box/new/1700000001.x").write_bytes(mail.replace(b"1@", b"2@"))
    (tmp_path / "mails/a.eml").write_bytes(mail)
    (tmp_path / "pasted.txt").write_bytes(b"Name: Ann\nEmail: ann@example.org\nMessage: hello, you\n")
    (tmp_path / "table.csv").write_text(JETPACK, encoding="utf-8")
    for name, count in (("box", 2), ("mails", 1), ("pasted.txt", 1), ("table.csv", 1)):
        places = incoming.places(tmp_path / name)
        assert [len(reading.read(place, HOW)[1].found) for place in places] == [1] * count, name
    (tmp_path / "page.csv").write_bytes(b"<!DOCTYPE html><html>Sign in</html>")
    for wrong in ("page.csv", "nowhere.csv", "box/tmp"):
        with pytest.raises(CannotRead):
            [reading.read(place, HOW) for place in incoming.places(tmp_path / wrong)]
