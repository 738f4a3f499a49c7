"""Contacts as an address book has them, for a file that leaves the program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.exchange import address_book as book
from solidarity_crm.queries.contacts import contact, contacts
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from solidarity_crm.queries.contacts import Affiliation, Contact, ContactFilter, Point
    from solidarity_crm.queries.reading import Store


def entries(
    store: Store, *, today: date, wanted: ContactFilter | None = None, numbers: Sequence[int] | None = None
) -> dict[str, book.Entry]:
    """Give contacts by their refs, as entries: those with ``numbers``, in that order, or whom the filter wants, by name."""
    if numbers is None:
        found: Iterable[Contact | None] = contacts(store, today=today, wanted=wanted)
    else:
        found = [contact(store, number, today=today) for number in dict.fromkeys(numbers)]
    return {person.ref: entry(person) for person in found if person}


def entry(person: Contact) -> book.Entry:
    """Give a contact as an entry, its texts made safe."""
    return book.Entry(
        0,
        name=one_line(person.name),
        given_name=_line(person.given_name),
        family_name=_line(person.family_name),
        known_as=_line(person.known_as),
        pronouns=_line(person.pronouns),
        emails=_points(person.emails),
        phones=_points(person.phones),
        websites=_points(person.websites),
        addresses=tuple(book.PostalAddress(_text(place[0]), *map(_line, place[1:])) for place in person.addresses),
        roles=tuple(map(_role, person.affiliations)),
        tags=_lines(person.tags),
        works_with=_lines(person.works_with),
        note=_text(person.note),
        do_not_contact=(_line(person.do_not_contact_reason) or book.UNSAID) if person.do_not_contact else None,
        uid=person.uid,
        identifiers=tuple(book.Identifier(one_line(known.system), one_line(known.value)) for known in person.identifiers),
        former_names=_lines(person.former_names),
        fields=_fields(person),
    )


def _fields(person: Contact) -> dict[str, Any]:
    """Give what only our own formats carry."""
    found = {
        "source": _line(person.source),
        "obtained_on": _day(person.obtained_on),
        "basis": _line(person.basis),
        "notice_given_on": _day(person.notice_given_on),
        "cadence_days": person.cadence,
        "channels": _line(person.channels),
        "contact_hours": _line(person.contact_hours),
        "no_voicemail": person.no_voicemail,
        "words_to_avoid": _line(person.words_to_avoid),
        "updated_at": _moment(person.updated_at),
    }
    return {name: value for name, value in found.items() if value}


def _points(points: Iterable[Point]) -> tuple[book.Point, ...]:
    return tuple(book.Point(one_line(point.value), _line(point.label), point.preferred) for point in points)


def _role(role: Affiliation) -> book.Role:
    return book.Role(one_line(role.organisation.name), _line(role.role), _day(role.since), _day(role.until))


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(one_line, texts))


def _line(text: str | None) -> str | None:
    return one_line(text) or None if text else None


def _text(text: str | None) -> str | None:
    return safe(text).strip() or None if text else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None
