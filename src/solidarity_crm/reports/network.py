"""The network as a document: its figures, and what they mean in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.wording import mention, mentions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solidarity_crm.queries.network import Who


def document(found: Who) -> Document:
    """Write who is in the network and how it hangs together."""
    facts = [
        ("People", f"{found.people:,}"),
        ("Organisations", f"{found.organisations:,}"),
        ("Ties", f"{found.ties:,}, of which {found.confirmed:,} are confirmed"),
        ("In one piece", _pieces(found)),
    ]
    return Document("The network", "people, and the organisations through which they are linked", facts, [*_sections(found)])


def _pieces(found: Who) -> str:
    """Say into how many parts the network falls."""
    if not found.parts:
        return "nobody is known to know anybody"
    if found.parts == 1:
        return f"yes, but for those whom nobody is known to know ({found.isolated:,})" if found.isolated else "yes"
    return f"no: {found.parts:,} groups with no way from one to another, the largest of {people(found.largest_part)}"


def people(count: int) -> str:
    """Give a number of people in words."""
    return "1 person" if count == 1 else f"{count:,} people"


def _sections(found: Who) -> Iterable[Section]:
    """Give each list, with what it means."""
    if found.degrees:
        rows = [(mention(one.who), f"{one.knows:,}", f"{one.confirmed:,}") for one in found.degrees]
        yield Section("Who knows the most people", table=Table(("Who", "Knows", "Confirmed"), rows))
    if found.organisation_degrees:
        rows2 = [(mention(one.who), f"{one.knows:,}") for one in found.organisation_degrees]
        yield Section("Where the most people are", table=Table(("Organisation", "People"), rows2))
    if found.bridges:
        text = "Without one of these, people whom only they link to the rest would be cut off. Find each a second link."
        rows2 = [(mention(one.who), f"{people(one.cut_off)} cut off, {one.parts} parts") for one in found.bridges]
        yield Section("Who holds it together", text=text, table=Table(("Who", "Without them"), rows2))
    if found.hinges:
        text = "Each is the only link between two groups; a second one would make it safe."
        rows = [(mention(one.left), mention(one.right), f"{people(one.cut_off)} cut off") for one in found.hinges]
        yield Section("Links that it hangs on", text=text, table=Table(("From", "To", "Without it"), rows))
    if found.isolates:
        more = found.isolated - len(found.isolates)
        text = f"{mentions(found.isolates)}{f' and {more:,} more' if more else ''}. Ask who knows them, or introduce them to somebody."
        yield Section("Whom nobody is known to know", text=text)
