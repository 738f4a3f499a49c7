"""That two contacts know each other, and what somebody was asked beyond their ask budget."""

from datetime import date
from uuid import uuid4

from pydantic import field_validator
from sqlmodel import Field, Index

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Row
from solidarity_crm.rules.ties import STATES, STRENGTHS, SUGGESTED


class Tie(Row, table=True):
    """That two contacts know each other, how well, and how we know; a dropped one says that they do not.

    ``contact_id`` is the lower of their numbers, so that a pair is there once.
    """

    __table_args__ = (Index("ix_tie_pair", "contact_id", "other_id", unique=True),)

    uid: str = Field(default_factory=lambda: str(uuid4()))
    contact_id: int = Field(foreign_key="contact.id")
    other_id: int = Field(foreign_key="contact.id", index=True)
    strength: str = STRENGTHS[0]
    since: date | None = None
    state: str = SUGGESTED
    known_from: OptionalText = None
    noted_on: date

    @field_validator("strength")
    @classmethod
    def _known_strength(cls, value: str) -> str:
        """Keep to the strengths there are."""
        return _one_of(value, STRENGTHS)

    @field_validator("state")
    @classmethod
    def _known_state(cls, value: str) -> str:
        """Keep to the states there are."""
        return _one_of(value, STATES)


class OverBudget(Row, table=True):
    """An ask past what somebody may be asked (rules.asking), and the reason that was given for it."""

    __tablename__ = "over_budget"

    contact_id: int = Field(foreign_key="contact.id", index=True)
    asked_on: date
    about: OptionalLine = None
    reason: Line


def _one_of(value: str, choices: tuple[str, ...]) -> str:
    """Give a value that is one of the choices."""
    if value not in choices:
        problem = f"is one of: {', '.join(choices)}"
        raise ValueError(problem)
    return value
