"""What an object of a calendar says of time, place and state, whoever wrote it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from icalendar import Calendar

from solidarity_crm.errors import BadValue
from solidarity_crm.rules import meeting_times, recurring
from solidarity_crm.rules.calendar_steps import AS_USUAL, SAME, Facts
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

DIGEST = "X-SOLIDARITY-DIGEST"
_OURS = 32  # characters of a digest that are read
_WHOLE = 100
_SHORT = 16


class Told(NamedTuple):
    """What an object says that either side may change; a day for what has no time of day, None where it does not say.

    ``rule`` is a digest of how it comes again, empty for what happens once; ``dates`` are the dates of a series that it tells by
    themselves, by the days on which the rule has them. One that is left out has no times.
    """

    starts: datetime | date | None
    ends: datetime | date | None
    place: str
    state: str
    rule: str = ""
    dates: Mapping[date, Told] = MappingProxyType({})

    @property
    def facts(self) -> Facts:
        """The same, for comparing: where it is shows in a digest only, and a date by what it has otherwise than the series."""
        dates = ((day.isoformat(), told.beside(self._usual(day))) for day, told in sorted(self.dates.items()))
        return Facts(*self._times, _digest(self.place), self.state, self.rule, tuple(each for each in dates if each[1] != AS_USUAL))

    @property
    def _times(self) -> tuple[str, str]:
        return _written(self.starts), _written(self.ends)

    def on(self, day: date) -> Told:
        """Give what it says of a series' date."""
        return self.dates.get(day) or self._usual(day)

    def beside(self, usual: Told) -> Facts:
        """Give the facts of a date, beside what its series has then."""
        if self.state == "cancelled":
            return AS_USUAL._replace(state=self.state)
        starts, ends = ("", "") if self._times == usual._times else self._times
        return Facts(starts, ends, SAME if self.place == usual.place else _digest(self.place), self.state)

    def _usual(self, day: date) -> Told:
        """Give what a series' date is when nothing is said of it: as long by the clocks as the first."""
        starts, ends = self.starts, self.ends
        if isinstance(starts, datetime) and isinstance(ends, datetime):
            length = ends.astimezone(starts.tzinfo).replace(tzinfo=None) - starts.replace(tzinfo=None)
            begins = datetime.combine(day, starts.timetz())
            return Told(begins, begins + length, self.place, "open")
        days = timedelta(days=1)
        if starts is not None and ends is not None and not isinstance(starts, datetime) and not isinstance(ends, datetime):
            days = ends - starts
        return Told(day, day + days, self.place, "open")


_LEFT_OUT = Told(None, None, "", "cancelled")


class Read(NamedTuple):
    """An object as it was read: the digest is of what we wrote, None if it does not say; ``sequence`` counts its changes."""

    told: Told
    digest: str | None
    sequence: int


def read(content: bytes | str, zone: ZoneInfo) -> Read:
    """Read an object; ``zone`` is whose clocks a time without a zone is of.

    Raises ValueError for what is no event or task.
    """
    try:
        calendar = Calendar.from_ical(content)
        found = [part for part in calendar.walk() if part.name in ("VEVENT", "VTODO")]
        return _read(found, zone)
    except (
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        TypeError,
        OverflowError,
        RecursionError,
    ) as problem:  # the library's, by what is broken
        said = "it is no event or task that can be read"
        raise ValueError(said) from problem


def _read(found: Sequence[Any], zone: ZoneInfo) -> Read:
    """Read an object's parts: one, or a series with its single dates."""
    one = next((part for part in found if "RECURRENCE-ID" not in part), found[0])
    if one.name == "VTODO" or str(one["UID"]).startswith("followup-"):  # due on a day, whatever the time and however long
        due = _zoned(_due(one) if one.name == "VTODO" else one["DTSTART"].dt, zone)
        told = Told(due.astimezone(zone).date() if isinstance(due, datetime) else due, None, _place(one), _state(one), _rule(found))
    else:
        told = _event(one, zone)
        told = told._replace(rule=_rule(found), dates=dict(_dates(found, told, zone)))
    sequence = max((int(part.get("SEQUENCE", 0)) for part in found), default=0)
    digest = str(one[DIGEST])[:_OURS] if DIGEST in one else None
    return Read(told, digest, max(0, min(sequence, 2**31 - 1)))


