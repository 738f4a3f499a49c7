"""How many records there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Counts(NamedTuple):
    """How many records there are of each noun."""

    contacts: int
    organisations: int
    offers: int
    asks: int
    introductions: int
    follow_ups: int
    meetings: int
    interactions: int
    drafts: int
    proposals: int


def counts(store: Store) -> Counts:
    """Count the records of each noun."""
    return rows(store, "counts", Counts)[0]
