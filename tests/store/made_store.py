"""A store with a few records in it, made once and copied for each test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING

from solidarity_crm import services
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.settings import Settings
from solidarity_crm.store.transaction import By, running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from solidarity_crm.store.sqlite import Connection
    from solidarity_crm.store.transaction import Tx

TODAY = date(2026, 12, 1)
SETTINGS = Settings("Leeds Solidarity Network")


def change(connection: Connection, command: str = "rehearse") -> AbstractContextManager[Tx]:
    """Open a transaction, journaled as a command's."""
    return running(connection, SETTINGS, By("Robin Marsh", command, datetime(2026, 12, 1, 9, 30, tzinfo=UTC)))


def store() -> Connection:
    """Give a store in memory: two contacts, one of whom was edited, an organisation and a role; four journal entries."""
    copy = sqlite.in_memory()
    _original().backup(copy)
    return copy


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Give every row of every table, the index's and the journal's too."""
    tables = [
        name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'search_word'").fetchall()
    ]
    return {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables}


@cache
def _original() -> Connection:
    """Make the store that others are copies of."""
    connection = sqlite.in_memory()
    migrate.upgrade(connection)
    with change(connection, "contact add") as tx:
        reach = services.contacts.Reach(["amina@example.org"], ["0113 496 0123"])
        amina = services.contacts.add(tx, "Amina Yusuf", today=TODAY, reach=reach, works_with=["sex workers"], tags=["gp-lead"])
    with change(connection, "contact add") as tx:
        services.contacts.add(tx, "Siân O'Brien", today=TODAY)
    with change(connection, "org add") as tx:
        services.contacts.join(tx, amina, services.organisations.add(tx, "MESMAC", kind="charity"), role="Outreach lead")
    with change(connection, "contact edit") as tx:
        services.contacts.edit(tx, amina, note="Prefers calls")
    return connection
