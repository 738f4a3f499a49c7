"""Days and times as people write them, recurrences, working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import example, given, settings
from hypothesis import strategies as st

from solidarity_crm.errors import BadValue
from solidarity_crm.rules import days
from solidarity_crm.rules.days import Every

TODAY = date(2026, 12, 1)  # a Tuesday
ENGLAND = country_holidays("GB", subdiv="ENG")
some_day = st.dates(date(1950, 1, 1), date(2150, 12, 31))
some_every = st.builds(Every, st.integers(1, 120), st.sampled_from("dwmy")).filter(lambda every: days.in_days(every) <= 3650)
holiday_sets = st.sets(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20)


# --- days --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", "2026-12-01"),
        (" Tomorrow ", "2026-12-02"),
        ("yesterday", "2026-11-30"),
        ("now", "2026-12-01"),
        ("tuesday", "2026-12-08"),
        ("Friday", "2026-12-04"),
        ("monday", "2026-12-07"),
        ("2026-12-24", "2026-12-24"),
        ("20261224", "2026-12-24"),
        ("+3d", "2026-12-04"),
        ("-2w", "2026-11-17"),
        ("+1m", "2027-01-01"),
        ("-1y", "2025-12-01"),
        ("+2wd", "2026-12-03"),
        ("-1wd", "2026-11-30"),
    ],
)
def test_a_day_as_people_write_it(typed: str, meant: str) -> None:
    """A weekday is the next one after today."""
    assert days.parse_day(typed, today=TODAY) == date.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed", ["", "someday", "2026-02-30", "2026-13-01", "2026", "+9999y", "-9999y", "3d", "+d", "²", "0206-12-01", "9999-12-31"]
)
def test_what_is_not_a_day(typed: str) -> None:
    """Impossible, mistyped or of another age: refused with an example."""
    with pytest.raises(BadValue) as refused:
        days.parse_day(typed, today=TODAY)
    assert refused.value.hint == days.EXAMPLES


def test_other_words_are_asked_of_somebody_else() -> None:
    """Only what the short forms do not know, as it was typed, and what comes back must be a believable day."""
    heard: list[str] = []

    def wordy(text: str) -> date | None:
        heard.append(text)
        return {"Easter Monday": date(2027, 3, 29), "long ago": date(1066, 10, 14)}.get(text)

    assert days.parse_day(" Easter Monday ", today=TODAY, wordy=wordy) == date(2027, 3, 29)
    assert days.parse_day("friday", today=TODAY, wordy=wordy) == date(2026, 12, 4)
    assert heard == ["Easter Monday"]
    with pytest.raises(BadValue, match="the year must be from 1900"):
        days.parse_day("long ago", today=TODAY, wordy=wordy)
    with pytest.raises(BadValue, match="not a day"):
        days.parse_day("whenever", today=TODAY, wordy=wordy)


@given(some_day, some_day)
def test_an_iso_day_is_itself(day: date, today: date) -> None:
    """Whatever day it is."""
    assert days.parse_day(day.isoformat(), today=today) == day


@given(st.sampled_from(days.WEEKDAYS), some_day)
def test_a_weekday_is_within_the_week_ahead(weekday: str, today: date) -> None:
    """Never today, never more than seven days on, and of that name."""
    day = days.parse_day(weekday, today=today)
    assert 1 <= (day - today).days <= 7
    assert days.WEEKDAYS[day.weekday()] == weekday


@given(st.text(max_size=12) | st.from_regex(r"[+-]?\d{0,5}(d|wd|w|m|y)?", fullmatch=True), some_day)
@example("+٣d", TODAY)
@settings(max_examples=300)
def test_any_text_is_a_day_or_a_bad_value(text: str, today: date) -> None:
    """And nothing else ever goes wrong."""
    try:
        day = days.parse_day(text, today=today, holidays=ENGLAND)
    except BadValue:
        return
    assert 1900 <= day.year <= 2199


# --- months, recurrences, working days ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_later(day: date, months: int, after: date) -> None:
    """The same day, or the month's last where it has no such day."""
    assert days.plus_months(day, months) == after


@given(some_day, st.integers(-240, 240))
def test_months_move_the_month_and_never_the_day_forwards(day: date, months: int) -> None:
    """By exactly so many months."""
    after = days.plus_months(day, months)
    assert (after.year - day.year) * 12 + after.month - day.month == months
    assert after.day == day.day or (after.day < day.day and (after + timedelta(days=1)).day == 1)


@given(some_day, some_every)
def test_a_recurrence_goes_forward(day: date, every: Every) -> None:
    """By about as many days as it counts for."""
    gone = (days.shift(day, every) - day).days
    assert gone > 0
    assert abs(gone - days.in_days(every)) <= 0.04 * gone + 3


