"""A draft: one outreach message to one person."""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Body, Line, OptionalLine, Record


class Draft(Record, table=True):
    """One message, one recipient: ``to_address`` is one address and there is no other.

    ``about`` is the ref of the record that it was written about; ``with_notice`` says that the privacy notice is in it.
    ``message_id`` is kept so that a reply can find its way back. ``sending_at`` is when sending it was last begun: while its
    status is sending or unsure, nobody knows yet whether it arrived. ``anyway`` is why it may go out although its person was asked too often (rules.asking).
    """

    LETTER: ClassVar[str] = "D"

    contact_id: int = Field(foreign_key="contact.id", index=True)
    to_address: Line
    template: Line
    about: OptionalLine = Field(default=None, index=True)
    purpose: Line
    subject: Line
    body: Body
    with_notice: bool = False
    status: str = Field(default="draft", index=True)
    owner: OptionalLine = None
    message_id: OptionalLine = None
    approved_on: date | None = None
    exported_at: datetime | None = None
    sending_at: datetime | None = None
    sent_at: datetime | None = None
    anyway: OptionalLine = None
