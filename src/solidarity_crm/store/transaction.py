"""One command, one transaction: the session, the journal and the search index move together or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from uuid import uuid4

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, SQLModel

from solidarity_crm.errors import NotFound
from solidarity_crm.rules import refs
from solidarity_crm.rules.refs import BY_TABLE
from solidarity_crm.store import bulk, journal, search, sqlite
from solidarity_crm.store.interrupts import heed, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.settings import Settings

T = TypeVar("T", bound=SQLModel)

_COMPILED: dict[Any, Any] = {}  # a statement of the session as SQL, for every transaction of the run


class By(NamedTuple):
    """Who gives a command, which one, and when (UTC)."""

    actor: str
    command: str
    now: datetime


class Tx:
    """An open transaction, as services see it: records in, records out; nothing here commits."""

    def __init__(self, session: Session, connection: sqlite.Connection, settings: Settings, by: By) -> None:
        """Watch the session, so that whatever it changes is journaled."""
        self.session, self.connection, self.settings, self.by = session, connection, settings, by
        self.undoes: int | None = None
        self.note: str | None = None
        self.rehearsed = False  # everything is tried and nothing kept: what --dry-run is
        self._before: dict[tuple[str, int], journal.Written | None] = {}
        event.listen(session, "before_flush", self._remember)
        event.listen(session, "after_flush", self._notice_new)

    @property
    def now(self) -> datetime:
        """The moment of the command, in UTC."""
        return self.by.now

    def add(self, record: T) -> T:
        """Store a new row and give it back with its number."""
        heed()
        if table_of(record) in BY_TABLE:
            self._stamp(record)
        self.session.add(record)
        self.session.flush()
        return record

    def add_all(self, records: Sequence[SQLModel]) -> None:
        """Store several new rows that have no ref of their own."""
        self.session.add_all(records)
        self.session.flush()

    def insert_many(self, model: type[SQLModel], rows: Sequence[Any]) -> None:
        """Store many new rows of one table at once; those without a number get the next."""
        self.insert_values(model, [row.model_dump() for row in rows])

    def insert_values(self, model: type[SQLModel], rows: Sequence[dict[str, Any]]) -> list[int]:
        """Store many new rows that were checked, without a record for each in memory; give their numbers.

        Those without a number get the next.
        """
        heed()
        table, fresh = str(model.__tablename__), [row for row in rows if row.get("id") is None]
        last = max((self.next_number(model) - 1, *(row["id"] for row in rows if row.get("id")))) if fresh else 0
        for number, row in enumerate(fresh, last + 1):
            row["id"] = number
        self.session.flush()
        if table in BY_TABLE:
            for row in rows:
                row["uid"] = row["uid"] or str(uuid4())
                row["created_at"] = row["created_at"] or self.now
                row["updated_at"] = row["updated_at"] or self.now
        self._before.update(((table, row["id"]), None) for row in rows if (table, row["id"]) not in self._before)
        bulk.insert(self.connection, model, rows)
        return [row["id"] for row in rows]

    def update_values(self, model: type[SQLModel], changes: Mapping[int, dict[str, Any]]) -> None:
        """Change checked fields of many rows by their numbers; a record is dated."""
        heed()
        table = str(model.__tablename__)
        self.session.flush()
        self._keep(table, changes)
        dated = {"updated_at": self.now} if table in BY_TABLE else {}
        bulk.update(self.connection, model, {number: {**fields, **dated} for number, fields in changes.items()})
        self.session.expire_all()

    def next_number(self, model: type[SQLModel]) -> int:
        """Give the next row's number: one that was ever given is not given again, also when its record was taken back."""
        self.session.flush()
        table = str(model.__tablename__)
        last = self.connection.execute(
            f'SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0), coalesce(max(id), 0)) FROM "{table}"',  # noqa: S608 - a table of the schema
            (table,),
        ).fetchone()[0]
        return int(last) + 1

    def keep_from(self, table: str, number: int) -> None:
        """Keep numbers up to ``number`` from a table's new records: they were refs of some that are gone."""
        known = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        if known is None and number:
            self.connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, number))
        elif known and known[0] < number:
            self.connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = ?", (number, table))

    def get(self, model: type[T], number: int) -> T:
        """Give the record with that number.

        Raises NotFound.
        """
        found = self.session.get(model, number)
        if found is None:
            noun = BY_TABLE[str(model.__tablename__)]
            raise NotFound(noun.word, f"{noun.letter}{number}")
        return found

    def put(self, table: str, row: int, image: journal.Image | None) -> None:
        """Make a row what ``image`` says, or remove it; for undo and merging, which know rows and not records."""
        self.put_many(table, {row: image})

    def put_many(self, table: str, images: Mapping[int, journal.Image | None]) -> None:
        """Make rows of a table what their images say, or remove them."""
        self.session.flush()
        self._keep(table, images)
        bulk.put(self.connection, table, images)
        self.session.expire_all()

    def changes(self) -> list[journal.Step]:
        """List what the transaction has changed so far, rows that came back to what they were left out."""
        heed()
        self.session.flush()
        numbers: dict[str, list[int]] = {}
        for table, number in self._before:
            numbers.setdefault(table, []).append(number)
        now = {table: journal.written(self.connection, table, several) for table, several in numbers.items()}
        return [
            journal.Step(table, number, before, after)
            for (table, number), before in self._before.items()
            if (after := now[table].get(number)) != before
        ]

    def seal(self) -> int | None:
        """Write the journal's entry and bring the index up to date; give the entry's number, None if nothing changed."""
        changes = self.changes()
        if not changes:
            return None
        touched = sorted(refs.of(ref) for ref in {change.ref for change in changes} if ref)
        if self.undoes is None:  # what is taken back is as it was, also when that was
            changes += self._owners(touched)
        heed()
        search.refresh(self.connection, touched)
        heed()
        entry = journal.Entry(self.now.isoformat(timespec="seconds"), self.by.actor, self.by.command, self.undoes, self.note)
        return journal.append(self.connection, entry, changes)

    def _owners(self, touched: Sequence[Ref]) -> list[journal.Step]:
        """Date the records of which only rows that hang on them changed: a role, an address, a participant."""
        numbers: dict[str, list[int]] = {}
        for ref in touched:
            if (ref.noun.table, ref.number) not in self._before:
                numbers.setdefault(ref.noun.table, []).append(ref.number)
        found = []
        for table, several in numbers.items():
            before = journal.written(self.connection, table, several)
            bulk.touch(self.connection, table, several, f"{self.now:%Y-%m-%d %H:%M:%S.%f}")
            after = journal.written(self.connection, table, several)
            found += [journal.Step(table, number, before[number], after[number]) for number in before if before[number] != after[number]]
        return found

    def _keep(self, table: str, numbers: Iterable[int]) -> None:
        """Keep what rows are before they change, unless that is known."""
        fresh = [number for number in numbers if (table, number) not in self._before]
        there = journal.written(self.connection, table, fresh)
        self._before.update(((table, number), there.get(number)) for number in fresh)

    def _stamp(self, record: Any) -> None:  # noqa: ANN401 - any record
        """Give a new record its uid and its times, unless it brings them."""
        record.uid = record.uid or str(uuid4())
        record.created_at = record.created_at or self.now
        record.updated_at = record.updated_at or self.now

    def _remember(self, session: Session, _context: object, _instances: object) -> None:
        """Keep what rows were before the session changes them, and date the change."""
        for record in (*session.dirty, *session.deleted):
            table = table_of(record)
            if table not in journal.UNJOURNALED and (session.is_modified(record) or record in session.deleted):
                self._keep(table, [int(record.id)])
                if table in BY_TABLE and record not in session.deleted:
                    record.updated_at = self.now

    def _notice_new(self, session: Session, _context: object) -> None:
        """Keep which rows are new."""
        for record in session.new:
            if table_of(record) not in journal.UNJOURNALED:
                self._before.setdefault((table_of(record), int(record.id)), None)


