"""Pairs of contacts who are worth introducing to each other, from what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.asks import AskFilter, as_help, asks
from solidarity_crm.queries.offers import OfferFilter, offers
from solidarity_crm.queries.paths import blockers, our_people
from solidarity_crm.queries.reading import Named, run
from solidarity_crm.rules import matching, refs, ties
from solidarity_crm.rules.refs import Ref
from solidarity_crm.rules.suggesting import Facts, Pair, Part, suggested
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from solidarity_crm.queries.asks import Ask
    from solidarity_crm.queries.offers import Offer
    from solidarity_crm.queries.reading import Store

_HELPED = 25  # for one ask, so many of those who work with its communities are thought of
_WIDTH = 50


class Suggestion(NamedTuple):
    """Two contacts who are worth introducing to each other, what speaks for it, and what that adds up to."""

    left: Named
    right: Named
    score: int
    parts: tuple[Part, ...]


def suggestions(store: Store, *, today: date, limit: int, contact: int | None = None) -> list[Suggestion]:
    """List the pairs most worth introducing, or one contact's, the best first; the same list for the same store and day."""
    facts = _facts(store, today)
    mentioned = {number: Named(str(Ref("P", number)), name) for number, name in facts.names.items()}
    return [
        Suggestion(mentioned[one], mentioned[other], score, parts)
        for (one, other), score, parts in suggested(facts, limit=limit, only=contact)
    ]


def _facts(store: Store, today: date) -> Facts:
    """Read what the rule weighs."""
    names: dict[int, str] = dict(run(store, "all_names", letter="P"))
    communities, tags = _words(store, "all_communities"), _words(store, "all_tags")
    together, knows = _known(store, today)
    together |= set(run(store, "introduced_pairs"))
    blocked = {number for number, parts in blockers(store, list(names), today=today).items() if parts}
    barred = {*blocked, *our_people(store)}
    return Facts(communities, tags, knows, _helps(store, today, communities), barred, together, names)


def _words(store: Store, question: str) -> dict[int, frozenset[str]]:
    """Give the words that a question gives for contacts."""
    found: dict[int, set[str]] = {}
    for contact, word in run(store, question):
        found.setdefault(contact, set()).add(word)
    return {contact: frozenset(words) for contact, words in found.items()}


def _known(store: Store, today: date) -> tuple[set[Pair], dict[int, frozenset[int]]]:
    """Give the pairs that know each other, and whom each contact knows.

    Colleagues may know each other, which is enough not to introduce them; that somebody knows both of two people takes more
    than a role at the same place.
    """
    together: set[Pair] = set()
    dropped: set[Pair] = set()
    knows: dict[int, set[int]] = {}
    for one, other, kind, _ref, _place, _last, _strength, state in run(store, "all_tie_reasons", today=today, most=ties.MOST_TOGETHER):
        if state == ties.DROPPED:
            dropped.add((one, other))
            continue
        together.add((one, other))
        if kind != "organisation":
            knows.setdefault(one, set()).add(other)
            knows.setdefault(other, set()).add(one)
    for one, other in dropped & together:
        knows.get(one, set()).discard(other)
        knows.get(other, set()).discard(one)
    return together - dropped, {contact: frozenset(others) for contact, others in knows.items()}


def _helps(store: Store, today: date, communities: Mapping[int, frozenset[str]]) -> dict[Pair, tuple[Part, ...]]:
    """Give the pairs of whom one offers what an open ask looks for, and the other works with the communities that it is for."""
    members = {number for (number,) in run(store, "member_people", today=today)}
    giving = [offer for offer in offers(store, today=today, wanted=OfferFilter(open=True)) if offer.contact]
    found: dict[Pair, tuple[Part, ...]] = {}
    for ask in asks(store, wanted=AskFilter(status="open")):
        helped = _helped(ask, communities, members)
        for giver, part in _offered(ask, giving, today) if helped else ():
            for other in helped:
                pair = (min(giver, other), max(giver, other))
                if giver != other:
                    found[pair] = (*found.get(pair, ()), part)
    return found


def _offered(ask: Ask, giving: Sequence[Offer], today: date) -> Iterator[tuple[int, Part]]:
    """Give who offers the kind of help that an ask looks for, and how well it fits."""
    linked = {offer.ref for offer in ask.offers}
    fitting = {offer.ref: offer for offer in giving if offer.kind == ask.kind and offer.ref not in linked}
    need = matching.Need(ask.kind, ask.about, ask.for_communities)
    for match in matching.ranked(need, map(as_help, fitting.values()), today=today):
        contact = fitting[match.ref].contact
        giver = refs.parse(contact.ref) if contact else None
        if giver:
            reasons = ", ".join(match.reasons)
            yield giver.number, Part(match.score, f"{match.ref} could meet {ask.ref} {shorten(ask.about, _WIDTH)}: {reasons}")


def _helped(ask: Ask, communities: Mapping[int, frozenset[str]], members: set[int]) -> list[int]:
    """Give those who work with an ask's communities: with the most of them first, then those of network members."""
    wanted = frozenset(ask.for_communities)
    shared = {contact: len(words & wanted) for contact, words in communities.items() if words & wanted}
    return sorted(shared, key=lambda contact: (-shared[contact], contact not in members, contact))[:_HELPED]
