"""Meetings that a calendar file has and the store has not: kept until the file is through, then stored at once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from solidarity_crm.models.calendar import Answer, CalendarEvent
from solidarity_crm.models.contact_points import clean_website
from solidarity_crm.models.meeting import Meeting, Participant
from solidarity_crm.rules import meeting_times, recurring
from solidarity_crm.rules.invitations import NOT_COMING
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import interactions

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.exchange.calendar.reading.items import Item
    from solidarity_crm.store.transaction import Tx


class Coming:
    """Who of the contacts an event names, with what they said, and which organisations."""

    def __init__(self, contacts: dict[int, str | None], organisations: tuple[int, ...] = ()) -> None:
        """Keep them by number."""
        self.contacts, self.organisations = contacts, organisations


class Fresh:
    """New meetings with all that hangs on them."""

    def __init__(self, tx: Tx, owner: str | None, today: date) -> None:
        """Begin with none."""
        self._tx, self._owner, self._today = tx, owner, today
        self._next = tx.next_number(Meeting)
        self._meetings: list[dict[str, Any]] = []
        self._participants: list[dict[str, Any]] = []
        self._answers: list[dict[str, Any]] = []
        self._events: list[dict[str, Any]] = []
        self._held: list[tuple[int, Item, Coming]] = []

    def add(self, item: Item, coming: Coming, *, series: int | None = None) -> int:
        """Keep an event as a new meeting; give its number.

        Raises BadValue for a value that no meeting may have.
        """
        number = self._next
        held = not item.cancelled and over(item, self._today)
        status = "cancelled" if item.cancelled else "held" if held else "planned"
        made = Meeting.checked_values(**fields(item), status=status, owner=self._owner, series_id=series, sequence=int(item.cancelled))
        if series is not None:
            made["date_of"] = meeting_times.written(item.date_of or item.starts)
        self._next += 1
        self._meetings.append({**made, "id": number})
        rows = [{"contact_id": contact} for contact in coming.contacts] + [{"organisation_id": o} for o in coming.organisations]
        self._participants += [Participant.checked_values(meeting_id=number, **row) for row in rows]
        self._answers += [
            Answer.checked_values(meeting_id=number, contact_id=contact, answer=answer, answered_at=item.version.stamp)
            for contact, answer in coming.contacts.items()
            if answer
        ]
        self._events.append(event(item, number))
        if held and not item.rule and any(answer != NOT_COMING for answer in coming.contacts.values()):
            self._held.append((number, item, coming))
        return number

    def leave_out(self, number: int, date_of: datetime) -> None:
        """Leave a date out of a new series."""
        made = next(row for row in self._meetings if row["id"] == number)
        made["left_out"] = " ".join(sorted({*(made["left_out"] or "").split(), meeting_times.written(date_of)}))

    def store(self) -> None:
        """Store them."""
        for model, rows in (
            (Meeting, self._meetings),
            (Participant, self._participants),
            (Answer, self._answers),
            (CalendarEvent, self._events),
        ):
            self._tx.insert_values(model, rows)
        for number, item, coming in self._held:
            came = [Ref("P", contact) for contact, answer in coming.contacts.items() if answer != NOT_COMING]
            there = [Ref("O", organisation) for organisation in coming.organisations]
            interactions.log(
                self._tx, item.title, on=item.starts.date(), contacts=came, organisations=there, kind="meeting", about=f"M{number}"
            )


def over(item: Item, today: date) -> bool:
    """Say whether an event is over before today, the last date too of one that recurs."""
    midnight = datetime.combine(today, datetime.min.time())
    if item.rule is None or item.ends > midnight:
        return item.ends <= midnight
    later = recurring.dates(item.rule, item.starts, since=midnight - (item.ends - item.starts))
    return next(later, None) is None


def event(item: Item, number: int) -> dict[str, Any]:
    """Give what is kept of where a meeting came from."""
    return CalendarEvent.checked_values(
        meeting_id=number,
        uid=item.key,
        sequence=item.version.sequence,
        written_at=item.version.stamp,
        digest=item.digest,
    )


def fields(item: Item) -> dict[str, Any]:
    """Give an event's own fields as a meeting keeps them; an address that no browser may open is left out."""
    return {
        "title": item.title,
        **times(item),
        "place": item.place,
        "link": _link(item.link),
        "agenda": item.agenda,
        "recurs": str(item.rule) if item.rule else None,
        "left_out": " ".join(meeting_times.written(wall) for wall in item.left_out) or None,
    }


def _link(address: str | None) -> str | None:
    try:
        return address and clean_website(address)
    except ValueError:
        return None


def times(item: Item) -> dict[str, Any]:
    """Give when an event is, as a meeting keeps it."""
    starts, ends = meeting_times.written(item.starts), meeting_times.written(item.ends)
    return {"starts": starts, "ends": ends, "time_zone": item.zone, "all_day": item.all_day}
