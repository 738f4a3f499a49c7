"""One event of a calendar file, read as far as it can be: a property that cannot be read costs itself, and is named."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from solidarity_crm.errors import BadValue
from solidarity_crm.exchange.calendar.reading import moments
from solidarity_crm.exchange.calendar.reading.components import Doubt
from solidarity_crm.exchange.calendar.reading.items import ANSWERS, Attendee, Item, Left, Version
from solidarity_crm.exchange.vcard.values import clean, clean_lines, split, unescape
from solidarity_crm.rules import meeting_times, recurring
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.exchange.calendar.reading.components import Component
    from solidarity_crm.exchange.calendar.reading.file_zones import Zones
    from solidarity_crm.exchange.calendar.reading.moments import Moment
    from solidarity_crm.rules.recurring import Rule

UNTITLED = "Untitled"
_LINE, _TEXT = 500, 100_000  # characters that a record keeps (models/base.py)
_UTC = ZoneInfo("UTC")
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\Z")
_LINK = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_NOBODY = ("RESOURCE", "ROOM")
_LINKS = ("URL", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
_CANCELLED = "Cancelled: "
_NUMBER = re.compile(r"[0-9]{1,20}\Z")
_MOST_CHANGES = 2**31
_UNTIL = re.compile(r"UNTIL=([0-9T]+Z)", re.IGNORECASE)


class Unread(Exception):
    """An event that cannot be a meeting."""

    def __init__(self, left: Left) -> None:
        """Keep why."""
        super().__init__(left.reason)
        self.left = left


def title(event: Component) -> str:
    """Give an event's title on one line, shortened to what a record keeps."""
    return shorten(clean(unescape(event.value("SUMMARY"))) or UNTITLED, _LINE)


def uid(event: Component) -> str:
    """Give an event's id; one without is known by its title and its time."""
    written = clean(event.value("UID"))
    if written:
        return shorten(written, _LINE)
    told = "\n".join(event.value(name) for name in ("SUMMARY", "DTSTART", "DTEND", "LOCATION"))
    return f"none-{hashlib.sha256(told.encode()).hexdigest()[:32]}"


def version(event: Component) -> Version:
    """Give how new an event's text is."""
    written = event.value("SEQUENCE")
    changed = moments.stamp(event.value("LAST-MODIFIED")) or moments.stamp(event.value("DTSTAMP"))
    return Version(min(int(written), _MOST_CHANGES) if _NUMBER.match(written) else 0, changed)


def date_of(event: Component, zones: Zones, place: ZoneInfo) -> datetime | None:
    """Give the date of a recurring event that an event stands for, by the clocks of a place."""
    written = _moment(event, "RECURRENCE-ID")
    return zones.wall(written, place) if written else None


def moment_of(event: Component, zones: Zones) -> datetime | None:
    """Give the date of a recurring event that an event is about as a moment, whosever clocks it is by; as a day without a zone for a day."""
    written = _moment(event, "RECURRENCE-ID")
    if written is None or written.is_day:
        return written.wall if written else None
    return zones.wall(written, _UTC).replace(tzinfo=UTC)


def attendees(event: Component) -> tuple[Attendee, ...]:
    """Give the people an event names, rooms and things left out; whoever invites is one of them."""
    found: dict[str, Attendee] = {}
    for one in (*event.properties.get("ATTENDEE", ()), *event.properties.get("ORGANIZER", ())):
        address = one.first("EMAIL").strip() or _MAILTO.sub("", one.value.strip(), count=1)
        if one.first("CUTYPE").upper() in _NOBODY or not _ADDRESS.match(address):
            continue
        answer = ANSWERS.get(one.first("PARTSTAT").upper())
        found.setdefault(address.casefold(), Attendee(address, clean(one.first("CN")), answer))
    return tuple(found.values())


