"""A store that lives as long as a test, for services tried without files or a command line.

Made in a moment: the schema is built once, and each store is a copy of it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from solidarity_crm.queries.reading import Store
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.settings import Settings
from solidarity_crm.store.transaction import By, running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from solidarity_crm.store.transaction import Tx

TODAY = date(2026, 12, 1)  # the day on which the commands' tests run too
SETTINGS = Settings("Leeds Solidarity Network", email="hello@leeds.example")
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


class Rehearsal:
    """A store in memory: ``change()`` runs one command in it, ``store`` reads it."""

    def __init__(self) -> None:
        """Begin with an empty store of the newest schema."""
        self.connection = sqlite.in_memory()
        _empty().backup(self.connection)
        self.store = Store(self.connection, SETTINGS)

    def change(self) -> AbstractContextManager[Tx]:
        """Open a transaction, kept when it ends well and journaled as a command would be."""
        return running(self.connection, SETTINGS, By("Robin Marsh", "rehearse", NOW))

    def close(self) -> None:
        """Let go of it."""
        self.connection.close()


@cache
def _empty() -> sqlite.Connection:
    """Make the store that every other is a copy of."""
    connection = sqlite.in_memory()
    migrate.upgrade(connection)
    return connection
