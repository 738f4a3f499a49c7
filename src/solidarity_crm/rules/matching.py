"""Which offers of help could meet an ask, in which order, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.days import ago
from solidarity_crm.text import words

if TYPE_CHECKING:
    from collections.abc import Iterable

# the same kind of help outweighs any one community; words in common only order what is alike otherwise
_KIND, _COMMUNITY, _ANYONE, _WORDS, _ACCEPTED, _FRESH = 10, 5, 2, 3, 1, 1
_TELLING = 4  # letters from which on a word says what something is about
_COMMON = frozenset(
    [
        "about",
        "advice",
        "and",
        "anyone",
        "anything",
        "community",
        "could",
        "data",
        "each",
        "examples",
        "from",
        "good",
        "have",
        "health",
        "help",
        "information",
        "into",
        "local",
        "more",
        "need",
        "needs",
        "offer",
        "offers",
        "other",
        "people",
        "practice",
        "public",
        "service",
        "services",
        "some",
        "someone",
        "support",
        "that",
        "their",
        "them",
        "they",
        "this",
        "training",
        "want",
        "wanted",
        "wants",
        "what",
        "when",
        "where",
        "which",
        "with",
        "work",
        "working",
        "would",
        "your",
    ]
)


class Need(NamedTuple):
    """What an ask asks for."""

    kind: str
    about: str
    communities: tuple[str, ...]


class Help(NamedTuple):
    """What an open offer offers; ``shelf_life`` is in days."""

    ref: str
    kind: str
    about: str
    communities: tuple[str, ...]
    accepted: bool
    confirmed_on: date
    shelf_life: int


class Match(NamedTuple):
    """An offer that could meet an ask; a higher score is a better match."""

    ref: str
    score: int
    reasons: tuple[str, ...]


def ranked(need: Need, offered: Iterable[Help], *, today: date) -> list[Match]:
    """Give the offers that could meet an ask, the likeliest first; of equal ones the last confirmed first."""
    telling = _words(need.about)
    judged = [(found, help_) for help_ in offered for found in [_judged(need, telling, help_, today)] if found]
    judged.sort(key=lambda pair: (-pair[0].score, today - pair[1].confirmed_on, len(pair[0].ref), pair[0].ref))
    return [found for found, _ in judged]


def _judged(need: Need, telling: set[str], help_: Help, today: date) -> Match | None:
    """Weigh one offer; None when neither its kind, its communities nor its words speak for it."""
    points = [*_for_it(need, telling, help_)]
    if not points:
        return None
    points += [*_besides(need, help_, today)]
    return Match(help_.ref, sum(score for score, _ in points), tuple(reason for _, reason in points))


def _for_it(need: Need, telling: set[str], help_: Help) -> Iterable[tuple[int, str]]:
    """Give what makes an offer fit an ask."""
    if help_.kind == need.kind:
        yield _KIND, f"same kind of help ({need.kind})"
    shared = [community for community in need.communities if community in help_.communities]
    if shared:
        yield _COMMUNITY * len(shared), f"for {', '.join(shared)}"
    common = sorted(telling & _words(help_.about))
    if common:
        yield _WORDS, f"both speak of {', '.join(common)}"


def _besides(need: Need, help_: Help, today: date) -> Iterable[tuple[int, str]]:
    """Give what else is worth knowing of an offer that fits."""
    if not help_.communities and need.communities:
        yield _ANYONE, "for any community"
    if help_.accepted:
        yield _ACCEPTED, "accepted already"
    fresh = today < help_.confirmed_on + timedelta(days=help_.shelf_life)
    heard = ago(help_.confirmed_on, today)
    yield (_FRESH, f"confirmed {heard}") if fresh else (0, f"stale: last confirmed {heard}")


def _words(about: str) -> set[str]:
    """Give the words that say what something is about."""
    return {word for word in words(about) if len(word) >= _TELLING and word not in _COMMON}
