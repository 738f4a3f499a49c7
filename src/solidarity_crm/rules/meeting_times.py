"""When a meeting is: wall-clock times of a place, which its clocks may skip or show twice.

A meeting keeps the local time that people agreed on and the name of its time zone, since the zone's rules can change
before the day comes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from solidarity_crm.errors import BadValue

FIRST_YEAR, LAST_YEAR = 1970, 2999  # calendar files begin in 1970
_EXAMPLES = "Europe/London, America/New_York"


class Times(NamedTuple):
    """From when to when, on the clocks of a zone; ``starts`` and ``ends`` have no offset of their own."""

    starts: datetime
    ends: datetime
    zone: ZoneInfo

    @property
    def length(self) -> timedelta:
        """How long it really takes, whatever the clocks do meanwhile."""
        return local(self.ends, self.zone).astimezone(UTC) - local(self.starts, self.zone).astimezone(UTC)

    @property
    def twice(self) -> list[datetime]:
        """The times of the two that the clocks show twice that night; the first is meant."""
        return [wall for wall in (self.starts, self.ends) if _comes_twice(wall, self.zone)]


def lasting(starts: datetime, length: timedelta, place: ZoneInfo) -> Times:
    """Give the times of a meeting that takes so long.

    Raises BadValue.
    """
    _check(starts, place)
    ends = (local(starts, place).astimezone(UTC) + length).astimezone(place).replace(tzinfo=None)
    if ends.fold:  # what is stored would be read as the first of the two
        raise BadValue("end", shown(ends), "the clocks go back and show it twice, and the second is meant", "an end after that hour")
    return between(starts, ends, place)


def between(starts: datetime, ends: datetime, place: ZoneInfo) -> Times:
    """Give the times of a meeting from one moment to another.

    Raises BadValue when one of them does not exist, or the end is not after the start.
    """
    _check(starts, place)
    _check(ends, place)
    times = Times(starts, ends, place)
    if times.length <= timedelta(0):
        raise BadValue("end", shown(ends), f"it must be after the start, {shown(starts)}", "--for 1h")
    return times


def shifted(times: Times, starts: datetime, *, all_day: bool = False) -> Times:
    """Give the same times on another day: as long by the clocks, whatever they do that night; whole days stay whole days.

    A time that the clocks skip is the one they show instead, as RFC 5545 §3.3.5 has it.
    """
    wall = times.ends - times.starts
    if all_day:
        return Times(starts, starts + wall, times.zone)
    begins = local(starts, times.zone).astimezone(UTC).astimezone(times.zone).replace(tzinfo=None, fold=0)
    ends = local(starts + wall, times.zone).astimezone(UTC).astimezone(times.zone).replace(tzinfo=None, fold=0)
    return Times(begins, max(ends, begins + timedelta(minutes=1)), times.zone)


def zone(key: str) -> ZoneInfo:
    """Give a time zone by its name.

    Raises BadValue.
    """
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):  # OSError: a name that is a folder
        raise BadValue("time zone", key, "not a time zone", _EXAMPLES) from None


def local(wall: datetime, place: ZoneInfo) -> datetime:
    """Give a wall-clock time with its zone; the first of the two when the clocks show it twice."""
    return wall.replace(tzinfo=place, fold=0)


def on_the_clocks(moment: datetime | date, place: ZoneInfo) -> datetime:
    """Give what the clocks of a place show at a moment, to the minute; of a day its midnight."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, datetime.min.time())
    return moment.astimezone(UTC).astimezone(place).replace(tzinfo=None, second=0, microsecond=0, fold=0)


def read(text: str) -> datetime:
    """Read a wall-clock time as it is stored.

    Raises BadValue.
    """
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        raise BadValue("time", text, "not a day and a time", "2026-12-01T10:00") from None


def written(wall: datetime) -> str:
    """Give a wall-clock time as it is stored: ``2026-12-01T10:00``."""
    return wall.replace(tzinfo=None).isoformat(timespec="minutes")


def shown(wall: datetime) -> str:
    """Give a wall-clock time as people type it: ``2026-12-01 10:00``."""
    return written(wall).replace("T", " ")


def _check(wall: datetime, place: ZoneInfo) -> None:
    """Raise BadValue for a time that no clock of the place shows."""
    if not FIRST_YEAR <= wall.year <= LAST_YEAR:
        raise BadValue("time", shown(wall), f"it must be between {FIRST_YEAR} and {LAST_YEAR}")
    real = local(wall, place).astimezone(UTC).astimezone(place).replace(tzinfo=None)
    if real != wall:
        raise BadValue("time", shown(wall), f"the clocks of {place.key} go forward and skip it", f"'{shown(real)}'")


def _comes_twice(wall: datetime, place: ZoneInfo) -> bool:
    """Say whether the clocks show a time twice."""
    return wall.replace(tzinfo=place, fold=1).utcoffset() != local(wall, place).utcoffset()
