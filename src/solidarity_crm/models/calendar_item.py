"""What a calendar on a server was last told."""

from sqlmodel import Field, Index

from solidarity_crm.models.base import Row


class CalendarItem(Row, table=True):
    """A record as an item of the calendar at an address: the server's tag for it, a digest of what it was told, and what both sides agreed on.

    ``facts`` are what rules.calendar_steps writes of it, without anybody's words; ``sequence`` is the highest that the
    calendar was seen to have. What a server has cannot be taken back here, so the journal does not know this table.
    """

    __tablename__ = "calendar_item"
    __table_args__ = (Index("ix_calendar_item_uid", "calendar", "uid", unique=True),)

    calendar: str
    uid: str
    ref: str
    etag: str
    digest: str
    facts: str
    sequence: int = Field(default=0)
