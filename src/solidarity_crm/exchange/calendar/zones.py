"""Time zones as calendar files describe them: a VTIMEZONE with one yearly rule for each change of the clocks.

Outlook takes nothing but such rules (exchange.md A3, D1), and the icalendar library does not write them, so they are
found from the zone's own data: the two changes of a year, each read as the nth or last weekday of its month and tried
on the years after. A zone without such rules has no VTIMEZONE, and its times go out in UTC.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

YEARS_AHEAD = 5
_EPOCH = 1970
_WEEK, _SECOND = timedelta(weeks=1), timedelta(seconds=1)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(NamedTuple):
    """A change of the clocks: when by the clocks before it, and the offsets from UTC before and after."""

    wall: datetime
    before: timedelta
    after: timedelta


class Onset(NamedTuple):
    """A yearly change: on the ``week``-th ``weekday`` of a month (-1 for the last), at a time of the clocks before it."""

    month: int
    week: int
    weekday: int
    clock: timedelta
    before: timedelta
    after: timedelta
    name: str

    def wall(self, year: int) -> datetime:
        """Give when it is in a year, by the clocks before it."""
        return datetime.combine(nth_weekday(year, self.month, self.week, self.weekday), datetime.min.time()) + self.clock

    def change(self, year: int) -> Change:
        """Give the change of a year that it foretells."""
        return Change(self.wall(year), self.before, self.after)


class Rule(NamedTuple):
    """What a zone's clocks do every year; without onsets they always show ``offset``."""

    key: str
    onsets: tuple[Onset, ...]
    offset: timedelta
    name: str

    def holds(self, year: int) -> bool:
        """Say whether the zone's clocks really do so in a year."""
        real = changes(self.key, year)
        if not self.onsets:
            return not real and _at(datetime(year, 1, 1, tzinfo=UTC), ZoneInfo(self.key)) == self.offset
        return real == tuple(onset.change(year) for onset in self.onsets)


@cache
def rule(key: str, year: int) -> Rule | None:
    """Give the rule that a zone follows from ``year`` on, or None when it follows none or is UTC under another name."""
    place = ZoneInfo(key)
    begun = datetime(year, 1, 1, tzinfo=place)
    offset, name, real = begun.utcoffset() or timedelta(0), begun.tzname() or key, changes(key, year)
    if not real:
        candidates = [Rule(key, (), offset, name)] if offset else []
    elif len(real) == 2:  # noqa: PLR2004 - there and back
        candidates = [Rule(key, (first, second), offset, name) for first in _onsets(place, real[0]) for second in _onsets(place, real[1])]
    else:
        candidates = []
    years = range(year, year + YEARS_AHEAD + 1)
    return next((found for found in candidates if all(found.holds(ahead) for ahead in years)), None)


@cache
def holds(key: str, year: int, when: int) -> bool:
    """Say whether the rule that a zone follows from ``year`` on is true of the year ``when`` too."""
    found = rule(key, year)
    return found is not None and found.holds(when)


def vtimezone(found: Rule) -> str:
    """Give a rule as a VTIMEZONE, lines ended by CRLF."""
    parts = [_part(onset) for onset in found.onsets] or [
        _lines("STANDARD", "19700101T000000", None, found.offset, found.offset, found.name)
    ]
    return "\r\n".join(["BEGIN:VTIMEZONE", f"TZID:{found.key}", *(line for part in parts for line in part), "END:VTIMEZONE"]) + "\r\n"


@cache
def changes(key: str, year: int) -> tuple[Change, ...]:
    """List the changes of a zone's clocks in a year, by UTC."""
    place = ZoneInfo(key)
    found, at, end = [], datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        following = min(at + _WEEK, end)
        if _at(at, place) != _at(following, place):
            found.append(_change(place, at, following))
        at = following
    return tuple(found)


def nth_weekday(year: int, month: int, week: int, weekday: int) -> date:
    """Give the ``week``-th such weekday of a month, -1 for its last."""
    if week > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (week - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _at(moment: datetime, place: ZoneInfo) -> timedelta:
    """Give a zone's offset from UTC at a moment."""
    return moment.astimezone(place).utcoffset() or timedelta(0)


def _change(place: ZoneInfo, low: datetime, high: datetime) -> Change:
    """Find the change between two moments, to the second."""
    before, after = _at(low, place), _at(high, place)
    while high - low > _SECOND:
        middle = low + timedelta(seconds=(high - low) // _SECOND // 2)
        low, high = (middle, high) if _at(middle, place) == before else (low, middle)
    return Change((high + before).replace(tzinfo=None), before, after)


def _onsets(place: ZoneInfo, change: Change) -> list[Onset]:
    """List the yearly rules that a change could be following."""
    day = change.wall.date()
    clock = change.wall - datetime.combine(day, datetime.min.time())
    name = (change.wall - change.before).replace(tzinfo=UTC).astimezone(place).tzname() or place.key
    weeks = [week for week in (-1, (day.day - 1) // 7 + 1) if nth_weekday(day.year, day.month, week, day.weekday()) == day]
    return [Onset(day.month, week, day.weekday(), clock, change.before, change.after, name) for week in weeks]


def _part(onset: Onset) -> list[str]:
    """Give a yearly change as the lines of a VTIMEZONE."""
    kind = "DAYLIGHT" if onset.after > onset.before else "STANDARD"
    day = f"{onset.week}{_WEEKDAYS[onset.weekday]}"
    recurring = f"RRULE:FREQ=YEARLY;BYMONTH={onset.month};BYDAY={day}"
    return _lines(kind, f"{onset.wall(_EPOCH):%Y%m%dT%H%M%S}", recurring, onset.before, onset.after, onset.name)


def _lines(kind: str, start: str, recurring: str | None, before: timedelta, after: timedelta, name: str) -> list[str]:  # noqa: PLR0913 - a line for each
    """Give the lines of one part of a VTIMEZONE."""
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{start}",
        *([recurring] if recurring else []),
        f"TZOFFSETFROM:{_offset(before)}",
        f"TZOFFSETTO:{_offset(after)}",
        f"TZNAME:{name}",
        f"END:{kind}",
    ]


def _offset(offset: timedelta) -> str:
    """Write an offset from UTC: ``+0100``."""
    minutes, seconds = divmod(round(abs(offset).total_seconds()), 60)
    sign = "-" if offset < timedelta(0) else "+"
    return f"{sign}{minutes // 60:02}{minutes % 60:02}" + (f"{seconds:02}" if seconds else "")
