"""What was changed in a calendar on a server, in words; and what somebody decides about it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.cli.context import current
from solidarity_crm.errors import BadValue
from solidarity_crm.models.base import LINE_LIMIT
from solidarity_crm.queries.followups import followup
from solidarity_crm.queries.meetings import meeting
from solidarity_crm.reports.wording import day, moment
from solidarity_crm.rules import meeting_times
from solidarity_crm.services.calendar_sync import Change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.cli.calendar_sides import Pair
    from solidarity_crm.exchange.calendar.item_reading import Told

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


def change(pair: Pair) -> Change:
    """Give what was changed there as the record takes it over."""
    if pair.gone or pair.read is None:
        return Change(pair.ref, state="cancelled")
    told, what = pair.read.told, {difference.what for difference in pair.step.differences}
    return Change(
        pair.ref,
        starts=told.starts if "when" in what else None,
        ends=told.ends if "when" in what else None,
        place=told.place if "place" in what else None,
        state=told.state if "state" in what else None,
    )


def why_not(pair: Pair) -> str | None:
    """Say why what was changed there cannot be taken over here; None when it can."""
    what = {difference.what for difference in pair.step.differences}
    if "unreadable" in what:
        return "it cannot be read"
    if pair.gone or pair.read is None or "removed" in what:
        return None
    told = pair.read.told
    if "dates" in what:
        return "single dates of a series are changed here"
    if "state" in what and (told.state == "open" or _held(pair)):
        return "what has ended here stays so"
    if len(told.place) > LINE_LIMIT:
        return f"a place has up to {LINE_LIMIT} characters"
    return _odd_time(pair, told) if "when" in what else None


def _held(pair: Pair) -> bool:
    """Say whether a meeting took place, so that nobody can cancel it."""
    found = meeting(current().store, pair.ref.number) if pair.ref.letter == "M" else None
    return found is not None and found.status == "held"


def _odd_time(pair: Pair, told: Told) -> str | None:
    """Say why a time does not do for a record; None when it does."""
    if pair.ref.letter == "F":
        return None if told.starts is not None else "it has no day there"
    found = meeting(current().store, pair.ref.number)
    if found is None or told.starts is None or told.ends is None:
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
    """Say what differs."""
    if pair.gone:
        return "deleted there"
    if pair.read is None:
        return "changed there"
    return "; ".join(
        _difference(difference.what, pair) + (", changed here too" if difference.both and pair.known and pair.ours else "")
        for difference in pair.step.differences
    )


def _difference(what: str, pair: Pair) -> str:
    """Say how one fact differs."""
    there, here = pair.read.told if pair.read else None, pair.ours.told if pair.ours else None
    if there is None or here is None:
        return "changed there, and removed here"
    if what == "when":
        return f"{_when(there, pair)} there, {_when(here, pair)} here"
    if what == "place":
        return f"{there.place or 'no place'} there, {here.place or 'no place'} here"
    if what == "state":
        return f"{there.state} there, {here.state} here"
    return "single dates of the series differ"


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
