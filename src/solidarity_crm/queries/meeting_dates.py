"""The dates on which meetings are: each date of a series beside those that are meetings of their own."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from solidarity_crm.queries.meetings import MeetingFilter, meetings
from solidarity_crm.queries.reading import run
from solidarity_crm.rules import meeting_times, recurring, series
from solidarity_crm.rules.agenda import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from solidarity_crm.queries.meetings import Meeting
    from solidarity_crm.queries.reading import Store

_ASKED_FOR = timedelta(days=14)  # for so long a date's notes are asked for


def dates(store: Store, *, wanted: MeetingFilter) -> list[Meeting]:
    """List meetings, the soonest first, a series at each of its dates in the days asked for; without a last day only at the next.

    A date of a series has its ref, and in ``date_of`` when it begins.
    """
    found = meetings(store, wanted=wanted)
    if any(one.recurs for one in found):
        taken = _taken(store)
        found = [date for one in found for date in (_of_series(one, wanted, taken) if one.recurs else (one,))]
        found.sort(key=lambda one: (meeting_times.written(one.starts), int(one.ref[1:])))
    return found


def next_date(store: Store, one: Meeting, *, today: date) -> Meeting | None:
    """Give a series at its next date from a day on, or None when it has no more."""
    return next(_of_series(one, MeetingFilter(since=today), _taken(store)), None)


def agenda(store: Store, *, today: date, horizon: date, owner: str | None) -> list[Fact]:
    """List the dates of series that are near: those ahead up to a day, and the last one whose notes are still to be added."""
    wanted = MeetingFilter(since=today - _ASKED_FOR, until=horizon, owner=owner, status="planned", recurring=True)
    found = meetings(store, wanted=wanted)
    taken = _taken(store) if found else set()
    near = []
    for one in found:
        several = list(_of_series(one, wanted, set()))
        last = [date for date in several if date.starts.date() < today][-1:]
        ahead = [date for date in several if date.starts.date() >= today]
        near += [date for date in last + ahead if (one.uid, date.date_of) not in taken]
    return [_fact(one) for one in near]


def _of_series(one: Meeting, wanted: MeetingFilter, taken: set[tuple[str, str]]) -> Iterator[Meeting]:
    """Give a series at its dates in the days asked for, those that are meetings of their own not among them."""
    first, length = one.starts.replace(tzinfo=None), one.ends.replace(tzinfo=None) - one.starts.replace(tzinfo=None)
    since = datetime.combine(wanted.since, time()) - length + timedelta(minutes=1) if wanted.since else first
    until = datetime.combine(wanted.until, time(23, 59)) if wanted.until else None
    for wall in series.dates(recurring.parse(one.recurs or ""), first, one.left_out, max(since, first), until or series.FOREVER):
        written = meeting_times.written(wall)
        if (one.uid, written) in taken:
            continue
        yield one._replace(
            starts=wall.replace(tzinfo=one.starts.tzinfo), ends=(wall + length).replace(tzinfo=one.ends.tzinfo), date_of=written
        )
        if wanted.until is None:
            return


def _taken(store: Store) -> set[tuple[str, str]]:
    """Give the dates of series that are meetings of their own."""
    return {(uid, date_of) for uid, date_of in run(store, "series_dates")}


def _fact(one: Meeting) -> Fact:
    """Give a date as a matter of the day's list."""
    day, who = one.starts.date(), ", ".join(named.name for named in one.contacts) or None
    return Fact("meeting", one.ref, one.title, who, day, day, 5, "all day" if one.all_day else f"{one.starts:%H:%M}")
