"""Calendar files: their bytes, what they say and what they never say."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from solidarity_crm import __version__
from solidarity_crm.exchange.calendar import ics
from solidarity_crm.exchange.calendar.events import TITLES, Event, Telling, of_followup, of_meeting
from solidarity_crm.queries.followups import FollowUp
from solidarity_crm.queries.meetings import Meeting, Reachable
from solidarity_crm.queries.reading import Named
from solidarity_crm.text import one_line, safe

GOLDEN = Path(__file__).parent.parent / "golden"
YEAR = 2026
MADE, CHANGED = datetime(2026, 11, 3, 9, 15, tzinfo=UTC), datetime(2026, 11, 20, 16, 40, 5, tzinfo=UTC)
AMINA, SIAN, LONG = Named("P1", "Amina Yusuf"), Named("P2", "Siân O'Brien [she/her]"), Named("P3", "Łucja; van den Bergh, jr. 🙂")
PEOPLE = {
    "P1": Reachable("P1", AMINA.name, False, None, "amina@example.org", "0113 496 0123"),  # noqa: FBT003 - a row
    "P2": Reachable("P2", SIAN.name, False, "email, letter", "sian@example.org", "07700 900123"),  # noqa: FBT003 - a row
    "P3": Reachable("P3", LONG.name, True, None, "lucja@example.org", None),  # noqa: FBT003 - a row
}
FORBIDDEN = ("ORGANIZER", "ATTENDEE", "ATTACH", "X-ALT-DESC", "GEO", "METHOD:REQUEST", "RDATE", "BEGIN:VTODO")


def meeting(number: int, starts: str, zone: str = "Europe/London", **fields: Any) -> Meeting:
    """Make a meeting of an hour and a half."""
    begins = datetime.fromisoformat(starts).replace(tzinfo=ZoneInfo(zone))
    usual: dict[str, Any] = {
        "title": "Steering group", "starts": begins, "ends": begins + timedelta(minutes=90), "time_zone": zone,
        "place": None, "link": None, "contacts": (), "organisations": (), "agenda": None, "notes": "Never told",
        "status": "planned", "sequence": 0, "owner": "Robin Marsh", "created_at": MADE, "updated_at": CHANGED,
    }  # fmt: skip
    return Meeting(ref=f"M{number}", uid=f"00000000-0000-4000-8000-{number:012}", **{**usual, **fields})


def followup(number: int, what: str, about: Named | None, **fields: Any) -> FollowUp:
    """Make a follow-up."""
    usual: dict[str, Any] = {
        "due": date(2026, 12, 4), "owner": None, "priority": 5, "every": None, "snoozed_until": None, "status": "open",
        "owed_to": None, "ended_on": None, "created_at": MADE, "updated_at": MADE,
    }  # fmt: skip
    return FollowUp(ref=f"F{number}", uid=f"10000000-0000-4000-8000-{number:012}", what=what, about=about, **{**usual, **fields})


WEEK = [
    meeting(
        1, "2026-12-04T14:00", contacts=(AMINA, SIAN, LONG), organisations=(Named("O1", "MESMAC"),), place="Carlton Centre, Leeds",
        link="https://meet.example/1?a=b,c;d", agenda="1. Minutes; matters arising\n2. Leaflet, with Ben\\Bee", sequence=2,
    ),
    meeting(2, "2027-06-04T10:00", status="cancelled", organisations=(Named("O2", "Leeds GATE"),), sequence=1),
    meeting(3, "2026-12-07T09:30", "Asia/Kolkata"),
    meeting(4, "2026-12-08T09:30", "Africa/Casablanca"),
]  # fmt: skip
TO_DO = [
    followup(1, "Ring Amina about the clinic", AMINA),
    followup(2, "Thank Siân", Named("H7", "Talks by Siân"), updated_at=CHANGED, snoozed_until=date(2026, 12, 20)),
    followup(3, "Order tea", None, due=date.max),
]


def events(titles: str) -> list[Event]:
    """Give the week's events."""
    telling = Telling(titles, "leeds.example", PEOPLE)
    return [*(of_meeting(one, telling) for one in WEEK), *(of_followup(one, telling) for one in TO_DO)]


