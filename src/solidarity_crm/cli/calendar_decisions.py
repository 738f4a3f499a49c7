"""What was changed in a calendar on a server, in words; and what somebody decides about it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.cli.context import current
from solidarity_crm.errors import BadValue
from solidarity_crm.models.base import LINE_LIMIT
from solidarity_crm.queries.followups import followup
from solidarity_crm.queries.meetings import meeting, meetings
from solidarity_crm.reports.wording import day, moment
from solidarity_crm.rules import meeting_times, recurring, series
from solidarity_crm.services.calendar_sync import Change

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from solidarity_crm.cli.calendar_sides import Pair
    from solidarity_crm.exchange.calendar.item_reading import Told
    from solidarity_crm.queries.meetings import Meeting
    from solidarity_crm.rules.calendar_steps import Difference

TAKE, OURS, LATER = "take what is there", "keep ours", "leave it for now"
ASKED = {TAKE: "take what is there", OURS: "keep ours, and write it there again", LATER: LATER}
_GONE = {TAKE: "cancel it here too", OURS: "put it there again", LATER: LATER}
_REMOVED = {TAKE: "leave it there, and forget it", OURS: "remove it there", LATER: LATER}


class Matter(NamedTuple):
    """Something about an item that somebody must know of: the record's ref and the words for it."""

    ref: str
    what: str


class Decision(NamedTuple):
    """What was decided about an item."""

    pair: Pair
    said: str


def decided(pairs: Sequence[Pair], *, take: bool, keep: bool) -> list[Decision]:
    """Let somebody decide about each item that was changed there; where nobody can be asked, nothing is decided that was not said before."""
    found = []
    for pair in pairs:
        obstacle = why_not(pair)
        if keep or (take and obstacle is None):
            said = OURS if keep else TAKE
        elif current().interactive and not take:
            said = _asked(pair, obstacle)
        else:
            said = LATER
        found.append(Decision(pair, said))
    return found


def described(pair: Pair) -> str:
    """Say what was changed there."""
    obstacle = why_not(pair)
    return f"{_what(pair)}{f'; cannot be taken: {obstacle}' if obstacle else ''}"


def changes(pair: Pair) -> list[Change]:
    """Give what was changed there as the record takes it over: of the whole, then of each date."""
    if pair.gone or pair.read is None:
        return [Change(pair.ref, state="cancelled")]
    return [
        Change(
            pair.ref,
            starts=told.starts if "when" in what else None,
            ends=told.ends if "when" in what else None,
            place=told.place if "place" in what else None,
            state=told.state if "state" in what else None,
            on=on,
        )
        for on, told, what in _news(pair.read.told, pair)
    ]


def _news(there: Told, pair: Pair) -> list[tuple[date | None, Told, set[str]]]:
    """Give what differs of the whole (None) and of each date, and what is said of it there."""
    what: dict[str, set[str]] = {}
    for difference in pair.step.differences:
        what.setdefault(difference.on, set()).add(difference.what)
    days = {on: date.fromisoformat(on) if on else None for on in what}
    return [(days[on], there.on(day_of) if (day_of := days[on]) else there, words) for on, words in what.items()]


def why_not(pair: Pair) -> str | None:
    """Say why what was changed there cannot be taken over here; None when it can."""
    what = {difference.what for difference in pair.step.differences}
    if "unreadable" in what:
        return "it cannot be read"
    if pair.gone or pair.read is None or "removed" in what:
        return None
    if "rule" in what:
        return "how it comes again is said here"
    record = meeting(current().store, pair.ref.number) if pair.ref.letter == "M" else None
    news = _news(pair.read.told, pair)
    found = [_no_date(record, on, pair) if on else None for on, _, _ in news]
    found += [_obstacle(told, words, _own(record, on) if on else record) for on, told, words in news]
    return next((obstacle for obstacle in found if obstacle), None)


def _no_date(whole: Meeting | None, on: date, pair: Pair) -> str | None:
    """Say why a series has no such date, or none that is known again; None when it has."""
    if whole is None or whole.status == "cancelled":
        return "the series is cancelled here"
    there, place = pair.read.told if pair.read else None, meeting_times.zone(whole.time_zone)
    if there and there.starts and meeting_times.on_the_clocks(there.starts, place).date() != whole.starts.date():
        return "the series was moved to other days, and dates of it by themselves"
    try:
        series.on(whole.ref, recurring.parse(whole.recurs or ""), whole.starts.replace(tzinfo=None), (), on)
    except BadValue as problem:
        return problem.reason
    return None


