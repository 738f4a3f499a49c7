"""What needs somebody, why, and in which order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.days import ago, plus_months
from solidarity_crm.rules.telling import waits

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEETING_TODAY, _OVERDUE, _TODAY, _KINDNESS, _AHEAD = range(5)
_NORMAL = 5
# owed to nobody by a day, so whatever has a day goes first
_WITHOUT_A_DAY = ("thanks", "word", "quiet", "stale")
_GONE_OUT = ("unsure", "failed")
_STUCK = ("introduction", "introducer", "agreed")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Fact(NamedTuple):
    """A matter as the store has it; ``day`` is when it is due, ``since`` the day it hangs on.

    ``number`` is a follow-up's priority, or the days that a quiet contact's or a stale offer's clock runs.
    """

    kind: str
    ref: str
    what: str
    who: str | None
    day: date | None
    since: date
    number: int
    note: str | None


class Line(NamedTuple):
    """One line of the day's list; ``when`` is the day it is or was due."""

    ref: str
    what: str
    who: str | None
    when: date
    why: str
    kind: str


class Limits(NamedTuple):
    """The days after which an offer counts as waiting and a side of an introduction as stuck, and how far to look."""

    waiting: int
    stuck: int
    ahead: int


def order(facts: Iterable[Fact], *, today: date, limits: Limits) -> list[Line]:
    """Give the day's list: what is due within ``limits.ahead`` days or needs somebody now, the most urgent first."""
    horizon = today + timedelta(days=limits.ahead)
    lines = [(fact, when) for fact in facts for when in [_when(fact, limits)] if when <= (today if _kindness(fact) else horizon)]
    lines.sort(key=lambda pair: _urgency(*pair, today=today))
    return [Line(f.ref, f.what, f.who, when, _why(f, when, today=today, limits=limits), f.kind) for f, when in lines]


def _when(fact: Fact, limits: Limits) -> date:
    """Give the day by which a matter should have been seen to."""
    if fact.kind == "notice":
        return plus_months(fact.since, 1)
    if fact.kind in _STUCK:
        return fact.since + timedelta(days=limits.stuck)
    if fact.kind in ("quiet", "stale"):
        return fact.since + timedelta(days=fact.number)
    return fact.day or fact.since


def _kindness(fact: Fact) -> bool:
    """Say whether a matter has no day of its own ahead: it is there once its time has passed, not before."""
    return fact.kind in _WITHOUT_A_DAY or fact.kind in (*_STUCK, *_GONE_OUT)


def _urgency(fact: Fact, when: date, *, today: date) -> tuple[int, int, date, str]:
    """Give what lines are sorted by: how pressing, the priority, the day, the ref."""
    if fact.kind == "meeting" and when == today:
        pressing = _MEETING_TODAY
    elif fact.kind in _WITHOUT_A_DAY:
        pressing = _KINDNESS
    else:
        pressing = _OVERDUE if when < today else _TODAY if when == today else _AHEAD
    priority = fact.number if fact.kind == "follow-up" and pressing != _AHEAD else _NORMAL
    return pressing, priority, when, fact.ref


def _why(fact: Fact, when: date, *, today: date, limits: Limits) -> str:
    """Say why a matter is in the list."""
    waited = (today - fact.since).days
    if fact.kind == "offer":
        late = "reply " + _due(when, today)
        return f"waiting: no answer from us in {waited} days" if waited > limits.waiting else late
    if fact.kind == "meeting":
        return (
            f"was {ago(when, today)}: add its notes, or cancel it"
            if when < today
            else f"{ago(when, today)}{',' if fact.note == 'all day' else ' at'} {fact.note}"
        )
    return {
        "proposal": lambda: f"reply {_due(when, today)}; not accepted yet",
        "follow-up": lambda: _due(fact.since, today) + (f", snoozed until {_short(when)}" if fact.since != when else ""),
        "ask": lambda: f"wanted by {_short(when)}",
        "introduction": lambda: f"stuck: {fact.note} side asked {waited} days ago, no answer",
        "agreed": lambda: f"stuck: both said yes {waited} days ago, not made yet",
        "introducer": lambda: f"stuck: introducer {fact.note} {waited} days ago, no answer",
        "word": lambda: f"owed to the introducer since {_short(when)} ({ago(when, today)}): a word on what came of it" + _letters(fact),
        "thanks": lambda: (
            f"thanks owed since {_short(when)}" + (", and a word on what came of it" if fact.ref[0] == "H" else _letters(fact))
        ),
        "unsure": lambda: f"nobody knows whether it arrived: solidarity outreach resolve {fact.ref} --sent or --not-sent",
        "failed": lambda: (
            f"did not arrive ({_short(when)}); why: solidarity show {fact.ref}; draft it again, or solidarity outreach cancel {fact.ref}"
        ),
        "quiet": lambda: f"quiet: last heard of {waited} days ago, wanted every {fact.number}",
        "stale": lambda: f"stale: last confirmed {waited} days ago",
        "notice": lambda: f"{_due(when, today)}; details came from: {fact.note}",
    }[fact.kind]()


def _letters(fact: Fact) -> str:
    """Say which letters would settle it that have not left, if there are any."""
    return f"; {waits(fact.note.split(', '))}" if fact.note else ""


def _due(day: date, today: date) -> str:
    """Say how a due day stands to today."""
    late = (today - day).days
    if late > 0:
        return f"due {_short(day)}, {late} {'day' if late == 1 else 'days'} overdue"
    return f"due {ago(day, today)}" if late == 0 else f"due {_short(day)}"


def _short(day: date) -> str:
    """Give a day without its year."""
    return f"{day.day} {_MONTHS[day.month - 1]}"
