"""What somebody said yes or no to: rows that are added and never changed."""

from datetime import date
from typing import Any, ClassVar

from pydantic import field_validator
from sqlmodel import Field

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import OptionalLine, OptionalText, Row
from solidarity_crm.rules.consent import CHANNELS, KINDS
from solidarity_crm.rules.outreach import PURPOSES


class ConsentEvent(Row, table=True):
    """Something that somebody said about being written to (rules.consent): for which purpose and channel, when, how, in which words.

    ``told`` is what they were told first; ``until`` is the last day on which it holds.
    """

    __tablename__ = "consent_event"
    ONE_OF: ClassVar = {"kind": KINDS, "purpose": PURPOSES, "channel": CHANNELS}

    contact_id: int = Field(foreign_key="contact.id", index=True)
    kind: str
    purpose: str
    channel: str = "email"
    happened_on: date
    until: date | None = None
    how: OptionalLine = None
    words: OptionalText = None
    told: OptionalText = None

    @field_validator("kind", "purpose", "channel")
    @classmethod
    def _known(cls, value: str, info: Any) -> str:  # noqa: ANN401 - pydantic's own
        """Keep to the words there are."""
        choices = cls.ONE_OF[info.field_name]
        if value not in choices:
            problem = f"is one of: {', '.join(choices)}"
            raise ValueError(problem)
        return value

    @field_validator("until")
    @classmethod
    def _after_it_was_said(cls, value: date | None, info: Any) -> date | None:  # noqa: ANN401 - pydantic's own
        """Refuse what would end before it began."""
        said_on = info.data.get("happened_on")
        if value and said_on and value < said_on:
            problem = f"it is before the day it was said, {said_on}"
            raise ValueError(problem)
        return value
