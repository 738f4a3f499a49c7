"""Follow-ups as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class FollowUp(NamedTuple):
    """A follow-up; ``priority`` is 1, 5 or 9 as in RFC 5545, ``every`` a recurrence like ``2w``."""

    ref: str
    uid: str
    what: str
    about: Named | None
    due: date
    owner: str | None
    priority: int
    every: str | None
    snoozed_until: date | None
    status: str
    owed_to: Named | None
    ended_on: date | None
    created_at: datetime
    updated_at: datetime


class FollowUpFilter(NamedTuple):
    """Which follow-ups; None asks for any, the two days themselves are in. ``contact`` finds those about or owed to a contact."""

    status: str | None = None
    owner: str | None = None
    about: str | None = None
    due_before: date | None = None
    due_after: date | None = None
    contact: int | None = None


def followups(store: Store, *, wanted: FollowUpFilter | None = None, number: int | None = None, limit: int = ALL) -> list[FollowUp]:
    """List follow-ups, the most urgent first."""
    filters: dict[str, Any] = (wanted or FollowUpFilter())._asdict()
    return rows(store, "followups", FollowUp, **filters, number=number, limit=limit)


def followup(store: Store, number: int) -> FollowUp | None:
    """Give one follow-up, or None."""
    return next(iter(followups(store, number=number)), None)
