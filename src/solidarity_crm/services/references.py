"""Everything in the store that refers to a record, found from the schema itself, and what it becomes when that record is merged.

A table to come is covered by its foreign keys, and by its columns of text if they are called as those that hold refs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.rules import ties
from solidarity_crm.rules.refs import BY_TABLE
from solidarity_crm.store import journal
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.journal import Image
    from solidarity_crm.store.sqlite import Connection

MENTIONS = ("about", "ref", "source")  # columns whose text may be a ref, or 'introduced by' one
# what once was so stays as it was said: which record was merged into which, whose details left the program, what was published
PAST = ("merger", "disclosure", "published_count")
# what makes two rows of a table say the same; elsewhere it is everything but their numbers and their places
_SAME: dict[str, Callable[[Image], tuple[Any, ...]]] = {
    "contact_point": lambda row: (row["system"], row["value_key"]),
    "former_name": lambda row: (row["name_key"],),
    "tag": lambda row: (fold(row["tag"]),),
    "not_duplicate": lambda row: (row["contact_id"], row["other_id"]),
    "tie": lambda row: (row["contact_id"], row["other_id"]),
    # what was said again was said again: the order of such words decides what holds
    "consent_event": lambda row: (row["id"],),
    "answer": lambda row: (row["meeting_id"], row["contact_id"]),
    # present roles of one title are one, since the earlier day; a past one is its dates too
    "affiliation": lambda row: (
        row["contact_id"],
        row["organisation_id"],
        fold(row["role"] or ""),
        row["until"],
        row["since"] if row["until"] else None,
    ),
}


class Step(NamedTuple):
    """What becomes of one row: ``after`` is what it then is, None when it says what another already says.

    ``stayed`` marks a row that was the kept record's before, and only takes something over.
    """

    table: str
    row: int
    after: Image | None
    stayed: bool = False


def foreign(connection: Connection, table: str) -> dict[str, list[str]]:
    """Give the columns that refer to a table's rows, by the table that has them."""
    found = {
        name: [
            column for _, _, parent, column, *_ in connection.execute(f'PRAGMA foreign_key_list("{name}")').fetchall() if parent == table
        ]
        for name in journal.tables(connection)
    }
    return {name: sorted(columns) for name, columns in found.items() if columns}


def mentions(connection: Connection) -> list[tuple[str, str]]:
    """Give every table and its column of text that may hold a ref."""
    return [
        (table, column)
        for table in journal.tables(connection)
        if table not in PAST
        for _, column, *_ in connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        if column in MENTIONS
    ]


def steps(connection: Connection, keep: Ref, other: Ref) -> list[Step]:
    """Give what becomes of every row that refers to ``other``, so that it refers to ``keep``; the two records' own rows left out."""
    found: list[Step] = []
    for table, columns in foreign(connection, keep.noun.table).items():
        found += _moved(connection, table, columns, keep.number, other.number)
    # a row may be moved by its number and mention the other too
    moved = {(step.table, step.row): place for place, step in enumerate(found)}
    for table, row, column, said in _mentioning(connection, keep, other):
        place = moved.get((table, row))
        if place is None:
            moved[table, row] = len(found)
            found.append(Step(table, row, {**(journal.image(connection, table, row) or {}), column: said}))
        else:
            after = found[place].after
            found[place] = found[place]._replace(after=after and {**after, column: said})
    return found


def _mentioning(connection: Connection, keep: Ref, other: Ref) -> Iterator[tuple[str, int, str, str]]:
    """Give the table, row and column of each mention of ``other``, and what it then says."""
    for table, column in mentions(connection):
        for said, instead in ((str(other), str(keep)), (f"introduced by {other}", f"introduced by {keep}")):
            question = f'SELECT id FROM "{table}" WHERE "{column}" = ?'  # noqa: S608 - columns of the schema
            for (row,) in connection.execute(question, (said,)).fetchall():
                if table != keep.noun.table or row not in (keep.number, other.number):
                    yield table, row, column, instead


