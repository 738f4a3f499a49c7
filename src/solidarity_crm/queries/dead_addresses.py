"""Addresses at which nothing arrives any more."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import Named, rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class DeadAddress(NamedTuple):
    """An address, since when it is dead and why, and whoever has it."""

    address: str
    dead_on: date
    why: str | None
    contacts: tuple[Named, ...]


def dead_addresses(store: Store) -> list[DeadAddress]:
    """List the addresses at which nothing arrives, the newest first."""
    return rows(store, "dead_addresses", DeadAddress)


def is_dead(address: str, dead: frozenset[str]) -> bool:
    """Say whether an address is one of the ``dead``."""
    return address.casefold() in dead


def dead(store: Store) -> frozenset[str]:
    """Give the addresses at which nothing arrives, in the form by which they are compared."""
    return frozenset(each.address for each in dead_addresses(store))
