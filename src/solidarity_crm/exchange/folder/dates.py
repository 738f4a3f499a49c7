"""Moving everything that a folder says to another time, so that an example happens around today."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.folder.columns import Sheet
    from solidarity_crm.exchange.folder.form import Reading

# since when somebody has a role, or an organisation is a member, is a fact about them, whenever an example is looked at
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


def _later(value: Any, shift: timedelta) -> Any:  # noqa: ANN401 - a day, a moment or a meeting's local time
    """Give a day or a time so much later."""
    if isinstance(value, str):
        return (datetime.fromisoformat(value) + shift).isoformat(timespec="minutes")
    moved_to: date = value + shift
    return moved_to
