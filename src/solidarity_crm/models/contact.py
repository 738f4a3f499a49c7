"""A contact and what hangs on it: how to reach them, roles, communities they work with, tags.

There is no field for who a person *is*: only which communities they work with (protection.md P2).
"""

from datetime import date
from typing import Any, ClassVar

from pydantic import field_validator, model_validator
from sqlmodel import Field, Index, text

from solidarity_crm.models import organisation  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record, Row
from solidarity_crm.rules.notices import BASES, SOURCES
from solidarity_crm.text import fold


class Contact(Record, table=True):
    """A person."""

    LETTER: ClassVar[str] = "P"
    # the few contacts that the day's list may be about
    __table_args__ = (
        Index("ix_contact_cadence_days", "cadence_days", sqlite_where=text("cadence_days IS NOT NULL")),
        Index("ix_contact_notice_owed", "obtained_on", sqlite_where=text("source <> 'self' AND notice_given_on IS NULL")),
    )

    name: Line
    name_key: str = Field(default="", index=True)
    given_name: OptionalLine = None
    family_name: OptionalLine = None
    known_as: OptionalLine = None
    pronouns: OptionalLine = None
    source: Line = "self"
    obtained_on: date
    basis: OptionalLine = None
    notice_given_on: date | None = None
    cadence_days: int | None = Field(default=None, ge=1, le=3650)
    do_not_contact: bool = False
    do_not_contact_reason: OptionalLine = None
    channels: OptionalLine = None
    contact_hours: OptionalLine = None
    no_voicemail: bool = False
    words_to_avoid: OptionalLine = None
    ask_budget: int | None = Field(default=None, ge=0, le=100)  # None is the settings' own
    asks_paused_until: date | None = None
    note: OptionalText = None

    @field_validator("basis")
    @classmethod
    def _known_basis(cls, value: str | None) -> str | None:
        """Keep to the lawful bases that a partnership has."""
        if value is not None and value not in BASES:
            problem = f"is one of: {', '.join(BASES)}"
            raise ValueError(problem)
        return value

    @field_validator("source")
    @classmethod
    def _known_source(cls, value: str) -> str:
        """Keep to the sources; an introduction names who made it."""
        if value not in SOURCES and not value.startswith("introduced by "):
            problem = f"is one of: {', '.join(SOURCES)} P4"
            raise ValueError(problem)
        return value

    @model_validator(mode="before")
    @classmethod
    def _folded_name(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Keep the folded name beside the name."""
        return {**values, "name_key": fold(str(values.get("name") or ""))}


class ContactPoint(Row, table=True):
    """One e-mail address, phone or web address (``system`` is email, phone or url) of a contact or organisation, in order."""

    __tablename__ = "contact_point"

    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    system: str
    value: Line
    value_key: str = Field(default="", index=True)
    label: OptionalLine = None
    preferred: bool = False
    position: int = 0


class PostalAddress(Row, table=True):
    """Where letters reach a contact, in the parts of a vCard's ADR (RFC 6350 §6.3.1)."""

    __tablename__ = "postal_address"

    contact_id: int = Field(foreign_key="contact.id", index=True)
    label: OptionalLine = None
    street: OptionalText = None
    locality: OptionalLine = None
    region: OptionalLine = None
    postal_code: OptionalLine = None
    country: OptionalLine = None
    position: int = 0


class Affiliation(Row, table=True):
    """A contact's role at an organisation; past ones are kept."""

    contact_id: int = Field(foreign_key="contact.id", index=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    role: OptionalLine = None
    since: date | None = None
    until: date | None = None


class Tag(Row, table=True):
    """A word that the workspace's people put on a contact."""

    contact_id: int = Field(foreign_key="contact.id", index=True)
    tag: Line = Field(index=True)
