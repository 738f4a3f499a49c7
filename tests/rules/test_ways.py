"""The best ways through a network, beside what rustworkx and trying everything find."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest
import rustworkx
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.ways import Found, best

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Net(NamedTuple):
    """A network in memory; what is next to ``first`` may be asked apart."""

    costs: dict[int, dict[int, int]]
    weights: dict[int, int]
    first: int = 0
    least: int = 0

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give the links of some nodes."""
        return {
            node: {other: cost for other, cost in self.costs[node].items() if other != self.first} for node in nodes if node in self.costs
        }

    def near(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give the links of some nodes with the first."""
        return {node: cost for node in nodes for cost in [self.costs.get(node, {}).get(self.first)] if cost is not None}

    def burdens(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give the burdens of some nodes."""
        return {node: self.weights[node] for node in nodes if node in self.weights}


def net(links: Sequence[tuple[int, int, int]], weights: dict[int, int] | None = None) -> Net:
    """Make a network of links with their costs."""
    costs: dict[int, dict[int, int]] = {}
    for one, other, cost in links:
        costs.setdefault(one, {})[other] = cost
        costs.setdefault(other, {})[one] = cost
    return Net(costs, weights or {})


def drawn(random: Random, *, size: int, first: int, last: int) -> Net:
    """Draw a network: sparse or dense, in one part or several, some of its people a burden; only the ends' links may cost nothing."""
    least = random.choice((0, 1, 3))
    pairs = [(random.randrange(size), random.randrange(size)) for _ in range(random.randint(1, size * random.randint(1, 4)))]
    links = [(*pair, random.randint(0 if {first, last}.intersection(pair) else least, 6)) for pair in pairs]
    weights = {node: random.randint(0, 9) for node in range(size) if random.random() < random.choice((0, 0.3, 0.9))}
    return net([(one, other, cost) for one, other, cost in links if one != other], weights)._replace(first=first, least=least)


def shortest(network: Net, size: int, first: int, last: int) -> float | None:
    """Give what rustworkx says that the cheapest way costs, or None."""
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(list(range(size)))
    for node, links in network.costs.items():
        for other, cost in links.items():
            graph.add_edge(node, other, cost + network.weights.get(node, 0))
    lengths = rustworkx.dijkstra_shortest_path_lengths(graph, first, float, last)
    return float(lengths[last]) if last in lengths else None


def every_way(network: Net, first: int, last: int) -> Iterator[Found]:
    """Give every way without loops, by trying them all."""
    waiting: list[tuple[int, ...]] = [(first,)]
    while waiting:
        way = waiting.pop()
        if way[-1] == last:
            yield Found(cost_of(network, way), way)
            continue
        waiting += [(*way, other) for other in network.costs.get(way[-1], ()) if other not in way]


def cost_of(network: Net, way: tuple[int, ...]) -> int:
    """Give what a way costs: its links, and the burdens of all but the last."""
    return sum(network.costs[one][other] + network.weights.get(one, 0) for one, other in pairwise(way))


@pytest.mark.parametrize("block", range(10))
@pytest.mark.parametrize("backward_only", [False, True])
def test_the_best_way_costs_what_rustworkx_says(block: int, backward_only: bool) -> None:
    """On a thousand networks, both searching from two ends and from one."""
    for seed in range(block * 100, block * 100 + 100):
        random = Random(seed)  # noqa: S311 - the same networks each time, and no secret
        size = random.randint(2, 60)
        first, last = random.sample(range(size), 2)
        network = drawn(random, size=size, first=first, last=last)
        found = best(network, first, last, 1, backward_only=backward_only)
        assert (found[0].cost if found else None) == shortest(network, size, first, last), seed
        assert [cost_of(network, way) for _, way in found] == [cost for cost, _ in found]


@given(st.integers(0, 10**6), st.booleans())
def test_the_five_best_ways_are_the_five_best_of_all(seed: int, backward_only: bool) -> None:
    """Different, without loops, the cheapest first; the same again when asked again."""
    random = Random(seed)  # noqa: S311 - the same networks each time, and no secret
    network = drawn(random, size=random.randint(2, 7), first=0, last=1)
    found = best(network, 0, 1, 5, backward_only=backward_only)
    everything = sorted(every_way(network, 0, 1))
    assert [cost for cost, _ in found] == [cost for cost, _ in everything[:5]]
    assert len({way for _, way in found}) == len(found)
    assert set(found) <= set(everything)
    assert best(network, 0, 1, 5, backward_only=backward_only) == found


def test_a_burden_is_avoided_while_another_way_is_cheaper() -> None:
    """The one at the end is no burden to themselves; one who has none left to ask through is found all the same."""
    links = [(0, 1, 1), (1, 9, 1), (0, 2, 2), (2, 9, 2)]
    assert best(net(links), 0, 9, 5) == [Found(2, (0, 1, 9)), Found(4, (0, 2, 9))]
    assert best(net(links, {1: 20, 9: 50}), 0, 9, 5) == [Found(4, (0, 2, 9)), Found(22, (0, 1, 9))]


def test_where_there_is_no_way_there_is_none() -> None:
    """Also with nobody at either end."""
    assert best(net([(0, 1, 1), (2, 3, 1)]), 0, 3, 5) == []
    assert best(net([]), 0, 3, 5) == []


class Counted:
    """A network that counts how many nodes it was asked for."""

    def __init__(self, network: Net) -> None:
        """Wrap one."""
        self.network, self.least, self.asked = network, network.least, 0

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give the links of some nodes."""
        self.asked += len(nodes)
        return self.network.links(nodes)

    def near(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give the links of some nodes with the first."""
        return self.network.near(nodes)

    def burdens(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give the burdens of some nodes."""
        return self.network.burdens(nodes)


def test_little_of_a_large_network_is_looked_at() -> None:
    """Ten thousand people, the five best ways: the rest is never asked for."""
    random = Random(7)  # noqa: S311 - likewise
    size = 10_000
    network = Counted(net([(one, random.randrange(size), random.randint(1, 3)) for one in range(size) for _ in range(4)]))
    assert len(best(network, 0, 5_000, 5)) == 5
    assert network.asked < size / 5


def test_next_to_nothing_is_looked_at_where_the_first_knows_almost_everybody() -> None:
    """The five best ways are short then: whose links are dearer than those is never asked for them."""
    random = Random(7)  # noqa: S311 - likewise
    size = 10_000
    links = [(one, random.randrange(1, size), random.randint(3, 6)) for one in range(1, size) for _ in range(4)]
    close = [(0, one, random.randint(1, 4)) for one in range(1, size) if random.random() < 0.95]
    whole = net([*links, *close])._replace(least=3)
    network = Counted(whole)
    found = best(network, 0, 5_000, 5, backward_only=True)
    assert [cost for cost, _ in found] == [cost for cost, _ in best(whole._replace(least=0), 0, 5_000, 5)]
    assert network.asked < 30
