"""The journal: who changed what, when, by which command, each row before and after.

A chain: each entry's hash covers the hash before it, what the entry says and the salted digest of each of its
changes. The rows themselves lie beside, in ``journal_payload``, so that a person's can one day be erased while the
chain still holds (protection.md P8).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.rules.refs import BY_TABLE, OWNERS, Ref
from solidarity_crm.store import bulk
from solidarity_crm.store.sqlite import driver

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from solidarity_crm.store.sqlite import Connection

START = "0" * 64
_SALT = 16  # bytes
Image = dict[str, Any]
# what is known of elsewhere, and taken back nowhere: what a calendar on a server was last told
UNJOURNALED = ("calendar_item",)
# tables whose rows are journaled are those with an id; these are not, or are the journal's and the index's own
_OWN = ("journal", "journal_change", "journal_payload", "sqlite_sequence", "alembic_version", *UNJOURNALED)


class Change(NamedTuple):
    """One row before and after, as the journal has it; None where there was none or is none."""

    table: str
    row: int
    before: Image | None
    after: Image | None

    @property
    def ref(self) -> Ref | None:
        """The record that the row is, or belongs to."""
        return owner(self.table, self.row, self.after or self.before or {})


class Written(NamedTuple):
    """A row's number, the ref of the record that it is or belongs to, and the row as the database writes it, in JSON."""

    row: int
    ref: str | None
    text: str


class Step(NamedTuple):
    """One row before and after, for the journal to keep; None where there was none or is none."""

    table: str
    row: int
    before: Written | None
    after: Written | None

    @property
    def ref(self) -> str | None:
        """The ref of the record that the row is, or belongs to."""
        said = self.after or self.before
        return said.ref if said else None

    @property
    def payload(self) -> str:
        """What is kept of the row."""
        return f'{{"after":{self.after.text if self.after else "null"},"before":{self.before.text if self.before else "null"}}}'


class Entry(NamedTuple):
    """What a command did, without its changes; ``at`` is UTC, in ISO form."""

    at: str
    actor: str
    command: str
    undoes: int | None = None
    note: str | None = None


def owner(table: str, row: int, image: Image) -> Ref | None:
    """Give the record that a row is, or belongs to."""
    if table in BY_TABLE:
        return Ref(BY_TABLE[table].letter, row)
    if table == "move":
        return Ref(image["ref"][0], int(image["ref"][1:]))
    for column, letter in OWNERS.items():
        if image.get(column):
            return Ref(letter, image[column])
    return None


def written(connection: Connection, table: str, rows: Collection[int]) -> dict[int, Written]:
    """Give rows by their numbers, those that are there, as the journal keeps them.

    The database writes them: that takes a fifth of reading each value and writing it again.
    """
    columns = [column for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
    values = ", ".join(f"'{column}', \"{column}\"" for column in columns)
    found = connection.execute(
        f'SELECT id, {_said_owner(table, columns)}, json_object({values}) FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608 - the schema's own names
        (json.dumps([*rows]),),
    )
    return {each[0]: _as_written(each) for each in found}


_as_written = partial(tuple.__new__, Written)  # what _make does, without its check of each row


def _said_owner(table: str, columns: Sequence[str]) -> str:
    """Give the SQL for what :func:`owner` says."""
    if table in BY_TABLE:
        return f"'{BY_TABLE[table].letter}' || id"
    if table == "move":
        return "ref"
    owners = [f"'{letter}' || nullif(\"{column}\", 0)" for column, letter in OWNERS.items() if column in columns]
    return f"coalesce({', '.join(owners)}, NULL)" if owners else "NULL"


def append(connection: Connection, entry: Entry, steps: Sequence[Step]) -> int:
    """Write an entry with its changes at the end of the chain; give its number."""
    last = connection.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    previous = last[0] if last else START
    number = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM journal").fetchone()[0]
    first = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM journal_change").fetchone()[0]
    random = secrets.token_hex(_SALT * len(steps))
    salts = [random[place : place + 2 * _SALT] for place in range(0, len(random), 2 * _SALT)]
    digests = [_digest(salt, step.payload) for salt, step in zip(salts, steps, strict=True)]
    sealed = _seal(previous, number, entry, [(step.table, step.row, digest) for step, digest in zip(steps, digests, strict=True)])
    connection.execute(
        "INSERT INTO journal (id, at, actor, command, undoes, note, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (number, *entry, previous, sealed),
    )
    places = range(first, first + len(steps))
    changes = ((place, number, step.table, step.row, step.ref, digest) for place, step, digest in zip(places, steps, digests, strict=True))
    payloads = ((place, salt, step.payload) for place, salt, step in zip(places, salts, steps, strict=True))
    bulk.insert_rows(connection, "journal_change", ("id", "entry_id", "table_name", "row_id", "ref", "digest"), changes)
    bulk.insert_rows(connection, "journal_payload", ("change_id", "salt", "payload"), payloads)
    return int(number)


def changes_of(connection: Connection, entry: int, ref: str | None = None, *, limit: int = -1) -> list[Change]:
    """List an entry's changes in order, with ``ref`` only that record's; an erased payload leaves its change out."""
    found = connection.execute(
        "SELECT c.table_name, c.row_id, p.payload FROM journal_change c JOIN journal_payload p ON p.change_id = c.id"
        " WHERE c.entry_id = ? AND (? IS NULL OR c.ref = ?) ORDER BY c.id LIMIT ?",
        (entry, ref, ref, limit),
    )
    defaults: dict[str, Image] = {}
    return [Change(table, row, *_images(payload, _defaults(connection, table, defaults))) for table, row, payload in found.fetchall()]


def size(connection: Connection, entry: int, ref: str | None = None) -> int:
    """Count the rows that an entry changed, with ``ref`` only that record's."""
    question = "SELECT count(*) FROM journal_change WHERE entry_id = ? AND (? IS NULL OR ref = ?)"
    return int(connection.execute(question, (entry, ref, ref)).fetchone()[0])


def problems(connection: Connection) -> list[str]:
    """List everything in which chain, payloads and rows disagree; an empty list means that all is well."""
    return [*_chain_problems(connection), *_row_problems(connection)]


def head(connection: Connection) -> str:
    """Give the hash of the newest entry."""
    last = connection.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return str(last[0]) if last else START


def tables(connection: Connection) -> list[str]:
    """List the tables whose rows are journaled."""
    found = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search%' ORDER BY name"
    )
    return [name for (name,) in found.fetchall() if name not in _OWN]


