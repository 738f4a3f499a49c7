"""The best few ways through a network of people from one to another, by plain additive costs.

A network answers with the costs of the links of some nodes, and with what it costs to ask some nodes for something;
nothing of it need be in memory. A way costs its links, and the asking of everybody on it but the last.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Way = tuple[int, ...]  # the nodes from the first to the last
_NEVER = 1_000_000_000


class Network(Protocol):
    """Whatever knows its nodes' links and burdens; both are asked for many nodes at a time."""

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give what each link of some nodes costs, by the node at its other end; the same in both directions."""

    def burdens(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give what it costs to ask some nodes for something; 0 for whoever is left out."""


class Found(NamedTuple):
    """A way and what it costs."""

    cost: int
    way: Way


def best(network: Network, first: int, last: int, count: int, *, backward_only: bool = False) -> list[Found]:
    """Give up to ``count`` different ways without loops, the cheapest first and of equal ones the shorter.

    ``backward_only`` spares the links of ``first``, for when it has a great many. Yen's algorithm: each further way leaves one
    that was found at some node, by a link that no way found so far takes from there.
    """
    known = _Known(network)
    found: list[Found] = []
    begun = _Search(known, _Leg(first, last, backward_only=backward_only)).run()
    candidates = [(begun.cost, len(begun.way), begun.way)] if begun else []
    seen = {way for _, _, way in candidates}
    while candidates and len(found) < count:
        cost, _, way = heappop(candidates)
        found.append(Found(cost, way))
        if len(found) == count:
            break
        # what costs more than as many others as are wanted need not be looked for
        costs = sorted([one.cost for one in found] + [each for each, _, _ in candidates])
        most = costs[count - 1] if len(costs) >= count else _NEVER
        for fresh in _branches(known, found, most, backward_only=backward_only):
            if fresh.way not in seen:
                seen.add(fresh.way)
                heappush(candidates, (fresh.cost, len(fresh.way), fresh.way))
    return found


def _branches(known: _Known, found: Sequence[Found], most: int, *, backward_only: bool) -> Iterator[Found]:
    """Give the cheapest way that leaves the last one found at each of its nodes and is none of those found, if it costs no more than most."""
    way = found[-1].way
    for place, node in enumerate(way[:-1]):
        root = way[: place + 1]
        taken = frozenset(other.way[place + 1] for other in found if other.way[: place + 1] == root)
        left = most - known.cost(root)
        leg = _Leg(node, way[-1], frozenset(root[:-1]), taken, backward_only=backward_only and place == 0, most=left)
        spur = _Search(known, leg).run()
        if spur:
            yield Found(known.cost(root) + spur.cost, root + spur.way[1:])


class _Leg(NamedTuple):
    """What is looked for: a way through none of ``without``, that does not go from ``first`` at once to one of ``taken``."""

    first: int
    last: int
    without: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    backward_only: bool = False
    most: int = _NEVER  # a way that costs more is none


