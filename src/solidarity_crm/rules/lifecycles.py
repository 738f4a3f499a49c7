"""Which moves each kind of record has, from which state to which (design.md §3)."""

from __future__ import annotations

from typing import NamedTuple

from solidarity_crm.errors import MoveRefused


class Move(NamedTuple):
    """A move: how it is said, the states it starts from and the one it leads to."""

    said: str
    sources: tuple[str, ...]
    target: str


OFFER = {
    "accept": Move("accepted", ("offered",), "accepted"),
    "fulfil": Move("fulfilled", ("accepted",), "fulfilled"),
    "decline": Move("declined", ("offered", "accepted"), "declined"),
    "withdraw": Move("withdrawn", ("offered", "accepted"), "withdrawn"),
    "lapse": Move("lapsed", ("offered", "accepted"), "lapsed"),
}
ASK = {
    "met": Move("met", ("open",), "met"),
    "withdraw": Move("withdrawn", ("open",), "withdrawn"),
}
_BEFORE_MADE = ("proposed", "asking", "agreed")
INTRODUCTION = {
    "ask": Move("asked", ("proposed", "asking"), "asking"),
    "agree": Move("agreed", ("proposed", "asking"), "agreed"),
    "reopen": Move("asked again", ("agreed",), "asking"),
    "make": Move("made", ("agreed",), "made"),
    "met": Move("met", ("made",), "met"),
    "close": Move("closed", ("made", "met"), "closed"),
    "decline": Move("declined", _BEFORE_MADE, "declined"),
    "lapse": Move("lapsed", _BEFORE_MADE, "lapsed"),
    "withdraw": Move("withdrawn", _BEFORE_MADE, "withdrawn"),
}
FOLLOWUP = {
    "done": Move("done", ("open",), "done"),
    "cancel": Move("cancelled", ("open",), "cancelled"),
}
MEETING = {
    "held": Move("held", ("planned",), "held"),
    "cancel": Move("cancelled", ("planned",), "cancelled"),
}
DRAFT = {
    "export": Move("exported", ("draft", "exported"), "exported"),
    "put back": Move("put back", ("exported",), "draft"),
    "send": Move("sent", ("draft",), "sending"),
    "keep": Move("kept for later", ("sending",), "draft"),
    "lose": Move("left unsure", ("sending",), "unsure"),
    "arrive": Move("taken as sent", ("sending", "unsure", "exported"), "sent"),
    "stay": Move("taken as not sent", ("unsure",), "draft"),
    "fail": Move("failed", ("sending", "sent"), "failed"),
    "cancel": Move("cancelled", ("draft", "exported", "failed"), "cancelled"),
}
PROPOSAL = {
    "accept": Move("accepted", ("waiting",), "accepted"),
    "reject": Move("rejected", ("waiting",), "rejected"),
}

# the states from which something is still expected
OPEN_OFFER = ("offered", "accepted")
WAITING_DRAFT = ("draft", "sending", "unsure")  # as far as anybody knows, it has not left
OPEN_INTRODUCTION = (*_BEFORE_MADE, "made", "met")
# those in which a message may go out, or go out once more
MAY_GO_OUT = ("draft", "exported", "sending", "unsure")
# the states that a record of each noun may be in, by its ref's letter
STATES = {
    letter: tuple(dict.fromkeys(state for step in lifecycle.values() for state in (*step.sources, step.target)))
    for letter, lifecycle in {"H": OFFER, "A": ASK, "I": INTRODUCTION, "F": FOLLOWUP, "M": MEETING, "D": DRAFT, "R": PROPOSAL}.items()
}


def after(lifecycle: dict[str, Move], ref: str, status: str, move: str) -> str:
    """Give the state that ``move`` leads to from ``status``.

    Raises MoveRefused, with the moves that there are, when the lifecycle has no such move.
    """
    step = lifecycle[move]
    if status not in step.sources:
        raise MoveRefused(ref, status, step.said, [m.said for m in lifecycle.values() if status in m.sources])
    return step.target
