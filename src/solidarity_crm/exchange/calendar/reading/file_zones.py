"""The time zones that a calendar file names: the world's names, its own descriptions, Windows' names, or a town's (exchange.md E4)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from solidarity_crm.errors import BadValue
from solidarity_crm.exchange.calendar.reading import moments
from solidarity_crm.rules import recurring
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.calendar.reading.components import Component
    from solidarity_crm.rules.recurring import Rule

_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?\Z")
_TOWNS = re.compile(r"[/,;]")
_HEADED = re.compile(r"\(?(?:GMT|UTC)[^)]*\)", re.IGNORECASE)
_AMERICAN = re.compile(r"(\w+) time \(us & canada\)")
_MOST = 20  # descriptions for which a zone of the world is looked for
_CHANGES = 200  # parts of a description, the last of them; the longest histories of real zones have fewer
# the commonest of Windows' names; all others are looked up in the table of Unicode's CLDR that icalendar has with it
_WINDOWS = {
    "gmt standard time": "Europe/London",
    "w. europe standard time": "Europe/Berlin",
    "romance standard time": "Europe/Paris",
    "central european standard time": "Europe/Warsaw",
    "central europe standard time": "Europe/Budapest",
    "greenwich standard time": "Atlantic/Reykjavik",
    "eastern standard time": "America/New_York",
    "central standard time": "America/Chicago",
    "mountain standard time": "America/Denver",
    "pacific standard time": "America/Los_Angeles",
    "utc": "UTC",
}


class Onset(NamedTuple):
    """When clocks change, as a file describes it: by the clocks before, first and then by a rule, and the offsets from UTC."""

    first: datetime
    rule: Rule | None
    before: timedelta
    after: timedelta

    def latest(self, wall: datetime) -> datetime | None:
        """Give the last such change that is not after a time of the clocks, or None."""
        if wall < self.first:
            return None
        if self.rule is None:
            return self.first
        last = min(wall, self.rule.until or wall)
        found = (when for year in (last.year, last.year - 1) for when in reversed(_in_year(self.rule, self.first, year)))
        return next((when for when in found if when <= last), None)


class Place(NamedTuple):
    """Whose clocks a time is of: a zone of the world, or only what the file says of it; ``doubt`` is why it may be another."""

    zone: ZoneInfo | None
    onsets: tuple[Onset, ...] = ()
    doubt: str = ""


class Zones:
    """The zones of one file; ``usual`` is the workspace's."""

    def __init__(self, described: Sequence[Component], usual: ZoneInfo) -> None:
        """Keep what the file describes, by name."""
        self.usual = usual
        self._described = {name: one for one in described for name in [one.value("TZID").strip('"').strip()] if name}
        self._known: dict[str, Place] = {}

    def place(self, name: str) -> Place:
        """Give the place of a TZID; of nobody's clocks the usual one."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def wall(self, found: moments.Moment, place: ZoneInfo) -> datetime:
        """Give a moment by the clocks of a place; no other clocks show the first or the last year of all."""
        there = self.place(found.zone)
        if found.is_day or there.zone == place or found.wall.year in (date.min.year, date.max.year):
            return found.wall
        if there.zone is not None:
            return found.wall.replace(tzinfo=there.zone).astimezone(place).replace(tzinfo=None)
        return (found.wall - _offset_at(there.onsets, found.wall)).replace(tzinfo=UTC).astimezone(place).replace(tzinfo=None)

    def _found(self, name: str) -> Place:
        if not name:
            return Place(self.usual)
        if known := named(name):
            return Place(known)
        if name in self._described:
            onsets = _onsets(self._described[name])
            if onsets and len(self._known) < _MOST:
                return Place(_alike(onsets, (self.usual, windows(name), town(name))), onsets)
            if onsets:
                return Place(None, onsets)
        known = windows(name) or town(name)
        return Place(known) if known else Place(self.usual, doubt=f"the time zone {name!r} is not known; taken for {self.usual.key}")


def named(name: str) -> ZoneInfo | None:
    """Give a zone by the world's name for it, also where a program put something before it."""
    parts = [part for part in name.strip("/").split("/") if part]
    for begin in range(max(len(parts) - 3, 0), len(parts)):
        if found := _zone("/".join(parts[begin:])):
            return found
        if begin == len(parts) - 2:  # a town alone is not enough
            break
    return None


