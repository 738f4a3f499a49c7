"""Interactions as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Interaction(NamedTuple):
    """Something that happened, and who took part."""

    ref: str
    uid: str
    on: date
    kind: str
    direction: str | None
    contacts: tuple[Named, ...]
    organisations: tuple[Named, ...]
    about: Named | None
    summary: str
    body: str | None
    created_at: datetime
    updated_at: datetime


def interactions(store: Store, *, number: int | None = None, about: str | None = None, limit: int = ALL) -> list[Interaction]:
    """Give one interaction, or list those about a record, the newest first."""
    return rows(store, "interactions", Interaction, number=number, about=about, limit=limit)
