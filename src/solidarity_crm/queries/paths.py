"""Who can introduce us to somebody: chains of people, the best first, read from the store a few at a time."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.asking import loads
from solidarity_crm.queries.reading import Named, as_day, run
from solidarity_crm.queries.ties import names, reasons_of
from solidarity_crm.rules import asking, ties, ways
from solidarity_crm.rules import paths as rule
from solidarity_crm.rules.paths import Part, Standing
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.queries.reading import Store

US, THERE = 0, -1  # where chains begin, and where they end: no contact has such a number
OURSELVES = Named("", "us")
_MANY = 300  # knowing more people than this, we start from the other end
_OF_US = Part(0, "one of us")


class Link(NamedTuple):
    """How one person in a chain knows the next; ``ends`` names both, and we have no ref."""

    left: Named
    right: Named
    strength: str
    state: str
    last_together: date | None
    reasons: tuple[str, ...]
    costs: tuple[Part, ...]


class Blocker(NamedTuple):
    """What stands in the way of asking somebody in a chain."""

    contact: Named
    cost: int
    said: str


class Path(NamedTuple):
    """A chain of people from us to whoever is looked for, and what it costs: its links and its blockers, added up."""

    cost: int
    people: tuple[Named, ...]
    links: tuple[Link, ...]
    blockers: tuple[Blocker, ...]


def paths(store: Store, wanted: Sequence[int], *, today: date, limit: int = 5) -> list[Path]:
    """List the best chains of people from us to any of the contacts wanted, the best first."""
    network = _Network(store, wanted, today)
    found = ways.best(network, US, THERE, limit, backward_only=network.knows_many)
    people = [way.way[1:-1] for way in found]
    named = names(store, {number for chain in people for number in chain})
    blocked = network.blockers(sorted(named))
    known = network.closeness(sorted(named))
    reasons = reasons_of(store, sorted(named), today=today)
    weighed = {pair: tie for pair, said in reasons.items() for tie in [ties.weighed(said)] if tie}
    return [
        Path(
            way.cost + (cost_of(blocked.get(chain[-1], ())) if len(set(wanted)) == 1 else 0),
            tuple(named[number] for number in chain),
            (
                _ours(named[chain[0]], *known[chain[0]]),
                *(_link(named[one], named[other], weighed[one, other], today) for one, other in pairwise(chain)),
            ),
            tuple(Blocker(named[number], *part) for number in chain for part in blocked.get(number, ())),
        )
        for way, chain in zip(found, people, strict=True)
    ]


def present_people(store: Store, organisations: Sequence[int], *, today: date) -> list[int]:
    """List the numbers of those who have a present role at any of some organisations."""
    return [number for (number,) in run(store, "present_people", organisations=json.dumps(list(organisations)), today=today)]


def our_people(store: Store) -> list[int]:
    """List the numbers of the contacts who are the workspace's own people, by their names or addresses."""
    people = store.settings.people
    keys = json.dumps([fold(person.name) for person in people])
    emails = json.dumps([person.email.lower() for person in people if person.email])
    return [number for (number,) in run(store, "our_people", names=keys, emails=emails)]


def blockers(store: Store, contacts: Sequence[int], *, today: date) -> dict[int, tuple[Part, ...]]:
    """Give what stands in the way of asking some contacts, by their numbers; nothing where they may be asked."""
    asked = loads(store, contacts, today=today)
    return {
        number: rule.blockers(
            Standing(bool(dnc), reason, source, date.fromisoformat(obtained), as_day(given), said_no, as_day(said_no_on)),
            asking.excess(asked[number], today=today),
            today=today,
        )
        for number, dnc, reason, source, obtained, given, said_no, said_no_on in run(store, "standings", contacts=json.dumps(contacts))
    }


def cost_of(parts: Sequence[Part]) -> int:
    """Add up what parts cost."""
    return sum(part.cost for part in parts)


