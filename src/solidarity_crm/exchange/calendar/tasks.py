"""Follow-ups as tasks, for programs that keep lists of them; Google Calendar and Outlook ignore tasks (exchange.md A, finding 2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.calendar.events import described, revision, titled

if TYPE_CHECKING:
    from solidarity_crm.exchange.calendar.events import Telling
    from solidarity_crm.queries.followups import FollowUp

_STATES = {"open": "NEEDS-ACTION", "done": "COMPLETED", "cancelled": "CANCELLED"}


class Task(NamedTuple):
    """Something to do by a day; ``priority`` and ``status`` are RFC 5545's, ``ended`` the moment at which it was done."""

    uid: str
    summary: str
    due: date
    created: datetime
    changed: datetime
    sequence: int
    priority: int
    status: str
    ended: datetime | None
    categories: tuple[str, ...]
    description: str


def of_followup(followup: FollowUp, telling: Telling) -> Task:
    """Give a follow-up as a task; its id is another than that of the event it also is."""
    busy = telling.titles == "busy"
    return Task(
        uid=telling.uid("followup", followup.uid),
        summary=followup.ref if busy else titled(followup, telling),
        due=followup.due,
        created=followup.created_at,
        changed=followup.updated_at,
        sequence=revision(followup),
        priority=followup.priority,
        status=_STATES[followup.status],
        # the day is known and the time is not: noon is that day nearly everywhere
        ended=datetime.combine(followup.ended_on or followup.updated_at.date(), time(12), UTC) if followup.status == "done" else None,
        categories=() if busy else ("Solidarity CRM", "Follow-up"),
        description="" if busy else described(followup, telling),
    )
