"""Times of day, spans of days and time zones as they are typed for meetings and calendars."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, available_timezones

import typer

from solidarity_crm.cli.parameters import day, moment
from solidarity_crm.errors import BadValue, Usage
from solidarity_crm.rules import days, meeting_times
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_MIDNIGHT = re.compile(r"00[:.]00|midnight|\b12(?:[:.]00)? ?am", re.IGNORECASE)
_CLOCK = re.compile(r"\d[:.]\d\d\b|\d ?[ap]m\b|midnight|noon|T\d\d", re.IGNORECASE)
_FEW = 6
From = Annotated[Any, typer.Option("--from", help="Only from this day on.", parser=day, metavar="DAY", show_default=False)]
UpTo = Annotated[Any, typer.Option("--until", help="Only up to this day.", parser=day, metavar="DAY", show_default=False)]
EXAMPLE = "'2026-12-01 10:00' or 'friday 2pm'"


def starting(text: str | datetime) -> datetime:
    """Read a day and a time of day, on the clocks of wherever it is; a day alone is not enough.

    Raises BadValue.
    """
    if isinstance(text, datetime):
        return text
    if _offset(text):
        raise BadValue("day and time", text, "a time is given as the clocks there show it", f"{EXAMPLE}, with --zone")
    found = moment(text)
    if found.time() == time(0) and not _MIDNIGHT.search(text):
        raise BadValue("day and time", text, "the time of day is missing", EXAMPLE)
    return found.replace(second=0, microsecond=0)


def starting_or_day(text: str | date) -> date:
    """Read a day and a time of day, or a day alone: what takes whole days has no time.

    Raises BadValue.
    """
    if isinstance(text, date):
        return text
    if _offset(text):
        return starting(text)
    found = moment(text) if _CLOCK.search(text) else None
    if found is not None:
        return starting(text)
    try:
        return day(text)
    except BadValue:
        return starting(text)


def timed(found: date) -> datetime:
    """Give a day with its time of day.

    Raises BadValue for a day alone.
    """
    if isinstance(found, datetime):
        return found
    raise BadValue("day and time", found, "the time of day is missing", f"{EXAMPLE}, or --all-day")


def ending(text: str | datetime | time) -> datetime | time:
    """Read a time of day, or a day and a time of day.

    Raises BadValue.
    """
    if isinstance(text, (datetime, time)):
        return text
    clock = days.parse_clock(text)
    return time(*clock) if clock else starting(text)


def ending_or_last(text: str | date | time) -> date | time:
    """Read when something ends, or the last day on which it comes again.

    Raises BadValue.
    """
    if isinstance(text, (date, time)):
        return text
    clock = days.parse_clock(text)
    return time(*clock) if clock else starting_or_day(text)


def end_of(start: datetime, length: timedelta | None, until: datetime | time | None) -> datetime | None:
    """Give the end that was typed, a time of day being the start's day's; None when a length was.

    Raises Usage when both were.
    """
    if until is None:
        return None
    if length is not None:
        sentence = "--for and --until both say when it ends"
        raise Usage(sentence, "one of them")
    return datetime.combine(start.date(), until) if isinstance(until, time) else until


def zones() -> Sequence[str]:
    """List the time zones that have a place in their name."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))


def time_zone(text: str | ZoneInfo) -> ZoneInfo:
    """Read a time zone: its name, or the part of it that only it has, like ``new york``.

    Raises BadValue.
    """
    if isinstance(text, ZoneInfo):
        return text
    wanted = fold(text)
    known = zones()
    found = [zone for zone in known if fold(zone) == wanted] or [zone for zone in known if wanted and wanted in fold(zone)]
    if len(found) > 1:
        raise BadValue("time zone", text, f"could be any of: {', '.join(found[:_FEW])}", found[0])
    return meeting_times.zone(found[0] if found else text.strip())


def _offset(text: str) -> bool:
    """Say whether a time was typed with an offset from UTC."""
    try:
        return datetime.fromisoformat(text.strip()).tzinfo is not None
    except ValueError:
        return False
