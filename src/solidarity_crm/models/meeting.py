"""A meeting, an interaction, and who took part in either."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator
from sqlmodel import Field, Index

from solidarity_crm.models import contact, organisation  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row
from solidarity_crm.models.contact_points import clean_website
from solidarity_crm.rules import meeting_times, recurring


class Meeting(Record, table=True):
    """A dated gathering.

    ``starts`` and ``ends`` are local wall-clock times of ``time_zone``, written ``2026-12-01T10:00``, since a zone's
    rules can change before the day comes. ``sequence`` goes up with each change of time, place or status (RFC 5545 §3.8.7.4).
    With ``all_day`` both are midnights, ``ends`` that after the last day.

    ``recurs`` makes it a series, whose first date it is, by a recurrence rule (:mod:`solidarity_crm.rules.recurring`);
    ``left_out`` are the starts of its dates that are not, with blanks between. A date of a series that differs from the others
    is a meeting of its own, of which ``series_id`` says the series and ``date_of`` when that would have had it.
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
    all_day: bool = False
    recurs: str | None = None
    left_out: str | None = None
    series_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    date_of: str | None = None

    @field_validator("starts", "ends", "date_of")
    @classmethod
    def _wall_clock(cls, value: str | None) -> str | None:
        """Keep to the one way in which local times are written."""
        return None if value is None else meeting_times.written(meeting_times.read(value))

    @field_validator("left_out")
    @classmethod
    def _wall_clocks(cls, value: str | None) -> str | None:
        """Keep to it for several, each once and in order."""
        times = sorted({meeting_times.written(meeting_times.read(text)) for text in (value or "").split()})
        return " ".join(times) or None

    @field_validator("recurs")
    @classmethod
    def _recurrence(cls, value: str | None) -> str | None:
        """Keep to rules that are understood."""
        return str(recurring.parse(value)) if value else None

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
    # an interaction's day is found without its words
    __table_args__ = (Index("ix_interaction_day", "id", "happened_on"),)

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
