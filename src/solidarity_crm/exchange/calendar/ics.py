"""Calendar files (RFC 5545) as other calendars import them; the only importer of icalendar.

What is written and why is exchange.md's: one VCALENDAR that publishes, never an attendee or an organiser (importing
those mails people), only yearly rules as time zones, and every time stamp from the record, so that the same records
give the same bytes.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Timezone, Todo
from icalendar import Event as Vevent
from icalendar.prop import vRecur, vText

from solidarity_crm import __version__
from solidarity_crm.exchange.calendar import zones
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from solidarity_crm.exchange.calendar.events import Event
    from solidarity_crm.exchange.calendar.tasks import Task


class _Text(vText):
    r"""Text as RFC 5545 §3.3.11 writes it; the library makes a line end of a \N that somebody typed."""

    def to_ical(self) -> bytes:
        """Give the text with its marks escaped."""
        return self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n").encode()


def _line(text: str) -> _Text:
    """Give a text on one line."""
    return _Text(one_line(text))


def write(events: Sequence[Event], *, name: str, year: int) -> bytes:
    """Give events as a calendar file; ``name`` is the calendar's, time zones are described as from ``year`` on."""
    return _content(_named(_calendar(), name, events), events, year)


def item(events: Sequence[Event], *, year: int) -> bytes:
    """Give one record's events as an object of a CalDAV collection or a vdir, which has no METHOD (RFC 4791 §4.1)."""
    return _content(_calendar(), events, year)


def write_tasks(tasks: Sequence[Task], *, name: str) -> bytes:
    """Give tasks as a calendar file of their own: some programs refuse events and tasks in one file."""
    calendar = _named(_calendar(), name, tasks)
    for task in tasks:
        calendar.add_component(_vtodo(task))
    content: bytes = calendar.to_ical()
    return content


def task_item(task: Task) -> bytes:
    """Give one task as an object of a CalDAV collection or a vdir."""
    calendar = _calendar()
    calendar.add_component(_vtodo(task))
    content: bytes = calendar.to_ical()
    return content


def _calendar() -> Calendar:
    """Begin a calendar."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//Solidarity CRM//solidarity {__version__}//EN")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _named(calendar: Calendar, name: str, items: Sequence[object]) -> Calendar:
    """Make a calendar one to import; with one thing in it a name would make it open as a new calendar in Outlook."""
    calendar.add("method", "PUBLISH")
    if len(items) > 1:
        calendar.add("x-wr-calname", _line(name))
        calendar.add("name", _line(name))
    return calendar


def _content(calendar: Calendar, events: Sequence[Event], year: int) -> bytes:
    """Give a calendar's bytes, its time zones and events added to it."""
    described = {rule.key: rule for event in events for moment in (event.starts, event.ends) if (rule := _rule(event, moment, year))}
    for _, rule in sorted(described.items()):
        calendar.add_component(Timezone.from_ical(zones.vtimezone(rule)))
    for event in events:
        calendar.add_component(_vevent(event, year))
    content: bytes = calendar.to_ical()
    return content


def _rule(event: Event, moment: datetime | date, year: int) -> zones.Rule | None:
    """Give the rule of a moment's zone; None for a day, and where the clocks follow no rule in the event's years."""
    place = moment.tzinfo if isinstance(moment, datetime) else None
    if not isinstance(place, ZoneInfo) or not all(zones.holds(place.key, year, when) for when in {event.starts.year, event.ends.year}):
        return None
    return zones.rule(place.key, year)


def _vevent(event: Event, year: int) -> Vevent:
    """Give an event as the library has it."""
    made = Vevent()
    made.add("uid", one_line(event.uid))
    made.add("dtstamp", event.changed)
    made.add("created", event.created)
    made.add("last-modified", event.changed)
    made.add("sequence", event.sequence)
    made.add("dtstart", _moment(event, event.starts, year))
    made.add("dtend", _moment(event, event.ends, year))
    _add_dates(made, event, year)
    # some programs show a cancelled event as any other
    summary = _line(f"Cancelled: {event.summary}" if event.cancelled else event.summary)
    made.add("summary", summary)
    _add_text(made, event)
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT" if event.all_day else "OPAQUE")
    if event.all_day:
        made.add("x-microsoft-cdo-busystatus", "FREE")
        made.add("x-microsoft-cdo-alldayevent", "TRUE")
    if event.alarm is not None:
        made.add_component(_alarm(event.alarm, summary))
    return made


def _add_dates(made: Vevent, event: Event, year: int) -> None:
    """Say how an event comes again, and which date of one that does it stands for."""
    if event.rule:
        until = event.rule.until
        written = str(event.rule._replace(until=None))
        if until is not None and event.all_day:
            written += f";UNTIL={until:%Y%m%d}"
        elif until is not None and isinstance(event.starts, datetime):  # in UTC where the start has a zone (RFC 5545 §3.3.10)
            written += f";UNTIL={until.replace(tzinfo=event.starts.tzinfo).astimezone(UTC):%Y%m%dT%H%M%SZ}"
        made.add("rrule", vRecur.from_ical(written))
    for left_out in event.left_out:
        made.add("exdate", _moment(event, left_out, year))
    if event.date_of is not None:
        made.add("recurrence-id", _moment(event, event.date_of, year))


def _vtodo(task: Task) -> Todo:
    """Give a task as the library has it."""
    made = Todo()
    made.add("uid", one_line(task.uid))
    made.add("dtstamp", task.changed)
    made.add("created", task.created)
    made.add("last-modified", task.changed)
    made.add("sequence", task.sequence)
    made.add("summary", _line(task.summary))
    made.add("due", task.due)
    made.add("priority", task.priority)
    made.add("status", task.status)
    if task.status == "COMPLETED":
        made.add("completed", task.ended)
        made.add("percent-complete", 100)
    made.add("class", "PRIVATE")
    if task.description:
        made.add("description", _Text(safe(task.description)))
    if task.categories:
        made.add("categories", [_line(word) for word in task.categories])
    return made


def _add_text(made: Vevent, event: Event) -> None:
    """Add what an event says beside its title, if it does."""
    if event.description:
        made.add("description", _Text(safe(event.description)))
    if event.location:
        made.add("location", _line(event.location))
    if event.url:
        made.add("url", one_line(event.url))
    if event.categories:
        made.add("categories", [_line(word) for word in event.categories])


def _moment(event: Event, moment: datetime | date, year: int) -> datetime | date:
    """Give a day as it is, and a moment with a zone that the file describes, or in UTC."""
    if not isinstance(moment, datetime) or _rule(event, moment, year):
        return moment
    return moment.astimezone(UTC)


def _alarm(before: timedelta, summary: _Text) -> Alarm:
    """Give an event's one reminder."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", before)
    return alarm
