"""On which days something comes again: the recurrence rules of RFC 5545 §3.3.10, as far as calendars really use them.

A rule counts days; the time of day is that of the first date, by the clocks of the meeting's place, whatever those do.
Days that the calendar does not have are passed over, as the RFC asks: monthly from the 30th has no date in February.
What is counted in hours, weeks of the year or days of the year is not understood.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import BadValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNITS = {"DAILY": "d", "WEEKLY": "w", "MONTHLY": "m", "YEARLY": "y"}
_PARTS = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST")
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)\Z")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})Z?)?\Z")
_MOST, _LONGEST = 100_000, 9999  # periods that are looked through, and the largest number that is believed
_WEEK, _MONTHS = 7, 12
FOREVER = datetime(9999, 12, 31)  # noqa: DTZ001 - on any place's clocks


class Rule(NamedTuple):
    """How something recurs: every ``number`` days, weeks, months or years (``unit``: d, w, m, y), and on which days of them.

    ``weekdays`` are (which, weekday), 0 for each and -1 for the last; ``places`` chooses among a period's dates. It ends after
    ``times`` dates, or with the last that begins not after ``until`` on the clocks of its place.
    """

    unit: str
    number: int = 1
    times: int | None = None
    until: datetime | None = None
    months: tuple[int, ...] = ()
    monthdays: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    places: tuple[int, ...] = ()
    week_start: int = 0

    def __str__(self) -> str:
        """Write it as an RRULE has it; ``UNTIL`` is by the clocks of its place."""
        said = {
            "FREQ": next(word for word, unit in _UNITS.items() if unit == self.unit),
            "INTERVAL": str(self.number) if self.number > 1 else "",
            "COUNT": str(self.times or ""),
            "UNTIL": f"{self.until:%Y%m%dT%H%M%S}" if self.until else "",
            "BYMONTH": _listed(self.months),
            "BYMONTHDAY": _listed(self.monthdays),
            "BYDAY": ",".join(f"{which or ''}{WEEKDAYS[day]}" for which, day in self.weekdays),
            "BYSETPOS": _listed(self.places),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{part}={value}" for part, value in said.items() if value)


def parse(text: str) -> Rule:
    """Read an RRULE; the ``Z`` of its ``UNTIL`` is passed over.

    Raises BadValue for one that is broken or not understood.
    """
    parts: dict[str, str] = {}
    for part in filter(None, text.strip().upper().split(";")):
        name, _, value = part.partition("=")
        if name not in _PARTS or (name in parts and parts[name] != value):
            raise BadValue("recurrence", text, f"{name} is not understood")
        parts[name] = value
    try:
        return Rule(
            unit=_UNITS[parts.get("FREQ", "")],
            number=_whole(parts.get("INTERVAL", "1")),
            times=_whole(parts["COUNT"]) if "COUNT" in parts else None,
            until=_moment(parts["UNTIL"]) if parts.get("UNTIL") else None,
            months=_numbers(parts.get("BYMONTH", ""), _MONTHS, negative=False),
            monthdays=_numbers(parts.get("BYMONTHDAY", ""), 31),
            weekdays=tuple(_weekday(day) for day in filter(None, parts.get("BYDAY", "").split(","))),
            places=_numbers(parts.get("BYSETPOS", ""), 366),
            week_start=WEEKDAYS.index(parts.get("WKST", "MO")),
        )
    except (KeyError, ValueError):
        raise BadValue("recurrence", text, "not a recurrence rule", "FREQ=WEEKLY;COUNT=10") from None


def dates(rule: Rule, first: datetime, *, since: datetime | None = None, until: datetime = FOREVER) -> Iterator[datetime]:
    """Give when something that began with ``first`` comes, in order, from ``since`` to ``until``, both of them in."""
    left = rule.times if rule.times is not None else -1
    until = min(until, rule.until or until)
    for day in _days(rule, first, since if left < 0 else None, until):
        moment = datetime.combine(day, first.time())
        if left == 0 or moment > until:
            return
        if moment >= first:
            left -= 1
            if since is None or moment >= since:
                yield moment


def last(rule: Rule, first: datetime) -> datetime | None:
    """Give when something comes for the last time; None when it never ends, or never comes."""
    if rule.times is None and rule.until is None:
        return None
    found = None
    for found in dates(rule, first):  # noqa: B007 - the last of them is wanted
        pass
    return found


def _days(rule: Rule, first: datetime, since: datetime | None, until: datetime) -> Iterator[date]:
    """Give the days of each period in order, periods before ``since`` and after ``until`` left out."""
    begin = max((_periods(rule, first.date(), since.date()) - 1) if since else 0, 0)
    end = _periods(rule, first.date(), until.date()) + 2  # a week's and a month's first day is not what they are counted from
    for period in range(begin, min(begin + _MOST, end)):
        try:
            found = sorted(set(_of_period(rule, first.date(), period * rule.number)))
        except (OverflowError, ValueError):  # beyond the calendar's end
            return
        if rule.places:
            found = sorted({found[place - 1 if place > 0 else place] for place in rule.places if abs(place) <= len(found)})
        yield from found


def _periods(rule: Rule, first: date, day: date) -> int:
    """Give how many whole periods lie between two days."""
    between_them = {
        "d": (day - first).days,
        "w": (day - first).days // _WEEK,
        "m": (day.year - first.year) * _MONTHS + day.month - first.month,
        "y": day.year - first.year,
    }[rule.unit]
    return between_them // rule.number


def _of_period(rule: Rule, first: date, later: int) -> Iterable[date]:
    """Give the days of the period that is so many days, weeks, months or years later than the first."""
    if rule.unit == "d":
        return _fitting(rule, [first + timedelta(days=later)])
    if rule.unit == "w":
        monday = first - timedelta(days=(first.weekday() - rule.week_start) % _WEEK) + timedelta(weeks=later)
        wanted = {day for _, day in rule.weekdays} or {first.weekday()}
        week = [monday + timedelta(days=place) for place in range(_WEEK)]
        return [day for day in week if day.weekday() in wanted and (not rule.months or day.month in rule.months)]
    if rule.unit == "m":
        year, month = divmod(first.year * _MONTHS + first.month - 1 + later, _MONTHS)
        return _of_month(rule, first, year, month + 1) if not rule.months or month + 1 in rule.months else []
    return _of_year(rule, first, first.year + later)


def _of_month(rule: Rule, first: date, year: int, month: int) -> list[date]:
    """Give the days of a month that a rule names; the first date's own when it names none."""
    length = monthrange(year, month)[1]
    if year > MAXYEAR:
        raise OverflowError
    if rule.monthdays:
        numbers = [number if number > 0 else length + 1 + number for number in rule.monthdays]
        days = [date(year, month, number) for number in numbers if 1 <= number <= length]
        return [day for day in days if not rule.weekdays or _is_weekday(rule, day, date(year, month, 1), length)]
    if rule.weekdays:
        month_begins = date(year, month, 1)
        return [day for day in _run(month_begins, length) if _is_weekday(rule, day, month_begins, length)]
    return [date(year, month, first.day)] if first.day <= length else []


