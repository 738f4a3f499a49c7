"""A follow-up: something to do by a day."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, Record


class FollowUp(Record, table=True):
    """Something to do by ``due``, about the record whose ref is ``about``.

    ``priority`` is 1 (high), 5 or 9 (low), as in RFC 5545 §3.8.1.9; ``every`` a recurrence like ``2w``;
    ``snoozed_until`` hides it for a while and leaves the due day as it is. ``month_day`` is the day of the month that one
    recurring by months began with, where a month since had no such day.
    """

    LETTER: ClassVar[str] = "F"
    __tablename__ = "followup"

    what: Line
    about: str | None = Field(default=None, index=True)
    due: date
    owner: OptionalLine = None
    priority: int = 5
    every: str | None = None
    snoozed_until: date | None = None
    status: str = Field(default="open", index=True)
    owed_to_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    ended_on: date | None = None
    month_day: int | None = None
