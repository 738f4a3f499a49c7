"""A record as one object of a calendar, and what an object says, whoever wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.exchange.calendar import items
from solidarity_crm.exchange.calendar.events import Telling
from solidarity_crm.exchange.calendar.item_reading import read
from solidarity_crm.queries.followups import FollowUp
from solidarity_crm.queries.meetings import Meeting
from solidarity_crm.queries.reading import Named
from solidarity_crm.rules.calendar_steps import SAME, Facts

LONDON = ZoneInfo("Europe/London")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "ics"
AT = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
TELLING = Telling("initials", "leeds", {})
MEETING = Meeting(
    "M1", "u1", "Steering group", datetime(2026, 12, 4, 14, tzinfo=LONDON), datetime(2026, 12, 4, 15, tzinfo=LONDON), "Europe/London",
    "Carlton", None, (Named("P1", "Amina Yusuf"),), (), None, None, "planned", 0, None, AT, AT,
)  # fmt: skip
FOLLOWUP = FollowUp("F1", "u2", "Ring", Named("P1", "Amina Yusuf"), date(2026, 12, 4), None, 5, None, None, "open", None, None, AT, AT)


def made(record: Meeting | FollowUp, *, todo: bool = False, telling: Telling = TELLING) -> items.Item:
    """Give a record as an object."""
    return items.of([record], telling, year=2026, zone=LONDON, todo=todo)


def event(*lines: str, kind: str = "VEVENT", uid: str = "meeting-1@leeds") -> str:
    """Give an object with these lines."""
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"BEGIN:{kind}", f"UID:{uid}", *lines, f"END:{kind}", "END:VCALENDAR", ""]
    )


def test_an_object_is_one_calendar_that_invites_nobody() -> None:
    """RFC 4791 §4.1: no METHOD; one item, with its time zone."""
    content = made(MEETING).content
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert content.count(b"BEGIN:VEVENT") == content.count(b"BEGIN:VTIMEZONE") == 1
    assert not any(word in content for word in (b"METHOD", b"ATTENDEE", b"ORGANIZER", b"X-WR-CALNAME", b"Amina"))


def test_its_digest_tells_whether_another_program_changed_it() -> None:
    """A byte is enough; the program's own version is none of it."""
    item = made(MEETING)
    assert items.untouched(item.content)
    assert not items.untouched(item.content.replace(b"Carlton", b"Carltom"))
    assert not items.untouched(item.content.replace(b"X-SOLIDARITY-DIGEST", b"X-OTHER"))
    assert not items.untouched(b"")
    assert items.untouched(item.content.replace(b"PRODID:-//Solidarity CRM//solidarity", b"PRODID:-//Solidarity CRM//solidarity 99"))
    assert made(MEETING._replace(place="Annexe")).digest != item.digest
    assert made(MEETING).digest == item.digest


def test_it_says_what_either_side_may_change() -> None:
    """Time, place and state, as they are read back; where it is shows in a digest only."""
    told = made(MEETING).told
    assert (told.starts, told.ends, told.place, told.state, told.rule) == (MEETING.starts, MEETING.ends, "Carlton", "open", "")
    assert told.facts[:2] == ("2026-12-04T14:00:00+00:00", "2026-12-04T15:00:00+00:00")
    assert "Carlton" not in told.facts.place
    assert made(MEETING._replace(status="cancelled")).told.state == "cancelled"
    assert made(MEETING, telling=TELLING._replace(titles="busy")).told.place == ""
    for todo in (False, True):
        assert made(FOLLOWUP, todo=todo).told.facts == ("2026-12-04", "", "", "open", "", ())
    done = FOLLOWUP._replace(status="done", ended_on=date(2026, 12, 2))
    assert made(done, todo=True).told.state == "done"
    assert made(done, todo=True).ended


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20261204T140000Z", "DTEND:20261204T150000Z"),
        ("DTSTART:20261204T140000Z", "DURATION:PT1H"),
        ("DTSTART:20261204T140000", "DTEND:20261204T150000"),
        ("DTSTART;TZID=Europe/Paris:20261204T150000", "DTEND;TZID=Europe/Paris:20261204T160000"),
        ("DTSTART;TZID=GMT Standard Time:20261204T140000", "DTEND;TZID=GMT Standard Time:20261204T150000"),
    ],
)
def test_the_same_time_is_the_same_however_it_is_written(lines: tuple[str, ...]) -> None:
    """In UTC, by other clocks, with a length, without a zone, by Windows' names."""
    assert read(event(*lines, "LOCATION:Carlton"), LONDON).told.facts == made(MEETING).told.facts


START = ("DTSTART;TZID=Europe/London:20260603T100000", "DTEND;TZID=Europe/London:20260603T110000")


@pytest.mark.parametrize(
    "rule",
    ["COUNT=4;FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=1;COUNT=4", "FREQ=WEEKLY;COUNT=4;WKST=MO"],
)
@pytest.mark.parametrize(
    "left_out",
    ["EXDATE;TZID=Europe/London:20260610T100000", "EXDATE:20260610T090000Z", "EXDATE;VALUE=DATE:20260610", "EXDATE:20260610T100000"],
)
def test_a_series_is_the_same_however_it_is_spelt(rule: str, left_out: str) -> None:
    """The rule's parts in any order and with what goes without saying, left out days in any zone or in none."""
    facts = read(event(*START, f"RRULE:{rule}", left_out), LONDON).told.facts
    assert facts == read(event(*START, "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;TZID=Europe/London:20260610T100000"), LONDON).told.facts
    assert facts.dates == (("2026-06-10", Facts("", "", SAME, "cancelled")),)
    assert facts.rule != ""


