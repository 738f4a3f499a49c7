"""Reports on contacts and organisations."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.contacts import Contact, ContactFilter, contacts
from solidarity_crm.queries.organisations import organisation, organisations
from solidarity_crm.queries.timeline import timeline
from solidarity_crm.reports.cards import contact as contact_card
from solidarity_crm.reports.cards import organisation as organisation_card
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.introductions import told_without_others, without_others
from solidarity_crm.reports.report import Report, figures
from solidarity_crm.reports.wording import day, short_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solidarity_crm.queries.organisations import Organisation
    from solidarity_crm.queries.reading import Store
    from solidarity_crm.queries.timeline import Happening

_WHOLE = 1_000_000


class Person(NamedTuple):
    """A contact as a steering group reads of them: no address, no number, no note."""

    ref: str
    name: str
    roles: tuple[str, ...]
    works_with: tuple[str, ...]
    tags: tuple[str, ...]
    last_contact_on: date | None
    do_not_contact: bool


def contacts_report(store: Store, *, today: date, wanted: ContactFilter | None = None) -> Report:
    """Give the report on all contacts, or on those of a filter."""
    found = contacts(store, today=today, wanted=wanted)
    people = [_person(contact, today) for contact in found]
    members = organisations(store, today=today)
    counts = [
        ("Contacts", len(people)),
        ("Organisations they have a role at", len({a.organisation.ref for contact in found for a in contact.current(today)})),
        ("Network members", sum(1 for each in members if each.is_member(today))),
        ("Heard of in the last 90 days", sum(1 for p in people if p.last_contact_on and (today - p.last_contact_on).days <= 90)),  # noqa: PLR2004 - a quarter
        ("Asked not to be contacted", sum(1 for p in people if p.do_not_contact)),
    ]
    tally = _tally(community for p in people for community in p.works_with)
    sections = [Section("By community they work with", table=tally)] if tally.rows else []
    sections += (
        [Section("Contacts", table=Table(("Name", "Roles", "Works with", "Last contact"), [_cells(p) for p in people]))] if people else []
    )
    title = f"Contacts of the {store.settings.name}"
    return Report("contacts", today, Document(title, day(today), figures(counts), sections), counts, people)


def contact_report(store: Store, number: int, *, today: date) -> Report | None:
    """Give the report on one contact: the card, with everything that ever happened; None when there is none."""
    gathered = contact_card.gather(store, number, today=today, lines=_WHOLE)
    if gathered is None:
        return None
    reader = gathered.contact.ref
    told = told_without_others(store, gathered.timeline, reader, today=today)
    gathered = gathered._replace(links=without_others(store, gathered.links, reader), timeline=told)
    counts = [("Happenings", len(gathered.timeline)), ("To do", len(gathered.open))]
    return Report("contact", today, contact_card.document(gathered, today=today), counts, gathered.timeline)


def org_report(store: Store, number: int, *, today: date) -> Report | None:
    """Give the report on one organisation: its card, and what happened with its people; None when there is none."""
    shown = organisation_card.card(store, number, today=today)
    found = organisation(store, number, today=today)
    if shown is None or found is None:
        return None
    happened = sorted({each for person in _present(found, today) for each in _told(store, person, today)}, reverse=True)
    counts = [("People", len(_present(found, today))), ("Happenings", len(happened))]
    rows = [(day(each.on), each.ref, each.what, each.text) for each in happened]
    told = [Section("What happened with its people", table=Table(("Day", "Ref", "What", "Words"), rows))] if rows else []
    document = shown[1]._replace(sections=[*shown[1].sections, *told])
    return Report("org", today, document, counts, happened)


def _person(contact: Contact, today: date) -> Person:
    """Leave out what a steering group need not know."""
    roles = tuple(f"{a.role}, {a.organisation.name}" if a.role else a.organisation.name for a in contact.current(today))
    return Person(contact.ref, contact.name, roles, contact.works_with, contact.tags, contact.last_contact_on, contact.do_not_contact)


def _cells(person: Person) -> tuple[str, ...]:
    """Give a person's line of the table."""
    last = "do not contact" if person.do_not_contact else short_day(person.last_contact_on)
    return person.name, "; ".join(person.roles), ", ".join(person.works_with), last


def _told(store: Store, number: int, today: date) -> list[Happening]:
    """List what happened with somebody, as far as they may hear of it."""
    return told_without_others(store, timeline(store, number, limit=_WHOLE), f"P{number}", today=today)


def _present(found: Organisation, today: date) -> list[int]:
    """List the numbers of an organisation's present people."""
    return [int(role.contact.ref[1:]) for role in found.contacts if role.until is None or role.until >= today]


def _tally(names: Iterable[str]) -> Table:
    """Give how often each name comes, the most frequent first."""
    counted = Counter(names)
    return Table(
        ("Community", "Contacts"), [(name, str(count)) for name, count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))]
    )
