"""Moving everything that a folder says to another time, so that an example happens around today."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.folder.columns import Sheet
    from solidarity_crm.exchange.folder.form import Reading

# since when somebody has a role, or an organisation is a member, is a fact about them, whenever an example is looked at
_WRITTEN = (
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "%Y-%m-%d"),
    (re.compile(r"\b[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4}\b"), "%a, %d %b %Y"),  # RFC 5322 §3.3
    (re.compile(r"\b[A-Z][a-z]{3,8} \d\d, \d{4}\b"), "%B %d, %Y"),
)
_STAYS = ("member_since", "member_until", "since", "until")


def moved(reading: Reading, sheets: Sequence[Sheet], days: int) -> Reading:
    """Give a folder's rows with all their days, moments and meeting times so many days later."""
    shift = timedelta(days=days)
    kinds = {
        (sheet.name, column.heading): column.cell.kind
        for sheet in sheets
        for column in sheet.columns
        if column.cell.kind in ("day", "moment", "wall clock") and column.heading not in _STAYS
    }
    lines = {
        name: [
            line._replace(
                values={heading: _later(value, shift) if (name, heading) in kinds else value for heading, value in line.values.items()}
            )
            for line in found
        ]
        for name, found in reading.lines.items()
    }
    return reading._replace(lines=lines)


def text_moved(text: str, days: int) -> str:
    """Give the text of an export or a mail with the days that it names so many days later, each written as it was."""
    shift = timedelta(days=days)
    for pattern, form in _WRITTEN:
        text = pattern.sub(lambda found, form=form: f"{datetime.strptime(found[0], form) + shift:{form}}", text)  # type: ignore[misc] # noqa: DTZ007 - a day, without a time
    return text


def _later(value: Any, shift: timedelta) -> Any:  # noqa: ANN401 - a day, a moment or a meeting's local time
    """Give a day or a time so much later."""
    if isinstance(value, str):
        return (datetime.fromisoformat(value) + shift).isoformat(timespec="minutes")
    moved_to: date = value + shift
    return moved_to