class _Known:
    """What was asked of a network so far, so that nothing is asked twice."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._links: dict[int, Mapping[int, int]] = {}
        self._burdens: dict[int, int] = {}

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give the links of nodes."""
        fresh = [node for node in nodes if node not in self._links]
        if fresh:
            answer = self._network.links(fresh)
            self._links.update({node: answer.get(node, {}) for node in fresh})
        return self._links

    def burdens(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give the burdens of nodes."""
        fresh = [node for node in nodes if node not in self._burdens]
        if fresh:
            answer = self._network.burdens(fresh)
            self._burdens.update({node: answer.get(node, 0) for node in fresh})
        return self._burdens

    def cost(self, way: Way) -> int:
        """Give what a way costs whose links were all asked for, from one end or the other."""
        self.burdens(way[:-1])
        return sum(self._link(one, other) + self._burdens[one] for one, other in pairwise(way))

    def _link(self, one: int, other: int) -> int:
        """Give a link's cost."""
        return self._links[one][other] if other in self._links.get(one, ()) else self._links[other][one]


class _Side:
    """One end's search, a level of equal costs at a time: what each node costs from there, and which was before it."""

    def __init__(self, start: int) -> None:
        self.labels = {start: 0}
        self.before: dict[int, int] = {}
        self.settled: set[int] = set()
        self._heap = [(0, start)]

    def label(self, node: int, cost: int, before: int) -> bool:
        """Say that a node is reached at a cost; give whether that is the least so far."""
        if cost >= self.labels.get(node, _NEVER):
            return False
        self.labels[node], self.before[node] = cost, before
        heappush(self._heap, (cost, node))
        return True

    def add(self, node: int, burden: int) -> None:
        """Say that a node costs more than was said."""
        self.labels[node] += burden
        heappush(self._heap, (self.labels[node], node))

    def least(self) -> int:
        """Give the least cost of a node that is not settled."""
        while self._heap and (self._heap[0][1] in self.settled or self._heap[0][0] != self.labels[self._heap[0][1]]):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else _NEVER

    def level(self) -> list[int]:
        """Take all nodes of the least cost."""
        cost, taken = self.least(), []
        while self.least() == cost < _NEVER:
            taken.append(heappop(self._heap)[1])
        return list(dict.fromkeys(taken))

    def __len__(self) -> int:
        """Count what is waiting."""
        return len(self._heap)

    def trail(self, node: int) -> list[int]:
        """Give the nodes from one back to the start."""
        found = [node]
        while found[-1] in self.before:
            found.append(self.before[found[-1]])
        return found


class _Search:
    """A search from both ends, which ends where no unfinished way can be cheaper than the best whole one."""

    def __init__(self, known: _Known, leg: _Leg) -> None:
        self._known, self._leg = known, leg
        self.ahead, self.behind = _Side(leg.first), _Side(leg.last)
        self._charged = {leg.last}  # whoever is at the end is asked for nothing on
        self.cost, self.meeting = _NEVER, leg.first

    def run(self) -> Found | None:
        """Give the cheapest way, or None."""
        while (least := self.ahead.least() + self.behind.least()) < self.cost and least <= self._leg.most:
            if self._leg.backward_only or len(self.behind) <= len(self.ahead):
                self._step_back()
            else:
                self._step_on()
        if self.cost == _NEVER or self.cost > self._leg.most:
            return None
        return Found(self.cost, (*reversed(self.ahead.trail(self.meeting)), *self.behind.trail(self.meeting)[1:]))

    def _step_on(self) -> None:
        """Go on by a level from the first node."""
        level = self.ahead.level()
        links, burdens = self._known.links(level), self._known.burdens(level)
        self.ahead.settled.update(level)
        for node in level:
            start = self.ahead.labels[node] + burdens[node]
            for other, cost in links[node].items():
                if self._closed(node, other) or other in self.ahead.settled:
                    continue
                if self.ahead.label(other, start + cost, node) and other in self.behind.settled:
                    self._met(other)

    def _step_back(self) -> None:
        """Go back by a level from the last node; who is found to be a burden waits until that much is spent."""
        level = self.behind.level()
        fresh = [node for node in level if node not in self._charged]
        burdens = self._known.burdens(fresh)
        self._charged.update(fresh)
        waiting = {node for node in fresh if burdens[node]}
        for node in waiting:
            self.behind.add(node, burdens[node])
        level = [node for node in level if node not in waiting]
        self.behind.settled.update(level)
        for node in level:
            if node in self.ahead.labels:
                self._met(node)
        links = self._known.links([node for node in level if node != self._leg.first])
        for node in level:
            for other, cost in links[node].items() if node != self._leg.first else ():
                if not self._closed(other, node) and other not in self.behind.settled and other not in self._charged:
                    self.behind.label(other, self.behind.labels[node] + cost, node)

    def _closed(self, one: int, other: int) -> bool:
        """Say whether a way may not go from one node on to another."""
        leg = self._leg
        return one in leg.without or other in leg.without or (one == leg.first and other in leg.taken)

    def _met(self, node: int) -> None:
        """Keep a whole way if it is the cheapest so far."""
        cost = self.ahead.labels[node] + self.behind.labels[node]
        if cost < self.cost:
            self.cost, self.meeting = cost, node
