"""Every move of a record from one state of its lifecycle to the next."""

from datetime import date

from sqlmodel import Field

from solidarity_crm.models.base import OptionalText, Row


class Move(Row, table=True):
    """That the record ``ref`` went from one state to another on a day, and why."""

    ref: str = Field(index=True)
    from_status: str
    to_status: str
    moved_on: date
    why: OptionalText = None
