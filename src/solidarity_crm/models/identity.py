"""By what a contact or an organisation is recognised besides its name: former names, other programs' numbers, what was merged."""

from datetime import date
from typing import Any

from pydantic import model_validator
from sqlmodel import Field, Index

from solidarity_crm.models import contact, organisation  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, Row
from solidarity_crm.text import fold


class FormerName(Row, table=True):
    """A name by which a contact or an organisation was known before; searches and imports still find it."""

    __tablename__ = "former_name"

    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    name: Line
    name_key: str = Field(default="", index=True)

    @model_validator(mode="before")
    @classmethod
    def _folded_name(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Keep the folded name beside the name."""
        return {**values, "name_key": fold(str(values.get("name") or ""))}


class Identifier(Row, table=True):
    """What another program calls a contact: ``system`` says which, such as ``linkedin`` or ``vcard``."""

    __table_args__ = (Index("ix_identifier_value", "system", "value"),)

    contact_id: int = Field(foreign_key="contact.id", index=True)
    system: Line
    value: Line


class NotDuplicate(Row, table=True):
    """That somebody looked at two contacts and found them to be two people; ``contact_id`` is the lower number."""

    __tablename__ = "not_duplicate"

    contact_id: int = Field(foreign_key="contact.id", index=True)
    other_id: int = Field(foreign_key="contact.id", index=True)
    decided_on: date


class Merger(Row, table=True):
    """That the record ``old_ref`` was merged into ``new_ref`` and is gone; its number is not given again."""

    old_ref: str = Field(index=True)
    new_ref: str = Field(index=True)
    merged_on: date
