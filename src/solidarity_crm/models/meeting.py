"""A meeting, an interaction, and who took part in either."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row


class Meeting(Record, table=True):
    """A dated gathering.

    ``starts`` and ``ends`` are local wall-clock times of ``time_zone``, written ``2026-12-01T10:00``, since a zone's
    rules can change before the day comes. ``sequence`` goes up with each change of time, place or status (RFC 5545 §3.8.7.4).
    """

    LETTER: ClassVar[str] = "M"

    title: Line
    starts: str = Field(index=True)
    ends: str
    time_zone: str
    place: OptionalLine = None
    link: OptionalLine = None
    agenda: OptionalText = None
    notes: OptionalText = None
    status: str = "planned"
    owner: OptionalLine = None
    sequence: int = 0


class Interaction(Record, table=True):
    """Something that happened between us and others, on a day."""

    LETTER: ClassVar[str] = "N"

    happened_on: date = Field(index=True)
    kind: str = "note"
    direction: str | None = None
    about: str | None = Field(default=None, index=True)
    summary: Line
    body: OptionalText = None


class Participant(Row, table=True):
    """That a contact or an organisation took part in a meeting or an interaction."""

    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    interaction_id: int | None = Field(default=None, foreign_key="interaction.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
