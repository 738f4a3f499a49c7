"""Counts of people that were published, to compare the next ones with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from solidarity_crm.queries.reading import run
from solidarity_crm.rules.disclosure import Last

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


def last_published(store: Store, by: str) -> dict[str, Last]:
    """Give the last published count of each category in one way of counting; an organisation goes by its ref."""
    return {key: Last(date.fromisoformat(on), people) for key, on, people in run(store, "published_counts", by=by)}