@given(some_every)
def test_a_recurrence_reads_back_as_it_is_written(every: Every) -> None:
    """The stored form is one that people may type."""
    assert days.parse_every(str(every)) == every


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2w", "2w"),
        ("6 weeks", "6w"),
        ("every 2 weeks", "2w"),
        ("Every Fortnight", "2w"),
        ("daily", "1d"),
        ("month", "1m"),
        ("every day", "1d"),
        ("quarterly", "3m"),
        ("1 year", "1y"),
        ("10y", "10y"),
    ],
)
def test_recurrences_as_people_say_them(typed: str, stored: str) -> None:
    """In letters, in words, with or without a number."""
    assert str(days.parse_every(typed)) == stored


@pytest.mark.parametrize(
    ("typed", "why"), [("0w", "not a recurrence"), ("often", "not a recurrence"), ("", "not a"), ("11y", "ten years"), ("9999d", "ten")]
)
def test_what_is_not_a_recurrence(typed: str, why: str) -> None:
    """Never, or not in ten years."""
    with pytest.raises(BadValue, match=why):
        days.parse_every(typed)


@given(some_day, st.integers(1, 60), holiday_sets)
def test_working_days_ahead(day: date, count: int, holidays: set[date]) -> None:
    """The day found is a working day with exactly so many of them from the start up to it."""
    found = days.plus_working_days(day, count, holidays)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert days.is_working_day(found, holidays)
    assert sum(days.is_working_day(each, holidays) for each in between) == count


@given(some_day, st.integers(1, 30), holiday_sets)
def test_working_days_back(day: date, count: int, holidays: set[date]) -> None:
    """Going back and then forward comes to the first working day from the start."""
    back = days.plus_working_days(day, -count, holidays)
    assert back < day
    again = days.plus_working_days(back, count, holidays)
    assert again == day if days.is_working_day(day, holidays) else again > day


def test_england_keeps_its_own_holidays() -> None:
    """Easter Monday, the early May holiday, Boxing Day's Monday."""
    assert not any(days.is_working_day(date(2026, *day), ENGLAND) for day in ((4, 6), (5, 4), (12, 25), (12, 28)))
    assert days.is_working_day(date(2026, 12, 29), ENGLAND)


# --- times of day and lengths ------------------------------------------------------------------------------


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_of_day_reads_back(hour: int, minute: int) -> None:
    """With a colon or a point, by 24 hours or by 12."""
    half = "am" if hour < 12 else "pm"
    for typed in (f"{hour}:{minute:02}", f"at {hour}.{minute:02}", f"{(hour - 1) % 12 + 1}:{minute:02}{half}"):
        assert days.parse_clock(typed) == (hour, minute)


@pytest.mark.parametrize("typed", ["", "10", "24:00", "10:60", "0am", "13pm", "noonish", "10:5", "-1:00"])
def test_what_is_not_a_time_of_day(typed: str) -> None:
    """A bare number is none: it may be a day."""
    assert days.parse_clock(typed) is None


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("1h", 60),
        ("90m", 90),
        ("1h30m", 90),
        ("1h 30m", 90),
        ("1.5h", 90),
        ("2 hours", 120),
        ("2hrs", 120),
        ("45 mins", 45),
        ("1 hour 1 minute", 61),
    ],
)
def test_lengths_of_time(typed: str, minutes: int) -> None:
    """In letters or words."""
    assert days.parse_duration(typed) == timedelta(minutes=minutes)


@pytest.mark.parametrize("typed", ["", "0h", "0m", "0.0h", "h", "90", "long", "1h-30m", "1d"])
def test_what_is_not_a_length_of_time(typed: str) -> None:
    """Nothing, no unit, no number."""
    with pytest.raises(BadValue):
        days.parse_duration(typed)


@given(some_day, st.integers(-400, 400))
def test_how_long_ago_is_said_in_words(today: date, distance: int) -> None:
    """With the number, and on the right side of today."""
    said = days.ago(today + timedelta(days=distance), today)
    if abs(distance) > 1:
        assert said == (f"in {distance} days" if distance > 0 else f"{-distance} days ago")
    else:
        assert said == ("yesterday", "today", "tomorrow")[distance + 1]


def test_what_happened_did_so_by_today_and_after_it_began() -> None:
    """Both ends count as within."""
    assert days.happened("day", TODAY, today=TODAY, since=TODAY) == TODAY
    assert days.happened("day", date(1990, 1, 1), today=TODAY) == date(1990, 1, 1)
    with pytest.raises(BadValue, match="it has not come yet"):
        days.happened("day", TODAY + timedelta(days=1), today=TODAY)
    with pytest.raises(BadValue, match="it is before 2026-12-01, when it came in"):
        days.happened("day", TODAY - timedelta(days=1), today=TODAY, since=TODAY)