def table_of(record: SQLModel) -> str:
    """Give the name of the table that a row is of."""
    return str(type(record).__tablename__)


@contextmanager
def transaction(path: Path, settings: Settings, by: By) -> Iterator[Tx]:
    """Open the store, run one command in it, and keep all of it or none.

    Raises the errors of :mod:`solidarity_crm.store.sqlite`.
    """
    with held():
        connection = sqlite.write(path)
        try:
            sqlite.check_schema(path, int(connection.execute("PRAGMA user_version").fetchone()[0]))
            with sqlite.said_our_way(path), running(connection, settings, by) as tx:
                yield tx
        finally:
            connection.close()


@contextmanager
def running(connection: sqlite.Connection, settings: Settings, by: By) -> Iterator[Tx]:
    """Run one command in an open store."""
    known = _known()
    pool = StaticPool(lambda: connection, dialect=known.dialect)
    engine = Engine(pool, known.dialect, known.url, hide_parameters=True, execution_options={"compiled_cache": _COMPILED})
    event.listen(engine, "begin", _begin_immediate)
    # the driver's errors come wrapped, with the row's values in them: only the driver's own leaves here
    try:
        with Session(engine, expire_on_commit=False) as session:
            session.connection()
            tx = Tx(session, connection, settings, by)
            yield tx
            if tx.rehearsed:
                session.rollback()
                return
            tx.seal()
            heed()
            session.commit()
    except DBAPIError as problem:
        raise problem.orig or problem from None


@cache
def _known() -> Engine:
    """Learn once in a run what SQLAlchemy asks of the driver; statements are compiled for the dialect that learnt it."""
    engine = create_engine("sqlite://", creator=sqlite.in_memory, poolclass=StaticPool, module=sqlite.driver)
    with engine.connect():
        pass
    engine.dispose()
    return engine


def _begin_immediate(connection: Any) -> None:  # noqa: ANN401 - SQLAlchemy's connection
    """Take the right to write before the first read, so that what was read is still so when it is written."""
    sqlite.begin(connection.connection.driver_connection)
