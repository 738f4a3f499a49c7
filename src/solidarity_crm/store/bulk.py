"""Many rows at once, as the database keeps them: read by one question a table, written by one statement prepared once.

Values are those of the driver. What a model's columns hold is turned into them by the column types' own converters, so
that a row written here is the row that the session would have written.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sqlmodel import SQLModel

    from solidarity_crm.store.journal import Image
    from solidarity_crm.store.sqlite import Connection

Values = dict[str, Any]
_AT_ONCE = 100


def images(connection: Connection, table: str, numbers: Collection[int]) -> dict[int, Image]:
    """Give rows by their numbers, those that are there."""
    cursor = connection.execute(f'SELECT * FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (json.dumps([*numbers]),))  # noqa: S608 - a table of the schema
    columns = [column[0] for column in cursor.description]
    place = columns.index("id")
    return {values[place]: dict(zip(columns, values, strict=True)) for values in cursor}


def belonging(connection: Connection, table: str, column: str, numbers: Collection[int]) -> list[Image]:
    """Give the rows of a table that belong to records with these numbers, in the order in which they were made."""
    cursor = connection.execute(
        f'SELECT * FROM "{table}" WHERE "{column}" IN (SELECT value FROM json_each(?)) ORDER BY id',  # noqa: S608 - the schema's own names
        (json.dumps([*numbers]),),
    )
    columns = [found[0] for found in cursor.description]
    return [dict(zip(columns, values, strict=True)) for values in cursor]


def insert(connection: Connection, model: type[SQLModel], rows: Sequence[Values]) -> None:
    """Store new rows of a model, each with all of its columns and its number."""
    if not rows:
        return
    columns = [
        column for column in _columns(model) if column.server_default is not None or any(row[column.name] is not None for row in rows)
    ]
    names = [column.name for column in columns]  # the driver takes longer over nothing than over any value
    values = itemgetter(*names)
    converters = [(names.index(name), convert) for name, convert in _converters(model) if name in names]
    insert_rows(connection, str(model.__tablename__), names, (_ready(values(row), converters) for row in rows))


def update(connection: Connection, model: type[SQLModel], changes: Mapping[int, Values]) -> None:
    """Change columns of rows by their numbers."""
    converters = _converters(model)
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for number, fields in changes.items():
        ready = {**fields, **_converted(fields, converters)}
        alike.setdefault(tuple(ready), []).append((*ready.values(), number))
    for columns, rows in alike.items():
        assigned = ", ".join(f'"{column}" = ?' for column in columns)
        connection.executemany(f'UPDATE "{model.__tablename__}" SET {assigned} WHERE id = ?', rows)  # noqa: S608 - columns of the schema


def put(connection: Connection, table: str, wanted: Mapping[int, Image | None]) -> None:
    """Make rows what their images say, or remove those that have none."""
    gone = [number for number, image in wanted.items() if image is None]
    if gone:
        connection.execute(f'DELETE FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (json.dumps(gone),))  # noqa: S608 - a table of the schema
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for image in wanted.values():
        if image is not None:
            alike.setdefault(tuple(image), []).append(tuple(image.values()))
    for columns, rows in alike.items():
        updates = ", ".join(f'"{column}" = excluded."{column}"' for column in columns)
        insert_rows(connection, table, columns, rows, f" ON CONFLICT (id) DO UPDATE SET {updates}")


def touch(connection: Connection, table: str, numbers: Collection[int], moment: str) -> None:
    """Date records as changed at a moment."""
    connection.execute(
        f'UPDATE "{table}" SET updated_at = ? WHERE id IN (SELECT value FROM json_each(?))',  # noqa: S608 - a table of the schema
        (moment, json.dumps([*numbers])),
    )


def insert_rows(connection: Connection, table: str, columns: Iterable[str], rows: Iterable[Sequence[Any]], else_: str = "") -> None:
    """Insert rows, a hundred by one statement: each statement has a price of its own."""
    names = [f'"{column}"' for column in columns]
    marks = f"({', '.join('?' for _ in names)})"
    insert = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES '  # noqa: S608 - columns of the schema
    many = f"{insert}{', '.join([marks] * _AT_ONCE)}{else_}"
    left = iter(rows)
    while len(several := [*islice(left, _AT_ONCE)]) == _AT_ONCE:
        connection.execute(many, [*chain.from_iterable(several)])
    connection.executemany(f"{insert}{marks}{else_}", several)


def _ready(values: tuple[Any, ...], converters: Sequence[tuple[int, Callable[[Any], Any]]]) -> Sequence[Any]:
    """Give a row's values as the driver takes them, those at some places in another form."""
    if not converters:
        return values
    row = list(values)
    for place, convert in converters:
        row[place] = convert(row[place])
    return row


def _converted(row: Values, converters: Sequence[tuple[str, Callable[[Any], Any]]]) -> Values:
    """Give those values of a row that the driver takes in another form."""
    return {name: convert(row[name]) for name, convert in converters if name in row}


def _columns(model: type[SQLModel]) -> Any:  # noqa: ANN401 - SQLAlchemy's collection of columns
    return model.__table__.columns  # type: ignore[attr-defined] # every table model has one


@cache
def _converters(model: type[SQLModel]) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Give the columns whose values the driver takes in another form, and how that is made of them."""
    from sqlalchemy.dialects.sqlite.pysqlite import dialect  # noqa: PLC0415 - only when many rows are written

    made = dialect()
    found = [(column.name, column.type.dialect_impl(made).bind_processor(made)) for column in _columns(model)]
    # rows that are written together have few days and times between them
    return tuple((name, lru_cache(maxsize=256)(converter)) for name, converter in found if converter is not None)
