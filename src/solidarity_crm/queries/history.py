"""Who changed what, when, before and after: the journal as people read it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import run
from solidarity_crm.rules.refs import BY_TABLE, OWNERS
from solidarity_crm.store import journal

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store

_ROWS = 100  # of one entry; an import has thousands
# what the program keeps for itself
_INNER = ("id", "uid", "created_at", "updated_at", "name_key", "value_key", "position", "preferred", "system", "key", "digest")


class FieldChange(NamedTuple):
    """One field of one record, before and after; None where there was or is nothing."""

    ref: str | None
    field: str
    before: Any
    after: Any


class Entry(NamedTuple):
    """What one command did; ``undoes`` is the entry that it took back, ``more`` how many rows' changes are not listed."""

    entry: int
    at: datetime
    who: str
    command: str
    undoes: int | None
    note: str | None
    changes: tuple[FieldChange, ...]
    more: int


def history(store: Store, *, ref: str | None = None, limit: int = 20) -> list[Entry]:
    """List what commands did, the newest first; with ``ref`` only what they did to that record."""
    return [_entry(store, row, ref) for row in run(store, "history", ref=ref, limit=limit)]


def _entry(store: Store, row: tuple[Any, ...], ref: str | None) -> Entry:
    """Give an entry with its changes, field by field."""
    number, at, who, command, undoes, note = row
    changes = journal.changes_of(store.connection, number, ref, limit=_ROWS)
    more = journal.size(store.connection, number, ref) - len(changes) if len(changes) == _ROWS else 0
    fields = tuple(field for change in changes for field in _fields(change))
    return Entry(number, datetime.fromisoformat(at).astimezone(UTC), who, command, undoes, note, fields, more)


def _fields(change: journal.Change) -> list[FieldChange]:
    """List the fields in which a row's two states differ; a row that hangs on a record says its table before the field."""
    before, after = change.before or {}, change.after or {}
    prefix = "" if change.table in BY_TABLE else f"{change.table.replace('_', ' ')} "
    hidden = {*_INNER, *(OWNERS if prefix else ())} - ({"organisation_id"} if change.table == "affiliation" else set())
    return [
        FieldChange(str(change.ref) if change.ref else None, f"{prefix}{name}", before.get(name), after.get(name))
        for name in (after or before)
        if name not in hidden and (before.get(name) or None) != (after.get(name) or None)
    ]
