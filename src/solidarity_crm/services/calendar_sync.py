"""A calendar on a server and the records: remembering what it was told, and taking over what was changed there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import select

from solidarity_crm.models.base import stored
from solidarity_crm.models.calendar_item import CalendarItem
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.models.meeting import Meeting
from solidarity_crm.rules import calendar_steps, meeting_times
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import followups, meeting_series, meetings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from solidarity_crm.rules.calendar_steps import Facts
    from solidarity_crm.store.transaction import Tx

_WHY = "in the calendar"


class Told(NamedTuple):
    """What a calendar was told of a record, and the tag it has for that."""

    uid: str
    ref: str
    etag: str
    digest: str
    facts: Facts
    sequence: int


class Change(NamedTuple):
    """A change made in the calendar: when it is, where, and its state; what is None did not change.

    ``starts`` and ``ends`` are moments for a meeting, days for one of whole days, a day and None for a follow-up; ``place`` is
    empty for none. ``on`` is the day of the only date of a series that it is about, of which ``cancelled`` leaves it out.
    """

    ref: Ref
    starts: datetime | date | None = None
    ends: datetime | date | None = None
    place: str | None = None
    state: str | None = None
    on: date | None = None


def remember(tx: Tx, calendar: str, told: Sequence[Told]) -> None:
    """Keep what the calendar at an address now has."""
    for one in told:
        there = _row(tx, calendar, one.uid) or CalendarItem(calendar=calendar, uid=one.uid, ref=one.ref, etag="", digest="", facts="")
        there.ref, there.etag, there.digest = one.ref, one.etag, one.digest
        there.facts, there.sequence = calendar_steps.written(one.facts), one.sequence
        tx.session.add(there)
    tx.session.flush()


def forget(tx: Tx, calendar: str, uids: Sequence[str]) -> None:
    """Forget items that the calendar at an address no longer has, or that are no longer ours."""
    for uid in uids:
        there = _row(tx, calendar, uid)
        if there is not None:
            tx.session.delete(there)
    tx.session.flush()


def take(tx: Tx, changes: Sequence[Change], *, today: date) -> None:
    """Take over what was changed in a calendar.

    Raises BadValue, Refused or MoveRefused for what the records do not allow.
    """
    for change in changes:
        (_take_meeting if change.ref.letter == "M" else _take_followup)(tx, change, today)


def _take_meeting(tx: Tx, change: Change, today: date) -> None:
    """Move a meeting in time or place, or cancel it; so with one date of a series."""
    ref = change.ref
    if change.on is not None:
        date_of = meeting_series.date_on(tx, ref, change.on)
        if change.state == "cancelled":
            meeting_series.leave_out(tx, ref, date_of, today=today, why=_WHY)
            return
        ref = Ref("M", stored(meeting_series.at_date(tx, ref, date_of)))
    if change.starts is not None and change.ends is not None:
        place = meeting_times.zone(tx.get(Meeting, ref.number).time_zone)
        starts, ends = (meeting_times.on_the_clocks(moment, place) for moment in (change.starts, change.ends))
        meetings.edit(tx, ref, when=meetings.When(starts=starts, ends=ends))
    if change.place is not None:
        meetings.edit(tx, ref, place=change.place or None)
    if change.state == "cancelled":
        meetings.cancel(tx, ref, on=today, why=_WHY)


def _take_followup(tx: Tx, change: Change, today: date) -> None:
    """Move a follow-up to another day, tick it off, or cancel it."""
    if change.starts is not None:
        followups.edit(tx, change.ref, due=change.starts)
    if change.state == "done" and tx.get(FollowUp, change.ref.number).status == "open":
        followups.done(tx, change.ref, on=today, today=today)
    if change.state == "cancelled":
        followups.cancel(tx, change.ref, on=today, why=_WHY)


def _row(tx: Tx, calendar: str, uid: str) -> CalendarItem | None:
    """Give what is remembered of an item."""
    return tx.session.exec(select(CalendarItem).where(CalendarItem.calendar == calendar, CalendarItem.uid == uid)).first()
