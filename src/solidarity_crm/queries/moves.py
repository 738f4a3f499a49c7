"""The moves of a record along its lifecycle, as they are read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import rows

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Move(NamedTuple):
    """That a record went from one state to another on a day, or goes no further than it is, and why."""

    on: date
    from_status: str
    to_status: str
    why: str | None

    @property
    def stays(self) -> bool:
        """Whether it says that the record goes no further."""
        return self.from_status == self.to_status


def moves(store: Store, ref: str) -> list[Move]:
    """List the moves of the record that ``ref`` names, the first made first."""
    return rows(store, "moves", Move, ref=ref)
