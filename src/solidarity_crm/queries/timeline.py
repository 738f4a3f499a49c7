"""What happened with a contact, in one list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import rows
from solidarity_crm.rules.introducing import outward

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Happening(NamedTuple):
    """Something on a day, in the record that ``ref`` names."""

    on: date
    ref: str
    what: str
    text: str


def timeline(store: Store, contact: int, *, limit: int = 20) -> list[Happening]:
    """List what happened with a contact, the newest first."""
    return [_outward(one) for one in rows(store, "timeline", Happening, contact=contact, limit=limit)]


def _outward(one: Happening) -> Happening:
    """Say how an introduction ended as it is said to the two people."""
    noun, _, status = one.what.partition(" ")
    return one._replace(what=f"{noun} {outward(status)}") if noun == "introduction" and status != "proposed" else one
