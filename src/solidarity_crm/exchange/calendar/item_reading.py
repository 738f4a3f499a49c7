"""What an object of a calendar says of time, place and state, whoever wrote it."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from icalendar import Calendar

from solidarity_crm.rules.calendar_steps import Facts
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

DIGEST = "X-SOLIDARITY-DIGEST"
_OURS = 32  # characters of a digest that are read
_WHOLE = 100
_SHORT = 16


class Told(NamedTuple):
    """What an object says that either side may change; a day for what has no time of day, None where it does not say."""

    starts: datetime | date | None
    ends: datetime | date | None
    place: str
    state: str
    dates: str

    @property
    def facts(self) -> Facts:
        """The same, for comparing: where it is shows in a digest only."""
        place = hashlib.sha256(self.place.encode()).hexdigest()[:_SHORT] if self.place else ""
        return Facts(_written(self.starts), _written(self.ends), place, self.state, self.dates)


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
    task, reminder = one.name == "VTODO", str(one["UID"]).startswith("followup-")
    starts, ends = _due(one) if task else _times(one)
    starts, ends = (_zoned(moment, zone) for moment in (starts, ends))
    if task or reminder:  # due on a day, whatever the time and however long
        starts, ends = (starts.astimezone(zone).date() if isinstance(starts, datetime) else starts), None
    told = Told(starts, ends, one_line(str(one.get("LOCATION", ""))), _state(one), _dates(found, zone))
    sequence = max((int(part.get("SEQUENCE", 0)) for part in found), default=0)
    digest = str(one[DIGEST])[:_OURS] if DIGEST in one else None
    return Read(told, digest, max(0, min(sequence, 2**31 - 1)))


def _times(event: Any) -> tuple[datetime | date, datetime | date]:  # noqa: ANN401 - the library's component
    """Give from when to when an event is (RFC 5545 §3.6.1)."""
    starts = event["DTSTART"].dt
    if "DTEND" in event:
        return starts, event["DTEND"].dt
    if "DURATION" in event:
        return starts, starts + event["DURATION"].dt
    return starts, starts if isinstance(starts, datetime) else starts + timedelta(days=1)


def _due(task: Any) -> tuple[datetime | date | None, None]:  # noqa: ANN401 - as above
    """Give when a task is due."""
    said = task.get("DUE") or task.get("DTSTART")
    return (said.dt if said is not None else None), None


def _zoned(moment: datetime | date | None, zone: ZoneInfo) -> datetime | date | None:
    """Give a moment with a zone.

    Raises ValueError for one at the end of time, where it has no time in UTC.
    """
    if moment is not None and not date.min.year < moment.year < date.max.year:
        said = "no clock of another zone shows that year"
        raise ValueError(said)
    return moment.replace(tzinfo=zone) if isinstance(moment, datetime) and moment.tzinfo is None else moment


def _state(one: Any) -> str:  # noqa: ANN401 - as above
    """Give the state that an object is in."""
    status = str(one.get("STATUS", "")).upper()
    if status == "CANCELLED":
        return "cancelled"
    done = one.name == "VTODO" and (status == "COMPLETED" or "COMPLETED" in one or int(one.get("PERCENT-COMPLETE", 0)) >= _WHOLE)
    return "done" if done else "open"


def _dates(found: Sequence[Any], zone: ZoneInfo) -> str:
    """Give a series' rule and single dates as one word, however they are spelt; empty for what happens once."""
    lines = []
    for part in found:
        if "RRULE" in part:
            lines.append("RRULE:" + ";".join(sorted(part["RRULE"].to_ical().decode().split(";"))))
        for several in ("RDATE", "EXDATE"):
            listed = part.get(several, [])
            for each in listed if isinstance(listed, list) else [listed]:
                lines += [f"{several}:{_written(_zoned(one.dt, zone))}" for one in each.dts]
        if "RECURRENCE-ID" in part:
            moments = [_written(_zoned(part[key].dt, zone)) for key in ("RECURRENCE-ID", "DTSTART")]
            lines.append(" ".join([*moments, str(part.get("STATUS", "")), one_line(str(part.get("LOCATION", "")))]))
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:_SHORT] if lines else ""


def _written(moment: datetime | date | None) -> str:
    """Give a moment in UTC, or a day, as text."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()
