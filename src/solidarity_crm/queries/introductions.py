"""Introductions as they are read."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, rows
from solidarity_crm.rules import telling
from solidarity_crm.rules.lifecycles import OPEN_INTRODUCTION

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Side(NamedTuple):
    """One of the two people: what they were asked, what they said, and what may be passed on about them.

    ``asked_by`` is the channel of asking, ``channel`` that of the answer; ``one_mail`` says whether they agreed to be on one
    message with the other, ``withdrawn_on`` when they took a yes back, ``told_on`` when they heard what came of it,
    ``described_as`` who they are without a name, for the other to read before their yes.
    """

    contact: Named
    answer: str | None
    asked_on: date | None
    answered_on: date | None
    channel: str | None
    words: str | None
    shares: tuple[str, ...]
    asked_by: str | None
    asked_words: str | None
    one_mail: bool | None
    withdrawn_on: date | None
    told_on: date | None
    described_as: str | None


class Introduction(NamedTuple):
    """An introduction of two contacts; without an introducer it is we who introduce them."""

    ref: str
    uid: str
    left: Side
    right: Side
    introducer: Named | None
    why: str
    status: str
    owner: str | None
    proposed_on: date
    made_on: date | None
    met_on: date | None
    ended_on: date | None
    outcome: str | None
    thanked_on: date | None
    result: str | None
    introducer_asked_on: date | None
    introducer_reminded_on: date | None
    introducer_told_on: date | None
    letters_waiting: tuple[str, ...]
    created_at: datetime
    updated_at: datetime

    @property
    def people(self) -> str:
        """Both names."""
        return f"{self.left.contact.name} and {self.right.contact.name}"

    @property
    def owed(self) -> bool:
        """Whether whoever helped has yet to be thanked and told what came of it."""
        return self.met_on is not None and self.thanked_on is None

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both sides."""
        return self.left, self.right

    @property
    def word_owed_since(self) -> date | None:
        """The day since which the introducer, who was asked, has not been told what came of it; None when nothing is owed."""
        over = self.status not in OPEN_INTRODUCTION and self.introducer is not None
        return self.ended_on if over and self.introducer_asked_on and not self.introducer_told_on else None

    @property
    def owed_since(self) -> date | None:
        """The day since which somebody is owed thanks or a word; None when nobody is."""
        days = [day for day in (self.met_on if self.owed else None, self.word_owed_since) if day]
        return min(days, default=None)


class IntroductionFilter(NamedTuple):
    """Which introductions; None asks for any. ``contact`` is on either side or the introducer."""

    status: str | None = None
    open: bool | None = None
    owner: str | None = None
    contact: int | None = None
    community: str | None = None
    since: date | None = None
    stuck_before: date | None = None
    owed: bool | None = None


class _Joined(NamedTuple):
    """An introduction as the question answers: both sides' columns in one row."""

    ref: str
    uid: str
    left_contact: Named | None
    left_answer: str | None
    left_asked_on: date | None
    left_answered_on: date | None
    left_channel: str | None
    left_words: str | None
    left_shares: tuple[str, ...]
    left_asked_by: str | None
    left_asked_words: str | None
    left_one_mail: bool | None
    left_withdrawn_on: date | None
    left_told_on: date | None
    left_described_as: str | None
    right_contact: Named | None
    right_answer: str | None
    right_asked_on: date | None
    right_answered_on: date | None
    right_channel: str | None
    right_words: str | None
    right_shares: tuple[str, ...]
    right_asked_by: str | None
    right_asked_words: str | None
    right_one_mail: bool | None
    right_withdrawn_on: date | None
    right_told_on: date | None
    right_described_as: str | None
    introducer: Named | None
    why: str
    status: str
    owner: str | None
    proposed_on: date
    made_on: date | None
    met_on: date | None
    ended_on: date | None
    outcome: str | None
    thanked_on: date | None
    result: str | None
    introducer_asked_on: date | None
    introducer_reminded_on: date | None
    introducer_told_on: date | None
    letters_waiting: tuple[str, ...]
    created_at: datetime
    updated_at: datetime


_HEAD, _SIDE = 2, len(Side._fields)


def introductions(
    store: Store, *, wanted: IntroductionFilter | None = None, number: int | None = None, limit: int = ALL
) -> list[Introduction]:
    """List introductions, the newest first."""
    filters: dict[str, Any] = (wanted or IntroductionFilter())._asdict()
    return [
        _parted(row)
        for row in rows(store, "introductions", _Joined, **filters, number=number, limit=limit, telling=json.dumps(telling.TEMPLATES))
    ]


def introduction(store: Store, number: int) -> Introduction | None:
    """Give one introduction, or None."""
    return next(iter(introductions(store, number=number)), None)


def _parted(row: _Joined) -> Introduction:
    """Put each side's columns together."""
    values: tuple[Any, ...] = row
    left, right = values[_HEAD : _HEAD + _SIDE], values[_HEAD + _SIDE : _HEAD + 2 * _SIDE]
    return Introduction._make((*values[:_HEAD], Side._make(left), Side._make(right), *values[_HEAD + 2 * _SIDE :]))