def _own(whole: Meeting | None, on: date) -> Meeting | None:
    """Give the meeting of its own that stands for the date that a series has on a day; without one the date is as the series."""
    several = (one for one in meetings(current().store) if whole and one.series_uid == whole.uid)
    return next((one for one in several if (one.date_of or "").startswith(on.isoformat())), whole)


def _obstacle(told: Told, what: Collection[str], record: Meeting | None) -> str | None:
    """Say why what is told there cannot be taken over by a record; None when it can."""
    if "state" in what and (told.state == "open" or (record is not None and record.status == "held")):
        return "what has ended here stays so"
    if "place" in what and len(told.place) > LINE_LIMIT:
        return f"a place has up to {LINE_LIMIT} characters"
    return _odd_time(told, record) if "when" in what else None


def _odd_time(told: Told, found: Meeting | None) -> str | None:
    """Say why a time does not do for a meeting, or a day for a follow-up; None when it does."""
    if found is None:
        return None if told.starts is not None else "it has no day there"
    if told.starts is None or told.ends is None:
        return "it has no time there"
    whole = not isinstance(told.starts, datetime), not isinstance(told.ends, datetime)
    if whole != (found.all_day, found.all_day):
        return "it takes whole days here" if found.all_day else "it has a time of day here"
    place = meeting_times.zone(found.time_zone)
    try:
        meeting_times.between(meeting_times.on_the_clocks(told.starts, place), meeting_times.on_the_clocks(told.ends, place), place)
    except BadValue as problem:
        return problem.reason
    return None


def _asked(pair: Pair, obstacle: str | None) -> str:
    """Ask what is to become of an item."""
    from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only when somebody is asked

    removed = any(difference.what == "removed" for difference in pair.step.differences)
    words = _GONE if pair.gone else _REMOVED if removed else ASKED
    offered = {text: said for said, text in words.items() if said != TAKE or obstacle is None}
    return offered[choose(f"{_titled(pair)}: {described(pair)}", list(offered))]


def _titled(pair: Pair) -> str:
    """Give a record's ref and title."""
    if pair.ref.letter == "M":
        found = meeting(current().store, pair.ref.number)
        return f"{pair.ref} {found.title}" if found else str(pair.ref)
    due = followup(current().store, pair.ref.number)
    return f"{pair.ref} {due.what}" if due else str(pair.ref)


def _what(pair: Pair) -> str:
    """Say what differs, of each date by itself."""
    if pair.gone:
        return "deleted there"
    if pair.read is None:
        return "changed there"
    return "; ".join(
        _difference(difference, pair) + (", changed here too" if difference.both and pair.known and pair.ours else "")
        for difference in pair.step.differences
    )


def _difference(found: Difference, pair: Pair) -> str:
    """Say how one fact differs."""
    there, here = pair.read.told if pair.read else None, pair.ours.told if pair.ours else None
    if there is None or here is None:
        return "changed there, and removed here"
    before, states = "", {"cancelled": "cancelled"}
    if found.on:
        on = date.fromisoformat(found.on)
        there, here, before, states = there.on(on), here.on(on), f"{day(on)}: ", {"cancelled": "left out"}
    if found.what == "when":
        return f"{before}{_when(there, pair)} there, {_when(here, pair)} here"
    if found.what == "place":
        return f"{before}{there.place or 'no place'} there, {here.place or 'no place'} here"
    if found.what == "state":
        return f"{before}{states.get(there.state, there.state)} there, {states.get(here.state, here.state)} here"
    return "it comes again otherwise there"


def _when(told: Told, pair: Pair) -> str:
    """Say when something is, on the clocks that its record goes by."""
    if not isinstance(told.starts, datetime):
        last = told.ends - timedelta(days=1) if told.ends is not None and not isinstance(told.ends, datetime) else told.starts
        return day(told.starts) + (f" to {day(last)}" if last != told.starts else "") if told.starts else "no day"
    found = meeting(current().store, pair.ref.number) if pair.ref.letter == "M" else None
    place = meeting_times.zone(found.time_zone) if found else current().workspace.settings.zone
    starts = told.starts.astimezone(place)
    if not isinstance(told.ends, datetime):
        return moment(starts)
    ends = told.ends.astimezone(place)
    return f"{moment(starts)} to {f'{ends:%H:%M}' if ends.date() == starts.date() else moment(ends)}"
