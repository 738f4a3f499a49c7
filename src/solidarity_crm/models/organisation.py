"""An organisation: charity, council, NHS body, funder, university, group."""

from datetime import date
from typing import Any, ClassVar

from pydantic import field_validator, model_validator
from sqlmodel import Field

from solidarity_crm.models.base import Line, OptionalLine, OptionalText, Record
from solidarity_crm.models.contact_points import clean_website
from solidarity_crm.rules.help_kinds import ORGANISATION_KINDS
from solidarity_crm.rules.permission import SUBSCRIBERS
from solidarity_crm.text import fold


class Organisation(Record, table=True):
    """An organisation; a network member from ``member_since`` until ``member_until``.

    It is ``revealing`` when having a role there suggests a trait that could harm somebody if it were known. ``subscriber`` is
    whether PECR takes it for an individual or a corporate body; when that is not known it counts as an individual.
    """

    LETTER: ClassVar[str] = "O"

    name: Line
    name_key: str = Field(default="", index=True)
    kind: str = "other"
    website: OptionalLine = None
    address: OptionalText = None
    member_since: date | None = None
    member_until: date | None = None
    note: OptionalText = None
    revealing: bool = False
    subscriber: OptionalLine = None

    @field_validator("kind")
    @classmethod
    def _known_kind(cls, value: str) -> str:
        """Keep to the kinds there are."""
        if value not in ORGANISATION_KINDS:
            problem = f"is one of: {', '.join(ORGANISATION_KINDS)}"
            raise ValueError(problem)
        return value

    @field_validator("subscriber")
    @classmethod
    def _known_subscriber(cls, value: str | None) -> str | None:
        """Keep to the two there are."""
        if value is not None and value not in SUBSCRIBERS:
            problem = f"is one of: {', '.join(SUBSCRIBERS)}"
            raise ValueError(problem)
        return value

    @field_validator("website")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        """Keep to addresses that a browser may open."""
        return value and clean_website(value)

    @model_validator(mode="before")
    @classmethod
    def _folded_name(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Keep the folded name beside the name."""
        return {**values, "name_key": fold(str(values.get("name") or ""))}
