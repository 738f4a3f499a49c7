"""Whether the store is sound: the file, what refers to what, the journal against the rows, the search index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.rules.refs import parse
from solidarity_crm.store import journal, search, sqlite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from solidarity_crm.store.sqlite import Connection

_MOST = 100
# refs that are kept as text, which no foreign key watches: whose, and what they say of it
_MENTIONS = (
    "SELECT 'F' || f.id || ' is about', f.about FROM followup f WHERE f.about IS NOT NULL",
    "SELECT 'N' || n.id || ' is about', n.about FROM interaction n WHERE n.about IS NOT NULL",
    "SELECT 'D' || d.id || ' is about', d.about FROM draft d WHERE d.about IS NOT NULL",
    "SELECT 'move ' || v.id || ' is of', v.ref FROM move v",
)
# the same of records that may be gone, so long as they were there once
_PAST_MENTIONS = (
    "SELECT 'disclosure ' || d.id || ' names', d.refs FROM disclosure d",
    "SELECT 'published count ' || c.id || ' is of', c.ref FROM published_count c WHERE c.ref IS NOT NULL",
)
_MERGERS = "SELECT m.old_ref, m.new_ref FROM merger m ORDER BY m.id"


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
    there = {f"{letter}{number}" for letter, number in connection.execute("SELECT letter, id FROM record_name")}
    for question in _MENTIONS:
        found += [f"{whose} {ref}, which is not there" for whose, ref in connection.execute(question) if ref not in there]
    return [*found, *_past_references(connection), *_mergers(connection, there)]


def _past_references(connection: Connection) -> Iterator[str]:
    """Look for mentions of records that never were: their number was not given yet."""
    given = dict(connection.execute("SELECT name, seq FROM sqlite_sequence").fetchall())
    for question in _PAST_MENTIONS:
        for whose, refs in connection.execute(question):
            for word in refs.split():
                ref = parse(word)
                if ref is None or ref.number > given.get(ref.noun.table, 0):
                    yield f"{whose} {word}, which never was"


def _mergers(connection: Connection, there: set[str]) -> Iterator[str]:
    """Look for mergers of records that are still there, and for those that lead to none."""
    merged: dict[str, str] = dict(connection.execute(_MERGERS).fetchall())
    for old, new in merged.items():
        if old in there:
            yield f"{old} was merged into {new}, and is there still"
        elif new not in there and new not in merged:
            yield f"{old} was merged into {new}, which is not there"


def _index(connection: Connection) -> list[str]:
    """Look for records that the search index does not have as they are."""
    return [f"the search index does not have {ref} as it is" for ref in search.stale(connection)]
