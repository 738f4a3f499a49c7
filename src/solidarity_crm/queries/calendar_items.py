"""What calendars on servers were last told."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import rows
from solidarity_crm.rules import calendar_steps

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Remembered(NamedTuple):
    """An item of a calendar as it was last the same on both sides."""

    uid: str
    ref: str
    etag: str
    digest: str
    facts: str
    sequence: int

    @property
    def known(self) -> calendar_steps.Known:
        """The same, for the rule that says what becomes of it."""
        return calendar_steps.Known(calendar_steps.read(self.facts), self.digest, self.etag)


def remembered(store: Store, calendar: str) -> dict[str, Remembered]:
    """Give what the calendar at an address was last told, by the items' ids."""
    return {found.uid: found for found in rows(store, "calendar_items", Remembered, calendar=calendar)}
