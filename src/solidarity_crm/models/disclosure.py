"""A disclosure: that people's details left the program."""

from datetime import date

from sqlmodel import Field

from solidarity_crm.models.base import Line, Row


class Disclosure(Row, table=True):
    """One export of people's details: whom it was for and why, in which form, which fields, and whose (their refs).

    It answers "who received what about P12 since spring" (protection.md P12, P13), so no undo takes it away.
    """

    disclosed_on: date = Field(index=True)
    by: Line
    recipient: Line
    form: Line
    fields: str
    refs: str
