"""Whether the store is sound: the file, what refers to what, the journal against the rows, the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.store import journal, search, sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from solidarity_crm.store.sqlite import Connection

_MOST = 100
# refs that are kept as text, which no foreign key watches
_MENTIONS = (
    "SELECT 'F' || f.id, f.about FROM followup f WHERE f.about IS NOT NULL",
    "SELECT 'N' || n.id, n.about FROM interaction n WHERE n.about IS NOT NULL",
)


def problems(path: Path) -> list[str]:
    """List everything that is wrong with the store in a file; an empty list means that it is sound.

    Raises the errors of opening it.
    """
    connection = sqlite.read(path)
    try:
        with sqlite.said_our_way(path):
            return _file(connection) or [*_references(connection), *journal.problems(connection), *_index(connection)]
    finally:
        connection.close()


def _file(connection: Connection) -> list[str]:
    """Look at the file itself."""
    found = [said for (said,) in connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()]
    return [] if found == ["ok"] else found


def _references(connection: Connection) -> list[str]:
    """Look for rows that refer to what is not there."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    found = [f"{table} {row} refers to a {parent} that is not there" for table, row, parent, _ in broken[:_MOST]]
    for question in _MENTIONS:
        for ref, about in connection.execute(question):
            there = connection.execute("SELECT 1 FROM record_name WHERE letter = ? AND id = ?", (about[0], int(about[1:]))).fetchone()
            if there is None:
                found.append(f"{ref} is about {about}, which is not there")
    return found


def _index(connection: Connection) -> list[str]:
    """Look for records that the search index does not have as they are."""
    return [f"the search index does not have {ref} as it is" for ref in search.stale(connection)]
