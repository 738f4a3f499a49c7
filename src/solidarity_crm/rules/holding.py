"""Who holds a network together: how many people would be cut off if somebody, or one link, were lost.

Works on the network's blocks: parts that stay in one piece whoever of them is lost. Blocks meet at the nodes whose loss
parts the network, and so make trees; what hangs below a node in its tree is cut off with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Edge = tuple[int, int]


class Held(NamedTuple):
    """By whom, or by which link, how many people hang on the rest, in how many parts all would fall."""

    nodes: tuple[int, ...]
    cut_off: int
    parts: int


class Holding(NamedTuple):
    """The nodes and the links whose loss would cut people off, those first that cut off the most."""

    nodes: list[Held]
    links: list[Held]


def holding(blocks: Iterable[Sequence[Edge]], people: Mapping[int, int]) -> Holding:
    """Give what holds a network together.

    ``blocks`` are the edges of each biconnected component; ``people`` says how many people a node is: 1, or 0 for an organisation.
    """
    inside = [(sorted({node for edge in block for node in edge}), len(block)) for block in blocks]
    at: dict[int, list[int]] = {}
    for place, (nodes, _) in enumerate(inside):
        for node in nodes:
            at.setdefault(node, []).append(place)
    below, whole = _below(inside, at, people)
    held = [_held(node, places, below, whole[places[0]], people) for node, places in at.items() if len(places) > 1]
    links = [_link(place, nodes, below, whole[place]) for place, (nodes, edges) in enumerate(inside) if edges == 1]
    return Holding(_ordered(held), _ordered(links))


Tree = dict[tuple[int, int], int]  # how many people are below a node, seen from a block that it is in


def _below(
    inside: Sequence[tuple[list[int], int]], at: Mapping[int, Sequence[int]], people: Mapping[int, int]
) -> tuple[Tree, dict[int, int]]:
    """Count the people on a node's side of each of its blocks, the node with them, and those of each block's whole tree."""
    below: Tree = {}
    whole: dict[int, int] = {}
    for start in range(len(inside)):
        if start in whole:
            continue
        order = _order(start, inside, at)
        sizes: dict[int, int] = {}  # the people of a block and of what is below it, but for the node above it
        for place, above in reversed(order):
            sizes[place] = 0
            for node in inside[place][0]:
                if node != above:
                    below[place, node] = people[node] + sum(sizes[child] for child in at[node] if child != place)
                    sizes[place] += below[place, node]
        total = sizes[start]
        for place, above in order:
            whole[place] = total
            if above is not None:
                below[place, above] = total - sizes[place]
    return below, whole


def _order(start: int, inside: Sequence[tuple[list[int], int]], at: Mapping[int, Sequence[int]]) -> list[tuple[int, int | None]]:
    """List a tree's blocks, each after the one above it, with the node where it hangs."""
    found: list[tuple[int, int | None]] = [(start, None)]
    seen = {start}
    for place, above in found:
        for node in inside[place][0]:
            for child in at[node] if node != above else ():
                if child not in seen:
                    seen.add(child)
                    found.append((child, node))
    return found


def _held(node: int, places: Sequence[int], below: Tree, total: int, people: Mapping[int, int]) -> Held:
    """Say what the loss of a node would do: all but the largest part is cut off."""
    parts = [total - below[place, node] for place in places]
    return Held((node,), total - people[node] - max(parts), sum(1 for part in parts if part))


def _link(place: int, nodes: Sequence[int], below: Tree, total: int) -> Held:
    """Say what the loss of a link would do: the smaller side is cut off."""
    side = below[place, nodes[0]]
    return Held(tuple(nodes), min(side, total - side), 2)


def _ordered(found: Iterable[Held]) -> list[Held]:
    """Give those whose loss would cut anybody off, the most first."""
    return sorted((one for one in found if one.cut_off), key=lambda one: (-one.cut_off, -one.parts, one.nodes))
