"""Days and times as people write them, recurrences, and working days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Callable, Container

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHIFT = re.compile(r"([+-])(\d{1,4})(d|wd|w|m|y)\Z")
_EVERY = re.compile(r"(\d{1,4})?\s*(d|w|m|y|days?|weeks?|months?|years?)\Z")
_DURATION = re.compile(r"(?:(\d{1,3})\s*h(?:(?:ou)?rs?)?)?\s*(?:(\d{1,4})\s*m(?:in(?:ute)?s?)?)?\Z")
_DECIMAL_HOURS = re.compile(r"(\d{1,2})\.(\d)\s*h(?:(?:ou)?rs?)?\Z")
_CLOCK = re.compile(r"(?:at )?(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?\Z")
_LAST_HOUR, _LAST_MINUTE, _NOON = 23, 59, 12
_SATURDAY = 5
_FIRST_YEAR, _LAST_YEAR = 1900, 2199  # a year beyond these was mistyped, and would break sums of days
_LONGEST = 3650  # days
EXAMPLES = "2026-12-01, today, tomorrow, friday, +3d, +2w or 'next tuesday'"


class Every(NamedTuple):
    """A recurrence: so many days, weeks, months or years; ``str()`` writes it as ``2w``."""

    number: int
    unit: str

    def __str__(self) -> str:
        """Give it in the short form that is stored."""
        return f"{self.number}{self.unit}"


def plus_months(day: date, months: int) -> date:
    """Give the same day ``months`` later, or that month's last when it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, every: Every) -> date:
    """Give the day one recurrence later."""
    if every.unit == "d":
        return day + timedelta(days=every.number)
    if every.unit == "w":
        return day + timedelta(weeks=every.number)
    return plus_months(day, every.number * (12 if every.unit == "y" else 1))


def following(day: date, every: Every, month_day: int) -> date:
    """Give the day one recurrence later of what is due on the ``month_day`` of its months: what began on a 31st has it again after February."""
    later = shift(day, every)
    if every.unit not in ("m", "y"):
        return later
    return later.replace(day=min(month_day, monthrange(later.year, later.month)[1]))


def is_working_day(day: date, holidays: Container[date]) -> bool:
    """Say whether ``day`` is neither a weekend's nor one of ``holidays``."""
    return day.weekday() < _SATURDAY and day not in holidays


def plus_working_days(day: date, count: int, holidays: Container[date]) -> date:
    """Give the working day that is ``count`` working days after ``day``."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, holidays)
    return day


def parse_every(text: str) -> Every:
    """Read a recurrence: ``2w``, ``6 weeks``, ``month``, ``daily``.

    Raises BadValue.
    """
    plain = text.strip().lower().removeprefix("every ").strip()
    plain = {"daily": "1d", "weekly": "1w", "fortnightly": "2w", "fortnight": "2w", "monthly": "1m", "quarterly": "3m", "yearly": "1y"}.get(
        plain, plain
    )
    found = _EVERY.match(plain)
    count = int(found[1] or 1) if found else 0
    if found is None or count == 0:
        raise BadValue("how often", text, "not a recurrence", "a number and d, w, m or y, like 2w")
    every = Every(count, found[2][0])
    if in_days(every) > _LONGEST:
        raise BadValue("how often", text, "it must be at most ten years", "6w")
    return every


def in_days(every: Every) -> int:
    """Give a recurrence as a number of days, a month counting 30 and a year 365."""
    return every.number * {"d": 1, "w": 7, "m": 30, "y": 365}[every.unit]


def parse_day(text: str, *, today: date, holidays: Container[date] = (), wordy: Callable[[str], date | None] | None = None) -> date:
    """Read a day as people write it; a weekday's name is the next such day after today.

    ``wordy`` is asked last, for anything the short forms do not know. Raises BadValue.
    """
    plain = text.strip().lower()
    named = {"today": 0, "now": 0, "tomorrow": 1, "yesterday": -1}
    if plain in named:
        return today + timedelta(days=named[plain])
    if plain in WEEKDAYS:
        return today + timedelta(days=(WEEKDAYS.index(plain) - today.weekday() - 1) % 7 + 1)
    if len(plain) >= 3 and plain[0].isdigit() and plain[:4].isdigit():  # noqa: PLR2004 - a year has four digits
        return _believable(text, _iso(text, plain))
    moved = _SHIFT.match(plain)
    try:
        day = _shifted(today, moved, holidays) if moved else (wordy(text.strip()) if wordy else None)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise BadValue("day", text, "not a day", EXAMPLES)
    return _believable(text, day)


def _iso(text: str, plain: str) -> date:
    """Read an ISO day; say so when the calendar does not have it."""
    try:
        return date.fromisoformat(plain)
    except ValueError as problem:
        raise BadValue("day", text, f"not a day in the calendar ({problem})", EXAMPLES) from None


def _believable(text: str, day: date) -> date:
    """Refuse a day of another century."""
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise BadValue("day", text, f"the year must be from {_FIRST_YEAR} to {_LAST_YEAR}", EXAMPLES)
    return day


def _shifted(today: date, moved: re.Match[str], holidays: Container[date]) -> date:
    """Give the day that ``+3d`` or ``-2wd`` means."""
    count = int(moved[2]) * (1 if moved[1] == "+" else -1)
    if moved[3] == "wd":
        return plus_working_days(today, count, holidays)
    return shift(today, Every(count, moved[3]))


def parse_clock(text: str) -> tuple[int, int] | None:
    """Read a time of day (``14:30``, ``2.30pm``, ``10am``) as hour and minute, or None."""
    found = _CLOCK.match(text.strip().lower())
    if found is None or (found[2] is None and found[3] is None):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if found[3] == "pm" else 0)
    return (hour, minute) if hour <= _LAST_HOUR and minute <= _LAST_MINUTE else None


def parse_duration(text: str) -> timedelta:
    """Read a length of time: ``1h``, ``90m``, ``1h30m``, ``1.5h``, ``2 hours``.

    Raises BadValue.
    """
    plain = text.strip().lower()
    decimal = _DECIMAL_HOURS.match(plain)
    found = None if decimal else _DURATION.match(plain)
    if decimal:
        length = timedelta(minutes=int(decimal[1]) * 60 + int(decimal[2]) * 6)
    elif found and (found[1] or found[2]):
        length = timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))
    else:
        raise BadValue("how long", text, "not a length of time", "1h, 45m or 1h30m")
    if not length:
        raise BadValue("how long", text, "it must be longer than nothing", "1h, 45m or 1h30m")
    return length


def ago(day: date, today: date) -> str:
    """Say how long ago or ahead ``day`` is: ``3 days ago``, ``today``, ``in 2 days``."""
    distance = (day - today).days
    if abs(distance) <= 1:
        return {-1: "yesterday", 0: "today", 1: "tomorrow"}[distance]
    return f"in {distance} days" if distance > 0 else f"{-distance} days ago"


def happened(what: str, when: date, *, today: date, since: date | None = None, began: str = "it came in") -> date:
    """Give a day on which something happened: not after today, and not before ``since``, the day that ``began`` names.

    Raises BadValue.
    """
    if when > today:
        raise BadValue(what, when, "it has not come yet", "--on today")
    if since is not None and when < since:
        raise BadValue(what, when, f"it is before {since}, when {began}", f"--on {since}")
    return when
