"""Meetings as they are read."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from solidarity_crm.queries.reading import ALL, Named, by_owner, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.queries.reading import Store

Local: TypeAlias = datetime  # kept as wall-clock text, and given its zone below
_zone = cache(ZoneInfo)


class Answered(NamedTuple):
    """What a contact answered to an invitation: coming, not coming or maybe."""

    ref: str
    answer: str


class Meeting(NamedTuple):
    """A dated gathering; ``starts`` and ``ends`` are local times of ``time_zone`` and carry it.

    With ``all_day`` both are midnights, ``ends`` that after the last day. A series has its first date, ``recurs`` is its recurrence
    rule, ``left_out`` the starts of dates that are not; a date of one that is a meeting of its own has its ``series``, and in
    ``date_of`` when that would have had it.
    """

    ref: str
    uid: str
    title: str
    starts: Local
    ends: Local
    time_zone: str
    place: str | None
    link: str | None
    contacts: tuple[Named, ...]
    organisations: tuple[Named, ...]
    agenda: str | None
    notes: str | None
    status: str
    sequence: int
    owner: str | None
    created_at: datetime
    updated_at: datetime
    all_day: bool = False
    recurs: str | None = None
    left_out: tuple[str, ...] = ()
    series: Named | None = None
    series_uid: str | None = None
    date_of: str | None = None
    answers: tuple[Answered, ...] = ()


class MeetingFilter(NamedTuple):
    """Which meetings; None asks for any. One that is still going on ``since`` or begins on ``until`` is in."""

    since: date | None = None
    until: date | None = None
    contact: int | None = None
    organisation: int | None = None
    owner: str | None = None
    status: str | None = None
    recurring: bool | None = None  # only series


class Reachable(NamedTuple):
    """Somebody who takes part in meetings, the first e-mail and phone, and the channels that are safe for them."""

    ref: str
    name: str
    do_not_contact: bool
    channels: str | None
    email: str | None
    phone: str | None


def meetings(store: Store, *, wanted: MeetingFilter | None = None, number: int | None = None, limit: int = ALL) -> list[Meeting]:
    """List meetings, the soonest first."""
    filters: dict[str, Any] = (wanted or MeetingFilter())._asdict()
    return [_with_zone(found) for found in rows(store, "meetings", Meeting, _answers, **filters, number=number, limit=limit)]


def meeting(store: Store, number: int) -> Meeting | None:
    """Give one meeting, or None."""
    return next(iter(meetings(store, number=number)), None)


def people(store: Store) -> dict[str, Reachable]:
    """Give everybody who takes part in a meeting, by ref."""
    return {found.ref: found for found in rows(store, "meeting_people", Reachable)}


def _answers(store: Store, numbers: Sequence[int]) -> Mapping[str, Mapping[int, object]]:
    """Give what people answered, by the meeting's number."""
    return {"answers": by_owner(store, "meeting_answers", Answered, numbers)}


def _with_zone(found: Meeting) -> Meeting:
    """Give a meeting whose times carry their zone."""
    place = _zone(found.time_zone)
    starts, ends = (datetime.fromisoformat(str(wall)).replace(tzinfo=place) for wall in (found.starts, found.ends))
    return found._replace(starts=starts, ends=ends)