def image(connection: Connection, table: str, row: int) -> Image | None:
    """Give a row as the database has it."""
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (row,))  # noqa: S608 - a table of the schema
    found = cursor.fetchone()
    return dict(zip((c[0] for c in cursor.description), found, strict=True)) if found else None


def _chain_problems(connection: Connection) -> Iterator[str]:
    """Follow the chain from its start: a broken link, a missing entry, a payload that its digest does not fit."""
    changes: dict[int, list[tuple[str, int, str]]] = {}
    found = connection.execute(
        "SELECT c.entry_id, c.table_name, c.row_id, c.digest, p.salt, p.payload FROM journal_change c"
        " LEFT JOIN journal_payload p ON p.change_id = c.id ORDER BY c.id"
    )
    for entry, table, row, digest, salt, payload in found:
        changes.setdefault(entry, []).append((table, row, digest))
        if payload is not None and _digest(salt, payload) != digest:
            yield f"journal entry {entry}: what it keeps of {table} {row} was altered"
    previous, expected = START, 1
    for number, *entry, before, sealed in connection.execute(
        "SELECT id, at, actor, command, undoes, note, previous, hash FROM journal ORDER BY id"
    ):
        if number != expected:
            yield f"journal entry {expected} is missing"
        if before != previous or _seal(before, number, Entry(*entry), changes.get(number, [])) != sealed:
            yield f"journal entry {number} was altered"
        previous, expected = sealed, number + 1


def _row_problems(connection: Connection) -> Iterator[str]:
    """Compare every row with the last that the journal says of it."""
    last: dict[tuple[str, int], str | None] = {}
    found = connection.execute(
        "SELECT c.table_name, c.row_id, p.payload FROM journal_change c LEFT JOIN journal_payload p ON p.change_id = c.id ORDER BY c.id"
    )
    for table, row, payload in found:
        last[table, row] = payload
    for table in tables(connection):
        cursor = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a table of the schema
        columns = [c[0] for c in cursor.description]
        newer = _defaults(connection, table, {})
        for values in cursor:
            row = dict(zip(columns, values, strict=True))
            if (table, row["id"]) not in last:
                yield f"{table} {row['id']} is in the store and not in the journal"
                continue
            payload = last.pop((table, row["id"]))
            if payload is not None and _after(payload, newer) != row:
                yield f"{table} {row['id']} is not as the journal says"
    for (table, number), payload in last.items():
        if payload is not None and _after(payload, {}) is not None:
            yield f"{table} {number} is in the journal and no longer in the store"


def _defaults(connection: Connection, table: str, known: dict[str, Image]) -> Image:
    """Give what each column of a table begins with: what a row has in columns that are newer than its journal's entry."""
    if table not in known:
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        values = connection.execute(f"SELECT {', '.join(column[4] or 'NULL' for column in columns)}").fetchone()
        known[table] = dict(zip((column[1] for column in columns), values, strict=True))
    return known[table]


def _after(payload: str, newer: Image) -> object:
    """Give what a payload says a row is now, newer columns as they begin; something that no row is when it cannot be read."""
    try:
        return _whole(json.loads(payload)["after"], newer)
    except (TypeError, ValueError, LookupError):
        return payload


def _images(payload: str, newer: Image) -> tuple[Image | None, Image | None]:
    """Read a row before and after a change back, columns that are newer than the change as they begin.

    Raises the driver's error when it was damaged.
    """
    try:
        images = json.loads(payload)
        return _whole(images["before"], newer), _whole(images["after"], newer)
    except (TypeError, ValueError, LookupError):
        said = "what the journal keeps of a row cannot be read"
        raise driver.DatabaseError(said) from None


def _whole(image: Image | None, newer: Image) -> Image | None:
    """Give a row that the journal keeps with every column that its table has by now."""
    return None if image is None else {**newer, **image}


def _digest(salt: str, payload: str) -> str:
    """Give the salted digest of a payload, which tells nothing of it once the salt is gone."""
    return hashlib.sha256(f"{salt}{payload}".encode()).hexdigest()


def _seal(previous: str, number: int, entry: Entry, changes: list[tuple[str, int, str]]) -> str:
    """Give the hash that an entry has in the chain."""
    said = json.dumps([previous, number, *entry, changes], separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
