"""An older store becomes a newer one with everything in it, or stays as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from made_store import change

from solidarity_crm import services
from solidarity_crm.errors import Exit
from solidarity_crm.rules.refs import Ref
from solidarity_crm.store import journal, migrate, search, sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm
    from solidarity_crm.store.sqlite import Connection

PEOPLE = "INSERT INTO contact (uid, name, name_key, source, obtained_on, do_not_contact, no_voicemail) VALUES (?, ?, ?, 'self', '2026-01-01', 0, 0)"


def old_store(path: Path) -> Connection:
    """Make a store as the first version left it, with two contacts in it."""
    connection = sqlite.create(path)
    migrate.upgrade(connection, 1)
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(PEOPLE, [("u1", "Amina Yusuf", "amina yusuf"), ("u2", "Siân O'Brien", "sian obrien")])
    changes = [journal.Step("contact", number, None, row) for number, row in journal.written(connection, "contact", [1, 2]).items()]
    journal.append(connection, journal.Entry("2026-01-01T09:00:00+00:00", "Robin Marsh", "contact add"), changes)
    connection.execute("COMMIT")
    return connection


def names(connection: Connection) -> list[str]:
    """List what there is in the schema."""
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master ORDER BY name").fetchall()]


def names_of_people(connection: Connection) -> list[str]:
    """List the contacts' names."""
    return [name for (name,) in connection.execute("SELECT name FROM contact ORDER BY id").fetchall()]


def test_an_upgrade_keeps_every_row_and_fills_the_index(tmp_path: Path) -> None:
    """The journal agrees as before, and what was typed is found."""
    connection = old_store(tmp_path / "network.db")
    cursor = connection.execute("SELECT * FROM contact ORDER BY id")
    columns, people = [column[0] for column in cursor.description], cursor.fetchall()
    migrate.upgrade(connection)
    assert connection.execute(f"SELECT {', '.join(columns)} FROM contact ORDER BY id").fetchall() == people
    assert (journal.problems(connection), search.stale(connection)) == ([], [])
    assert connection.execute("PRAGMA user_version").fetchone() == (sqlite.SCHEMA,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with change(connection) as tx:
        services.contacts.edit(tx, Ref("P", 2), note="x")
    connection.close()


def test_a_command_from_before_an_upgrade_can_be_taken_back_after_it(tmp_path: Path) -> None:
    """The rows have columns then that the journal's entry had not heard of; they are as new rows begin."""
    connection = old_store(tmp_path / "network.db")
    migrate.upgrade(connection)
    with change(connection, "undo") as tx:
        services.undoing.undo(tx)
    assert connection.execute("SELECT count(*) FROM contact").fetchone() == (0,)
    with change(connection, "undo") as tx:
        services.undoing.undo(tx)
    assert names_of_people(connection) == ["Amina Yusuf", "Siân O'Brien"]
    assert journal.problems(connection) == []
    connection.close()


def test_a_row_changed_behind_the_journal_after_an_upgrade_is_noticed(tmp_path: Path) -> None:
    """Also in a column that the journal's entry had not heard of."""
    connection = old_store(tmp_path / "network.db")
    migrate.upgrade(connection)
    connection.execute("UPDATE contact SET ask_budget = 9 WHERE id = 2")
    assert journal.problems(connection) == ["contact 2 is not as the journal says"]
    connection.close()


def test_a_new_store_and_an_upgraded_one_are_the_same(tmp_path: Path) -> None:
    """Table for table, index for index."""
    old, new = old_store(tmp_path / "old.db"), sqlite.create(tmp_path / "new.db")
    migrate.upgrade(old)
    migrate.upgrade(new)
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
    assert old.execute(schema).fetchall() == new.execute(schema).fetchall()
    old.close()
    new.close()


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Schema, rows and number; and it can be tried again."""
    connection = old_store(tmp_path / "network.db")
    before = (names(connection), connection.execute("SELECT * FROM contact").fetchall(), (tmp_path / "network.db").read_bytes())

    def broken(_connection: Connection) -> None:
        msg = "in the middle"
        raise RuntimeError(msg)

    with monkeypatch.context() as broken_off:
        broken_off.setattr(search, "rebuild", broken)
        with pytest.raises(RuntimeError, match="in the middle"):
            migrate.upgrade(connection)
    assert (names(connection), connection.execute("SELECT * FROM contact").fetchall(), (tmp_path / "network.db").read_bytes()) == before
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
    migrate.upgrade(connection)
    assert search.stale(connection) == []
    connection.close()


def test_an_upgrade_that_would_break_a_reference_is_not_kept(tmp_path: Path) -> None:
    """What refers to what is checked before the end."""
    connection = old_store(tmp_path / "network.db")
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("INSERT INTO tag (contact_id, tag) VALUES (99, 'x')")
    with pytest.raises(RuntimeError, match="1 rows would lose what they refer to"):
        migrate.upgrade(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (1,)
    connection.close()


def test_reading_an_older_store_says_what_to_do(crm: Crm) -> None:
    """Reading changes nothing, so it does not upgrade either."""
    crm.workspace.store.unlink()
    old_store(crm.workspace.store).close()
    err = crm.refused(Exit.STORE, "contact", "list")
    assert err.splitlines() == [
        f"solidarity: the store network.db has schema 1; this program reads {sqlite.SCHEMA}",
        "try: solidarity store upgrade",
    ]


def test_the_first_write_upgrades_with_a_backup(crm: Crm) -> None:
    """The copy is the store as it was, and says so."""
    crm.workspace.store.unlink()
    old_store(crm.workspace.store).close()
    done = crm("contact", "add", "Tomasz Kowalski", "--json")
    (kept,) = crm.workspace.backups.iterdir()
    assert (done.code, done.err) == (Exit.DONE, f"the store was upgraded; as it was before: {kept}\n")
    assert done.data["ref"] == "P3"
    assert sqlite.version(kept) == 1
    assert crm.json("store", "check")["problems"] == 0
