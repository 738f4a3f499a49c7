"""The network as a whole: who knows most people, who holds it together, and whom nobody is known to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import Named, run
from solidarity_crm.queries.ties import all_reasons
from solidarity_crm.rules import ties
from solidarity_crm.rules.holding import holding
from solidarity_crm.rules.refs import Ref
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from solidarity_crm.queries.reading import Store
    from solidarity_crm.rules.holding import Edge, Held


class Degree(NamedTuple):
    """How many people a contact knows, and of how many that is confirmed; how many people an organisation has."""

    who: Named
    knows: int
    confirmed: int


class Bridge(NamedTuple):
    """A person or an organisation whose loss would part the network: into how many parts, and cutting off how many people."""

    who: Named
    cut_off: int
    parts: int


class Hinge(NamedTuple):
    """A single link whose loss would cut people off."""

    left: Named
    right: Named
    cut_off: int


class Who(NamedTuple):
    """The network in figures; a part is a group of people with no way to another, a person whom nobody knows is none."""

    people: int
    organisations: int
    ties: int
    confirmed: int
    parts: int
    largest_part: int
    isolated: int
    degrees: tuple[Degree, ...]
    organisation_degrees: tuple[Degree, ...]
    bridges: tuple[Bridge, ...]
    hinges: tuple[Hinge, ...]
    isolates: tuple[Named, ...]


_LEAST_HINGED = 2  # that one person hangs by one link says how new they are, not how the network is


class _Graph(NamedTuple):
    """People and organisations by places in one row, their links, and which ties are confirmed."""

    nodes: list[Ref]
    names: dict[Ref, str]
    edges: list[Edge]
    degrees: dict[Ref, list[int]]

    def named(self, place: int) -> Named:
        """Give how the one at a place is mentioned."""
        return self._mention(self.nodes[place])

    def _mention(self, ref: Ref) -> Named:
        return Named(str(ref), self.names[ref])

    def ranked(self, letter: str) -> list[Degree]:
        """List people, or organisations, by how many they know or have."""
        found = [Degree(self._mention(ref), *counted) for ref, counted in self.degrees.items() if ref.letter == letter and counted[0]]
        return sorted(found, key=lambda one: (-one.knows, -one.confirmed, fold(one.who.name), one.who.ref))


def who(store: Store, *, today: date, limit: int) -> Who:
    """Give the network in figures, and of each list the first so many.

    People are linked by their ties and by their present roles: an organisation is a node too, whose people are linked through it.
    """
    graph = _graph(store, today)
    parts, blocks = _taken_apart(len(graph.nodes), graph.edges)
    held = holding(blocks, {place: int(ref.letter == "P") for place, ref in enumerate(graph.nodes)})
    people = [sum(graph.nodes[place].letter == "P" for place in part) for part in parts]
    alone = sorted(
        (
            graph.named(place)
            for part, count in zip(parts, people, strict=True)
            if count == 1
            for place in part
            if graph.nodes[place].letter == "P"
        ),
        key=lambda one: (fold(one.name), one.ref),
    )
    hinges = [one for one in held.links if one.cut_off >= _LEAST_HINGED]
    return Who(
        people=sum(people),
        organisations=sum(ref.letter == "O" for ref in graph.nodes),
        ties=sum(counted[0] for ref, counted in graph.degrees.items() if ref.letter == "P") // 2,
        confirmed=sum(counted[1] for ref, counted in graph.degrees.items() if ref.letter == "P") // 2,
        parts=sum(count > 1 for count in people),
        largest_part=max(people, default=0),
        isolated=len(alone),
        degrees=tuple(graph.ranked("P")[:limit]),
        organisation_degrees=tuple(graph.ranked("O")[:limit]),
        bridges=tuple(_bridge(graph, one) for one in held.nodes[:limit]),
        hinges=tuple(Hinge(graph.named(one.nodes[0]), graph.named(one.nodes[1]), one.cut_off) for one in hinges[:limit]),
        isolates=tuple(alone[:limit]),
    )


def holders(count: int, edges: Iterable[Edge]) -> tuple[list[Sequence[int]], list[Held]]:
    """Give the parts of any network, by the places of its nodes, and the nodes whose loss would part it, the gravest first."""
    parts, blocks = _taken_apart(count, edges)
    return parts, holding(blocks, dict.fromkeys(range(count), 1)).nodes


def _bridge(graph: _Graph, one: Held) -> Bridge:
    """Give who would part the network."""
    return Bridge(graph.named(one.nodes[0]), one.cut_off, one.parts)


def _graph(store: Store, today: date) -> _Graph:
    """Read people, organisations and what links them."""
    names = {Ref(letter, number): name for letter in "PO" for number, name in sorted(run(store, "all_names", letter=letter))}
    place = {ref: index for index, ref in enumerate(names)}
    degrees = {ref: [0, 0] for ref in names}
    edges: list[Edge] = []
    for pair, reasons in all_reasons(store, today=today).items():
        tie = ties.weighed(reasons)
        if tie is None:
            continue
        ends = [Ref("P", number) for number in pair]
        for end in ends:
            degrees[end][0] += 1
            degrees[end][1] += tie.state == ties.CONFIRMED
        if any(reason.kind != "organisation" for reason in tie.reasons):
            edges.append((place[ends[0]], place[ends[1]]))
    for contact, organisation in run(store, "present_roles", today=today):
        degrees[Ref("O", organisation)][0] += 1
        edges.append((place[Ref("P", contact)], place[Ref("O", organisation)]))
    return _Graph(list(names), names, edges, degrees)


def _taken_apart(count: int, edges: Iterable[Edge]) -> tuple[list[Sequence[int]], Iterable[list[Edge]]]:
    """Give the network's parts, and the links of each block: what stays in one piece whoever of it is lost."""
    import rustworkx  # noqa: PLC0415 - this question alone needs it

    whole: rustworkx.PyGraph[None, None] = rustworkx.PyGraph(multigraph=False)
    whole.add_nodes_from([None] * count)
    whole.add_edges_from_no_data(list(edges))
    blocks: dict[int, list[Edge]] = {}
    for edge, block in rustworkx.biconnected_components(whole).items():
        blocks.setdefault(block, []).append(edge)
    return [sorted(part) for part in rustworkx.connected_components(whole)], blocks.values()
