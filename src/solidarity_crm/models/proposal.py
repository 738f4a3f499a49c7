"""A proposal: what somebody wrote in the partnership's web form, kept apart until one of us accepts it."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record


class Proposal(Record, table=True):
    """A form reply as it came; nothing else is stored of it before it is accepted.

    ``reply_key`` has the keys by which the same reply is known again, a blank between them: of the entry's number or the
    Message-ID where it has one, and of what it says; digests, so that they outlive the text of a rejected one. ``choices``
    are the options they ticked, a line each, ``words`` what they wrote in their own words, ``body`` the whole reply with
    its questions, ``consent`` the wording they agreed to.
    """

    LETTER: ClassVar[str] = "R"

    origin: Line
    reply_key: Line = Field(index=True)
    received_on: date
    reply_due: date
    name: OptionalLine = None
    given_name: OptionalLine = None
    family_name: OptionalLine = None
    pronouns: OptionalLine = None
    email: OptionalLine = None
    phone: OptionalLine = None
    organisation: OptionalLine = None
    role: OptionalLine = None
    choices: OptionalText = None
    words: OptionalText = None
    consent: OptionalText = None
    body: OptionalText = None
    status: str = Field(default="waiting", index=True)
    owner: OptionalLine = None
    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    ended_on: date | None = None
