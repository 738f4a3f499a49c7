"""What other calendars say of our meetings: which of their events a meeting is, and who said they come."""

from datetime import datetime

from sqlmodel import Field

from solidarity_crm.models import contact, meeting  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, Row


class CalendarEvent(Row, table=True):
    """That a meeting came from another calendar's file, where its id is ``uid``.

    ``sequence`` and ``written_at`` say how new the text was that it was last made of, ``digest`` what that said.
    """

    __tablename__ = "calendar_event"

    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    uid: Line = Field(index=True)
    sequence: int = 0
    written_at: datetime | None = None
    digest: str


class Answer(Row, table=True):
    """What somebody said to the invitation to a meeting: ``coming``, ``not coming`` or ``maybe``."""

    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    answer: str
    answered_at: datetime | None = None
