"""What a calendar file says: events, and people's answers to them, as plain records that know nothing of the store."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.invitations import COMING, MAYBE, NOT_COMING

if TYPE_CHECKING:
    from datetime import datetime

    from solidarity_crm.exchange.calendar.reading.components import Doubt
    from solidarity_crm.rules.recurring import Rule

ANSWERS = {"ACCEPTED": COMING, "DECLINED": NOT_COMING, "TENTATIVE": MAYBE}


class Attendee(NamedTuple):
    """Somebody an event names, by an address; ``answer`` is one of ANSWERS' words, None for none yet."""

    address: str
    name: str | None
    answer: str | None


class Version(NamedTuple):
    """How new an event's text is: later versions have a higher number, or were written later."""

    sequence: int
    stamp: datetime | None

    def older(self, other: Version) -> bool:
        """Say whether it is surely older than another."""
        if self.sequence != other.sequence or self.stamp is None or other.stamp is None:
            return self.sequence < other.sequence
        return self.stamp < other.stamp


class Item(NamedTuple):
    """An event: ``starts`` and ``ends`` by the clocks of ``zone``, whole days for ``all_day``, then ``ends`` is the day after.

    ``rule`` is how it comes again, without the dates in ``left_out``; ``date_of`` is the date of such an event that this one stands
    for. ``link`` and ``place`` are as written.
    """

    line: int
    uid: str
    title: str
    starts: datetime
    ends: datetime
    zone: str
    all_day: bool
    place: str | None
    link: str | None
    agenda: str | None
    cancelled: bool
    version: Version
    rule: Rule | None
    left_out: tuple[datetime, ...]
    date_of: datetime | None
    attendees: tuple[Attendee, ...]
    organisations: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """By what it is known again: its id, and of an event that recurs the date."""
        return f"{self.uid}#{self.date_of:%Y%m%dT%H%M}" if self.date_of else self.uid

    @property
    def digest(self) -> str:
        """Give what is the same for two that say the same, whenever they were written."""
        said = repr(self._replace(line=0, version=Version(0, None)))
        return hashlib.sha256(said.encode()).hexdigest()[:32]


class Reply(NamedTuple):
    """Somebody's answer to an event, or to one date of it, ``date_of``: a moment, or a day without a zone; it may be no readable one."""

    line: int
    uid: str
    title: str
    version: Version
    to_a_date: bool
    date_of: datetime | None
    attendees: tuple[Attendee, ...]


class Left(NamedTuple):
    """A component that is no event of ours to take: why, and the property it is about."""

    line: int
    title: str
    reason: str
    column: str = ""


class CalendarFile(NamedTuple):
    """A file's events or answers; ``method`` is what it is for (RFC 5546), ``ours`` whether this program wrote it."""

    file: str
    method: str
    ours: bool
    items: list[Item]
    replies: list[Reply]
    skipped: list[Left]
    rejected: list[Left]
    doubts: list[Doubt]
