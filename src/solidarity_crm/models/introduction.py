"""An introduction of two contacts, with each side's own answer."""

from datetime import date
from typing import ClassVar

from pydantic import field_validator
from sqlmodel import Field

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row
from solidarity_crm.rules.introducing import RESULTS


class Introduction(Record, table=True):
    """Bringing two contacts together; ``introducer_id`` is the contact who does it, or nobody for us.

    ``outcome`` is what came of it in words, ``result`` one of rules.introducing.RESULTS.
    """

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
    introducer_asked_on: date | None = None
    introducer_reminded_on: date | None = None
    introducer_told_on: date | None = None
    result: OptionalLine = None

    @field_validator("result")
    @classmethod
    def _known_result(cls, value: str | None) -> str | None:
        """Keep to the results there are."""
        if value is not None and value not in RESULTS:
            problem = f"is one of: {', '.join(RESULTS)}"
            raise ValueError(problem)
        return value


class IntroductionSide(Row, table=True):
    """One of the two people, what they were asked and what they said; ``shares`` lists what may be passed on.

    ``asked_by`` is the channel of asking, ``channel`` that of the answer; ``one_mail`` says whether they agreed to be on one
    message with the other, ``withdrawn_on`` when a yes was taken back, ``told_on`` when they were told what came of it;
    ``described_as`` is who they are without a name, for the other to read before their own yes.
    """

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
    asked_by: OptionalLine = None
    asked_words: OptionalText = None
    one_mail: bool | None = None
    withdrawn_on: date | None = None
    told_on: date | None = None
    described_as: OptionalLine = None
