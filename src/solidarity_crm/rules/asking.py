"""Whether somebody may be asked for one more thing: nobody is asked too often."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import Refused
from solidarity_crm.text import some

if TYPE_CHECKING:
    from collections.abc import Sequence

SURVEY = "survey"  # a message that asks for something, in the words of lists


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


def after(load: Load, ref: str, about: str | None, subject: str, *, today: date) -> Load:
    """Give what somebody was asked for once a draft of this ref has left; asking about an introduction counted already."""
    if _asks_about_introduction(about):
        return load
    return load._replace(asked=(Asked(SURVEY, ref, today, subject), *(one for one in load.asked if one.ref != ref)))


def besides(load: Load, ref: str, about: str | None) -> Load:
    """Give what somebody was asked for besides what a draft of this ref asks: neither itself nor what it is about.

    What counts already, as an introduction does from the day of asking on and a message once it has left, was weighed on
    that day: what came before it is held against it, and what came after was weighed with it counted.
    """
    itself = (ref, about) if _asks_about_introduction(about) else (ref,)
    counted = max((one.on for one in load.asked if one.ref in itself), default=None)
    others = (one for one in load.asked if one.ref not in (ref, about))
    return load._replace(asked=tuple(one for one in others if counted is None or one.on < counted))


def too_often(people: Sequence[tuple[str, str]]) -> Refused:
    """Give the refusal to ask people, each written as ``P12 Amina Yusuf``, for the reasons that :func:`excess` gave."""
    sentence = "; ".join(f"{person} should not be asked now: {why}" for person, why in people)
    return Refused(sentence, 'the same command with --anyway "why it cannot wait", or ask somebody else')


def _asks_about_introduction(about: str | None) -> bool:
    """Say whether what a draft is about is an introduction, which counts from the day of asking on, with or without a letter."""
    return (about or "").startswith("I")


def _listed(asked: Sequence[Asked]) -> str:
    """Give the latest asks in a few words."""
    return some([f"{each.ref} on {each.on}" for each in asked])
