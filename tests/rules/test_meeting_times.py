"""When a meeting is, on clocks that skip an hour in spring and show one twice in autumn."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from solidarity_crm.errors import BadValue
from solidarity_crm.rules import meeting_times

LONDON = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    """Read a wall-clock time."""
    return meeting_times.read(text)


@pytest.mark.parametrize(
    ("starts", "length", "ends"),
    [
        ("2026-12-01T10:00", HOUR, "2026-12-01T11:00"),
        ("2026-12-01T23:30", HOUR, "2026-12-02T00:30"),
        ("2026-03-29T00:30", HOUR, "2026-03-29T02:30"),  # the clocks skip from 1 to 2
        ("2026-10-25T00:30", 3 * HOUR, "2026-10-25T02:30"),  # and go from 2 back to 1
        ("2026-10-25T00:30", HOUR, "2026-10-25T01:30"),  # the first half past one
        ("2026-10-25T01:30", 2 * HOUR, "2026-10-25T02:30"),
    ],
)
def test_a_meeting_takes_as_long_as_it_takes(starts: str, length: timedelta, ends: str) -> None:
    """Whatever the clocks do meanwhile."""
    times = meeting_times.lasting(at(starts), length, LONDON)
    assert (meeting_times.written(times.starts), meeting_times.written(times.ends), times.length) == (starts, ends, length)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    """As a start and as an end; what they show instead is the hint."""
    with pytest.raises(BadValue, match="the clocks of Europe/London go forward and skip it") as refused:
        meeting_times.lasting(at("2026-03-29T01:30"), HOUR, LONDON)
    assert refused.value.hint == "'2026-03-29 02:30'"
    with pytest.raises(BadValue, match="skip it"):
        meeting_times.between(at("2026-03-29T00:30"), at("2026-03-29T01:30"), LONDON)


def test_a_time_shown_twice_is_the_first() -> None:
    """And is told apart; an end that would have to be the second cannot be kept."""
    times = meeting_times.lasting(at("2026-10-25T01:30"), 2 * HOUR, LONDON)
    assert times.twice == [at("2026-10-25T01:30")]
    assert meeting_times.local(times.starts, LONDON).utcoffset() == HOUR
    assert meeting_times.lasting(at("2026-10-25T03:30"), HOUR, LONDON).twice == []
    with pytest.raises(BadValue, match="show it twice, and the second is meant"):
        meeting_times.lasting(at("2026-10-25T00:30"), 2 * HOUR, LONDON)


@pytest.mark.parametrize("ends", ["2026-12-01T10:00", "2026-12-01T09:59", "2025-12-01T11:00"])
def test_an_end_is_after_the_start(ends: str) -> None:
    """Not with it and not before it."""
    with pytest.raises(BadValue, match="it must be after the start, 2026-12-01 10:00"):
        meeting_times.between(at("2026-12-01T10:00"), at(ends), LONDON)


@pytest.mark.parametrize("year", [1, 1969, 3000, 9999])
def test_years_that_calendars_do_not_have_are_refused(year: int) -> None:
    """Before any sum overflows."""
    with pytest.raises(BadValue, match="between 1970 and 2999"):
        meeting_times.lasting(datetime(year, 12, 31, 23, 30), HOUR, LONDON)  # noqa: DTZ001 - wall-clock time


@pytest.mark.parametrize("key", ["", "Mars/Olympus", "/etc/passwd", "../etc", "Europe"])
def test_what_is_not_a_time_zone_is_refused(key: str) -> None:
    """With an example of one."""
    with pytest.raises(BadValue, match="not a time zone"):
        meeting_times.zone(key)


def test_what_is_not_a_time_is_refused() -> None:
    """As when a file that was edited by hand is read."""
    with pytest.raises(BadValue, match="not a day and a time"):
        at("noon")
