"""Other programs' calendar files, read: events and answers to them, one that is broken costing itself alone (exchange.md E4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.calendar.reading import events
from solidarity_crm.exchange.calendar.reading.components import Doubt, components
from solidarity_crm.exchange.calendar.reading.file_zones import Zones
from solidarity_crm.exchange.calendar.reading.items import CalendarFile, Left, Reply
from solidarity_crm.exchange.vcard.charsets import unified

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from solidarity_crm.exchange.calendar.reading.components import Component

__all__ = ["read"]
_OURS = "-//Solidarity CRM//"
_OTHERS = {"VTODO": "a task, and no event", "VJOURNAL": "a journal, and no event", "VFREEBUSY": "says when somebody is free, and no event"}


def read(name: str, data: bytes, *, usual: ZoneInfo) -> CalendarFile:
    """Read a file; times of nobody's clocks are those of the ``usual`` zone.

    Raises CannotRead for what is no calendar.
    """
    plain, note = unified(data)
    calendars = components(plain)
    if not calendars:
        raise CannotRead(name, "it has no calendar in it", "a file whose name ends in .ics, exported from a calendar")
    method = next((found.upper() for calendar in calendars for found in [calendar.value("METHOD")] if found), "PUBLISH")
    ours = all(calendar.value("PRODID").startswith(_OURS) for calendar in calendars)
    found = CalendarFile(name, method, ours, [], [], [], [], [Doubt(1, "", note)] if note else [])
    for calendar in calendars:
        zones = Zones(list(calendar.walk("VTIMEZONE")), usual)
        for child in calendar.children:
            _take(found, child, zones)
        found.doubts.extend(calendar.doubts)
    return found


def _take(found: CalendarFile, child: Component, zones: Zones) -> None:
    """Take one component of a calendar."""
    if child.kind in _OTHERS:
        found.skipped.append(Left(child.line, events.title(child), _OTHERS[child.kind]))
    if child.kind != "VEVENT":
        return
    if not child.properties:
        found.rejected.append(Left(child.line, "", "there is nothing in it"))
        return
    if found.method == "REPLY":
        found.replies.append(_reply(child, zones))
        return
    try:
        found.items.append(events.read(child, zones, ours=found.ours))
    except events.Unread as problem:
        found.rejected.append(problem.left)
    found.doubts.extend(child.doubts)
    if not child.closed:
        found.doubts.append(Doubt(child.line, "", "the event has no end: the file, or another event, begins within it"))


def _reply(child: Component, zones: Zones) -> Reply:
    """Read somebody's answer."""
    return Reply(
        line=child.line,
        uid=events.uid(child),
        title=events.title(child),
        version=events.version(child),
        to_a_date=bool(child.value("RECURRENCE-ID")),
        date_of=events.moment_of(child, zones),
        attendees=tuple(one for one in events.attendees(child) if one.answer),
    )
