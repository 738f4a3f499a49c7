"""The list of those who are not to be written to, as it is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import run
from solidarity_crm.rules.suppression import Entry, List

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Suppressed(NamedTuple):
    """An entry as people may see it: nobody can tell whose it is."""

    number: int
    kind: str
    on: date
    why: str | None


def suppression_list(store: Store) -> List:
    """Give the list, for asking whether somebody is on it."""
    return List.of(
        Entry(kind, date.fromisoformat(on), why, key, digest, number) for kind, on, why, key, digest, number in run(store, "suppressions")
    )


def suppressed(store: Store) -> list[Suppressed]:
    """List the entries, the newest first."""
    found = [Suppressed(entry.number, entry.kind, entry.on, entry.why) for entry in suppression_list(store).found.values()]
    return sorted(found, key=lambda entry: entry.number, reverse=True)