@cache
def windows(name: str) -> ZoneInfo | None:
    """Give a zone by Windows' name for it, or None."""
    plain = " ".join(name.casefold().split())
    if american := _AMERICAN.search(plain):
        plain = f"{american[1]} standard time"
    if plain in _WINDOWS:
        return _zone(_WINDOWS[plain])
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - a tenth of a second that few files need

    return next((_zone(olson) for known, olson in WINDOWS_TO_OLSON.items() if known.casefold() == plain), None)


@cache
def town(name: str) -> ZoneInfo | None:
    """Give the zone of the first town in a text such as ``(GMT+01.00) Sarajevo/Skopje/Warsaw``, or None."""
    found = (fold(word) for word in _TOWNS.split(_HEADED.sub("", name)))
    return next((_zone(_towns()[word]) for word in found if word in _towns()), None)


@cache
def _towns() -> dict[str, str]:
    """Give the zones of the world that are called after a town, by that."""
    return {fold(key.rpartition("/")[2].replace("_", " ")): key for key in sorted(available_timezones()) if "/" in key}


@cache
def _zone(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return None


@cache
def _in_year(rule: Rule, first: datetime, year: int) -> tuple[datetime, ...]:
    """Give when a change comes in a year."""
    return tuple(recurring.dates(rule, first, since=datetime(year, 1, 1), until=datetime(year, 12, 31, 23, 59)))  # noqa: DTZ001 - by the clocks before


def _onsets(described: Component) -> tuple[Onset, ...]:
    """Read a VTIMEZONE; parts that cannot be read are passed over, and rules that are not of a date in each year."""
    found = []
    for part in described.children:
        first, before, after = (
            moments.read(part.value("DTSTART")),
            _offset(part.value("TZOFFSETFROM")),
            _offset(part.value("TZOFFSETTO")),
        )
        if first is None or after is None:
            continue
        try:
            rule = recurring.parse(part.value("RRULE")) if part.value("RRULE") else None
        except BadValue:
            rule = None
        yearly = rule if rule and rule.unit == "y" and rule.times is None else None
        found.append(Onset(first.wall, yearly, after if before is None else before, after))
    return tuple(sorted(found, key=lambda onset: onset.first)[-_CHANGES:])


def _offset(text: str) -> timedelta | None:
    """Read an offset from UTC."""
    found = _OFFSET.match(text)
    if found is None:
        return None
    amount = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return None if amount >= timedelta(days=1) else -amount if found[1] == "-" else amount


def _offset_at(onsets: Sequence[Onset], wall: datetime) -> timedelta:
    """Give the offset from UTC that a file describes for a time of the clocks."""
    latest = [(when, onset.after) for onset in onsets if (when := onset.latest(wall))]
    return max(latest)[1] if latest else onsets[0].before


def _alike(onsets: Sequence[Onset], likely: Sequence[ZoneInfo | None]) -> ZoneInfo | None:
    """Give the zone of the world whose clocks do what a file describes in the years of today, likely ones first; None when none does."""
    walls = [datetime(year, month, 1, 12) for year in (2024, 2025, 2026) for month in range(1, 13)]  # noqa: DTZ001 - any place's clocks
    wanted = [_offset_at(onsets, wall) for wall in walls]

    def does(place: ZoneInfo | None) -> bool:
        return place is not None and all(
            wall.replace(tzinfo=place).utcoffset() == offset for wall, offset in zip(walls, wanted, strict=True)
        )

    if found := next((place for place in likely if does(place)), None):
        return found
    keys = sorted(key for key in available_timezones() if "/" in key and not key.startswith(("Etc/", "SystemV/", "US/")))
    return next((_zone(key) for key in (*_WINDOWS.values(), *keys) if does(_zone(key))), None)
