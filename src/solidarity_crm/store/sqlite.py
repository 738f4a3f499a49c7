"""Opening the database file, for reading or for writing; the driver's errors said in our own words.

SQLite comes from ``sqlcipher3``: one current version on every platform (the standard library's is whatever the
machine has, and versions below 3.51.3 can corrupt a write-ahead log).
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from solidarity_crm.store.errors import StoreDamaged, StoreFull, StoreLocked, StoreNewer, StoreOlder, StoreReadOnly, StoreUnreadable
from solidarity_crm.store.interrupts import heed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from solidarity_crm.errors import CrmError

SCHEMA = 11  # the number of the newest migration, kept as the file's user_version
WAIT_SECONDS = 10.0
_PATIENCE_MS = 100  # how long the driver waits at a time, deaf to Ctrl-C

Connection = Any  # the driver ships no types
driver: Any = dbapi2
Error: type[Exception] = driver.Error

_BOTH = (
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-64000",  # kibibytes at most: a list of everything reads no page twice
)
_WRITING = (
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",
    "PRAGMA journal_mode=DELETE",
    "PRAGMA synchronous=EXTRA",
    "PRAGMA fullfsync=ON",
)


def read(path: Path) -> Connection:
    """Open the store for reading only; neither its bytes nor its time change.

    Raises StoreUnreadable, StoreDamaged, StoreNewer, StoreOlder or StoreLocked.
    """
    with said_our_way(path):
        _must_exist(path)
        connection = raw(path, "ro")
        try:
            check_schema(path, _version(connection))
        except BaseException:
            connection.close()
            raise
    return connection


def write(path: Path) -> Connection:
    """Open the store for writing.

    Raises as :func:`read` does, and StoreReadOnly.
    """
    with said_our_way(path):
        _must_exist(path)
        if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
            raise StoreReadOnly(path)
        connection = driver.connect(_uri(path, "rw"), uri=True, isolation_level=None, timeout=WAIT_SECONDS, check_same_thread=False)
        try:
            _prepare(connection, (*_BOTH, *_WRITING))
        except BaseException:
            connection.close()
            raise
    return connection


def begin(connection: Connection) -> None:
    """Take the right to write, waiting up to ``WAIT_SECONDS`` for another writer to end; Ctrl-C is heard meanwhile.

    Raises the driver's error when the other does not end in time.
    """
    last = time.monotonic() + WAIT_SECONDS
    connection.execute(f"PRAGMA busy_timeout={_PATIENCE_MS}").close()
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
            break
        except driver.OperationalError as problem:
            if "locked" not in str(problem) or time.monotonic() > last:
                raise
            heed()
    connection.execute(f"PRAGMA busy_timeout={int(WAIT_SECONDS * 1000)}").close()


def create(path: Path) -> Connection:
    """Open a new store for writing; the file is its owner's alone.

    Raises StoreUnreadable when it cannot be made.
    """
    with said_our_way(path):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return write(path)


def raw(path: Path, mode: str) -> Connection:
    """Open a file as it is, whatever its schema, in SQLite's mode ``ro`` or ``rw``.

    What a command left half written when it was killed, or the machine lost its power, is taken back first. SQLite does
    so when the file is first read, but only where it may write: an ``ro`` connection says the database is read-only.
    """
    connection = driver.connect(_uri(path, mode), uri=True, isolation_level=None, timeout=WAIT_SECONDS)
    try:
        _prepare(connection, _BOTH)
        _version(connection)
    except driver.OperationalError as problem:
        connection.close()
        if mode == "rw" or "readonly" not in str(problem):
            raise
        raw(path, "rw").close()
        return raw(path, mode)
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory() -> Connection:
    """Open a store that lives as long as its connection, for rehearsals."""
    connection = driver.connect(":memory:", isolation_level=None, check_same_thread=False)
    _prepare(connection, (*_BOTH, *_WRITING))
    return connection


def check_schema(path: Path, found: int) -> None:
    """Raise StoreNewer or StoreOlder unless the file has the schema that this program reads; StoreDamaged when it has none."""
    if found < 1:
        raise StoreDamaged(path, "it has no records in it")
    if found > SCHEMA:
        raise StoreNewer(path, str(found), str(SCHEMA))
    if found < SCHEMA:
        raise StoreOlder(path, str(found), str(SCHEMA))


def version(path: Path) -> int:
    """Give the number of the schema that the file has.

    Raises StoreDamaged when it has none.
    """
    with said_our_way(path):
        _must_exist(path)
        connection = raw(path, "ro")
        found = _version(connection)
        connection.close()
    if found < 1:
        check_schema(path, found)
    return found


@contextmanager
def said_our_way(path: Path) -> Iterator[None]:
    """Turn the driver's and the system's errors into ours, which carry none of the store's data."""
    try:
        yield
    except driver.IntegrityError:
        raise  # a constraint that fails is a bug, or undo's to explain
    except Error as problem:
        raise translated(path, problem) from None
    except OSError as problem:
        raise StoreUnreadable(path, problem.strerror or "unknown reason") from None


def translated(path: Path, problem: Exception) -> CrmError:
    """Give our error for one of the driver's."""
    said = str(problem).lower()
    if said.startswith("could not decode"):  # what follows is the text itself
        return StoreDamaged(path, "a text in it cannot be read")
    if "locked" in said or "busy" in said:
        return StoreLocked(path, WAIT_SECONDS)
    if "full" in said or "disk i/o" in said:
        return StoreFull(path, shutil.disk_usage(path.parent).free)
    if "readonly" in said or "read-only" in said:
        return StoreReadOnly(path)
    if "unable to open" in said:
        return StoreUnreadable(path, "it cannot be opened")
    return StoreDamaged(path, said.partition(":")[0])


def _must_exist(path: Path) -> None:
    """Raise StoreUnreadable when there is no file to open."""
    if not path.is_file():
        raise StoreUnreadable(path, "there is no such file")


def _uri(path: Path, mode: str) -> str:
    """Give the address by which SQLite opens the file in a mode."""
    return f"{path.absolute().as_uri()}?mode={mode}"


def _version(connection: Connection) -> int:
    """Give the number of the schema in an open file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _prepare(connection: Connection, pragmas: tuple[str, ...]) -> None:
    """Set what every connection has; the driver prints nothing of its own."""
    connection.execute("PRAGMA cipher_log_level=NONE").close()
    for pragma in pragmas:
        connection.execute(pragma).close()
