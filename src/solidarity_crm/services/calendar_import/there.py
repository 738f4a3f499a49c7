"""What the store has of what a calendar file names: meetings by the ids of their events, contacts by their addresses."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sqlmodel import col, select

from solidarity_crm.errors import BadValue
from solidarity_crm.models.calendar import CalendarEvent
from solidarity_crm.models.contact_points import clean_email
from solidarity_crm.models.meeting import Meeting
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solidarity_crm.exchange.calendar.reading.items import Attendee
    from solidarity_crm.store.transaction import Tx

_OWN = re.compile(r"(?P<kind>meeting|followup)-(?P<uid>.+?)(?:-event)?@(?P<install>[^@]+)\Z")
_MANY = 500  # ids in one question


class Known:
    """The meetings that a file's events are, as far as they are here."""

    def __init__(self, tx: Tx, uids: Iterable[str]) -> None:
        """Look them up by the ids that their events have in the file, and by our own."""
        self._tx = tx
        self._install = tx.settings.uid or tx.settings.domain
        wanted = sorted(set(uids))
        self.events: dict[str, CalendarEvent] = {}
        for place in range(0, len(wanted), _MANY):
            found = tx.session.exec(select(CalendarEvent).where(col(CalendarEvent.uid).in_(wanted[place : place + _MANY])))
            self.events.update({event.uid: event for event in found})

    def own(self, uid: str) -> tuple[str, str] | None:
        """Give the kind and the uid of the record of ours that an id names, also when it is gone; None for another calendar's."""
        found = _OWN.match(uid)
        return (found["kind"], found["uid"]) if found and found["install"] == self._install else None

    def meeting(self, uid: str) -> Meeting | None:
        """Give the meeting that an event is, a series for one that recurs; None when it is not here."""
        own = self.own(uid)
        if own:
            return self._tx.session.exec(select(Meeting).where(Meeting.uid == own[1])).first() if own[0] == "meeting" else None
        event = self.events.get(uid)
        return self._tx.session.get(Meeting, event.meeting_id) if event else None

    def date(self, series: int, date_of: str) -> Meeting | None:
        """Give the meeting that stands for a date of a series, or None."""
        return self._tx.session.exec(select(Meeting).where(Meeting.series_id == series, Meeting.date_of == date_of)).first()


class Addresses:
    """Contacts by their e-mail addresses."""

    def __init__(self, tx: Tx, attendees: Iterable[Attendee]) -> None:
        """Look up everybody that a file names."""
        self._ours = {_key(address) for address in (tx.settings.email, *(person.email for person in tx.settings.people)) if address}
        keys = sorted({_key(one.address) for one in attendees} - self._ours)
        self._found: dict[str, list[tuple[int, str]]] = {}
        question = (
            "SELECT p.value_key, c.id, c.name FROM contact_point p JOIN contact c ON c.id = p.contact_id"
            " WHERE p.system = 'email' AND p.value_key IN (SELECT value FROM json_each(?)) ORDER BY c.id"
        )
        for key, number, name in tx.connection.execute(question, (json.dumps(keys),)).fetchall():
            self._found.setdefault(key, []).append((number, name))

    def ours(self, one: Attendee) -> bool:
        """Say whether an address is that of somebody who uses the workspace."""
        return _key(one.address) in self._ours

    def contact(self, one: Attendee) -> int | None:
        """Give the number of the only contact with an address, or of the one of several who is called so; None when nobody is sure."""
        several = self._found.get(_key(one.address), [])
        if len(several) > 1:
            several = [found for found in several if one.name and fold(found[1]) == fold(one.name)]
        return several[0][0] if len(several) == 1 else None


def _key(address: str) -> str:
    """Give what two spellings of an address have in common."""
    try:
        return clean_email(address)[1]
    except BadValue:
        return address.casefold()
