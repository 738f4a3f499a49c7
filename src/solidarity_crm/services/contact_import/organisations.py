"""Organisations by name, those that a file is the first to name among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.models.base import LINE_LIMIT
from solidarity_crm.text import fold, one_line

if TYPE_CHECKING:
    from solidarity_crm.store.sqlite import Connection


class Organisations:
    """Every organisation by its folded name and former names; new ones have numbers below 0 until they are stored."""

    def __init__(self, connection: Connection) -> None:
        """Read the store's."""
        self._numbers: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._new = 0
        question = (
            "SELECT organisation_id, name, 1 FROM former_name WHERE organisation_id IS NOT NULL"
            " UNION ALL SELECT id, name, 0 FROM organisation ORDER BY 3, 1"
        )
        for number, name, _former in connection.execute(question):
            self._names.setdefault(number, name)
            self._numbers.setdefault(_key(name), number)

    def number(self, name: str) -> int:
        """Give the number of the organisation of that name, a new one's where there is none."""
        key = _key(name)
        if key not in self._numbers:
            self._new -= 1
            self._numbers[key] = self._new
            self._names[self._new] = one_line(name)[:LINE_LIMIT]
        return self._numbers[key]

    def name(self, number: int) -> str:
        """Give an organisation's name."""
        return self._names[number]


def _key(name: str) -> str:
    """Give a name for comparing; one without letters is compared as it is."""
    return fold(name) or name.casefold()
