"""The cheapest way through a network of people, looked for from both ends and a few people at a time.

A network answers with the costs of the links of some nodes, and with what it costs to ask some nodes for something;
nothing of it need be in memory.
"""

from __future__ import annotations

from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Way = tuple[int, ...]  # the nodes from the first to the last
NEVER = 1_000_000_000


class Network(Protocol):
    """Whatever knows its nodes' links and burdens; they are asked for many nodes at a time.

    No link costs less than ``least``, but for those of the first node of all and of the last.
    """

    @property
    def least(self) -> int:
        """The least that a link costs."""

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give what each link of some nodes costs, by the node at its other end; the same in both directions.

        That with the first node may be left out of all links but the first node's own.
        """

    def near(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give what the link with the first node costs, of those of some nodes that have one."""

    def burdens(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give what it costs to ask some nodes for something; 0 for whoever is left out."""


class Leg(NamedTuple):
    """What is looked for: a way through none of ``without``, that does not go from ``first`` at once to one of ``taken``."""

    first: int
    last: int
    without: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()
    backward_only: bool = False


class Known:
    """What was asked of a network so far, so that nothing is asked twice."""

    def __init__(self, network: Network) -> None:
        """Know nothing of a network yet."""
        self._network = network
        self.least = network.least
        self._links: dict[int, Mapping[int, int]] = {}
        self._near: dict[int, int | None] = {}
        self._burdens: dict[int, int] = {}

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give the links of nodes."""
        fresh = [node for node in nodes if node not in self._links]
        if fresh:
            answer = self._network.links(fresh)
            self._links.update({node: answer.get(node, {}) for node in fresh})
        return self._links

    def near(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give the links of nodes with the first of all."""
        fresh = [node for node in nodes if node not in self._near]
        if fresh:
            answer = self._network.near(fresh)
            self._near.update({node: answer.get(node) for node in fresh})
        return {node: cost for node in nodes for cost in [self._near[node]] if cost is not None}

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
        """Give the cost of a link that was learnt from either of its ends."""
        for here, there in ((one, other), (other, one)):
            if there in self._links.get(here, ()):
                return self._links[here][there]
        return self.near([other])[other]


class _Side:
    """One end's search, a level of equal costs at a time: what each node costs from there, and which was before it.

    The links of a settled node but the start are due when ``wait`` more is spent: no way by them costs less.
    """

    def __init__(self, start: int, wait: int = 0) -> None:
        self.labels = {start: 0}
        self.before: dict[int, int] = {}
        self.settled: set[int] = set()
        self._wait = wait
        self._heap = [(0, start)]
        self._due: list[tuple[int, int]] = []

    def label(self, node: int, cost: int, before: int) -> bool:
        """Say that a node is reached at a cost; give whether that is the least so far."""
        if cost >= self.labels.get(node, NEVER):
            return False
        self.labels[node], self.before[node] = cost, before
        heappush(self._heap, (cost, node))
        return True

    def add(self, node: int, burden: int) -> None:
        """Say that a node costs more than was said."""
        self.labels[node] += burden
        heappush(self._heap, (self.labels[node], node))

    def settle(self, nodes: Sequence[int]) -> None:
        """Say that what nodes cost will not change any more."""
        self.settled.update(nodes)
        for node in nodes:
            heappush(self._due, (self.labels[node] + (self._wait if node in self.before else 0), node))

    def least(self) -> int:
        """Give the least cost at which there is something to do."""
        return min(self._least(), self._due[0][0] if self._due else NEVER)

    def level(self, cost: int) -> list[int]:
        """Take all nodes of a cost, the least, that are not settled."""
        taken = []
        while self._least() == cost:
            taken.append(heappop(self._heap)[1])
        return list(dict.fromkeys(taken))

    def due(self, cost: int) -> list[int]:
        """Take all nodes whose links are due at a cost, the least."""
        taken = []
        while self._due and self._due[0][0] == cost:
            taken.append(heappop(self._due)[1])
        return taken

    def _least(self) -> int:
        """Give the least cost of a node that is not settled."""
        while self._heap and (self._heap[0][1] in self.settled or self._heap[0][0] != self.labels[self._heap[0][1]]):
            heappop(self._heap)
        return self._heap[0][0] if self._heap else NEVER

    def __len__(self) -> int:
        """Count what is waiting."""
        return len(self._heap) + len(self._due)

    def trail(self, node: int) -> list[int]:
        """Give the nodes from one back to the start."""
        found = [node]
        while found[-1] in self.before:
            found.append(self.before[found[-1]])
        return found


class Search:
    """A search from both ends, which ends where no unfinished way can be cheaper than the best whole one."""

    def __init__(self, known: Known, leg: Leg) -> None:
        """Stand at both ends of a leg."""
        self._known, self._leg = known, leg
        # only one side may wait for its links: a link that both waited for would be missed
        self.ahead, self.behind = _Side(leg.first), _Side(leg.last, known.least)
        self._charged = {leg.last}  # whoever is at the end is asked for nothing on
        self.cost, self.meeting = NEVER, leg.first

    @property
    def least(self) -> int:
        """The least that a way costs which was not found yet."""
        return self.ahead.least() + self.behind.least()

    @property
    def ended(self) -> bool:
        """Whether no way can be cheaper than the one found."""
        return self.least >= self.cost

    def run(self, most: int) -> bool:
        """Look on for the cheapest way as long as that may cost no more than ``most``; give whether there may be one."""
        while not self.ended and self.least <= most:
            if self._leg.backward_only or len(self.behind) <= len(self.ahead):
                self._step_back()
            else:
                self._step_on()
        return min(self.least, self.cost) < NEVER

    def way(self) -> Way:
        """Give the cheapest way that was found."""
        return (*reversed(self.ahead.trail(self.meeting)), *self.behind.trail(self.meeting)[1:])

    def _step_on(self) -> None:
        """Go on by a level from the first node."""
        spent = self.ahead.least()
        self.ahead.settle(self.ahead.level(spent))
        level = self.ahead.due(spent)
        links, burdens = self._known.links(level), self._known.burdens(level)
        for node in level:
            start = self.ahead.labels[node] + burdens[node]
            for other, cost in links[node].items():
                if self._closed(node, other) or other in self.ahead.settled:
                    continue
                if self.ahead.label(other, start + cost, node) and other in self.behind.settled:
                    self._met(other)

    def _step_back(self) -> None:
        """Go back by a level from the last node; who is found to be a burden waits until that much is spent."""
        spent = self.behind.least()
        level = self.behind.level(spent)
        fresh = [node for node in level if node not in self._charged]
        burdens = self._known.burdens(fresh)
        self._charged.update(fresh)
        waiting = {node for node in fresh if burdens[node]}
        for node in waiting:
            self.behind.add(node, burdens[node])
        self._settle_behind([node for node in level if node not in waiting])
        due = [node for node in self.behind.due(spent) if node != self._leg.first]
        links = self._known.links(due)
        for node in due:
            for other, cost in links[node].items():
                self._label_behind(other, cost, node)

    def _settle_behind(self, level: Sequence[int]) -> None:
        """Settle nodes: each may be where both sides meet, or next to the first node of all."""
        self.behind.settle(level)
        for node in level:
            if node in self.ahead.labels:
                self._met(node)
        if not self._leg.without:  # no leg but that from the first node of all has nothing behind it
            for node, cost in self._known.near(level).items():
                self._label_behind(self._leg.first, cost, node)

    def _label_behind(self, other: int, cost: int, node: int) -> None:
        """Say that a way may go from one node on to another that is settled."""
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
