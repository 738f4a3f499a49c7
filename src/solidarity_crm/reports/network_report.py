"""The report on the network: who belongs to it, how it hangs together, and who is missing; for ourselves, or to be published."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.network import holders, who
from solidarity_crm.queries.organisations import organisations
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.network import document
from solidarity_crm.reports.report import Report, figures
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.disclosure import EXPLAINED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solidarity_crm.exchange.network_map.network import Node
    from solidarity_crm.exchange.network_map.publishing import Public
    from solidarity_crm.queries.organisations import Organisation
    from solidarity_crm.queries.reading import Store

LONGEST = 10  # of each list of people so many


class Line(NamedTuple):
    """An organisation in the report for ourselves; ``people`` are those with a present role there."""

    ref: str
    name: str
    kind: str
    member_since: date | None
    works_with: tuple[str, ...]
    people: int


class PublicLine(NamedTuple):
    """An organisation in the published report; ``people`` is a count as it may be published, None where it is not counted by place."""

    name: str
    kind: str
    member: bool
    works_with: tuple[str, ...]
    linked_to: int
    people: str | None


def network_report(store: Store, *, today: date) -> Report:
    """Give the report on the network for ourselves: members, ties, who holds it together, whom nobody knows, with names."""
    found = who(store, today=today, limit=LONGEST)
    listed = organisations(store, today=today)
    members = [each for each in listed if each.is_member(today)]
    counts = [
        ("Network members", len(members)),
        ("Organisations", found.organisations),
        ("People", found.people),
        ("Ties", found.ties),
        ("Confirmed ties", found.confirmed),
        ("People whom nobody is known to know", found.isolated),
    ]
    told = document(found)
    rows = [(each.name, f"{each.member_since:%Y}", ", ".join(each.works_with), str(_people(each, today))) for each in members]
    heading = Section("Network members", table=Table(("Member", "Since", "Works with", "People"), rows))
    lines = [Line(o.ref, o.name, o.kind, o.member_since, o.works_with, _people(o, today)) for o in listed]
    facts = [("Network members", str(len(members))), *told.facts]
    title = f"The network of the {store.settings.name}"
    return Report("network", today, Document(title, day(today), facts, [heading, *told.sections]), counts, lines)


def public_report(found: Public, *, today: date) -> Report:
    """Give the report on the network that may be published: organisations by name, people as counts that give nobody away."""
    nodes = found.network.nodes
    place = {node.key: number for number, node in enumerate(nodes)}
    edges = [(place[link.left], place[link.right]) for link in found.network.links]
    parts, held = holders(len(nodes), edges)
    degrees = found.network.degrees()
    counts = [("Network members", sum(node.member for node in nodes)), ("Organisations", len(nodes)), ("Links", len(edges))]
    sections = [
        *_listed("Network members", [node for node in nodes if node.member]),
        *_people_counted(found),
        *_holding([nodes[one.nodes[0]] for one in held]),
        *_alone([nodes[part[0]] for part in parts if len(part) == 1]),
    ]
    lines = [PublicLine(n.name, n.kind, n.member, n.communities, degrees[n.key], n.people) for n in nodes]
    facts = [*figures(counts), ("People", f"{found.counts.total}, of what is shown below")]
    title = f"The network of the {found.network.name}"
    return Report("network", today, Document(title, day(today), facts, sections), counts, lines)


def _people(one: Organisation, today: date) -> int:
    """Count those with a present role."""
    return len({role.contact.ref for role in one.contacts if role.until is None or role.until >= today})


def _listed(heading: str, nodes: Sequence[Node]) -> Iterable[Section]:
    """Give organisations with their kinds and the communities that they work with."""
    rows = [(node.name, node.kind, ", ".join(node.communities)) for node in nodes]
    return [Section(heading, table=Table(("Organisation", "Kind", "Works with"), rows))] if rows else []


def _people_counted(found: Public) -> Iterable[Section]:
    """Give how many people there are, as far as that may be said, and how it was counted."""
    names = {node.key: node.name for node in found.network.nodes}
    rows = [(names.get(key, key), cell) for key, cell in found.counts.cells.items()]
    yield Section("People", text=EXPLAINED, table=Table((found.by.capitalize(), "People"), rows))


def _holding(nodes: Sequence[Node]) -> Iterable[Section]:
    """Say which organisations hold the network together."""
    if nodes:
        text = f"Without one of these, others would have no link to the rest: {', '.join(node.name for node in nodes)}."
        yield Section("What holds it together", text=text)


def _alone(nodes: Sequence[Node]) -> Iterable[Section]:
    """Say which organisations have no link."""
    if nodes:
        yield Section("Not linked to any other", text=", ".join(node.name for node in nodes))