def read(event: Component, zones: Zones, *, ours: bool) -> Item:
    """Read an event.

    Raises Unread.
    """
    starts, ends, place, all_day = _times(event, zones)
    cancelled = event.value("STATUS").upper() == "CANCELLED"
    named = title(event)
    agenda, people, organisations = _ours(_long(event, "DESCRIPTION")) if ours else (_long(event, "DESCRIPTION"), (), ())
    where, link = _where(event)
    return Item(
        line=event.line,
        uid=uid(event),
        title=(named.removeprefix(_CANCELLED) or UNTITLED) if ours and cancelled else named,
        starts=starts,
        ends=ends,
        zone=place.key,
        all_day=all_day,
        place=where,
        link=link,
        agenda=agenda,
        cancelled=cancelled,
        version=version(event),
        rule=(rule := _rule(event, zones, place)),
        left_out=tuple(sorted(_left_out(event, zones, place))) if rule else (),
        date_of=date_of(event, zones, place),
        attendees=attendees(event) + people,
        organisations=organisations,
    )


def _times(event: Component, zones: Zones) -> tuple[datetime, datetime, ZoneInfo, bool]:
    """Give when an event begins and ends, by which place's clocks, and whether it is days and not times."""
    begun, written = event.first("DTSTART"), _moment(event, "DTSTART")
    if begun is None or written is None:
        reason = f"{begun.value.strip()!r} is no day or time" if begun else "it does not say when it is"
        raise Unread(Left(begun.line if begun else event.line, title(event), reason, "DTSTART"))
    there = zones.place(written.zone)
    if there.doubt:
        event.doubts.append(Doubt(begun.line, "DTSTART", there.doubt))
    # a moment in UTC that does not recur is a moment of the people here, whatever their clocks show then
    recurs = event.first("RRULE") is not None
    place = there.zone if there.zone and (written.zone != "UTC" or recurs) else zones.usual
    starts = zones.wall(written, place)
    if not meeting_times.FIRST_YEAR <= starts.year < meeting_times.LAST_YEAR:
        raise Unread(Left(begun.line, title(event), f"the year {starts.year} is before 1970 or after 2998", "DTSTART"))
    if written.is_day:
        return starts, _last_day(event, starts), place, True
    begins = starts.replace(tzinfo=place).astimezone(UTC)
    return (*_shown(event, begins, begins + _length(event, zones, begins), place), place, False)


def _moment(event: Component, name: str) -> Moment | None:
    """Give the moment that an event's property says, or None."""
    found = event.first(name)
    return moments.moment(found) if found else None


def _end(event: Component) -> Moment | None:
    """Give the moment at which an event says that it ends; None for a year in which nothing of ours is."""
    written = _moment(event, "DTEND")
    return written if written and written.wall.year <= meeting_times.LAST_YEAR else None


def _last_day(event: Component, starts: datetime) -> datetime:
    """Give the day after the last of an event that is days."""
    found, written = event.first("DTEND"), _end(event)
    if written is None:
        lasting = moments.length(event.value("DURATION"))
        return starts + max(timedelta(days=lasting.days) if lasting else _DAY, _DAY)
    ends = datetime.combine(written.wall.date(), datetime.min.time())
    if found and ends <= starts:
        event.doubts.append(Doubt(found.line, "DTEND", "is not after the first day; taken for that one day"))
        return starts + _DAY
    return ends


def _length(event: Component, zones: Zones, begins: datetime) -> timedelta:
    """Give how long an event takes; an hour when it does not say."""
    found, written = event.first("DTEND"), _end(event)
    if found is None or written is None:
        if found:
            event.doubts.append(Doubt(found.line, "DTEND", f"{found.value.strip()!r} is no day or time; taken for an hour after the start"))
        return moments.length(event.value("DURATION")) or _HOUR
    ends = zones.wall(written, zones.usual).replace(tzinfo=zones.usual).astimezone(UTC)
    if ends <= begins:
        event.doubts.append(Doubt(found.line, "DTEND", "is not after the start; taken for an hour after it"))
        return _HOUR
    return ends - begins


