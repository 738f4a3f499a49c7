"""Meetings that come again: how people say how often, what rule that is, and which dates it has."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import BadValue
from solidarity_crm.rules import days, meeting_times, recurring
from solidarity_crm.rules.recurring import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from solidarity_crm.rules.days import Every

_WEEKDAY = (" on the same weekday", " same weekday", " weekday")
_UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}
_PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one"}
_LAST_DAY, _LEAP = 31, (2, 29)
_AHEAD = timedelta(days=366 * 30)  # how far a date of a rule is looked for
_FEW = 3


class Often(NamedTuple):
    """How often somebody wants a meeting: so many days, weeks, months or years apart, or on the same weekday of the month."""

    every: Every
    same_weekday: bool = False


def parse(text: str) -> Often:
    """Read how often: ``weekly``, ``2w``, ``monthly``, ``monthly on the same weekday``, ``yearly``.

    Raises BadValue.
    """
    plain = text.strip().lower()
    ending = next((ending for ending in _WEEKDAY if plain.endswith(ending)), "")
    every = days.parse_every(plain.removesuffix(ending) if ending else plain)
    if ending and every.unit != "m":
        raise BadValue("how often", text, "only what comes by months is on the same weekday of each", "'monthly on the same weekday'")
    return Often(every, bool(ending))


def rule(often: Often, first: date, *, until: date | None = None, times: int | None = None) -> Rule:
    """Give the rule by which a meeting comes again whose first date is given; it ends with a day, after so many times, or never.

    What begins on the 31st comes on the last day of each month, and on 29 February on the last of each February. RFC 5545
    would pass over every month without such a day, which nobody means who says monthly.
    """
    last = datetime.combine(until, time(23, 59, 59)) if until else None
    weekdays: tuple[tuple[int, int], ...] = ()
    monthdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    if often.same_weekday:
        place = (first.day - 1) // 7 + 1
        weekdays = ((place if place in (1, 2, 3, 4) else -1, first.weekday()),)
    elif often.every.unit == "m" and first.day == _LAST_DAY:
        monthdays = (-1,)
    elif often.every.unit == "y" and (first.month, first.day) == _LEAP:
        months, monthdays = (2,), (-1,)
    return Rule(often.every.unit, often.every.number, times, last, months, monthdays, weekdays)


def passes_over(found: Rule, first: date) -> bool:
    """Say whether months without such a day are passed over: those of what comes monthly from the 29th or 30th."""
    return found.unit == "m" and first.day > 28 and not found.weekdays and not found.monthdays  # noqa: PLR2004 - February has 28


def dates(found: Rule, first: datetime, left_out: Sequence[str], since: datetime, until: datetime) -> Iterator[datetime]:
    """Give the dates of a series within a time, by the clocks of its place, those left out not among them."""
    return (moment for moment in recurring.dates(found, first, since=since, until=until) if meeting_times.written(moment) not in left_out)


def on(ref: str, found: Rule, first: datetime, left_out: Sequence[str], day: date) -> datetime:
    """Give the date of a series that is on a day.

    Raises BadValue, with the nearest dates there are.
    """
    begins = datetime.combine(day, time())
    date_of = next(dates(found, first, left_out, begins, begins + timedelta(days=1, seconds=-1)), None)
    if date_of is None:
        near = [*dates(found, first, left_out, begins - timedelta(days=40), begins + timedelta(days=40))]
        near = near or [*_first_few(found, first, left_out)]
        near.sort(key=lambda moment: abs(moment - begins))
        listed = ", ".join(f"{moment:%Y-%m-%d}" for moment in sorted(near[:_FEW]))
        raise BadValue("day", day, f"{ref} has no date then" + (f"; near it: {listed}" if listed else ""), "--on one of its dates")
    return date_of


def _first_few(found: Rule, first: datetime, left_out: Sequence[str]) -> Iterator[datetime]:
    for number, moment in enumerate(dates(found, first, left_out, first, first + _AHEAD)):
        if number == _FEW:
            return
        yield moment


def said(found: Rule, first: date) -> str:
    """Say how often something comes: ``every 2 weeks``, ``every month on the last Friday, until 30 Jun 2027``."""
    unit = _UNITS[found.unit]
    often = f"every {unit}" if found.number == 1 else f"every {found.number} {unit}s"
    parts = [often + _said_days(found, first)]
    if found.until:
        parts.append(f"until {found.until.day} {found.until:%b %Y}")
    if found.times:
        parts.append(f"{found.times} times" if found.times > 1 else "once")
    return ", ".join(parts)


def _said_days(found: Rule, first: date) -> str:
    """Say on which days of its weeks, months or years."""
    if found.places:
        return ", by a rule of its own"
    if found.weekdays:
        named = [f"{_PLACES.get(which, '')} {days.WEEKDAYS[day].capitalize()}".strip() for which, day in found.weekdays]
        return f" on {'the ' if found.weekdays[0][0] else ''}{' and '.join(named)}"
    if found.monthdays == (-1,):
        return " on the last day" + (" of February" if found.months == (2,) else "")
    if found.monthdays:
        return f" on day {', '.join(str(day) for day in found.monthdays)}"
    return f" on day {first.day}" if found.unit == "m" else ""
