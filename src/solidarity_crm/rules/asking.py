"""Whether somebody may be asked for one more thing: nobody is asked too often."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import Refused
from solidarity_crm.text import some

if TYPE_CHECKING:
    from collections.abc import Sequence

# what counts as an ask, in the words of lists
INTRODUCTION, INTRODUCING, OFFER, MEETING, SURVEY = "introduction", "introducing others", "offer called on", "meeting", "survey"


class Asked(NamedTuple):
    """One thing that somebody was asked for: what kind, the record it is in, on which day, and for what."""

    kind: str
    ref: str
    on: date
    about: str


class Load(NamedTuple):
    """What somebody was asked for lately, latest first, how often they may be asked in ``days``, and until when not at all."""

    asked: tuple[Asked, ...]
    budget: int
    days: int
    paused_until: date | None = None

    @property
    def left(self) -> int:
        """How many times more they may be asked."""
        return max(self.budget - len(self.asked), 0)


def since(today: date, days: int) -> date:
    """Give the first day that counts: today is the last of so many."""
    return today - timedelta(days=days - 1)


def excess(load: Load, *, today: date) -> str | None:
    """Say why somebody should not be asked for anything more now, or None when they may be."""
    if load.paused_until and today < load.paused_until:
        return f"asks are paused until {load.paused_until}"
    if len(load.asked) < load.budget:
        return None
    if not load.budget:
        return "not to be asked for anything (their ask budget is 0)"
    times = "once" if len(load.asked) == 1 else f"{len(load.asked)} times"
    return f"asked {times} in the last {load.days} days ({_listed(load.asked)}), and may be {load.budget}"


def check(person: str, load: Load, *, today: date, anyway: str | None = None) -> bool:
    """Say whether asking somebody goes past their budget, which takes a reason; ``anyway`` is that reason.

    ``person`` is written as ``P12 Amina Yusuf``. Whoever calls keeps the reason (models.OverBudget) when this gives True.
    Raises Refused when it goes past and there is no reason.
    """
    too_much = excess(load, today=today)
    if too_much is None:
        return False
    if anyway is None or not anyway.strip():
        raise too_often([(person, too_much)])
    return True


def too_often(people: Sequence[tuple[str, str]]) -> Refused:
    """Give the refusal to ask people, each written as ``P12 Amina Yusuf``, for the reasons that :func:`excess` gave."""
    sentence = "; ".join(f"{person} should not be asked now: {why}" for person, why in people)
    return Refused(sentence, 'the same command with --anyway "why it cannot wait", or ask somebody else')


def _listed(asked: Sequence[Asked]) -> str:
    """Give the latest asks in a few words."""
    return some([f"{each.ref} on {each.on}" for each in asked])
