"""Pairs of contacts that are likely one person, as people look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.likely import known
from solidarity_crm.queries.reading import Named, run

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Duplicate(NamedTuple):
    """Two contacts that are likely one person: how likely, whether that is sure, and why."""

    contact: Named
    other: Named
    score: int
    sure: bool
    reasons: tuple[str, ...]


class TwoPeople(NamedTuple):
    """Two contacts that somebody found to be two people."""

    contact: Named
    other: Named
    not_duplicates: bool = True


def duplicates(store: Store) -> list[Duplicate]:
    """List every likely pair, the likeliest first."""
    names = {number: Named(f"P{number}", name) for number, name in run(store, "all_names", letter="P")}
    return [
        Duplicate(names[one.number], names[other.number], how.score, how.sure, how.reasons)
        for one, other, how in known(store.connection).pairs()
    ]