def _moved(connection: Connection, table: str, columns: list[str], keep: int, other: int) -> Iterator[Step]:
    """Give a table's rows that refer to ``other``, moved to ``keep`` or joined with what is there."""
    if table in BY_TABLE:
        for row in _rows(connection, table, columns, other):
            yield Step(table, row["id"], _pointed(row, columns, keep, other))
        return
    there = _Joined(table, _rows(connection, table, columns, keep))
    for row in _rows(connection, table, columns, other):
        after = _pointed(row, columns, keep, other)
        if len(columns) > 1 and {after[column] for column in columns} == {keep}:
            yield Step(table, row["id"], None)  # it was between the two
        elif not there.has(after):
            yield Step(table, row["id"], there.take(after))
        else:
            yield Step(table, row["id"], None)
    yield from there.changed()


class _Joined:
    """A table's rows of the record that stays, and those that come to them."""

    def __init__(self, table: str, rows: list[Image]) -> None:
        """Begin with the rows that are there."""
        self._table = table
        self._rows = {self._key(row): row for row in reversed(rows)}
        self._there = [(row, dict(row)) for row in rows]
        self._places = [row["position"] for row in rows if "position" in row]

    def has(self, row: Image) -> bool:
        """Say whether a row is there that says the same; it takes over what it lacks, and the earlier day."""
        there = self._rows.get(self._key(row))
        if there is None:
            return False
        if self._table == "tie" and _surer(row, there):
            there.update({column: row[column] for column in ("state", "strength", "noted_on")})
        for column, value in row.items():
            if there[column] is None or (column in ("since", "decided_on") and value and value < there[column]):
                there[column] = value
        return True

    def take(self, row: Image) -> Image:
        """Take a row in, after those that are there; of two preferred ones the first is."""
        if "position" in row:
            row["position"] = max(self._places, default=-1) + 1
            self._places.append(row["position"])
        if row.get("preferred") and any(there.get("system") == row.get("system") for there in self._rows.values()):
            row["preferred"] = 0
        self._rows[self._key(row)] = row
        return row

    def changed(self) -> Iterator[Step]:
        """Give the rows that were there and now say more."""
        for system in {row["system"] for row in self._rows.values() if "preferred" in row}:
            several = sorted((row for row in self._rows.values() if row["system"] == system), key=lambda row: int(row["position"]))
            if len(several) > 1 and not any(row["preferred"] for row in several):
                several[0]["preferred"] = 1  # as when several are typed
        for after, before in self._there:
            if after != before:
                yield Step(self._table, after["id"], after, stayed=True)

    def _key(self, row: Image) -> tuple[Any, ...]:
        """Give what makes rows say the same."""
        default = tuple(value for column, value in row.items() if column not in ("id", "position"))
        return _SAME[self._table](row) if self._table in _SAME else default


def _surer(tie: Image, there: Image) -> bool:
    """Say whether a tie is noted more surely than another of the same two: whoever dropped one may not have known the other record."""
    return ties.CERTAINTY.index(tie["state"]) > ties.CERTAINTY.index(there["state"])


def _rows(connection: Connection, table: str, columns: list[str], number: int) -> list[Image]:
    """Give a table's rows that refer to a record by any of the columns, in order."""
    wanted = " OR ".join(f'"{column}" = :number' for column in columns)
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE {wanted} ORDER BY id', {"number": number})  # noqa: S608 - columns of the schema
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]


def _pointed(row: Image, columns: list[str], keep: int, other: int) -> Image:
    """Give a row that refers to ``keep`` where it referred to ``other``; of a pair of contacts the lower number stays first."""
    after = {**row, **{column: keep for column in columns if row[column] == other}}
    if "other_id" in after and after["contact_id"] > after["other_id"]:
        after["contact_id"], after["other_id"] = after["other_id"], after["contact_id"]
    return after
