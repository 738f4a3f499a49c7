"""An ask for help's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.asks import Ask, ask
from solidarity_crm.queries.offers import Offer, OfferFilter, offers
from solidarity_crm.reports.cards.sections import moved, said, table, text, to_do
from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.queries.reading import Store


def card(store: Store, number: int, *, today: date) -> tuple[Ask, Document] | None:
    """Give an ask and its card, or None."""
    found = ask(store, number)
    if found is None:
        return None
    facts = [
        ("For", ", ".join(found.for_communities) or "any community"),
        ("Status", found.status + (f" on {day(found.ended_on)}" if found.ended_on else "")),
        ("Wanted by", f"{day(found.wanted_by)} ({ago(found.wanted_by, today)})" if found.wanted_by else None),
        ("Owner", found.owner),
    ]
    return found, Document(f"{found.ref} {found.about}", f"Ask for {found.kind}", filled(facts), [*_sections(store, found, today=today)])


def _sections(store: Store, found: Ask, *, today: date) -> Iterable[Section]:
    """Give the parts of the card that have something to say."""
    yield from text("Outcome", found.outcome)
    linked = offers(store, today=today, wanted=OfferFilter(ask=int(found.ref[1:])))
    heading = "Offers that could meet it" if found.status == "open" else "Offers"
    yield from table(heading, ("Ref", "State", "From", "What"), [(h.ref, h.status, _from(h), h.about) for h in linked])
    uses = [(day(use.on), h.ref, use.what) for h in linked for use in h.uses if use.ask and use.ask.ref == found.ref]
    yield from table("Uses", ("Day", "Offer", "What"), uses)
    yield from to_do(store, found.ref, today=today)
    yield from moved(store, found.ref)
    yield from said(store, found.ref)


def _from(offer: Offer) -> str:
    """Say who offers help."""
    giver = offer.contact or offer.organisation
    return giver.name if giver else ""
