"""Where each node of a network is drawn: the same for the same network, however often it is asked."""

from __future__ import annotations

from math import ceil, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solidarity_crm.exchange.network_map.network import Network

MOST = 5000  # nodes that can be told apart on a page, and laid out while somebody waits
SPACE = 60  # between neighbours, in the units of the drawing
_WORK = 60_000_000  # pairs of nodes to look at; each round of the layout looks at all of them
_ROUNDS = (12, 200)
_SEED = 20261127

Place = tuple[int, int]


def places(network: Network) -> dict[str, Place]:
    """Give each node its place, by its key.

    Each part of the network is laid out by itself, by springs and repulsion (Fruchterman and Reingold 1991), then the parts
    are set in rows, the largest first; whoever has no link is at the end.
    """
    keys = [node.key for node in network.nodes]
    number = {key: place for place, key in enumerate(keys)}
    edges = [(number[link.left], number[link.right]) for link in network.links if link.left != link.right]
    parts = sorted(_parts(len(keys), edges), key=lambda part: (-len(part), part[0]))
    return {keys[node]: place for node, place in _in_rows([_laid_out(part, edges) for part in parts])}


def _parts(count: int, edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Give the groups of nodes that hang together."""
    from rustworkx import PyGraph, connected_components  # noqa: PLC0415 - drawing alone needs it, and few draw

    graph: PyGraph[None, None] = PyGraph(multigraph=False)
    graph.add_nodes_from([None] * count)
    graph.add_edges_from_no_data(list(edges))
    return [sorted(part) for part in connected_components(graph)]


def _laid_out(part: Sequence[int], edges: Iterable[tuple[int, int]]) -> dict[int, Place]:
    """Give the nodes of one part their places, the least of each coordinate being 0."""
    if len(part) == 1:
        return {part[0]: (0, 0)}
    from rustworkx import PyGraph, spring_layout  # noqa: PLC0415 - as above

    inner = {node: place for place, node in enumerate(part)}
    graph: PyGraph[None, None] = PyGraph(multigraph=False)
    graph.add_nodes_from([None] * len(part))
    graph.add_edges_from_no_data([(inner[one], inner[other]) for one, other in edges if one in inner])
    rounds = min(max(_WORK // len(part) ** 2, _ROUNDS[0]), _ROUNDS[1])
    found = spring_layout(graph, seed=_SEED, num_iter=rounds, scale=round(SPACE * sqrt(len(part))), k=3 / sqrt(len(part)))
    return _from_nought({node: found[inner[node]] for node in part})


def _from_nought(found: Mapping[int, Sequence[float]]) -> dict[int, Place]:
    """Give places in whole units, moved so that nothing is left of or above nought."""
    left, top = (min(place[axis] for place in found.values()) for axis in (0, 1))
    return {node: (round(place[0] - left), round(place[1] - top)) for node, place in found.items()}


def _in_rows(parts: Sequence[Mapping[int, Place]]) -> Iterator[tuple[int, Place]]:
    """Set the parts beside and below each other on a page that is somewhat wider than high."""
    sizes = [tuple(max(place[axis] for place in part.values()) + 2 * SPACE for axis in (0, 1)) for part in parts]
    width = max([ceil(sqrt(1.5 * sum(wide * high for wide, high in sizes))), *(wide for wide, _ in sizes)], default=0)
    across = down = tallest = 0
    for part, (wide, high) in zip(parts, sizes, strict=True):
        if across + wide > width:
            across, down, tallest = 0, down + tallest, 0
        yield from ((node, (across + SPACE + place[0], down + SPACE + place[1])) for node, place in part.items())
        across, tallest = across + wide, max(tallest, high)
