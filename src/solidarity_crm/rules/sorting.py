"""Sorting a form's reply into the partnership's kinds of help and communities, by words, each choice with its reason.

The same words give the same answer, and nothing is weighed or guessed: a word of the list stands in the text or it does
not. ``not`` and ``cannot`` are words like any, so the reasons are there to be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.sorting_words import ANY_COMMUNITY, COMMUNITY_WORDS, KIND_WORDS
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OTHER = "other"
TICKED, WROTE = "ticked", "wrote"
NOTHING = "nothing they ticked or wrote is in the list of words"
_PARTS = re.compile(r"[,\n;]")
_JOINING = frozenset(("and", "or", "of", "the", "people", "communities", "community", "groups", "group", "heritage", "from", "with", "in"))


class Reason(NamedTuple):
    """Why a kind or a community was chosen: the words of the list that stand in what they ``ticked`` or ``wrote``."""

    how: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        """Give the reason as people read it; without words, that there are none."""
        return f"they {self.how} {', '.join(repr(word) for word in self.words)}" if self.words else NOTHING


class Choice(NamedTuple):
    """A kind of help or a community that a reply was sorted into, and why."""

    value: str
    reason: Reason


class Sorted(NamedTuple):
    """What a reply offers, and for whom; each in the order of the lists it was sorted into."""

    kinds: tuple[Choice, ...]
    communities: tuple[Choice, ...]


class Words(NamedTuple):
    """The words that stand for each kind of help and for each community, as folded phrases.

    ``options`` are the words of a kind where they are ticked: its name too, which in a text may mean something else (a
    general practice, other people).
    """

    kinds: Mapping[str, tuple[str, ...]]
    options: Mapping[str, tuple[str, ...]]
    communities: Mapping[str, tuple[str, ...]]


def words_for(
    kinds: Sequence[str],
    communities: Sequence[str],
    *,
    kind_words: Mapping[str, Sequence[str]] | None = None,
    community_words: Mapping[str, Sequence[str]] | None = None,
) -> Words:
    """Give the words of a workspace: the shipped ones, those that its settings add, without those that begin with ``-``."""
    shipped = {kind: _listed(KIND_WORDS.get(kind, "")) for kind in kinds}
    own = kind_words or {}
    return Words(
        {kind: _changed(shipped[kind] or ([] if kind == OTHER else [fold(kind)]), own.get(kind, ())) for kind in kinds},
        {kind: _changed((fold(kind), *shipped[kind]), own.get(kind, ())) for kind in kinds},
        {name: _changed(_said_of(name), (community_words or {}).get(name, ())) for name in communities},
    )


def sort(choices: Sequence[str], wrote: str | None, words: Words) -> Sorted:
    """Sort what they ticked and what they wrote; what was ticked goes before what was written.

    Of a ticked option, the words nearest its beginning decide on the kind. A reply in which no word of the list stands is
    of the kind ``other``, where the workspace has it.
    """
    kinds = _ticked_kinds(choices, words.options) or _all_in(WROTE, [wrote or "", *choices], words.kinds)
    if not kinds and OTHER in words.kinds:
        kinds = [Choice(OTHER, Reason(WROTE, ()))]
    ticked = _all_in(TICKED, choices, words.communities)
    return Sorted(tuple(kinds), tuple(ticked or _all_in(WROTE, [wrote or ""], words.communities)))


def _ticked_kinds(choices: Sequence[str], listed: Mapping[str, tuple[str, ...]]) -> list[Choice]:
    """Give the kinds that ticked options stand for; an option that is several with commas between is taken apart."""
    found: dict[str, list[str]] = {}
    for part in (part for choice in choices for part in _PARTS.split(choice)):
        text = fold(part)
        hits = [(at, -len(phrase), kind, phrase) for kind, phrases in listed.items() for phrase, at in _hits(text, phrases)]
        if hits:
            _, _, kind, phrase = min(hits)
            found.setdefault(kind, []).append(phrase)
    return _in_order(TICKED, found, listed)


def _all_in(how: str, texts: Iterable[str], listed: Mapping[str, tuple[str, ...]]) -> list[Choice]:
    """Give everything whose words stand in some texts; of a phrase and a part of it, the phrase is the reason."""
    folded = [fold(text) for text in texts]
    found: dict[str, list[str]] = {}
    for value, phrases in listed.items():
        hits = [phrase for text in folded for phrase, _ in _hits(text, phrases)]
        found[value] = [one for one in hits if not any(one != more and f" {one} " in f" {more} " for more in hits)]
    return _in_order(how, found, listed)


def _in_order(how: str, found: Mapping[str, Sequence[str]], listed: Mapping[str, tuple[str, ...]]) -> list[Choice]:
    """Give what was found in the order of the list."""
    return [Choice(value, Reason(how, tuple(dict.fromkeys(found[value])))) for value in listed if found.get(value)]


def _hits(text: str, phrases: Sequence[str]) -> list[tuple[str, int]]:
    """Give the phrases that stand in a folded text as whole words, each with the place where it first does."""
    padded = f" {text} "
    return [(phrase, at) for phrase in phrases for at in [padded.find(f" {phrase} ")] if at >= 0]


def _said_of(community: str) -> tuple[str, ...]:
    """Give the words for a community: its name, the telling words of it, and what comes with the program for those."""
    name = fold(community)
    own = [part.strip() for part in re.split(r" and | or ", name)]
    telling = [part for part in own if part and not set(part.split()) <= _JOINING]
    shipped = [word for words, said in COMMUNITY_WORDS if set(words.split()) & set(name.split()) for word in _listed(said)]
    return tuple(dict.fromkeys([name, *telling, *shipped, *_listed(ANY_COMMUNITY)]))


def _changed(shipped: Sequence[str], own: Sequence[str]) -> tuple[str, ...]:
    """Give the shipped words with the workspace's own changes."""
    taken = {fold(word) for word in own if word.startswith("-")}
    added = [fold(word) for word in own if not word.startswith("-")]
    return tuple(word for word in dict.fromkeys([*shipped, *added]) if word and word not in taken)


def _listed(words: str) -> tuple[str, ...]:
    """Give a list that is written with commas."""
    return tuple(word.strip() for word in words.split(",") if word.strip())
