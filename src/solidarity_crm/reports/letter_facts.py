"""What a template is told about people and records: plain words under names, and nothing that could give anybody away.

A template can print no more than this, so what is not here cannot leave by a letter: no notes, no tags, nobody else's
address, and of the other person of an introduction only what they agreed to share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from solidarity_crm.queries.asks import Ask, ask
from solidarity_crm.queries.introductions import introduction
from solidarity_crm.queries.meetings import meeting
from solidarity_crm.queries.offers import Offer, offer
from solidarity_crm.rules.help_kinds import SHAREABLE
from solidarity_crm.rules.sharing import Traits, given_away

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.queries.contacts import Contact
    from solidarity_crm.queries.introductions import Introduction, Side
    from solidarity_crm.queries.meetings import Meeting
    from solidarity_crm.queries.reading import Named, Store
    from solidarity_crm.rules.refs import Ref

    Subject: TypeAlias = Offer | Ask | Introduction | Meeting

ABOUT = "HAIM"  # the letters of the records that a letter can be about
Told = dict[str, object]


def subject_of(store: Store, ref: Ref, *, today: date) -> Subject | None:
    """Give the record that a letter is about, or None when there is none."""
    if ref.letter == "H":
        return offer(store, ref.number, today=today)
    if ref.letter == "A":
        return ask(store, ref.number)
    return introduction(store, ref.number) if ref.letter == "I" else meeting(store, ref.number)


def long_day(value: date | None) -> str | None:
    """Give a day as a letter writes it: ``Tuesday 1 December 2026``."""
    return f"{value:%A} {value.day} {value:%B %Y}" if value else None


def told_of_contact(person: Contact, *, today: date) -> Told:
    """Give what a template is told of the person it is for."""
    role = next(iter(person.current(today)), None)
    return {
        "name": person.name,
        "greeting": person.greeting,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "organisation": role and role.organisation.name,
        "role": role and role.role,
        "works_with": person.works_with,
    }


def told_of(one: Offer | Ask | Meeting) -> Told:
    """Give what a template is told of a record, the same whoever it is for."""
    if isinstance(one, Offer):
        used = tuple(use.what for use in one.uses)
        return {**_told_of_help(one), "received_on": long_day(one.received_on), "uses": used}
    if isinstance(one, Ask):
        return {**_told_of_help(one), "wanted_by": long_day(one.wanted_by)}
    return {
        "ref": one.ref,
        "title": one.title,
        "day": long_day(one.starts.date()),
        "starts": f"{one.starts:%H:%M}",
        "ends": f"{one.ends:%H:%M}",
        "place": one.place,
        "link": one.link,
        "agenda": one.agenda,
        "notes": one.notes,
    }


def _told_of_help(one: Offer | Ask) -> Told:
    """Give what offers and asks have in common."""
    return {"ref": one.ref, "kind": one.kind, "about": one.about, "for_communities": one.for_communities, "outcome": one.outcome}


def told_of_introduction(one: Introduction, other: Told | None, **more: object) -> Told:
    """Give what a template is told of an introduction, and of the other person what they share."""
    return {
        "ref": one.ref,
        "why": one.why,
        "made_on": long_day(one.made_on),
        "met_on": long_day(one.met_on),
        "outcome": one.outcome,
        "result": one.result,
        "other": other,
        **more,
    }


def told_of_side(person: Contact, side: Side, *, today: date, fields: Sequence[str] = SHAREABLE) -> Told:
    """Give what may be passed on about somebody, by what they said may be; ``why`` is what they answered in their words."""
    known = told_of_contact(person, today=today)
    known |= {"email": person.emails[0].value if person.emails else None, "phone": person.phones[0].value if person.phones else None}
    shares = side.shares if side.answer == "yes" else ()
    telling = given_away(side.words or "", traits_of(person), shared=shares)
    known |= {"communities": person.works_with or None, "why": None if telling else side.words}
    told = {field: known[field] if field in shares and field in fields else None for field in SHAREABLE}
    return {**told, "greeting": known["greeting"] if told["name"] else None}


def traits_of(person: Contact) -> Traits:
    """Give what gives a person away in a text."""
    places = tuple(role.organisation.name for role in person.affiliations)
    emails, phones = ([point.value for point in points] for points in (person.emails, person.phones))
    also = (person.known_as, person.given_name, person.family_name, *person.former_names)
    return Traits(person.name, places, emails, phones, [name for name in also if name])


def agreed_to(store: Store, about: Named) -> dict[str, set[str]]:
    """Give what each side of an introduction lets us tell the other, by the side's ref; of any other record, nothing."""
    found = introduction(store, int(about.ref[1:])) if about.ref.startswith("I") else None
    return {side.contact.ref: set(side.shares) for side in (found.sides if found else ()) if side.answer == "yes"}
