"""An offer of help, each use made of it, an ask for help, and which offers could meet which asks."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from solidarity_crm.models import contact, organisation  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row


class Offer(Record, table=True):
    """Help that a contact or organisation offers.

    ``reply_due`` is the day by which they should hear from us; ``confirmed_on`` the last day they said it stands.
    """

    LETTER: ClassVar[str] = "H"

    kind: str
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    about: Line
    received_on: date
    reply_due: date
    source: OptionalLine = None
    status: str = Field(default="offered", index=True)
    owner: OptionalLine = None
    capacity: OptionalLine = None
    confirmed_on: date
    shelf_life_days: int = Field(default=180, ge=1, le=3650)
    outcome: OptionalText = None
    ended_on: date | None = None
    thanked_on: date | None = None


class OfferUse(Row, table=True):
    """One time that an offer of help was called on."""

    __tablename__ = "offer_use"

    offer_id: int = Field(foreign_key="offer.id", index=True)
    ask_id: int | None = Field(default=None, foreign_key="ask.id", index=True)
    used_on: date
    what: Line


class Ask(Record, table=True):
    """Help that the partnership looks for."""

    LETTER: ClassVar[str] = "A"

    kind: str
    about: Line
    wanted_by: date | None = None
    status: str = Field(default="open", index=True)
    owner: OptionalLine = None
    outcome: OptionalText = None
    ended_on: date | None = None


class AskMatch(Row, table=True):
    """That an offer could meet an ask."""

    __tablename__ = "ask_match"

    ask_id: int = Field(foreign_key="ask.id", index=True)
    offer_id: int = Field(foreign_key="offer.id", index=True)
    matched_on: date
