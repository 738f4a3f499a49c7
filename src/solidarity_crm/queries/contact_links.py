"""The records that a contact is part of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import rows
from solidarity_crm.rules.introducing import outward

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Link(NamedTuple):
    """A record that a contact is part of; ``owed`` when a thank-you for it is owed to whoever helped.

    An introduction stands as it may be told to the two people (rules.introducing.outward).
    """

    link: str
    ref: str
    name: str
    status: str
    day: date
    owed: bool


def contact_links(store: Store, contact: int, *, today: date) -> list[Link]:
    """List a contact's offers, introductions, meetings ahead and unsent drafts."""
    found = rows(store, "contact_links", Link, contact=contact, today=today)
    return [one._replace(status=outward(one.status)) if one.link == "introduction" else one for one in found]
