"""Copies of the store, made while it may be in use, and looked at before they count."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from solidarity_crm.errors import FileExists
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.errors import StoreDamaged
from solidarity_crm.store.interrupts import held
from solidarity_crm.store.journal import head

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from solidarity_crm.store.workspace import Workspace


@held()
def backup(store: Path, target: Path, *, force: bool = False) -> Path:
    """Copy the store with SQLite's own backup, check the copy, and only then give it its name.

    Raises FileExists unless ``force``, StoreDamaged when the copy is not sound, or the errors of reading and writing.
    """
    if target.exists() and not force:
        raise FileExists(target)
    with sqlite.said_our_way(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        _copy(store, unfinished)
        with sqlite.said_our_way(target):
            unfinished.replace(target)
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return target


@held()
def upgrade_with_backup(workspace: Workspace, now: datetime) -> Path:
    """Bring a store's schema up to date; give the copy of it as it was before.

    Raises StoreNewer, StoreReadOnly or the errors of writing; the store is then as it was.
    """
    before = sqlite.version(workspace.store)
    kept = backup(workspace.store, workspace.backups / f"before-schema-{sqlite.SCHEMA}-{now:%Y%m%dT%H%M%SZ}.db", force=True)
    if before < sqlite.SCHEMA:
        connection = sqlite.write(workspace.store)
        try:
            with sqlite.said_our_way(workspace.store):
                migrate.upgrade(connection)
        finally:
            connection.close()
    return kept


def _copy(store: Path, target: Path) -> None:
    """Copy the store's pages to a file of its owner's alone, and check that what came is sound and the same."""
    with sqlite.said_our_way(target):
        target.unlink(missing_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        source, copy = sqlite.raw(store, "ro"), sqlite.raw(target, "rw")
        try:
            source.backup(copy)
            found = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if found != "ok" or head(copy) != head(source):
                raise StoreDamaged(store, "a copy of it is not sound")
        finally:
            source.close()
            copy.close()
