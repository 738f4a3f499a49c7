"""Whatever people typed, in every field that reaches a calendar: no property of its own, no control character, the same text read back."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from solidarity_crm.exchange.calendar import ics, zones
from solidarity_crm.exchange.calendar.events import Event
from solidarity_crm.exchange.calendar.reading import read
from solidarity_crm.exchange.calendar.tasks import Task
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

MOMENT = datetime(2026, 12, 1, 10, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
PARTS = ["\r\n", "\n", "\r", "BEGIN:VEVENT", "ATTENDEE:mailto:x@example.org", "END:VCALENDAR", "\\n", "\\N", "\\", ";", ",", ":", '"', "\x00", "\x07",
         "\x1b[31m", "\u202e", "\u2028", "\x85", "🙂", "é", "Siân O'Brien [she/her]", " ", "\t", "٣", "x" * 80, "ß" * 40]  # fmt: skip
TYPED = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=12)), min_size=1, max_size=8).map("".join)
EVENTS, EXAMPLES = 28, 90  # with four texts each, ten thousand


def event(number: int, texts: Sequence[str]) -> Event:
    """Make an event of four texts."""
    summary, description, location, category = texts
    starts = MOMENT.astimezone(LONDON)
    return Event(
        f"{number}@made.example", summary, starts, starts + timedelta(hours=1), MOMENT, MOMENT, 0, (category,), timedelta(minutes=-30),
        description=description, location=location,
    )  # fmt: skip


def lines_of(content: bytes) -> list[str]:
    """Give a file's lines put together again, each of which was short enough."""
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75] == []
    assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", b"".join(lines))
    assert [line for line in lines if unicodedata.normalize("NFC", line.decode()) is None] == []  # each is UTF-8 by itself
    return content.decode().replace("\r\n ", "").split("\r\n")


# making a failing file of 28 events smaller takes minutes and says no more
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.explicit, Phase.generate))
@given(st.lists(st.tuples(TYPED, TYPED, TYPED, TYPED), min_size=EVENTS, max_size=EVENTS))
def test_texts_stay_texts(texts: list[tuple[str, str, str, str]]) -> None:
    """In the library's reading and in ours."""
    made = [event(number, four) for number, four in enumerate(texts)]
    content = ics.write(made, name=texts[0][0], year=2026)
    lines = lines_of(content)
    names = {re.split("[:;]", line, maxsplit=1)[0] for line in lines if line}
    assert names <= {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "NAME", "TZID", "DTSTART", "RRULE", "TZOFFSETFROM",
        "TZOFFSETTO", "TZNAME", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION",
        "CATEGORIES", "STATUS", "CLASS", "TRANSP", "ACTION", "TRIGGER",
    }  # fmt: skip
    assert sum(line == "BEGIN:VEVENT" for line in lines) == EVENTS
    theirs = list(Calendar.from_ical(content).walk("VEVENT"))
    assert [str(found["summary"]) for found in theirs] == [one_line(one.summary) for one in made]
    assert [str(found.get("description", "")) for found in theirs] == [safe(one.description) for one in made]
    assert [str(found.get("location", "")) for found in theirs] == [one_line(one.location) for one in made]
    ours = read("x.ics", content, usual=LONDON)
    assert (ours.rejected, ours.skipped, ours.doubts) == ([], [], [])
    plain = [unicodedata.normalize("NFC", one_line(one.summary))[:400] for one in made]
    assert [("" if item.title == "Untitled" else item.title)[:400] for item in ours.items] == ["" if t == "Untitled" else t for t in plain]


@settings(max_examples=30, deadline=None)
@given(TYPED, TYPED)
def test_texts_of_tasks_stay_texts(summary: str, description: str) -> None:
    """Likewise."""
    task = Task("1@made.example", summary, date(2026, 12, 1), MOMENT, MOMENT, 0, 5, "NEEDS-ACTION", None, (), description)
    content = ics.write_tasks([task], name="x")
    assert sum(line.startswith("BEGIN:") for line in lines_of(content)) == 2
    (found,) = Calendar.from_ical(content).walk("VTODO")
    assert str(found["summary"]) == one_line(summary)


ZONES = (
    "Europe/London", "Europe/Dublin", "Europe/Paris", "Europe/Berlin", "Europe/Athens", "Europe/Helsinki", "Europe/Lisbon", "Europe/Bucharest",
    "Europe/Moscow", "Europe/Istanbul", "Atlantic/Azores", "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix",
    "America/Los_Angeles", "America/Anchorage", "America/Halifax", "America/St_Johns", "America/Sao_Paulo", "America/Toronto",
    "America/Havana", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tokyo", "Asia/Tehran", "Asia/Karachi", "Australia/Sydney",
    "Australia/Lord_Howe", "Pacific/Auckland",
)  # fmt: skip


@pytest.mark.parametrize("key", ZONES)
def test_a_described_zone_changes_its_clocks_when_the_real_one_does(key: str) -> None:
    """Over five years, to the minute, as dateutil reads the rules that were written."""
    found = zones.rule(key, 2026)
    assert found is not None
    text = zones.vtimezone(found).replace("\r\n ", "")
    assert "RDATE" not in text
    onsets: list[tuple[datetime, str]] = []
    for part in re.findall(r"BEGIN:(?:STANDARD|DAYLIGHT)\r\n(.*?)END:", text, re.DOTALL):
        fields: dict[str, Any] = dict(line.split(":", 1) for line in part.strip().split("\r\n"))
        first = datetime.strptime(fields["DTSTART"], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - wall-clock time
        if "RRULE" not in fields:
            continue
        begin, end = datetime.fromisoformat("2026-01-01T00:00"), datetime.fromisoformat("2030-12-31T23:59")
        onsets += [(wall, fields["TZOFFSETTO"]) for wall in rrulestr(fields["RRULE"], dtstart=first).between(begin, end, inc=True)]
    real = [change for year in range(2026, 2031) for change in zones.changes(key, year)]
    assert [wall for wall, _ in sorted(onsets)] == [change.wall for change in real]
    place = ZoneInfo(key)
    for change in real:
        moment = (change.wall - change.before).replace(tzinfo=UTC)
        assert (moment - timedelta(seconds=1)).astimezone(place).utcoffset() == change.before
        assert moment.astimezone(place).utcoffset() == change.after
