"""An offer of help's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.asks import AskFilter, asks
from solidarity_crm.queries.contacts import contact
from solidarity_crm.queries.offers import Offer, offer
from solidarity_crm.reports.cards.sections import moved, said, table, text, to_do
from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import day, mention
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.queries.reading import Store


def card(store: Store, number: int, *, today: date) -> tuple[Offer, Document] | None:
    """Give an offer and its card, or None."""
    found = offer(store, number, today=today)
    if found is None:
        return None
    facts = [
        ("From", "; ".join(mention(giver) for giver in (found.contact, found.organisation) if giver)),
        ("Take care", _care(store, found, today=today)),
        ("For", ", ".join(found.for_communities) or "any community"),
        ("Status", found.status + (f" on {day(found.ended_on)}" if found.ended_on else "")),
        ("Owner", found.owner),
        *_days(found, today=today),
        ("Source", found.source),
        ("Capacity", found.capacity),
        ("Thanks", _thanks(found)),
    ]
    return found, Document(f"{found.ref} {found.about}", f"Offer of {found.kind}", filled(facts), [*_sections(store, found, today=today)])


def _days(found: Offer, *, today: date) -> list[tuple[str, str | None]]:
    """Say when it came in, when an answer is due, and until when it stands."""
    stale = "" if found.stale_on is None or today < found.stale_on else f"; stale since {day(found.stale_on)}, ask whether it still stands"
    due = f"{day(found.reply_due)} ({ago(found.reply_due, today)})" if found.status == "offered" else None
    return [
        ("Received", f"{day(found.received_on)} ({ago(found.received_on, today)})"),
        ("Reply due", due),
        ("Confirmed", f"{day(found.confirmed_on)}, stands for {found.shelf_life} days{stale}"),
    ]


def _care(store: Store, found: Offer, *, today: date) -> str | None:
    """Say that whoever offers help asked not to be contacted."""
    person = contact(store, int(found.contact.ref[1:]), today=today) if found.contact else None
    if person is None or not person.do_not_contact:
        return None
    return f"{person.ref} is marked do not contact" + (f": {person.do_not_contact_reason}" if person.do_not_contact_reason else "")


def _thanks(found: Offer) -> str | None:
    """Say whether they were thanked, or are to be."""
    if found.thanked_on:
        return f"given on {day(found.thanked_on)}"
    return "owed, and a word on what came of it" if found.status == "fulfilled" else None


def _sections(store: Store, found: Offer, *, today: date) -> Iterable[Section]:
    """Give the parts of the card that have something to say."""
    yield from text("Outcome", found.outcome)
    yield from table("Uses", ("Day", "What", "Ask"), [(day(u.on), u.what, mention(u.ask)) for u in found.uses])
    linked = asks(store, wanted=AskFilter(offer=int(found.ref[1:])))
    yield from table("Asks", ("Ref", "State", "What"), [(a.ref, a.status, a.about) for a in linked])
    yield from to_do(store, found.ref, today=today)
    yield from moved(store, found.ref)
    yield from said(store, found.ref)
