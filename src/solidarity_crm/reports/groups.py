"""A group as people read it: who is in it now, and who of them would be left out of a message and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.asking import excesses
from solidarity_crm.queries.contacts import contact_lines
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports.document import Document, Section, Table, filled
from solidarity_crm.rules.permission import ENGAGEMENT

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.queries.groups import Group
    from solidarity_crm.queries.reading import Store


class LeftOut(NamedTuple):
    """Somebody of a group who may not be written to now, with every reason against it."""

    contact: Named
    why: str


class Members(NamedTuple):
    """Who is in a group now; ``reveals`` is what being in it suggests of somebody."""

    name: str
    filters: str
    reveals: str | None
    purpose: str
    members: list[Named]
    left_out: list[LeftOut]


def members(store: Store, group: Group, purpose: str, *, today: date) -> Members:
    """Find who is in a group, and who of them may not be written to for a purpose."""
    found = [Named(line.ref, line.name) for line in contact_lines(store, today=today, wanted=group.wanted(today))]
    numbers = [int(one.ref[1:]) for one in found]
    permissions = Permissions(store, numbers, today=today)
    asked = excesses(store, numbers, None, today=today) if purpose == ENGAGEMENT else {}
    answers = [permissions.of(number, purpose, asked_too_much=asked.get(number)) for number in numbers]
    left_out = [LeftOut(one, answer.why_not) for one, answer in zip(found, answers, strict=True) if not answer.allowed]
    written_to = [one for one, answer in zip(found, answers, strict=True) if answer.allowed]
    return Members(group.name, group.in_words, group.reveals, purpose, written_to, left_out)


def document(found: Members) -> Document:
    """Write a group as a document."""
    facts = [
        ("Whoever", found.filters),
        ("Reveals", found.reveals),
        ("In it", f"{len(found.members)} for {found.purpose}" + (f", {len(found.left_out)} left out" if found.left_out else "")),
    ]
    sections = []
    if found.members:
        sections.append(Section("In it", table=Table(("Ref", "Name"), [(one.ref, one.name) for one in found.members])))
    if found.left_out:
        rows = [(one.contact.ref, one.contact.name, one.why) for one in found.left_out]
        sections.append(Section("Left out", table=Table(("Ref", "Name", "Why"), rows)))
    return Document(found.name, "Group", filled(facts), sections)
