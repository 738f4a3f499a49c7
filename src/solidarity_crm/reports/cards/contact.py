"""A contact's card: what one wants before a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.consents import Said, consents_of, standings
from solidarity_crm.queries.contact_links import Link, contact_links
from solidarity_crm.queries.contacts import Affiliation, Contact, Point, contact
from solidarity_crm.queries.dead_addresses import dead, is_dead
from solidarity_crm.queries.followups import FollowUp, FollowUpFilter, followups
from solidarity_crm.queries.timeline import Happening, timeline
from solidarity_crm.reports.document import Document, Section, Table, filled
from solidarity_crm.reports.wording import day, mention, span
from solidarity_crm.rules import notices
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from solidarity_crm.queries.reading import Store

_CARDS = "vcard"  # what a card is called is a long number that says nothing to people


class ContactCard(NamedTuple):
    """All that hangs together about a contact."""

    contact: Contact
    consents: tuple[Said, ...]
    links: list[Link]
    open: list[FollowUp]
    timeline: list[Happening]
    dead: list[str]


def gather(store: Store, number: int, *, today: date, lines: int = 20) -> ContactCard | None:
    """Read what a contact's card says, or None when there is no such contact."""
    found = contact(store, number, today=today)
    if found is None:
        return None
    wanted = FollowUpFilter(status="open", contact=number)
    return ContactCard(
        found,
        consents_of(store, number),
        contact_links(store, number, today=today),
        followups(store, wanted=wanted),
        timeline(store, number, limit=lines),
        [point.value for gone in [dead(store)] for point in found.emails if is_dead(point.value, gone)],
    )


def card(store: Store, number: int, *, today: date) -> tuple[dict[str, Any], Document] | None:
    """Give a contact with all that hangs together about them, and their card, or None."""
    found = gather(store, number, today=today)
    return (record(found), document(found, today=today)) if found else None


def record(card: ContactCard) -> dict[str, Any]:
    """Give a contact's card as one record: the contact's fields, then what they are part of."""
    linked = {f"{link}s": [each for each in card.links if each.link == link] for link in ("offer", "introduction", "meeting", "draft")}
    return {
        **card.contact._asdict(),
        "consents": card.consents,
        **linked,
        "dead_addresses": card.dead,
        "follow_ups": card.open,
        "timeline": card.timeline,
    }


def document(card: ContactCard, *, today: date) -> Document:
    """Write a contact's card."""
    person = card.contact
    subtitle = (
        f"DO NOT CONTACT{f': {person.do_not_contact_reason}' if person.do_not_contact_reason else ''}"
        if person.do_not_contact
        else "Contact"
    )
    return Document(
        f"{person.ref} {person.name}",
        subtitle,
        filled([*_reach(person, card.dead), *_keeping(person, today=today), _consent(card.consents, today)]),
        [*_sections(card, today=today)],
    )


def _reach(person: Contact, gone: Sequence[str]) -> list[tuple[str, str | None]]:
    """Say how to greet and reach somebody, and how not to."""
    return [
        ("Greet as", f"{person.greeting}{f' ({person.pronouns})' if person.pronouns else ''}"),
        ("E-mail", _points(person.emails, gone)),
        ("Phone", _points(person.phones)),
        ("Website", _points(person.websites)),
        ("Address", "; ".join(f"{a.in_words} ({a.label})" if a.label else a.in_words for a in person.addresses)),
        ("Only by", person.channels),
        ("Reach when", person.contact_hours),
        ("Take care", "leave no voicemail" if person.no_voicemail else None),
        ("Words to avoid", person.words_to_avoid),
        ("Asks", _asks(person)),
        ("Works with", ", ".join(person.works_with)),
        ("Tags", ", ".join(person.tags)),
        ("Known before as", ", ".join(person.former_names)),
        ("Known elsewhere as", "; ".join(known.in_words for known in person.identifiers if known.system != _CARDS)),
    ]


def _asks(person: Contact) -> str | None:
    """Say how often they may be asked for something, where that is not as for everybody."""
    budget = None if person.ask_budget is None else f"at most {person.ask_budget}"
    paused = f"paused until {day(person.asks_paused_until)}" if person.asks_paused_until else None
    return "; ".join(filter(None, (budget, paused))) or None


def _keeping(person: Contact, *, today: date) -> list[tuple[str, str | None]]:
    """Say when they were last heard of, and on what ground their details are kept."""
    due = notices.due(person.source, person.obtained_on, person.notice_given_on)
    last = f"{day(person.last_contact_on)} ({ago(person.last_contact_on, today)})" if person.last_contact_on else "not yet"
    return [
        ("Last contact", last + (f", wanted every {person.cadence} days" if person.cadence else "")),
        ("Source", f"{person.source}, {day(person.obtained_on)}" + (f"; {person.basis}" if person.basis else "")),
        ("Privacy notice", f"due by {day(due)}" if due else f"given on {day(person.notice_given_on)}" if person.notice_given_on else None),
    ]


def _consent(said: tuple[Said, ...], today: date) -> tuple[str, str]:
    """Say what they consent to by e-mail now, and what they said no to."""
    found = [
        f"{purpose}: {standing.state} on {day(standing.on)}" + (f", until {day(standing.until)}" if standing.until else "")
        for purpose, standing in standings(said, today=today).items()
    ]
    return "Consent", "; ".join(found)


def _sections(card: ContactCard, *, today: date) -> Iterable[Section]:
    """Give the parts of the card that have something to say."""
    person = card.contact
    present = person.current(today)
    yield from _roles("Roles", present)
    yield from _roles("Roles before", [a for a in person.affiliations if a not in present])
    for heading, link in (
        ("Offers", "offer"),
        ("Introductions", "introduction"),
        ("Meetings ahead", "meeting"),
        ("Drafts to send", "draft"),
    ):
        rows = [(entry.ref, entry.status, day(entry.day), entry.name) for entry in card.links if entry.link == link]
        yield from [Section(heading, table=Table(("Ref", "State", "Day", "What"), rows))] if rows else []
    if card.open:
        rows3 = [(f.ref, f"{day(f.due)} ({ago(f.due, today)})", f.what) for f in card.open]
        yield Section("To do", table=Table(("Ref", "Due", "What"), rows3))
    owed = [(entry.ref, f"thanks, and a word on what came of it: {entry.name}") for entry in card.links if entry.owed]
    owed += [(f.ref, f.what) for f in card.open if f.owed_to and f.owed_to.ref == person.ref]
    if owed:
        yield Section("Owed", table=Table(("Ref", "What"), owed))
    if person.note:
        yield Section("Note", text=person.note)
    if card.timeline:
        yield Section("Timeline", table=Table(("Day", "Ref", "What", "Words"), [(day(h.on), h.ref, h.what, h.text) for h in card.timeline]))


def _roles(heading: str, roles: list[Affiliation]) -> list[Section]:
    """Give roles as a part of the card, if there are any."""
    rows = [(mention(role.organisation), role.role or "", span(role.since, role.until)) for role in roles]
    return [Section(heading, table=Table(("Where", "Role", "When"), rows))] if rows else []


def _points(points: Iterable[Point], gone: Sequence[str] = ()) -> str:
    """Give e-mail addresses, numbers or web addresses with their labels; of those that are ``gone``, that nothing arrives there."""
    return ", ".join(_point(point, dead=point.value in gone) for point in points)


def _point(point: Point, *, dead: bool) -> str:
    """Give one with its label, and that it is dead."""
    remarks = "; ".join(filter(None, (point.label, "nothing arrives there" if dead else None)))
    return f"{point.value} ({remarks})" if remarks else point.value
