"""A group: a filter of contacts with a name; who is in it is found anew each time."""

from datetime import date
from typing import Any

from pydantic import model_validator
from sqlmodel import Field

from solidarity_crm.models import organisation  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, Row
from solidarity_crm.text import fold


class ContactGroup(Row, table=True):
    """Whom a group is for: the filters of ``contact list``, those that are empty asking for nothing."""

    __tablename__ = "contact_group"

    name: Line
    name_key: str = Field(default="", index=True)
    community: OptionalLine = None
    tag: OptionalLine = None
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    members: bool = False
    offers: OptionalLine = None
    source: OptionalLine = None
    since: date | None = None
    quiet_days: int | None = Field(default=None, ge=1, le=3650)
    notice_due: bool = False

    @model_validator(mode="before")
    @classmethod
    def _folded_name(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Keep the folded name beside the name."""
        return {**values, "name_key": fold(str(values.get("name") or ""))}
