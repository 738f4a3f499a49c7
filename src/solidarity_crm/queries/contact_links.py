"""The records that a contact is part of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.meeting_dates import next_date
from solidarity_crm.queries.meetings import MeetingFilter, meetings
from solidarity_crm.queries.reading import rows
from solidarity_crm.rules.introducing import outward

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Link(NamedTuple):
    """A record that a contact is part of; ``owed`` when a thank-you for it is owed to whoever helped.

    An introduction stands as it may be told to the two people (rules.introducing.outward).
    """

    link: str
    ref: str
    name: str
    status: str
    day: date
    owed: bool


def contact_links(store: Store, contact: int, *, today: date) -> list[Link]:
    """List a contact's offers, introductions, meetings ahead (a series at its next date) and unsent drafts, the newest first."""
    found = rows(store, "contact_links", Link, contact=contact, today=today)
    found = [one._replace(status=outward(one.status)) if one.link == "introduction" else one for one in found]
    several = meetings(store, wanted=MeetingFilter(status="planned", contact=contact, recurring=True))
    ahead = [date for one in several if (date := next_date(store, one, today=today))]
    found += [Link("meeting", one.ref, one.title, one.status, one.starts.date(), owed=False) for one in ahead]
    return sorted(found, key=lambda one: (one.link, -one.day.toordinal(), one.ref))
