"""Time zones as calendar files describe them, against the zones themselves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Timezone

from solidarity_crm.exchange.calendar import zones

YEAR = 2026
RULED = ("Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Europe/Dublin", "Australia/Lord_Howe")
UNRULED = ("Africa/Casablanca", "Asia/Jerusalem", "America/Santiago", "Africa/Cairo")


def rule(key: str) -> zones.Rule:
    """Give the rule of a zone that has one."""
    found = zones.rule(key, YEAR)
    assert found is not None
    return found


@pytest.mark.parametrize("key", RULED)
def test_the_written_zone_tells_the_same_time_for_five_years(key: str) -> None:
    """Read back by another program: around every change, and every half day between."""
    component: Any = Timezone.from_ical(zones.vtimezone(rule(key)))
    written = component.to_tz(lookup_tzid=False)
    first, place = datetime(YEAR, 1, 1, tzinfo=UTC), ZoneInfo(key)
    moments = [first + timedelta(hours=12 * n) for n in range(2 * 365 * 5)]
    changes = [change for year in range(YEAR, YEAR + 5) for change in zones.changes(key, year)]
    assert len(changes) in (0, 10)
    for change in changes:
        at = (change.wall - change.before).replace(tzinfo=UTC)
        moments += [at - timedelta(minutes=1), at, at + timedelta(hours=2)]
    assert [m for m in moments if m.astimezone(written).utcoffset() != m.astimezone(place).utcoffset()] == []


@pytest.mark.parametrize("key", UNRULED)
def test_a_zone_without_a_simple_yearly_rule_has_none(key: str) -> None:
    """Its times go out in UTC."""
    assert zones.rule(key, YEAR) is None


@pytest.mark.parametrize("key", ["UTC", "GMT", "Etc/UTC", "Africa/Abidjan"])
def test_utc_by_any_name_needs_no_description(key: str) -> None:
    """Outlook for Mac shifts what is called GMT."""
    assert zones.rule(key, YEAR) is None


def test_london_is_written_as_outlook_takes_it() -> None:
    """One yearly rule each way, from 1970, by the clocks before the change."""
    assert zones.vtimezone(rule("Europe/London")).split("\r\n") == [
        "BEGIN:VTIMEZONE",
        "TZID:Europe/London",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T010000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "TZNAME:BST",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19701025T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]


def test_a_zone_whose_clocks_never_change_has_one_part() -> None:
    """Without a rule."""
    assert zones.vtimezone(rule("Asia/Kolkata")).split("\r\n")[2:-2] == [
        "BEGIN:STANDARD",
        "DTSTART:19700101T000000",
        "TZOFFSETFROM:+0530",
        "TZOFFSETTO:+0530",
        "TZNAME:IST",
        "END:STANDARD",
    ]


@pytest.mark.parametrize(
    ("key", "when", "true"),
    [
        ("Europe/London", 2027, True),
        ("Europe/London", 1995, False),  # October's change was a week earlier
        ("America/New_York", 2006, False),
        ("Asia/Kolkata", 2030, True),
        ("America/Sao_Paulo", 2026, True),
        ("America/Sao_Paulo", 2018, False),  # summer time was still kept
        ("Asia/Pyongyang", 2017, False),  # half an hour off, all year
        ("Africa/Casablanca", 2026, False),
    ],
)
def test_a_rule_is_true_of_some_years_only(key: str, when: int, true: bool) -> None:
    """So that a meeting of another year is not moved by today's rule."""
    assert zones.holds(key, YEAR, when) is true


@pytest.mark.parametrize(("week", "day"), [(1, 2), (2, 9), (4, 23), (-1, 30)], ids=["first", "second", "fourth", "last"])
def test_the_nth_weekday_of_a_month(week: int, day: int) -> None:
    """Counted from its beginning, or from its end."""
    assert zones.nth_weekday(2026, 11, week, 0).day == day  # Mondays
