"""An introduction of two contacts, with each side's own answer."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row


class Introduction(Record, table=True):
    """Bringing two contacts together; ``introducer_id`` is the contact who does it, or nobody for us."""

    LETTER: ClassVar[str] = "I"

    introducer_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    why: Line
    status: str = Field(default="proposed", index=True)
    owner: OptionalLine = None
    proposed_on: date
    made_on: date | None = None
    met_on: date | None = None
    ended_on: date | None = None
    outcome: OptionalText = None
    thanked_on: date | None = None


class IntroductionSide(Row, table=True):
    """One of the two people, what they were asked and what they said; ``shares`` lists what may be passed on."""

    __tablename__ = "introduction_side"

    introduction_id: int = Field(foreign_key="introduction.id", index=True)
    side: str
    contact_id: int = Field(foreign_key="contact.id", index=True)
    asked_on: date | None = None
    answer: str | None = None
    answered_on: date | None = None
    channel: OptionalLine = None
    words: OptionalText = None
    shares: OptionalLine = None
