"""Which two people are worth introducing to each other, in which order, and why.

A plain sum: help that one offers and the other's communities need, communities and tags in common, and people whom both
know. Only pairs that share something are looked at, never all pairs.
"""

from __future__ import annotations

from heapq import nsmallest
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.text import some

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

Pair = tuple[int, int]  # two contacts' numbers, the lower first
_COMMUNITY, _TAG, _ACQUAINTANCE = 3, 2, 2
_MOST_ACQUAINTANCES = 3  # so many people whom both know say as much as more would
_RARE = 40  # what more people have in common than this adds to a reason, and is none by itself
_MOST_KNOWN = 30  # whoever knows more people than this knows everybody: that says nothing of two of them


class Part(NamedTuple):
    """A part of what speaks for an introduction, and how much it counts."""

    points: int
    said: str


class Facts(NamedTuple):
    """What is known of contacts, by their numbers.

    ``helps`` are pairs of whom one offers what the other's communities need; ``barred`` are not to be introduced to anybody now,
    ``together`` are pairs that know each other, or had an introduction.
    """

    communities: Mapping[int, frozenset[str]]
    tags: Mapping[int, frozenset[str]]
    knows: Mapping[int, frozenset[int]]
    helps: Mapping[Pair, tuple[Part, ...]]
    barred: Collection[int]
    together: Collection[Pair]
    names: Mapping[int, str]


class Suggestion(NamedTuple):
    """Two contacts who are worth introducing, what that comes to, and its parts."""

    pair: Pair
    score: int
    parts: tuple[Part, ...]


def suggested(facts: Facts, *, limit: int, only: int | None = None) -> list[Suggestion]:
    """Give the pairs worth introducing, the best first and of equal ones the lowest numbers; ``only`` asks for one contact's."""
    common = _common(facts, only)
    pairs = {*facts.helps, *common, *_alike(facts.communities), *_alike(facts.tags)}
    open_ones = (
        pair
        for pair in pairs
        if (only is None or only in pair) and pair[0] not in facts.barred and pair[1] not in facts.barred and pair not in facts.together
    )
    best = nsmallest(limit, ((-_score(facts, common, pair), pair) for pair in open_ones))
    return [Suggestion(pair, -score, tuple(_parts(facts, pair))) for score, pair in best]


def _score(facts: Facts, common: Mapping[Pair, int], pair: Pair) -> int:
    """Add up what speaks for a pair."""
    one, other = pair
    nothing: frozenset[str] = frozenset()
    return (
        sum(part.points for part in facts.helps.get(pair, ()))
        + _COMMUNITY * len(facts.communities.get(one, nothing) & facts.communities.get(other, nothing))
        + _TAG * len(facts.tags.get(one, nothing) & facts.tags.get(other, nothing))
        + _ACQUAINTANCE * min(common.get(pair, 0), _MOST_ACQUAINTANCES)
    )


def _parts(facts: Facts, pair: Pair) -> Iterator[Part]:
    """Give each thing that speaks for a pair."""
    one, other = pair
    nothing: frozenset[str] = frozenset()
    yield from facts.helps.get(pair, ())
    for community in sorted(facts.communities.get(one, nothing) & facts.communities.get(other, nothing)):
        yield Part(_COMMUNITY, f"both work with {community}")
    for tag in sorted(facts.tags.get(one, nothing) & facts.tags.get(other, nothing)):
        yield Part(_TAG, f"both tagged {tag}")
    nobody: frozenset[int] = frozenset()
    both = sorted(who for who in facts.knows.get(one, nobody) & facts.knows.get(other, nobody) if _is_telling(facts.knows[who]))
    if both:
        named = some([f"P{who} {facts.names[who]}" for who in both], _MOST_ACQUAINTANCES)
        yield Part(_ACQUAINTANCE * min(len(both), _MOST_ACQUAINTANCES), f"both know {named}")


def _common(facts: Facts, only: int | None) -> dict[Pair, int]:
    """Count the people whom both of a pair know, for every pair that has any."""
    found: dict[Pair, int] = {}
    through = facts.knows if only is None else facts.knows.get(only, ())
    for who in through:
        if _is_telling(facts.knows[who]):
            for pair in combinations(sorted(facts.knows[who]), 2):
                found[pair] = found.get(pair, 0) + 1
    return found


def _is_telling(known: Collection[int]) -> bool:
    """Say whether being known by somebody who knows so many says anything."""
    return len(known) <= _MOST_KNOWN


def _alike(words: Mapping[int, frozenset[str]]) -> Iterator[Pair]:
    """Give the pairs that have a word in common which few have."""
    having: dict[str, list[int]] = {}
    for contact in sorted(words):
        for word in words[contact]:
            having.setdefault(word, []).append(contact)
    for contacts in having.values():
        if len(contacts) <= _RARE:
            yield from combinations(contacts, 2)
