"""The dates on which meetings are: each date of a series beside those that are meetings of their own."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
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

_YEAR = timedelta(days=366)  # for so long a series' dates are compared with others
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


def clashes(store: Store, one: Meeting) -> list[Meeting]:
    """List the other planned meetings of its owner that a planned meeting overlaps, each once, a series at the first date that does.

    Of a series those are compared that it has in a year.
    """
    if one.owner is None or one.status != "planned":
        return []
    day, last = timedelta(days=1), one.ends.date() + (_YEAR if one.recurs else timedelta(0))
    # another zone's date may be the day before or after
    wanted = MeetingFilter(since=one.starts.date() - day, until=last + day, owner=one.owner, status="planned")
    own = list(_of_series(one, wanted._replace(until=last), _taken(store))) if one.recurs else [one]
    mine = [_instants(date) for date in own]
    found: dict[str, Meeting] = {}
    for other in dates(store, wanted=wanted):
        begins, finishes = _instants(other)
        if other.ref != one.ref and any(begins < ends and starts < finishes for starts, ends in mine):
            found.setdefault(other.ref, other)
    return list(found.values())


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
    for wall in series.dates(recurring.parse(one.recurs or ""), first, one.left_out, max(since, first), until or recurring.FOREVER):
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


def _instants(one: Meeting) -> tuple[datetime, datetime]:
    """Give the moments at which a meeting starts and ends; times of one zone compare by their clocks, which may go back."""
    return one.starts.astimezone(UTC), one.ends.astimezone(UTC)