def with_date(*lines: str) -> str:
    """Give a series with a date told by itself."""
    part = "\r\n".join(["BEGIN:VEVENT", "UID:meeting-1@leeds", *lines, "END:VEVENT", "END:VCALENDAR"])
    return event(*START, "LOCATION:Carlton", "RRULE:FREQ=WEEKLY").replace("END:VCALENDAR", part)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("RECURRENCE-ID:20260617T090000Z", "DTSTART:20260617T090000Z", "DURATION:PT1H", "LOCATION:Carlton"), None),
        (("RECURRENCE-ID:20260617T090000Z", "DTSTART:20260617T090000Z", "DURATION:PT1H"), ("", "", "")),
        (("RECURRENCE-ID:20260617T090000Z", "DTSTART:20260618T090000Z", "DURATION:PT1H", "LOCATION:Carlton"), ("2026-06-18T09:00:00+00:00", "2026-06-18T10:00:00+00:00", SAME)),
        # the other half of the year, on another day in UTC
        (("RECURRENCE-ID;TZID=Asia/Tokyo:20261202T190000", "DTSTART:20261202T100000Z", "DTEND:20261202T110000Z", "LOCATION:Carlton"), None),
        (("RECURRENCE-ID;TZID=Pacific/Auckland:20260617T210000", "DTSTART;TZID=Pacific/Auckland:20260617T210000", "DURATION:PT1H", "LOCATION:Carlton"), None),
    ],
)  # fmt: skip
def test_a_date_has_only_what_differs_from_its_series(lines: tuple[str, ...], told: tuple[str, str, str] | None) -> None:
    """Nothing where another program told it for nothing."""
    found = read(with_date(*lines), LONDON).told.facts
    assert [facts[:3] for _, facts in found.dates] == ([told] if told else [])


def test_a_date_and_all_after_it_are_no_single_date() -> None:
    """RFC 5545 §3.2.13: so the rule is another."""
    lines = ("DTSTART:20260618T090000Z", "DURATION:PT1H")
    one, all_after = (
        read(with_date(f"RECURRENCE-ID{reach}:20260617T090000Z", *lines), LONDON).told.rule for reach in ("", ";RANGE=THISANDFUTURE")
    )
    assert one != all_after


@pytest.mark.parametrize(
    ("lines", "facts"),
    [
        (("DUE;VALUE=DATE:20261204",), ("2026-12-04", "open")),
        (("DUE:20261204T233000Z", "STATUS:IN-PROCESS"), ("2026-12-04", "open")),
        (("DUE:20260604T233000Z",), ("2026-06-05", "open")),
        (("DTSTART;VALUE=DATE:20261204", "STATUS:COMPLETED"), ("2026-12-04", "done")),
        (("DUE;VALUE=DATE:20261204", "COMPLETED:20261203T100000Z"), ("2026-12-04", "done")),
        (("DUE;VALUE=DATE:20261204", "PERCENT-COMPLETE:100"), ("2026-12-04", "done")),
        (("DUE;VALUE=DATE:20261204", "STATUS:CANCELLED"), ("2026-12-04", "cancelled")),
        (("SUMMARY:x",), ("", "open")),
    ],
)
def test_a_task_says_when_it_is_due_and_whether_it_is_done(lines: tuple[str, ...], facts: tuple[str, str]) -> None:
    """In each way in which programs say so."""
    found = read(event(*lines, kind="VTODO", uid="followup-1@leeds"), LONDON).told.facts
    assert (found.starts, found.state) == facts


@pytest.mark.parametrize(
    "content",
    ["", "x", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nEND:VCALENDAR", event("SUMMARY:x"), event("DTSTART:nonsense"), event("DTSTART:20261399T000000Z"),
     event("DTSTART:20261204T140000Z", "DTEND:20261204T150000Z", "SEQUENCE:x"), event("BEGIN:VALARM"), event(kind="VJOURNAL"), "\x00\xff",
     event("DTSTART:00010101T000000"), event("DTSTART:99991231T235959", "DTEND:99991231T235959"), event("DTSTART:99991231T000000Z", "DURATION:P9D"),
     event("DTSTART:20261204T140000Z", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"), "BEGIN:VEVENT\r\n" * 3000 + "END:VEVENT\r\n" * 3000],
)  # fmt: skip
def test_what_cannot_be_read_is_said(content: str) -> None:
    """By one error, whatever the library says."""
    with pytest.raises(ValueError, match="no event or task"):
        read(content, LONDON)


@given(st.text() | st.binary())
def test_anything_at_all_is_read_or_said(content: str | bytes) -> None:
    """Nothing that a server sends ends the program."""
    with pytest.raises(ValueError, match="no event or task"):
        read(content, LONDON)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real files is not beside this checkout")
def test_real_files_are_read_or_said() -> None:
    """Of public test suites."""
    said: dict[str, int] = {}
    for path in sorted(CORPUS.rglob("*.ics")):
        try:
            found = "read" if read(path.read_bytes(), LONDON).told.facts else ""
        except ValueError as problem:
            found = str(problem)
        said[found] = said.get(found, 0) + 1
    assert said.keys() == {"read", "it is no event or task that can be read"}


def test_files_are_known_by_name() -> None:
    """Ours of this workspace, and nobody else's; a name has nothing in it that a folder or an address takes amiss."""
    name = items.name(made(MEETING).uid)
    assert name == "meeting-u1@leeds.ics"
    assert items.ours(name, "leeds")
    assert not any(
        items.ours(other, "leeds") for other in ("meeting-u1@other.ics", "x-u1@leeds.ics", "meeting-u1@leeds", "meeting-u1@leeds.ics.tmp")
    )
    assert items.name("../a b/c@x") == "..-a-b-c@x.ics"