def written(made: list[Event]) -> bytes:
    """Give events as a file."""
    return ics.write(made, name="Leeds; Solidarity, Network", year=YEAR)


def parsed(content: bytes) -> list[Any]:
    """Read the events of a file back."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


@pytest.mark.parametrize("titles", TITLES)
def test_the_bytes_are_as_they_were(titles: str) -> None:
    """Twice the same, and the same as in the file that was looked through."""
    content = written(events(titles))
    assert content == written(events(titles))
    expected = (GOLDEN / f"week_{titles}.ics").read_bytes()
    assert content.decode() == expected.decode().replace("VERSION-OF-THE-PROGRAM", __version__)


@pytest.mark.parametrize("titles", TITLES)
def test_every_line_is_short_and_ends_in_crlf(titles: str) -> None:
    """75 octets at most, never cut within a letter; no byte-order mark, no control character."""
    content = written(events(titles))
    lines = content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert [line for line in lines if len(line) > 75 or b"\n" in line or b"\r" in line] == []
    assert [line.decode() for line in lines if re.search("[\x00-\x1f\x7f]", line.decode())] == []


@pytest.mark.parametrize("titles", TITLES)
def test_what_mails_people_or_breaks_calendars_is_never_written(titles: str) -> None:
    """No attendee, no organiser, no request, no task, no list of dates, no floating time."""
    text = written(events(titles)).decode()
    assert [word for word in FORBIDDEN if f"\r\n{word}" in text] == []
    assert text.count("METHOD:PUBLISH") == text.count("BEGIN:VCALENDAR") == 1
    times = re.findall(r"\r\n((?:DTSTART|DTEND)[;:]\S+)", text[text.index("BEGIN:VEVENT") :])
    zoned = re.compile(r"DT(START|END);TZID=(Europe/London|Asia/Kolkata):\d{8}T\d{6}")
    assert [t for t in times if not (zoned.fullmatch(t) or re.fullmatch(r"DT(START|END)(:\d{8}T\d{6}Z|;VALUE=DATE:\d{8})", t))] == []
    assert sorted(re.findall(r"\r\nTZID:(\S+)", text)) == ["Asia/Kolkata", "Europe/London"]
    assert text.rindex("END:VTIMEZONE") < text.index("BEGIN:VEVENT")


@pytest.mark.parametrize("titles", ["initials", "busy"])
def test_no_name_is_told_unless_asked_for(titles: str) -> None:
    """Nor a word that somebody typed about a person."""
    text = written(events(titles)).decode().replace("\r\n ", "")
    told = ("Amina", "Yusuf", "Siân", "O'Brien", "ucja", "MESMAC", "GATE", "Minutes", "clinic", "tea", "0113", "example.org")
    assert [word for word in told if word in text] == []
    assert "Never told" not in written(events("full")).decode()


def test_initials_stand_for_people() -> None:
    """A contact's, an organisation's where only that comes, the ref where nobody does."""
    titles = [str(event["summary"]) for event in parsed(written(events("initials")))]
    assert titles == [
        "Meeting with A.Y., S.O., L.V.D.B.J.", "Cancelled: Meeting with L.G.", "Meeting M3", "Meeting M4",
        "Follow up: P1 A.Y.", "Follow up: H7", "Follow up: F3",
    ]  # fmt: skip
    crowd = tuple(Named(f"P{n}", "Amina Yusuf") for n in range(10))
    short = of_meeting(meeting(1, "2026-12-04T14:00", contacts=crowd), Telling("initials", "x", {})).summary
    assert short == f"Meeting with {'A.Y., ' * 7}A.Y. and 2 more"


def test_in_full_people_are_there_as_they_are_safely_reached() -> None:
    """No phone where only e-mail is safe, nothing for somebody who is not to be contacted."""
    first, *_, ring, thank, tea = parsed(written(events("full")))
    assert str(first["description"]) == (
        "With:\n"
        "Amina Yusuf, 0113 496 0123, amina@example.org\n"
        "Siân O'Brien [she/her], sian@example.org\n"
        "Łucja; van den Bergh, jr. 🙂\n"
        "\n"
        "Organisations: MESMAC\n"
        "\n"
        "1. Minutes; matters arising\n"
        "2. Leaflet, with Ben\\Bee\n"
        "\n"
        "solidarity show M1"
    )
    assert (str(ring["summary"]), str(ring["description"])) == (
        "Follow up: Ring Amina about the clinic",
        "About P1 Amina Yusuf\nsolidarity show F1",
    )
    assert str(tea["description"]) == "solidarity show F3"
    assert thank["dtstart"].dt == date(2026, 12, 4)  # a snoozed one stays on its day


def test_busy_says_when_and_nothing_else() -> None:
    """No place, no address, no description, no categories."""
    found = parsed(written(events("busy")))
    assert {str(event["summary"]) for event in found} == {"Busy", "Cancelled: Busy"}
    assert [key for event in found for key in ("location", "url", "description", "categories") if key in event] == []


def test_times_are_the_records() -> None:
    """In their zone, in UTC where that follows no rule; follow-ups the whole day."""
    found = parsed(written(events("full")))
    assert [event["dtstart"].dt for event in found[:3]] == [one.starts for one in WEEK[:3]]
    assert [event["dtend"].dt for event in found[:3]] == [one.ends for one in WEEK[:3]]
    assert (found[3]["dtstart"].dt, str(found[3]["dtstart"].dt.tzinfo)) == (WEEK[3].starts.astimezone(UTC), "UTC")
    assert (found[4]["dtstart"].dt, found[4]["dtend"].dt) == (date(2026, 12, 4), date(2026, 12, 5))
    assert found[6]["dtend"].dt == date.max
    assert [int(event["sequence"]) for event in found] == [2, 1, 0, 0, 0, 1495505, 0]
    assert {(e["dtstamp"].dt, e["last-modified"].dt, e["created"].dt) for e in found[:4]} == {(CHANGED, CHANGED, MADE)}


def test_a_meeting_of_a_year_with_other_rules_goes_out_in_utc() -> None:
    """So that today's rule does not move it; without a zone left to describe, none is."""
    old = of_meeting(meeting(1, "2018-12-04T14:00", "America/Sao_Paulo"), Telling("busy", "x", {}))
    content = ics.write([old], name="x", year=YEAR)
    assert b"DTSTART:20181204T160000Z" in content
    assert b"VTIMEZONE" not in content