def _of_year(rule: Rule, first: date, year: int) -> Iterable[date]:
    """Give the days of a year that a rule names."""
    if rule.months or rule.monthdays:
        months = rule.months or range(1, _MONTHS + 1)
        return [day for month in months for day in _of_month(rule, first, year, month)]
    if rule.weekdays:
        begins, length = date(year, 1, 1), (date(year, 12, 31) - date(year, 1, 1)).days + 1
        return [day for day in _run(begins, length) if _is_weekday(rule, day, begins, length)]
    return _of_month(rule, first, year, first.month)


def _is_weekday(rule: Rule, day: date, begins: date, length: int) -> bool:
    """Say whether a day is one of the weekdays that a rule names, counted from either end of the month or year it is in."""
    place = (day - begins).days
    return any(
        day.weekday() == weekday and which in (0, place // _WEEK + 1, -((length - 1 - place) // _WEEK + 1))
        for which, weekday in rule.weekdays
    )


def _fitting(rule: Rule, days: Iterable[date]) -> list[date]:
    """Keep the days that everything a rule names allows."""
    return [
        day
        for day in days
        if (not rule.months or day.month in rule.months)
        and (not rule.monthdays or {day.day, day.day - 1 - monthrange(day.year, day.month)[1]} & set(rule.monthdays))
        and (not rule.weekdays or day.weekday() in {weekday for _, weekday in rule.weekdays})
    ]


def _run(begins: date, length: int) -> Iterator[date]:
    """Give so many days one after the other."""
    return (begins + timedelta(days=place) for place in range(length))


def _whole(text: str) -> int:
    """Read a number from 1 on."""
    number = int(text)
    if not 1 <= number <= _LONGEST:
        raise ValueError(text)
    return number


def _numbers(text: str, most: int, *, negative: bool = True) -> tuple[int, ...]:
    """Read numbers from 1 to ``most``, or counted from the end."""
    found = tuple(int(number) for number in filter(None, text.split(",")))
    if not all(1 <= (abs(number) if negative else number) <= most for number in found):
        raise ValueError(text)
    return found


def _weekday(text: str) -> tuple[int, int]:
    """Read a weekday and which of them: ``-1FR``."""
    found = _WEEKDAY.match(text.strip())
    if found is None:
        raise ValueError(text)
    return int(found[1] or 0), WEEKDAYS.index(found[2])


def _moment(text: str) -> datetime:
    """Read the moment of an UNTIL; a day alone is all of it."""
    found = _UNTIL.match(text)
    if found is None:
        raise ValueError(text)
    day = date.fromisoformat(found[1])
    return datetime.combine(day, time.fromisoformat(found[2]) if found[2] else time(23, 59, 59))


def _listed(numbers: tuple[int, ...]) -> str:
    return ",".join(str(number) for number in numbers)
