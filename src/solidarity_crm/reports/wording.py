"""How cards and reports write days, moments and mentions of other records."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from solidarity_crm.queries.reading import Named

# not strftime's, which follow the machine's language and take ten times as long
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@lru_cache(maxsize=2048)
def day(value: date | None) -> str:
    """Give a day as people read it: ``Tue 1 Dec 2026``."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}" if value else ""


def short_day(value: date | None) -> str:
    """Give a day for a narrow column: ``1 Dec 2026``."""
    return f"{value.day} {value:%b %Y}" if value else ""


def near_day(value: date, today: date) -> str:
    """Give a day that is not far off, without its year: ``1 Dec``; with it when it is."""
    months = 9
    far = abs((value.year - today.year) * 12 + value.month - today.month) > months
    return short_day(value) if far else f"{value.day} {value:%b}"


def moment(value: datetime | None) -> str:
    """Give a day and a time: ``Tue 1 Dec 2026 10:00``."""
    return f"{day(value.date())} {value:%H:%M}" if value else ""


def mention(value: Named | None) -> str:
    """Give a record as others mention it: ``P12 Amina Yusuf``."""
    return f"{value.ref} {value.name}" if value else ""


def mentions(values: Iterable[Named]) -> str:
    """Give several mentions in one line."""
    return ", ".join(mention(value) for value in values)


def span(since: date | None, until: date | None) -> str:
    """Give a time that something was: ``since 1 Jan 2024``, ``until …``, ``… to …``, or nothing."""
    if since and until:
        return f"{day(since)} to {day(until)}"
    return f"since {day(since)}" if since else f"until {day(until)}" if until else ""