def test_one_event_has_no_calendar_name() -> None:
    """Outlook would open it as a new calendar; several have one, escaped."""
    assert b"NAME" not in ics.write(events("busy")[4:5], name="Leeds", year=YEAR)
    assert b"\r\nNAME:Leeds\\; Solidarity\\, Network\r\nX-WR-CALNAME:Leeds\\; Solidarity\\, Network\r\n" in written(events("busy"))


def event(**fields: Any) -> Event:
    """Make an event with some fields of its own."""
    usual: dict[str, Any] = {
        "uid": "u@x", "summary": "s", "starts": MADE, "ends": CHANGED, "created": MADE, "changed": MADE, "sequence": 0,
        "categories": (), "alarm": timedelta(0),
    }  # fmt: skip
    return Event(**{**usual, **fields})


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("field", ["uid", "summary", "description", "location", "url"])
def test_no_text_can_begin_a_line_of_its_own(field: str, break_: str) -> None:
    """Whatever ends lines somewhere."""
    content = ics.write([event(**{field: f"x{break_}ATTENDEE:mailto:a@example.org{break_}END:VEVENT"})], name="x", year=YEAR)
    assert b"\nATTENDEE" not in content
    assert content.count(b"\nEND:VEVENT") == 1
    assert len(parsed(content)) == 1
    assert re.search(rb"\r(?!\n)|(?<!\r)\n", content) is None


@settings(max_examples=150, deadline=None)
@given(st.text(), st.text(), st.text())
def test_any_text_comes_back(summary: str, description: str, location: str) -> None:
    """Made safe, and otherwise letter for letter."""
    content = ics.write([event(summary=f"x{summary}", description=description, location=location)], name="x", year=YEAR)
    assert [line for line in content.split(b"\r\n") if len(line) > 75] == []
    (found,) = parsed(content)
    assert str(found["summary"]) == one_line(f"x{summary}")
    assert str(found.get("description", "")) == safe(description)
    assert str(found.get("location", "")) == one_line(location)