def _event(event: Any, zone: ZoneInfo) -> Told:  # noqa: ANN401 - the library's component
    """Read an event, or a single date of one."""
    starts, ends = (_zoned(moment, zone) for moment in _times(event))
    return Told(starts, ends, _place(event), _state(event))


def _times(event: Any) -> tuple[datetime | date, datetime | date]:  # noqa: ANN401 - the library's component
    """Give from when to when an event is (RFC 5545 §3.6.1)."""
    starts = event["DTSTART"].dt
    if "DTEND" in event:
        return starts, event["DTEND"].dt
    if "DURATION" in event:
        return starts, starts + event["DURATION"].dt
    return starts, starts if isinstance(starts, datetime) else starts + timedelta(days=1)


def _due(task: Any) -> datetime | date | None:  # noqa: ANN401 - as above
    """Give when a task is due."""
    said = task.get("DUE") or task.get("DTSTART")
    return said.dt if said is not None else None


def _zoned(moment: datetime | date | None, zone: ZoneInfo) -> datetime | date | None:
    """Give a moment with a zone.

    Raises ValueError for one of a year that no meeting is in, near the end of time: it may have no time in UTC.
    """
    if moment is not None and not date.min.year < moment.year <= meeting_times.LAST_YEAR:
        said = "no meeting is in that year"
        raise ValueError(said)
    return moment.replace(tzinfo=zone) if isinstance(moment, datetime) and moment.tzinfo is None else moment


def _state(one: Any) -> str:  # noqa: ANN401 - as above
    """Give the state that an object is in."""
    status = str(one.get("STATUS", "")).upper()
    if status == "CANCELLED":
        return "cancelled"
    done = one.name == "VTODO" and (status == "COMPLETED" or "COMPLETED" in one or int(one.get("PERCENT-COMPLETE", 0)) >= _WHOLE)
    return "done" if done else "open"


def _place(one: Any) -> str:  # noqa: ANN401 - as above
    """Give where an object is."""
    return one_line(str(one.get("LOCATION", "")))


def _rule(found: Sequence[Any]) -> str:
    """Give how a series comes again as one word, however it is spelt; empty for what happens once."""
    lines = []
    for part in found:
        if "RRULE" in part:
            lines.append(_spelt(part["RRULE"].to_ical().decode()))
        lines += [f"RDATE:{_written(moment)}" for moment in _several(part, "RDATE")]
        if "RECURRENCE-ID" in part and (reach := part["RECURRENCE-ID"].params.get("RANGE")):  # of a date and all after it
            lines.append(f"{reach}:{_written(part['RECURRENCE-ID'].dt)}")
    return _digest("\n".join(sorted(lines)))


def _spelt(rule: str) -> str:
    """Give a rule as we would spell it; one that is not understood with its parts in order."""
    try:
        return str(recurring.parse(rule))
    except BadValue:
        return ";".join(sorted(rule.split(";")))


def _dates(found: Sequence[Any], whole: Told, zone: ZoneInfo) -> Iterator[tuple[date, Told]]:
    """Give the dates of a series that are told by themselves, by the days on which the rule has them.

    A date that both is left out and has something told of it is (RFC 5545 §3.8.4.4).
    """
    single = [part for part in found if "RECURRENCE-ID" in part]
    for moment in (moment for part in found if part not in single for moment in _several(part, "EXDATE")):
        yield _day(moment, whole), _LEFT_OUT
    for part in single:
        yield _day(part["RECURRENCE-ID"].dt, whole), _LEFT_OUT if _state(part) == "cancelled" else _event(part, zone)


def _several(part: Any, name: str) -> Iterator[datetime | date]:  # noqa: ANN401 - as above
    """Give the moments of a property that may stand several times, and have several."""
    listed = part.get(name, [])
    for each in listed if isinstance(listed, list) else [listed]:
        yield from (one.dt for one in each.dts)


def _day(moment: datetime | date, whole: Told) -> date:
    """Give the day on which a series' rule has a date, by the series' clocks; a rule has at most one in a day, whatever its hour."""
    if not isinstance(moment, datetime):
        return moment
    if not isinstance(whole.starts, datetime) or moment.tzinfo is None:
        return moment.date()
    return moment.astimezone(whole.starts.tzinfo).date()


def _digest(text: str) -> str:
    """Give a digest of a text, empty for none."""
    return hashlib.sha256(text.encode()).hexdigest()[:_SHORT] if text else ""


def _written(moment: datetime | date | None) -> str:
    """Give a moment in UTC, or a day, as text."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()
