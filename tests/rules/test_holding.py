"""Who holds a network together, beside what taking them away does."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import rustworkx
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.holding import Edge, Held, holding

if TYPE_CHECKING:
    from collections.abc import Sequence


def blocks(graph: rustworkx.PyGraph[int, None]) -> list[list[Edge]]:
    """Give the edges of each biconnected component."""
    found: dict[int, list[Edge]] = {}
    for edge, block in rustworkx.biconnected_components(graph).items():
        found.setdefault(block, []).append((min(edge), max(edge)))
    return list(found.values())


def made(edges: Sequence[Edge], size: int) -> rustworkx.PyGraph[int, None]:
    """Make a graph."""
    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(list(range(size)))
    graph.add_edges_from_no_data(list(edges))
    return graph


def sizes(graph: rustworkx.PyGraph[int, None], people: dict[int, int], of: set[int]) -> list[int]:
    """Count the people of each part that has some of these nodes."""
    return sorted(
        sum(people[graph[node]] for node in part) for part in rustworkx.connected_components(graph) if {graph[n] for n in part} & of
    )


def test_a_chain_of_people_hangs_on_those_in_the_middle() -> None:
    """Without the second of four, one is cut off; the link in the middle has two on each side."""
    found = holding([[(0, 1)], [(1, 2)], [(2, 3)]], dict.fromkeys(range(4), 1))
    assert found.nodes == [Held((1,), 1, 2), Held((2,), 1, 2)]
    assert found.links == [Held((1, 2), 2, 2), Held((0, 1), 1, 2), Held((2, 3), 1, 2)]


def test_organisations_hold_people_and_are_none() -> None:
    """The only thing in common of three people is where they work; an organisation with nobody else cuts nobody off."""
    found = holding([[(0, 9)], [(1, 9)], [(2, 9)], [(2, 8)]], {0: 1, 1: 1, 2: 1, 9: 0, 8: 0})
    assert found.nodes == [Held((9,), 2, 3)]
    assert found.links == [Held((0, 9), 1, 2), Held((1, 9), 1, 2), Held((2, 9), 1, 2)]


def test_a_ring_hangs_on_nobody() -> None:
    """There is a way around everyone."""
    assert holding([[(0, 1), (1, 2), (0, 2)]], dict.fromkeys(range(3), 1)) == ([], [])
    assert holding([], {}) == ([], [])


@given(st.integers(0, 10**6))
def test_what_is_cut_off_is_what_taking_it_away_cuts_off(seed: int) -> None:
    """Each node and each link of any network, and no other."""
    random = Random(seed)  # noqa: S311 - the same network each time, and no secret
    size = random.randint(2, 14)
    edges = {(min(pair), max(pair)) for _ in range(random.randint(1, size * 2)) for pair in [random.sample(range(size), 2)]}
    people = {node: random.choice((0, 1, 1)) for node in range(size)}
    graph = made(sorted(edges), size)
    found = holding(blocks(graph), people)
    for node in range(size):
        around = {other for edge in edges for other in edge if node in edge} - {node}
        without = graph.copy()
        without.remove_node(node)
        parts = sizes(without, people, around)
        cut_off = sum(parts[:-1])
        expected = [Held((node,), cut_off, sum(1 for part in parts if part))] if cut_off else []
        assert [held for held in found.nodes if held.nodes == (node,)] == expected
    for edge in edges:
        without = made(sorted(edges - {edge}), size)
        parts = sizes(without, people, set(edge))
        cut_off = parts[0] if len(parts) > 1 else 0
        assert [held.cut_off for held in found.links if held.nodes == edge] == ([cut_off] if cut_off else [])