def _shown(event: Component, begins: datetime, ends: datetime, place: ZoneInfo) -> tuple[datetime, datetime]:
    """Give two moments as the clocks of a place show them; of a time that they show twice the first is meant."""
    starts, stops = begins.astimezone(place), ends.astimezone(place)
    if stops.fold and not starts.fold:
        event.doubts.append(Doubt(event.line, "DTEND", "the clocks go back and show it twice; taken for the hour after that"))
        stops += _HOUR
    starts, stops = starts.replace(tzinfo=None, fold=0, second=0), stops.replace(tzinfo=None, fold=0, second=0)
    return starts, max(stops, starts + timedelta(minutes=1))


def _rule(event: Component, zones: Zones, place: ZoneInfo) -> Rule | None:
    """Give how an event comes again; None for an event that does not, or not in a way that is understood."""
    found = event.first("RRULE")
    for extra in event.properties.get("RDATE", ()):
        event.doubts.append(Doubt(extra.line, "RDATE", "dates beside those of a rule are left out"))
    if found is None:
        return None
    try:
        rule = recurring.parse(found.value)
    except BadValue:
        event.doubts.append(Doubt(found.line, "RRULE", f"{shorten(found.value, 60)!r} is not understood; only the first date is taken"))
        return None
    in_utc = _UNTIL.search(found.value)
    until = moments.read(in_utc[1]) if in_utc else None
    return rule._replace(until=zones.wall(until, place)) if until else rule


def _left_out(event: Component, zones: Zones, place: ZoneInfo) -> Iterator[datetime]:
    """Give the dates that a recurring event leaves out."""
    for found in event.properties.get("EXDATE", ()):
        for text in found.value.split(","):
            written = moments.read(text, found.first("TZID"), day=found.first("VALUE").upper() == "DATE")
            if written is None:
                event.doubts.append(Doubt(found.line, "EXDATE", f"{shorten(text, 40)!r} is no day or time"))
            else:
                yield _same_clock(event, zones.wall(written, place), written)


def _same_clock(event: Component, wall: datetime, written: Moment) -> datetime:
    """Give a date that is left out; where only its day is said of an event with times, at its time."""
    first = _moment(event, "DTSTART")
    return datetime.combine(wall.date(), first.wall.time()) if written.is_day and first and not first.is_day else wall


def _long(event: Component, name: str) -> str | None:
    """Give a text of several lines, cut to what a record keeps."""
    text = clean_lines(unescape(event.value(name)))
    return text[:_TEXT].rstrip() if text else None


def _where(event: Component) -> tuple[str | None, str | None]:
    """Give an event's place and the address to join it online, which some programs write as the place."""
    place = clean(unescape(event.value("LOCATION")))
    written = (event.value(name) for name in _LINKS)
    link = next((address for address in written if _LINK.match(address) and len(address) <= _LINE), None)
    if place and link is None and len(place) <= _LINE and _LINK.match(place):
        return None, place
    return place and shorten(place, _LINE), link


def _ours(text: str | None) -> tuple[str | None, tuple[Attendee, ...], tuple[str, ...]]:
    """Take apart what our own export wrote under an event: what was to be talked about, who comes, and what organisations."""
    blocks = (text or "").split("\n\n")
    people: list[Attendee] = []
    organisations: tuple[str, ...] = ()
    if blocks and blocks[-1].startswith("solidarity show "):
        del blocks[-1]
    if blocks and blocks[0].startswith("With:\n"):
        for line in blocks.pop(0).splitlines()[1:]:
            name, _, address = line.rpartition(", ")
            if _ADDRESS.match(address):
                people.append(Attendee(address, name.split(", ")[0], None))
    if blocks and blocks[0].startswith("Organisations: ") and "\n" not in blocks[0]:
        organisations = tuple(blocks.pop(0).removeprefix("Organisations: ").split(", "))
    return "\n\n".join(blocks).strip() or None, tuple(people), organisations


def categories(event: Component) -> list[str]:
    """Give an event's categories."""
    return [unescape(word).strip() for found in event.properties.get("CATEGORIES", ()) for word in split(found.value, ",")]
