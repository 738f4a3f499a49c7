"""Which communities a record is about; never which one a person belongs to (protection.md P2)."""

from sqlmodel import Field

from solidarity_crm.models import contact, offer, organisation  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, Row


class WorksWith(Row, table=True):
    """That a contact, organisation, offer or ask is about one of the workspace's communities."""

    __tablename__ = "works_with"

    contact_id: int | None = Field(default=None, foreign_key="contact.id", index=True)
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id", index=True)
    offer_id: int | None = Field(default=None, foreign_key="offer.id", index=True)
    ask_id: int | None = Field(default=None, foreign_key="ask.id", index=True)
    community: Line = Field(index=True)
