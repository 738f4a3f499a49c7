"""Days, moments and lengths of time as calendar files write them, and as other programs do."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from solidarity_crm.exchange.vcard.properties import Property

# the dashes and colons of ISO 8601 are not RFC 5545's, but are met
_WRITTEN = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(?:\.\d+)?([Zz]?)[\x22T]?)?\Z")
_LENGTH = re.compile(r"([+-]?)P(?:(\d{1,5})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?\Z", re.IGNORECASE)
_WHOLE_DAY = 24


class Moment(NamedTuple):
    """A moment as written: by some place's clocks, whose name ``zone`` is; ``UTC``; or nobody's (empty). A day has no time of day."""

    wall: datetime
    zone: str
    is_day: bool = False


def moment(found: Property) -> Moment | None:
    """Read a property's moment; None for what is none."""
    return read(found.value, found.first("TZID"), day=found.first("VALUE").upper() == "DATE")


def read(text: str, zone: str = "", *, day: bool = False) -> Moment | None:
    """Read a moment; None for what is none. ``day`` asks for a day even where a time of day stands (exchange.md A4)."""
    written = _WRITTEN.match(text.strip())
    if written is None:
        return None
    try:
        on = date(int(written[1]), int(written[2]), int(written[3]))
        if written[4] is None or day:
            return Moment(datetime.combine(on, time()), "", is_day=True)
        # a second that is put in between, and the end of a day
        hour, minute = int(written[4]), int(written[5])
        clock = datetime.combine(on, time(hour % _WHOLE_DAY, minute)) + timedelta(days=hour // _WHOLE_DAY if hour == _WHOLE_DAY else 0)
    except (ValueError, OverflowError):
        return None
    if hour > _WHOLE_DAY:
        return None
    return Moment(clock, "UTC" if written[7] else zone.strip().strip('"').strip())


def stamp(text: str) -> datetime | None:
    """Read when something was written, which is in UTC whatever it says; None for what is no moment."""
    written = _WRITTEN.match(text.strip())
    try:
        parts = [int(part or 0) for part in written.groups()[:6]] if written else []
        return datetime(parts[0], parts[1], parts[2], parts[3], parts[4], min(parts[5], 59), tzinfo=UTC) if parts else None
    except ValueError:
        return None


def length(text: str) -> timedelta | None:
    """Read a length of time; None for what is none or not ahead."""
    written = _LENGTH.match(text.strip())
    if written is None or written[1] == "-":
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in written.groups()[1:])
    found = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return found or None
