"""Going through a calendar file: what is new, what is newer than what is here, what was cancelled, who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import BadValue, Refused
from solidarity_crm.exchange.calendar.reading.components import Doubt
from solidarity_crm.models.base import stored
from solidarity_crm.models.calendar import CalendarEvent
from solidarity_crm.models.meeting import Meeting
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.rules import meeting_times
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services.calendar_import import answers, fresh
from solidarity_crm.services.calendar_import.fresh import Coming, Fresh
from solidarity_crm.services.calendar_import.report import Line, Report
from solidarity_crm.services.calendar_import.there import Addresses, Known
from solidarity_crm.services.meeting_series import at_date, check_move, follow, leave_out
from solidarity_crm.services.meetings import add_people, cancel
from solidarity_crm.text import fold, some

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.exchange.calendar.reading.items import CalendarFile, Item
    from solidarity_crm.models.meeting import Meeting
    from solidarity_crm.store.transaction import Tx

_SHOWN = 5  # addresses in one line
_TIMES = ("starts", "ends", "time_zone", "all_day", "recurs", "left_out")
_DECIDE = {
    "COUNTER": "proposes this time; if that suits: solidarity meeting edit {ref} --at '{at}'",
    "DECLINECOUNTER": "says no to a time that was proposed",
    "REFRESH": "asks for the invitation once more",
}


def take_in(tx: Tx, file: CalendarFile, *, owner: str | None, today: date) -> Report:
    """Take a file in; give what became of each of its events.

    An event that is here already changes only what a newer version of it says otherwise. Raises nothing for an event that will
    not do: that is a line of the report.
    """
    lines = answers.take_in(tx, file) if file.method == "REPLY" else _Import(tx, file, owner, today).run()
    left = [
        *(Line(one.line, "skipped", None, one.title, one.reason, one.column) for one in file.skipped),
        *(Line(one.line, "rejected", None, one.title, one.reason, one.column) for one in file.rejected),
    ]
    doubts = [f"{file.file}:{doubt.line}: {': '.join(filter(None, (doubt.column, doubt.reason)))}" for doubt in file.doubts]
    return Report(file.file, sorted([*lines, *left], key=lambda line: line.line), doubts)


class _Import:
    """One file's events on their way in."""

    def __init__(self, tx: Tx, file: CalendarFile, owner: str | None, today: date) -> None:
        """Look up what is here of it."""
        self._tx, self._file, self._today = tx, file, today
        self._known = Known(tx, (uid for item in file.items for uid in (item.uid, item.key)))
        self._addresses = Addresses(tx, (one for item in file.items for one in item.attendees))
        self._fresh = Fresh(tx, owner, today)
        self._series: dict[str, int] = {}  # numbers of new ones, by the ids of their events
        self._organisations: dict[str, int] | None = None

    def run(self) -> list[Line]:
        """Take every event; whatever recurs goes before its dates."""
        newest, lines = _newest(self._file.items)
        for item in sorted(newest, key=lambda item: item.date_of is not None):
            try:
                lines.append(self._take(item))
            except BadValue as problem:
                lines.append(Line(item.line, "rejected", None, item.title, problem.reason, problem.what))
            except Refused as problem:
                lines.append(Line(item.line, "skipped", None, item.title, problem.sentence))
        self._fresh.store()
        return lines

    def _take(self, item: Item) -> Line:
        """Take one event."""
        own = self._known.own(item.uid)
        meeting = self._known.meeting(item.uid if own else item.key)
        if own and meeting is None:
            followup = "a reminder of a follow-up of ours, which calendars do not change"
            said = followup if own[0] == "followup" else "a meeting of ours that is no longer here"
            return Line(item.line, "skipped", None, item.title, said)
        if self._file.method in _DECIDE:
            return self._for_decision(item, meeting)
        if item.date_of and (series := meeting if own else self._known.meeting(item.uid)) is not None:
            return self._date(item, series)
        if meeting is None:
            return self._new(item)
        cancelled = item.cancelled or self._file.method == "CANCEL"
        return self._cancel(item, meeting) if cancelled else self._newer(item, meeting, ours=own is not None)

    def _for_decision(self, item: Item, meeting: Meeting | None) -> Line:
        """Say what somebody proposes, for whoever decides."""
        if meeting is None:
            return Line(item.line, "skipped", None, item.title, "no such meeting is here")
        said = _DECIDE[self._file.method].format(ref=meeting.ref, at=meeting_times.shown(item.starts))
        return Line(item.line, "skipped", meeting.ref, meeting.title, said)

    def _new(self, item: Item) -> Line:
        """Take an event that is not here."""
        if self._file.method == "CANCEL":
            return Line(item.line, "skipped", None, item.title, "it was cancelled, and is not here")
        series = self._series.get(item.uid) if item.date_of else None
        if series is not None and item.cancelled and item.date_of:
            self._fresh.leave_out(series, item.date_of)
            return Line(item.line, "new", f"M{series}", item.title, f"left out on {meeting_times.shown(item.date_of)}")
        number = self._fresh.add(item, self._coming(item), series=series)
        if item.rule:
            self._series[item.uid] = number
        return Line(item.line, "new", f"M{number}", item.title)

    def _date(self, item: Item, series: Meeting) -> Line:
        """Take one date of a series that is here."""
        assert item.date_of is not None  # noqa: S101 - only such events are taken here
        written = meeting_times.written(item.date_of)
        there = self._known.date(stored(series), written)
        if item.cancelled or self._file.method == "CANCEL":
            if there is not None:
                return self._cancel(item, there)
            if written in (series.left_out or "").split():
                return Line(item.line, "unchanged", series.ref, item.title)
            leave_out(self._tx, Ref("M", stored(series)), item.date_of, today=self._today)
            return Line(item.line, "updated", series.ref, item.title, f"left out on {meeting_times.shown(item.date_of)}")
        if there is not None:
            return self._newer(item, there, ours=self._known.own(item.uid) is not None)
        made = at_date(self._tx, Ref("M", stored(series)), item.date_of)
        self._newer(item, made, ours=self._known.own(item.uid) is not None)
        return Line(item.line, "new", made.ref, item.title, f"a date of {series.ref}")

    def _cancel(self, item: Item, meeting: Meeting) -> Line:
        """Take that an event was cancelled."""
        if meeting.status == "planned":
            cancel(self._tx, Ref("M", stored(meeting)), on=self._today, why=f"said so in {self._file.file}")
            self._remember(item, meeting)
            return Line(item.line, "updated", meeting.ref, meeting.title, "cancelled")
        if meeting.status == "cancelled":
            return Line(item.line, "unchanged", meeting.ref, meeting.title)
        return Line(item.line, "skipped", meeting.ref, meeting.title, f"it is {meeting.status}, and cannot be cancelled any more")

    def _newer(self, item: Item, meeting: Meeting, *, ours: bool) -> Line:
        """Take what an event says otherwise than the meeting that it is."""
        event = self._known.events.get(item.key)
        if event is not None and event.digest == item.digest:
            return Line(item.line, "unchanged", meeting.ref, meeting.title)
        if self._older(item, meeting, event):
            return Line(item.line, "skipped", meeting.ref, meeting.title, "older than what is here")
        wanted = fresh.times(item) | {"place": item.place or meeting.place} if ours else fresh.fields(item)
        if meeting.series_id is not None:
            wanted = {name: value for name, value in wanted.items() if name not in {"recurs", "left_out"}}
        changed = [name for name, value in wanted.items() if getattr(meeting, name) != value]
        if changed and meeting.status == "cancelled":
            return Line(item.line, "skipped", meeting.ref, meeting.title, "it is cancelled here")
        first, moved = meeting.starts, bool(meeting.recurs) and "starts" in changed
        if ours and moved:
            check_move(meeting, first, wanted["starts"])
        came = [] if ours else self._come(item, meeting)
        meeting.change(**{name: wanted[name] for name in changed})
        if moved:
            follow(self._tx, meeting, first, left_out=ours)
        if {"place", "link", *_TIMES} & set(changed):
            meeting.sequence = max(meeting.sequence + 1, item.version.sequence if ours else 0)
        if not ours:
            self._remember(item, meeting)
        if not changed and not came:
            return Line(item.line, "unchanged", meeting.ref, meeting.title)
        words = [name.replace("_", " ") for name in changed] + came
        return Line(item.line, "updated", meeting.ref, meeting.title, f"changed {', '.join(words)}")

    def _older(self, item: Item, meeting: Meeting, event: CalendarEvent | None) -> bool:
        """Say whether an event is an older version than the one that is here."""
        if event is not None:
            return item.version.older(item.version._replace(sequence=event.sequence, stamp=event.written_at))
        return item.version.sequence < meeting.sequence

    def _remember(self, item: Item, meeting: Meeting) -> None:
        """Keep which version of an event was taken."""
        event = self._known.events.get(item.key)
        if event is not None:
            event.change(sequence=item.version.sequence, written_at=item.version.stamp, digest=item.digest)
        elif self._known.own(item.uid) is None:
            self._tx.add(CalendarEvent(**fresh.event(item, stored(meeting))))

    def _come(self, item: Item, meeting: Meeting) -> list[str]:
        """Let whoever an event names take part, and keep their answers; give what changed."""
        coming = self._coming(item)
        joined = add_people(self._tx, Ref("M", stored(meeting)), contacts=coming.contacts, organisations=coming.organisations)
        said = [
            answers.keep(self._tx, meeting, contact, answer, item.version.stamp) for contact, answer in coming.contacts.items() if answer
        ]
        if joined:
            meeting.updated_at = self._tx.now
        return (["people"] if joined else []) + (["answers"] if any(said) else [])

    def _coming(self, item: Item) -> Coming:
        """Give who of the contacts an event names; of the others the report says so."""
        contacts: dict[int, str | None] = {}
        unknown = []
        for one in item.attendees:
            number = None if self._addresses.ours(one) else self._addresses.contact(one)
            if number is not None:
                contacts[number] = contacts.get(number) or one.answer
            elif not self._addresses.ours(one):
                unknown.append(one.address)
        if unknown:
            self._file.doubts.append(Doubt(item.line, "ATTENDEE", f"no contact has {some(unknown, _SHOWN)}"))
        return Coming(contacts, tuple(self._organisation(name) for name in item.organisations if self._organisation(name)))

    def _organisation(self, name: str) -> int:
        """Give the number of an organisation that is called so, 0 if none is."""
        if self._organisations is None:
            found = self._tx.connection.execute(f'SELECT id, name FROM "{Organisation.__tablename__}" ORDER BY id DESC')  # noqa: S608 - a table of the schema
            self._organisations = {fold(called): number for number, called in found.fetchall()}
        return self._organisations.get(fold(name), 0)


def _newest(items: Iterable[Item]) -> tuple[list[Item], list[Line]]:
    """Give each event once, in its newest version, and what became of the others."""
    best: dict[str, Item] = {}
    lines = []
    for item in items:
        other = best.get(item.key)
        if other is None or not item.version.older(other.version):
            best[item.key] = item
        if other is not None:
            left = item if best[item.key] is other else other
            lines.append(Line(left.line, "skipped", None, left.title, f"the event on line {best[item.key].line} is a newer version of it"))
    return list(best.values()), lines
