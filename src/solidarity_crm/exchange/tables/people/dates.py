"""Days as other programs write them, where only one day can be meant (exchange.md E2.7)."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T,].{0,40})?\Z")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?:[ ,].{0,40})?\Z")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:[ ,].{0,40})?\Z")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ ,].{0,40})?\Z")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_BY_NAME = {name: number for number, whole in enumerate(_MONTHS, 1) for name in (whole, whole[:3])} | {"sept": 9}
_LAST_MONTH = 12


def iso_day(text: str) -> str | None:
    """Give the day that ``text`` begins with in ISO form; None when it is none, or could be two."""
    text = text.strip()
    if found := _ISO.match(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.match(text):
        return _day(int(found[3]), _BY_NAME.get(found[2].lower(), 0), int(found[1]))
    if found := _MONTH_FIRST.match(text):
        return _day(int(found[3]), _BY_NAME.get(found[1].lower(), 0), int(found[2]))
    if found := _NUMBERS.match(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first > _LAST_MONTH or first == second:
            return _day(year, second, first)
        return _day(year, first, second) if second > _LAST_MONTH else None
    return None


def _day(year: int, month: int, day: int) -> str | None:
    """Give a day in ISO form, if there is such a one."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
