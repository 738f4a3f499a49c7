"""A transaction watches what its session does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from solidarity_crm.models.contact import Contact
from solidarity_crm.services import contacts, undoing
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.settings import Settings
from solidarity_crm.store.transaction import _COMPILED, By, running

if TYPE_CHECKING:
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.sqlite import Connection

LEEDS = Settings(name="Leeds")


def by(day: int) -> By:
    """Give who acts on a day of December."""
    return By("Robin", "test", datetime(2026, 12, day, 9, tzinfo=UTC))


def added_then_tagged(connection: Connection) -> Ref:
    """Add a contact on one day, and give it a tag on the next; give its ref."""
    with running(connection, LEEDS, by(1)) as tx:
        ref = contacts.add(tx, "Amina Yusuf", today=date(2026, 12, 1))
    with running(connection, LEEDS, by(2)) as tx:
        contacts.tag(tx, ref, add=["gp"])
    return ref


def test_a_record_is_dated_when_only_what_hangs_on_it_changes() -> None:
    """A new address or tag is a change of the contact; taking it back takes back the date too."""
    connection = sqlite.in_memory()
    migrate.upgrade(connection)
    ref = added_then_tagged(connection)
    assert connection.execute("SELECT updated_at FROM contact").fetchone() == ("2026-12-02 09:00:00.000000",)
    with running(connection, LEEDS, by(3)) as tx:
        undoing.undo(tx)
    assert connection.execute("SELECT updated_at FROM contact").fetchone() == ("2026-12-01 09:00:00.000000",)
    with running(connection, LEEDS, by(4)) as tx:
        assert tx.get(Contact, ref.number).updated_at == datetime(2026, 12, 1, 9, tzinfo=UTC)
    connection.close()


def test_many_rows_never_take_a_number_that_was_given() -> None:
    """Also when the record that had it was taken back."""
    connection = sqlite.in_memory()
    migrate.upgrade(connection)
    with running(connection, LEEDS, by(1)) as tx:
        contacts.add(tx, "Amina Yusuf", today=date(2026, 12, 1))
    with running(connection, LEEDS, by(2)) as tx:
        undoing.undo(tx)
    with running(connection, LEEDS, by(3)) as tx:
        tx.insert_many(Contact, [Contact.checked(name="Bo Lee", obtained_on=date(2026, 12, 3))])
    assert connection.execute("SELECT id FROM contact").fetchall() == [(2,)]
    connection.close()


def test_a_statement_is_compiled_once_in_a_run() -> None:
    """The same command on another store compiles nothing anew: sending a thousand messages is a thousand transactions."""
    sizes = []
    for _ in range(2):
        connection = sqlite.in_memory()
        migrate.upgrade(connection)
        added_then_tagged(connection)
        sizes.append(len(_COMPILED))
        connection.close()
    assert sizes[0] == sizes[1] > 0
