"""The day that an export or a forwarded mail names, in whichever unambiguous form."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: place for place, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?!\d)")
_LAST_MONTH = 12


def day_in(text: str) -> date | None:
    """Give the first day that a text names: ``2026-05-01 10:11``, ``May 1, 2026 10:11 am``, ``1 May 2026``, ``25/06/2026``.

    None for a day that could be two (``05/06/2026``), and for none at all.
    """
    head = text[:200]
    if found := _ISO.search(head):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(head):
        return _day(int(found[3]), _MONTHS.get(found[2][:3].lower(), 0), int(found[1]))
    if found := _MONTH_FIRST.search(head):
        return _day(int(found[3]), _MONTHS.get(found[1][:3].lower(), 0), int(found[2]))
    if found := _NUMBERS.search(head):
        return _of_numbers(int(found[1]), int(found[2]), int(found[3]))
    return None


def _of_numbers(first: int, second: int, year: int) -> date | None:
    """Give a day whose order of day and month only one reading allows."""
    if first > _LAST_MONTH or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > _LAST_MONTH else None


def _day(year: int, month: int, day: int) -> date | None:
    """Give a day, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
