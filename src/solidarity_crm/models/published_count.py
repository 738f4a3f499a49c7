"""A count of people that was published."""

from datetime import date

from sqlmodel import Field

from solidarity_crm.models.base import Line, OptionalLine, Row


class PublishedCount(Row, table=True):
    """One count of a published table: of what, as it was ``shown``, and how many ``people`` they were.

    ``counted_by`` is one of rules.disclosure.BY; ``ref`` is the organisation's where each is counted, and ``category`` what
    was printed. How many they were stays in the store: the next table to be published is compared with it (protection.md §2.7).
    """

    __tablename__ = "published_count"

    published_on: date
    counted_by: Line = Field(index=True)
    category: Line
    ref: OptionalLine = None
    shown: Line
    people: int
