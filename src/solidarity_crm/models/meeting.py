"""A meeting, an interaction, and who took part in either."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator
from sqlmodel import Field, Index

from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row
from solidarity_crm.models.contact_points import clean_website
from solidarity_crm.rules import meeting_times


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

    @field_validator("starts", "ends")
    @classmethod
    def _wall_clock(cls, value: str) -> str:
        """Keep to the one way in which local times are written."""
        return meeting_times.written(meeting_times.read(value))

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        """Keep to zones that this machine knows."""
        return meeting_times.zone(value).key

    @field_validator("link")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        """Keep to addresses that a browser may open."""
        return value and clean_website(value)


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

    # a contact's interactions are found in the index alone
    __table_args__ = (Index("ix_participant_contact_id", "contact_id", "interaction_id"),)

    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    interaction_id: int | None = Field(default=None, foreign_key="interaction.id", index=True)
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
