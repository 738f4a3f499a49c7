"""The records that a contact is part of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Link(NamedTuple):
    """A record that a contact is part of; ``owed`` when a thank-you for it is owed to whoever helped."""

    link: str
    ref: str
    name: str
    status: str
    day: date
    owed: bool


def contact_links(store: Store, contact: int, *, today: date) -> list[Link]:
    """List a contact's offers, introductions, meetings ahead and unsent drafts."""
    return rows(store, "contact_links", Link, contact=contact, today=today)
