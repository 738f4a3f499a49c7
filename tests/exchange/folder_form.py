"""Stores in memory, filled from and written to folders of CSV files."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import RowsRejected
from solidarity_crm.exchange.folder import form
from solidarity_crm.exchange.folder.sheets import sheets
from solidarity_crm.queries.reading import Store
from solidarity_crm.queries.sheet_rows import sheet_rows
from solidarity_crm.services.folder_import import import_folder
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.settings import Settings
from solidarity_crm.store.transaction import By, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from solidarity_crm.store.sqlite import Connection

SETTINGS = Settings("Leeds", communities=("Gypsies and Travellers", "LGBTQ+ people", "a; b \\ [c]*"))
SHEETS = sheets(SETTINGS)
BY = By("Robin Marsh", "store import", datetime(2026, 12, 1, 9, 30, tzinfo=UTC))
TODAY = date(2026, 12, 1)


@pytest.fixture(scope="session")
def blank() -> Iterator[Connection]:
    """Make an empty store in memory once; tests work on copies."""
    connection = sqlite.in_memory()
    migrate.upgrade(connection)
    yield connection
    connection.close()


def texts(connection: Connection) -> dict[str, str]:
    """Give the files that a store is exported to."""
    store = Store(connection, SETTINGS)
    return {sheet.file: text for sheet, _, text in form.texts(SHEETS, lambda name: sheet_rows(store, name))}


def load(blank: Connection, reading: form.Reading) -> Connection:
    """Fill a new store with what was read."""
    connection = sqlite.in_memory()
    blank.backup(connection)
    with running(connection, SETTINGS, BY) as tx:
        import_folder(tx, reading, SHEETS, today=TODAY)
    return connection


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write a folder of files."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def rejected(blank: Connection, folder: Path) -> list[str]:
    """Give what is said of a folder that is refused."""
    with pytest.raises(RowsRejected) as found:
        load(blank, form.read(folder, SHEETS))
    return list(found.value.details)
