"""Running a question: its SQL from the file that has its name, its answer as typed rows."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from solidarity_crm.store import sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from solidarity_crm.store.settings import Settings
    from solidarity_crm.store.sqlite import Connection
    from solidarity_crm.store.workspace import Workspace

R = TypeVar("R", bound=tuple)  # type: ignore[type-arg] # any NamedTuple
SEPARATOR = "\x1f"
ALL = -1  # SQLite's LIMIT for no limit
_FEW = 200  # up to so many rows, asking for each one's children is faster than reading them all
_LAST = 2**63 - 1
_FOLDER = Path(__file__).parent


class Store(NamedTuple):
    """A store open for reading."""

    connection: Connection
    settings: Settings

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()


class Named(NamedTuple):
    """A record as others mention it."""

    ref: str
    name: str


def open_store(workspace: Workspace) -> Store:
    """Open a workspace's store for reading.

    Raises the errors of :func:`solidarity_crm.store.sqlite.read`.
    """
    return Store(sqlite.read(workspace.store), workspace.settings)


@cache
def sql(question: str) -> str:
    """Give the SQL of a question."""
    return (_FOLDER / f"{question}.sql").read_text(encoding="utf-8")


def run(store: Store, question: str, **params: object) -> Iterator[tuple[Any, ...]]:
    """Give the answer's rows as the driver has them."""
    return store.connection.execute(sql(question), _bound(params))  # type: ignore[no-any-return] # the driver ships no types


def rows(
    store: Store,
    question: str,
    kind: type[R],
    children: Callable[[Store, Sequence[int]], Mapping[str, Mapping[int, object]]] | None = None,
    /,
    **params: object,
) -> list[R]:
    """Give the answer as rows of ``kind``, whose fields are named as the answer's columns.

    ``children`` reads the fields that hold several values, each by the row's ``id``; a row without one gets ``()``.
    """
    cursor = store.connection.execute(sql(question), _bound(params))
    names = [column[0] for column in cursor.description]
    found = cursor.fetchall()
    if not found:
        return []
    columns: dict[str, Any] = dict(zip(names, zip(*found, strict=True), strict=True))
    try:
        for field, by_id in (children(store, columns["id"]) if children else {}).items():
            columns[field] = [by_id.get(number, ()) for number in columns["id"]]
        for field, convert in _conversions(kind).items():
            columns[field] = [convert(value) for value in columns[field]]
    except (TypeError, ValueError) as problem:  # no command writes such a value
        said = "a row of it cannot be read"
        raise sqlite.driver.DatabaseError(said) from problem
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined] # a NamedTuple has them
    return list(map(kind._make, zip(*(columns[field] for field in fields), strict=True)))  # type: ignore[attr-defined]


def grouped(answer: Iterator[tuple[Any, ...]], make: Callable[..., Any]) -> dict[int, tuple[Any, ...]]:
    """Give rows by their first column, each made of the columns after it."""
    found: dict[int, list[Any]] = {}
    for owner, *values in answer:
        found.setdefault(owner, []).append(make(*values))
    return {owner: tuple(values) for owner, values in found.items()}


def by_owner(store: Store, question: str, make: Callable[..., Any], owners: Sequence[int], **params: object) -> dict[int, tuple[Any, ...]]:
    """Give a child table's rows by the number of the record they belong to.

    The question asks for the owners from ``:first`` to ``:last``: one at a time while they are few, all in one pass else.
    """
    if len(owners) > _FEW:
        return grouped(run(store, question, first=0, last=_LAST, **params), make)
    found: dict[int, tuple[Any, ...]] = {}
    for owner in owners:
        found |= grouped(run(store, question, first=owner, last=owner, **params), make)
    return found


def _bound(params: Mapping[str, object]) -> dict[str, object]:
    """Give parameters as the database takes them."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in params.items()}


def named(ref: str | None, name: str | None) -> Named | None:
    """Give a mention of a record, or None when there is none."""
    return Named(ref, name or "") if ref else None


@cache
def as_day(value: str | None) -> date | None:
    """Give a day as the database keeps it."""
    return date.fromisoformat(value) if value else None


def _moment(value: str | None) -> datetime | None:
    # UTC itself, and not an offset of nothing: it is what is written with Z
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if value else None


def _several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else tuple(value.split(SEPARATOR)) if value else ()


def _mention(value: str | None) -> Named | None:
    return Named(*value.split(SEPARATOR, 1)) if value else None


def _mentions(value: str | tuple[Named, ...] | None) -> tuple[Named, ...]:
    if isinstance(value, tuple):
        return value
    return tuple(Named(*item.split("\x1e", 1)) for item in value.split(SEPARATOR)) if value else ()


_CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "date": as_day,
    "date | None": as_day,
    "datetime": _moment,
    "datetime | None": _moment,
    "bool": bool,
    "tuple[str, ...]": _several,
    "Named": _mention,
    "Named | None": _mention,
    "tuple[Named, ...]": _mentions,
}


@cache
def _conversions(kind: type) -> dict[str, Callable[[Any], Any]]:
    """Give the fields of a row type that the database cannot give as they are."""
    declared = {field: getattr(hint, "__forward_arg__", hint) for field, hint in kind.__annotations__.items()}
    return {field: _CONVERSIONS[hint] for field, hint in declared.items() if hint in _CONVERSIONS}
