"""What came back: mails that were read once, and addresses at which nothing arrives any more."""

from datetime import date

from sqlmodel import Field

from solidarity_crm.models import contact  # noqa: F401 - columns refer to their tables
from solidarity_crm.models.base import Line, OptionalLine, Row


class DeadAddress(Row, table=True):
    """An address to which mail cannot be delivered, in the form by which two spellings of it are the same.

    It is the address that is dead, whoever has it: two contacts may share one, and a contact may have others.
    """

    __tablename__ = "dead_address"

    address: Line = Field(index=True)
    dead_on: date
    why: OptionalLine = None


class ReadMail(Row, table=True):
    """That a mail about a contact was read, so that reading it again changes nothing.

    ``mail_key`` is a digest of its Message-ID, which itself may say where somebody writes from.
    """

    __tablename__ = "read_mail"

    contact_id: int = Field(foreign_key="contact.id", index=True)
    mail_key: Line = Field(index=True)
    kind: Line
    received_on: date