class _Network:
    """The network as rules.ways asks it: contacts by their numbers, us, and a place that all who are wanted lead to."""

    least = rule.LEAST_LINK

    def __init__(self, store: Store, wanted: Sequence[int], today: date) -> None:
        self._store, self._wanted, self._today = store, frozenset(wanted), today
        self._of_us = frozenset(our_people(store))
        some = [number for (number,) in run(store, "known_to_us", limit=_MANY + 1)]
        self.knows_many = len(some) > _MANY
        self._known = sorted({*some, *self._of_us})

    def links(self, nodes: Sequence[int]) -> Mapping[int, Mapping[int, int]]:
        """Give what each link of some nodes costs; of those with us, only our own."""
        contacts = [node for node in nodes if node > US]
        found: dict[int, dict[int, int]] = {node: {} for node in nodes}
        for (one, other), cost in self._costs(contacts).items():
            found[one][other] = cost
        for one in self._wanted.intersection(contacts):
            found[one][THERE] = 0
        if THERE in found:
            found[THERE] = dict.fromkeys(sorted(self._wanted), 0)
        if US in found:
            found[US] = dict(self.near(self._known))
        return found

    def near(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give what our own links with some people cost."""
        return {one: part.cost for one, (part, _) in self.closeness(nodes).items()}

    def burdens(self, nodes: Sequence[int]) -> Mapping[int, int]:
        """Give what it costs to ask some people; whoever is wanted is asked last, and counts too.

        But for the only one who is: every way ends there, and what is the same for all would only widen the search.
        """
        only = self._wanted if len(self._wanted) == 1 else frozenset()
        return {one: cost_of(parts) for one, parts in self.blockers([node for node in nodes if node not in only]).items()}

    def blockers(self, nodes: Sequence[int]) -> dict[int, tuple[Part, ...]]:
        """Give what stands in the way of asking some people."""
        return blockers(self._store, [node for node in nodes if node > US], today=self._today)

    def closeness(self, contacts: Sequence[int]) -> dict[int, tuple[Part, date | None]]:
        """Give how close we are to those of some contacts whom we know, and when we were last in touch."""
        year_ago = self._today - timedelta(days=365)
        answer = run(self._store, "in_touch", contacts=json.dumps(list(contacts)), year_ago=year_ago, today=self._today)
        found = {
            one: (rule.ours(last, in_a_year, today=self._today), last)
            for one, day, in_a_year in answer
            for last in [date.fromisoformat(day)]
        }
        return found | dict.fromkeys(self._of_us.intersection(contacts), (_OF_US, None))

    def _costs(self, contacts: Sequence[int]) -> dict[tuple[int, int], int]:
        """Give what the ties of some contacts cost, as rules.ties weighs their reasons."""
        answer = run(self._store, "tie_reasons", contacts=json.dumps(contacts), today=self._today, most=ties.MOST_TOGETHER)
        said: dict[tuple[int, int], tuple[str, str]] = {}
        derived: dict[tuple[int, int], str] = {}
        days: dict[tuple[int, int], str] = {}
        for one, other, kind, _ref, _place, last, strength, state in answer:
            pair = (one, other)
            if kind == "tie":
                said[pair] = (strength, state)
            else:
                likely = ties.DERIVED[kind]
                derived[pair] = max(derived.get(pair, likely), likely, key=ties.STRENGTHS.index)
            if last:
                days[pair] = max(days.get(pair, ""), last)
        return {
            pair: rule.link_cost(strength, state, as_day(days.get(pair)), today=self._today)
            for pair, (strength, state) in ({pair: (likely, ties.SUGGESTED) for pair, likely in derived.items()} | said).items()
            if state != ties.DROPPED
        }


def _ours(contact: Named, part: Part, last: date | None) -> Link:
    """Give our own link to the first in a chain."""
    said = f"last in touch on {last}" if last else "uses this workspace"
    return Link(OURSELVES, contact, part.said, ties.CONFIRMED, last, (said,), (part,))


def _link(left: Named, right: Named, tie: ties.Weighed, today: date) -> Link:
    """Give the link of two people in a chain."""
    reasons = tuple(reason.said for reason in tie.reasons)
    return Link(left, right, tie.strength, tie.state, tie.last_together, reasons, rule.link_parts(tie, today=today))
