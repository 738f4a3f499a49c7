"""Who may be introduced to whom, in which order things happen, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import BadValue, ConsentMissing, MoveRefused, Refused
from solidarity_crm.rules.help_kinds import SHAREABLE
from solidarity_crm.rules.lifecycles import INTRODUCTION, OPEN_INTRODUCTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

SIDES = ("left", "right")
ANSWERS = ("yes", "no", "silent")
RESULTS = ("fruitful", "not now", "no fit", "no answer")
UNDER_WAY, NOT_PURSUED = "under way", "not pursued"
BEFORE_MADE = INTRODUCTION["withdraw"].sources
MADE = ("made", "met", "closed")
# nobody's name is in it: lists show the introduction that it is about, calendars need not
CHECK_IN = "Ask whether they met, and what came of it"


class Person(NamedTuple):
    """A contact, as far as introducing them goes."""

    ref: str
    name: str
    do_not_contact: bool = False
    reason: str | None = None

    def __str__(self) -> str:
        """Give the ref and the name."""
        return f"{self.ref} {self.name}"


class Earlier(NamedTuple):
    """An introduction that the same two people had."""

    ref: str
    status: str
    ended_on: date | None


class Answer(NamedTuple):
    """What one side was asked and said."""

    side: str
    name: str
    answer: str | None
    asked_on: date | None
    answered_on: date | None


def check_people(left: Person, right: Person, introducer: Person | None) -> None:
    """Refuse people who cannot be brought together, or by whom they cannot be.

    Raises Refused.
    """
    if left.ref == right.ref:
        sentence = f"{left} cannot be introduced to themselves"
        raise Refused(sentence, "solidarity intro propose LEFT RIGHT, with two people")
    if introducer and introducer.ref in (left.ref, right.ref):
        sentence = f"{introducer} is one of the two, so somebody else must introduce them"
        raise Refused(sentence, "the same command without --via, when it is you who introduce them")
    for person in (left, right, introducer):
        if person:
            check_contactable(person)


def check_contactable(person: Person) -> None:
    """Refuse to approach somebody who asked not to be.

    Raises Refused.
    """
    if person.do_not_contact:
        sentence = f"{person} is not to be contacted{f': {person.reason}' if person.reason else ''}"
        raise Refused(sentence, f"solidarity show {person.ref}")


def check_earlier(earlier: Sequence[Earlier], *, again: bool) -> None:
    """Refuse a second introduction of the same two: while one is open, or without ``again`` after one that ended.

    Raises Refused.
    """
    for one in earlier:
        if one.status in OPEN_INTRODUCTION:
            sentence = f"{one.ref} already brings these two together; it is {one.status}"
            raise Refused(sentence, f"solidarity show {one.ref}")
    if earlier and not again:
        last = max(earlier, key=lambda one: (one.ended_on is not None, one.ended_on, one.ref))
        when = f" on {last.ended_on}" if last.ended_on else ""
        sentence = f"these two have had {last.ref}, which was {last.status}{when}"
        raise Refused(sentence, f"solidarity show {last.ref}, then the same command with --again")


def check_day(on: date, *, today: date, after: Iterable[tuple[str, date | None]] = ()) -> None:
    """Refuse a day that has not come, or that lies before what must have happened first.

    Raises BadValue or Refused.
    """
    if on > today:
        raise BadValue("day", on, "it has not come yet", "--on today")
    for what, day in after:
        if day and on < day:
            sentence = f"{on} is before {day}, when {what}"
            raise Refused(sentence, f"--on {day}, or a later day")


def check_answerable(ref: str, status: str) -> None:
    """Refuse an answer that comes when there is nothing left to answer.

    Raises MoveRefused.
    """
    if status not in BEFORE_MADE:
        raise MoveRefused(ref, status, "answered", [move.said for move in INTRODUCTION.values() if status in move.sources])


def step(answers: Iterable[str | None]) -> str:
    """Give the step that the answers lead to: one no declines, a silence lapses, two yeses agree, anything less is still asking."""
    given = list(answers)
    if "no" in given:
        return "decline"
    if "silent" in given:
        return "lapse"
    return "agree" if all(answer == "yes" for answer in given) else "ask"


def outward(status: str) -> str:
    """Give how an introduction stands for whoever is not us: in letters, reports, calendars and on the two people's own cards.

    Until it is made, one side must not learn what the other said; a no, a silence, a yes taken back and a proposal that
    we gave up are one and the same.
    """
    if status in BEFORE_MADE:
        return UNDER_WAY
    return status if status in MADE else NOT_PURSUED


def check_remindable(ref: str, status: str, asked_on: date | None, reminded_on: date | None) -> None:
    """Refuse to remind an introducer who was not asked, or was reminded, or has nothing left to do.

    Raises Refused.
    """
    if asked_on is None:
        sentence = f"the introducer of {ref} has not been asked yet"
        raise Refused(sentence, f"solidarity intro ask {ref} --introducer")
    if reminded_on is not None:
        sentence = f"the introducer of {ref} was reminded on {reminded_on}, and once is enough"
        raise Refused(sentence, f"solidarity intro lapse {ref}, or solidarity intro edit {ref} --by-us")
    if status not in BEFORE_MADE:
        sentence = f"{ref} is {status}, so there is nothing to remind its introducer of"
        raise Refused(sentence, f"solidarity intro tell {ref}")


def check_consent(ref: str, sides: Iterable[Answer]) -> None:
    """Refuse to make an introduction unless both sides' own yes stands.

    Raises ConsentMissing, with what each side without a yes has said.
    """
    missing = [(one.side, one.name, said(one)) for one in sides if one.answer != "yes"]
    if missing:
        raise ConsentMissing(ref, missing)


def said(one: Answer) -> str:
    """Say in words what a side has said so far."""
    if one.answer == "silent":
        return f"silent, as we noted on {one.answered_on}"
    if one.answer:
        return f"said {one.answer} on {one.answered_on}"
    return f"asked on {one.asked_on}, no answer yet" if one.asked_on else "not asked yet"


def shared(fields: Sequence[str], before: str | None = None) -> str:
    """Give what a yes lets us pass on, in one certain order: what was named, else what it was before, else the name."""
    return ", ".join(field for field in SHAREABLE if field in fields) or before or "name"
