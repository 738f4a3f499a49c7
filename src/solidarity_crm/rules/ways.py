"""The best few ways through a network of people from one to another, by plain additive costs.

A way costs its links, and the asking of everybody on it but the last.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.cheapest_way import NEVER, Known, Leg, Search, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.rules.cheapest_way import Network


class Found(NamedTuple):
    """A way and what it costs."""

    cost: int
    way: Way


def best(network: Network, first: int, last: int, count: int, *, backward_only: bool = False) -> list[Found]:
    """Give up to ``count`` different ways without loops, the cheapest first and of equal ones the shorter.

    ``backward_only`` spares the links of ``first``, for when it has a great many. Yen's algorithm as Lawler split it: each way
    that is found leaves the others in branches, by the node at which they part from it. No branch is looked into further than
    up to where another one may have the next way.
    """
    known = Known(network)
    waiting = [_Branch(known, Leg(first, last, backward_only=backward_only), (first,)).placed()]
    found: list[Found] = []
    while waiting and len(found) < count:
        *_, branch = heappop(waiting)
        if branch.search.ended:
            found.append(branch.found())
            for rest in branch.rest():
                heappush(waiting, rest.placed())
        elif branch.search.run(waiting[0][0] - branch.spent if waiting else NEVER):
            heappush(waiting, branch.placed())
    return found


class _Branch:
    """All ways that begin with ``root``, at whose end a leg is looked for, and what was spent up to there."""

    def __init__(self, known: Known, leg: Leg, root: Way) -> None:
        self._known, self._leg, self._root = known, leg, root
        self.spent = known.cost(root)
        self.search = Search(known, leg)

    def placed(self) -> tuple[int, int, Way, _Branch]:
        """Give the branch with its place among others: by the least that its ways cost, and one whose way is not sure first."""
        if not self.search.ended:
            return self.spent + self.search.least, 0, self._root, self
        way = self.found().way
        return self.spent + self.search.cost, len(way), way, self

    def found(self) -> Found:
        """Give the cheapest way, where the search has ended with one."""
        return Found(self.spent + self.search.cost, self._root[:-1] + self.search.way())

    def rest(self) -> Iterator[_Branch]:
        """Give the branches of all its ways but the cheapest, by where they part from that."""
        way = self.found().way
        for place in range(len(self._root) - 1, len(way) - 1):
            root, gone = way[: place + 1], way[place + 1]
            taken = self._leg.taken | {gone} if root == self._root else frozenset((gone,))
            leg = Leg(root[-1], way[-1], frozenset(root[:-1]), taken, backward_only=self._leg.backward_only and place == 0)
            yield _Branch(self._known, leg, root)
