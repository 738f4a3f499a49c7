"""Taking a command back: a new entry of the journal that makes every row what it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import NothingToUndo, UndoRefused
from solidarity_crm.rules.refs import BY_LETTER
from solidarity_crm.store import bulk, journal

if TYPE_CHECKING:
    from solidarity_crm.store.journal import Change, Image
    from solidarity_crm.store.sqlite import Connection
    from solidarity_crm.store.transaction import Tx


# what went out by outreach send, was disclosed or published
_WENT_OUT = (
    "(j.command = 'outreach send' OR EXISTS (SELECT 1 FROM journal_change c"
    " WHERE c.entry_id = j.id AND c.table_name IN ('disclosure', 'published_count')))"
)


class Taken(NamedTuple):
    """What was taken back: the entry, its command and the records it had changed."""

    entry: int
    command: str
    refs: tuple[str, ...]


def described(connection: Connection, entry: int | None) -> Taken:
    """Give what taking back an entry, or the last one, would take back.

    Raises NothingToUndo, or UndoRefused for an entry that says what was sent or published, or who received people's details.
    """
    found = connection.execute(
        "SELECT id, command FROM journal WHERE id = ? OR ? IS NULL ORDER BY id DESC LIMIT 1", (entry, entry)
    ).fetchone()
    if found is None:
        raise NothingToUndo(entry)
    _must_be_ours_still(connection, *found)
    refs = connection.execute(
        "SELECT DISTINCT ref FROM journal_change WHERE entry_id = ? AND ref IS NOT NULL ORDER BY id", (found[0],)
    ).fetchall()
    return Taken(found[0], found[1], tuple(ref for (ref,) in refs))


def undo(tx: Tx, entry: int | None = None) -> Taken:
    """Take back an entry, or the last one.

    Raises NothingToUndo, or UndoRefused when it disclosed people's details, later changes stand on it, or a person's
    rows were erased from it.
    """
    taken = described(tx.connection, entry)
    changes = journal.changes_of(tx.connection, taken.entry)
    if len(changes) != journal.size(tx.connection, taken.entry):
        raise UndoRefused(taken.entry, taken.command, taken.refs[0], "was erased from the journal")
    tables = {table: [change for change in changes if change.table == table] for table in dict.fromkeys(change.table for change in changes)}
    for table, several in tables.items():
        now = bulk.images(tx.connection, table, [change.row for change in several])
        for change in several:
            _must_stand(tx, taken, change, now.get(change.row))
    tx.connection.execute("PRAGMA defer_foreign_keys = ON")
    for table, several in reversed(tables.items()):
        tx.put_many(table, {change.row: change.before for change in reversed(several)})
    _must_hold(tx, taken, changes)
    tx.undoes = taken.entry
    return taken


def _must_be_ours_still(connection: Connection, entry: int, command: str) -> None:
    """Raise UndoRefused when the entry disclosed people's details or sent them a message; the hint is the last before it that did not."""
    if connection.execute(f"SELECT 1 FROM journal j WHERE j.id = ? AND {_WENT_OUT}", (entry,)).fetchone():  # noqa: S608 - a constant
        earlier = connection.execute(f"SELECT max(j.id) FROM journal j WHERE j.id < ? AND NOT {_WENT_OUT}", (entry,)).fetchone()[0]  # noqa: S608 - likewise
        hint = f"solidarity undo {earlier}, to go further back" if earlier else "solidarity history"
        raise UndoRefused(entry, command, "what left the program", "cannot be called back", hint)


def _must_stand(tx: Tx, taken: Taken, change: Change, now: Image | None) -> None:
    """Raise UndoRefused when a row is no longer as the entry left it."""
    if now == change.after:
        return
    later = tx.connection.execute(
        "SELECT j.id, j.command FROM journal_change c JOIN journal j ON j.id = c.entry_id"
        " WHERE c.table_name = ? AND c.row_id = ? AND c.entry_id > ? ORDER BY c.id DESC LIMIT 1",
        (change.table, change.row, taken.entry),
    ).fetchone()
    said = f"was changed since, by entry {later[0]} ({later[1]})" if later else "is not as the journal says"
    hint = f"solidarity undo {later[0]}" if later else "solidarity store check"
    what = str(change.ref) if change.ref else f"a row of {change.table.replace('_', ' ')}"
    raise UndoRefused(taken.entry, taken.command, what, said, hint)


def _must_hold(tx: Tx, taken: Taken, changes: list[Change]) -> None:
    """Raise UndoRefused when another record refers to one that would be gone."""
    gone = {str(change.ref) for change in changes if change.before is None and change.ref}
    for table, row, _parent, _place in tx.connection.execute("PRAGMA foreign_key_check").fetchall():
        image = journal.image(tx.connection, table, row) or {}
        holder = journal.owner(table, row, image)
        raise UndoRefused(taken.entry, taken.command, taken.refs[0], f"is still part of {holder}", f"solidarity show {holder}")
    for ref in sorted(gone):
        holder = tx.connection.execute(
            "SELECT 'F' || id FROM followup WHERE about = ? UNION ALL SELECT 'N' || id FROM interaction WHERE about = ? LIMIT 1", (ref, ref)
        ).fetchone()
        still_there = journal.image(tx.connection, BY_LETTER[ref[0]].table, int(ref[1:]))
        if holder and still_there is None:
            raise UndoRefused(taken.entry, taken.command, ref, f"is what {holder[0]} is about", f"solidarity show {holder[0]}")
