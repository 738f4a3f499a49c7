"""How lists write days and people: short, since a line of a list has little room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from solidarity_crm.cli.context import today
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports.wording import near_day
from solidarity_crm.text import some


def near(value: date | None) -> str:
    """Give a day without its year, unless it is far off."""
    return near_day(value, today()) if value else ""


def some_of(people: Sequence[Named], most: int = 3) -> str:
    """Give the first names of several, and how many more there are; the card has them all."""
    return some([each.name for each in people], most)
