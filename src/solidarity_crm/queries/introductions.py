"""Introductions as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Side(NamedTuple):
    """One of the two people: what they were asked, what they said, and what may be passed on about them."""

    contact: Named
    answer: str | None
    asked_on: date | None
    answered_on: date | None
    channel: str | None
    words: str | None
    shares: tuple[str, ...]


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
    right_contact: Named | None
    right_answer: str | None
    right_asked_on: date | None
    right_answered_on: date | None
    right_channel: str | None
    right_words: str | None
    right_shares: tuple[str, ...]
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
    created_at: datetime
    updated_at: datetime


_HEAD, _SIDE = 2, len(Side._fields)


def introductions(
    store: Store, *, wanted: IntroductionFilter | None = None, number: int | None = None, limit: int = ALL
) -> list[Introduction]:
    """List introductions, the newest first."""
    filters: dict[str, Any] = (wanted or IntroductionFilter())._asdict()
    return [_parted(row) for row in rows(store, "introductions", _Joined, **filters, number=number, limit=limit)]


def introduction(store: Store, number: int) -> Introduction | None:
    """Give one introduction, or None."""
    return next(iter(introductions(store, number=number)), None)


def _parted(row: _Joined) -> Introduction:
    """Put each side's columns together."""
    values: tuple[Any, ...] = row
    left, right = values[_HEAD : _HEAD + _SIDE], values[_HEAD + _SIDE : _HEAD + 2 * _SIDE]
    return Introduction._make((*values[:_HEAD], Side._make(left), Side._make(right), *values[_HEAD + 2 * _SIDE :]))
