"""A meeting's brief: the meeting, and the card of everyone in the room, in one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.reports.cards import contact as contact_card
from solidarity_crm.reports.cards import meeting as meeting_card
from solidarity_crm.reports.document import Document, Section
from solidarity_crm.rules import refs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from solidarity_crm.queries.meetings import Meeting
    from solidarity_crm.queries.reading import Store
    from solidarity_crm.reports.cards.contact import ContactCard

RECENT = 8  # lines of each person's timeline, so that a room full of people stays a page or two


class Brief(NamedTuple):
    """A meeting, and what one wants to know of each who takes part."""

    ref: str
    uid: str
    meeting: Meeting
    people: list[dict[str, Any]]


def brief(store: Store, about: Meeting, *, today: date) -> tuple[Brief, Document]:
    """Give a meeting's brief and the document that says it."""
    cards = [_card(store, named.ref, today=today) for named in about.contacts]
    people = [card for card in cards if card]
    own = meeting_card.document(store, about, today=today)
    sections = [*own.sections, *(section for person in people for section in _person(person, today=today))]
    records = [contact_card.record(person) for person in people]
    return Brief(about.ref, about.uid, about, records), Document(own.title, "Brief for a meeting", own.facts, sections)


def _card(store: Store, ref: str, *, today: date) -> ContactCard | None:
    """Read a contact's card by the ref."""
    known = refs.parse(ref)
    return contact_card.gather(store, known.number, today=today, lines=RECENT) if known else None


def _person(person: ContactCard, *, today: date) -> Iterator[Section]:
    """Give somebody's card as parts of the brief, each headed by whose it is."""
    own = contact_card.document(person, today=today)
    # "Contact" says nothing here, a warning not to contact them does
    yield Section(own.title, own.facts, text=own.subtitle if person.contact.do_not_contact else "")
    for section in own.sections:
        yield section._replace(heading=f"{person.contact.name}: {section.heading}")
