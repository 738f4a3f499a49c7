"""The journal: whatever is changed in it, or behind its back, is found."""

from __future__ import annotations

import pytest
from made_store import TODAY, change, contents, store

from solidarity_crm import services
from solidarity_crm.errors import BadValue
from solidarity_crm.rules.refs import Ref
from solidarity_crm.store import journal, sqlite
from solidarity_crm.store.journal import Step, Written

GUARDS = [f"{table}_no_{verb}" for table in ("journal", "journal_change") for verb in ("update", "delete")]


def unguarded() -> sqlite.Connection:
    """Give a store whose triggers are gone, as somebody would leave it who edits the file by hand."""
    connection = store()
    connection.execute("PRAGMA foreign_keys=OFF")
    for guard in GUARDS:
        connection.execute(f"DROP TRIGGER {guard}")
    return connection


def test_a_store_that_only_commands_wrote_has_no_problems() -> None:
    """Chain, payloads and rows agree."""
    assert journal.problems(store()) == []


def test_an_entry_says_who_did_what_when_and_each_row_before_and_after() -> None:
    """Whatever a command changed, and nothing else."""
    connection = store()
    assert connection.execute("SELECT at, actor, command FROM journal WHERE id = 4").fetchone() == (
        "2026-12-01T09:30:00+00:00",
        "Robin Marsh",
        "contact edit",
    )
    (edited,) = journal.changes_of(connection, 4)
    assert edited.before is not None
    assert edited.after is not None
    assert (edited.ref, edited.before["note"], edited.after["note"]) == (Ref("P", 1), None, "Prefers calls")
    added = journal.changes_of(connection, 1)
    assert {(change.table, change.before is None, str(change.ref)) for change in added} == {
        (table, True, "P1") for table in ("contact", "contact_point", "works_with", "tag")
    }


def test_a_command_that_changes_nothing_writes_no_entry() -> None:
    """Nor does one whose rows come back to what they were."""
    connection = store()
    with change(connection) as tx:
        services.contacts.edit(tx, Ref("P", 1), note="Prefers calls")
    assert connection.execute("SELECT max(id) FROM journal").fetchone() == (4,)


def test_a_command_that_fails_leaves_no_row_and_no_entry() -> None:
    """All of it or none."""
    connection = store()
    before = contents(connection)
    with pytest.raises(BadValue), change(connection) as tx:
        services.contacts.add(tx, "Nobody", today=TODAY, reach=services.contacts.Reach(["nobody@example.org", "no address"]))
    assert contents(connection) == before


@pytest.mark.parametrize("statement", ["UPDATE journal SET actor = 'x'", "DELETE FROM journal", "DELETE FROM journal_change"])
def test_the_journal_only_grows(statement: str) -> None:
    """The database itself refuses the rest."""
    with pytest.raises(sqlite.driver.IntegrityError, match="the journal only grows"):
        store().execute(statement)


TAMPERING = {
    "who": "UPDATE journal SET actor = 'Sam Adeyemi' WHERE id = 2",
    "when": "UPDATE journal SET at = '2026-11-01T09:30:00+00:00' WHERE id = 2",
    "the command": "UPDATE journal SET command = 'org add' WHERE id = 2",
    "a note slipped in": "UPDATE journal SET note = 'x' WHERE id = 2",
    "what it undoes": "UPDATE journal SET undoes = 1 WHERE id = 2",
    "a hash": "UPDATE journal SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE id = 2",
    "the hash before": "UPDATE journal SET previous = hash WHERE id = 2",
    "an entry gone": "DELETE FROM journal WHERE id = 2",
    "the first entry gone": "DELETE FROM journal WHERE id = 1",
    "two entries swapped": "UPDATE journal SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3);UPDATE journal SET id = -id WHERE id < 0",
    "an entry slipped in": "INSERT INTO journal SELECT 5, at, actor, command, undoes, note, hash, hash FROM journal WHERE id = 4",
    "a change gone": "DELETE FROM journal_change WHERE id = 1",
    "a change slipped in": "INSERT INTO journal_change SELECT 99, entry_id, table_name, 77, ref, digest FROM journal_change WHERE id = 1",
    "two changes swapped": "UPDATE journal_change SET id = CASE id WHEN 1 THEN -2 ELSE -1 END WHERE id IN (1, 2);"
    "UPDATE journal_change SET id = -id WHERE id < 0",
    "a change of another row": "UPDATE journal_change SET row_id = 2 WHERE id = 1",
    "a change of another table": "UPDATE journal_change SET table_name = 'organisation' WHERE id = 1",
    "a digest": "UPDATE journal_change SET digest = 'x' WHERE id = 1",
    "a payload": "UPDATE journal_payload SET payload = replace(payload, 'Amina', 'Anita') WHERE change_id = 1",
    "a payload cut short": "UPDATE journal_payload SET payload = substr(payload, 1, 20) WHERE change_id = 1",
    "a payload that is something else": "UPDATE journal_payload SET payload = '[]' WHERE change_id = 1",
    "a row's last payload cut short": "UPDATE journal_payload SET payload = substr(payload, 1, 20) WHERE change_id = (SELECT max(id) FROM journal_change)",
    "a salt": "UPDATE journal_payload SET salt = 'x' WHERE change_id = 1",
    "payloads swapped": "UPDATE journal_payload SET change_id = CASE change_id WHEN 1 THEN -2 ELSE -1 END WHERE change_id IN (1, 2);"
    "UPDATE journal_payload SET change_id = -change_id WHERE change_id < 0",
    "a row edited": "UPDATE contact SET note = 'x' WHERE id = 2",
    "a row emptied": "UPDATE contact SET note = NULL WHERE id = 1",
    "a row of no ref edited": "UPDATE tag SET tag = 'x'",
    "a row gone": "DELETE FROM contact WHERE id = 2",
    "a row slipped in": "INSERT INTO tag (id, contact_id, tag) VALUES (50, 1, 'x')",
    "two rows swapped": "UPDATE contact SET id = CASE id WHEN 1 THEN -2 ELSE -1 END;UPDATE contact SET id = -id WHERE id < 0",
    "a column of a row of another type": "UPDATE contact SET do_not_contact = '0x' WHERE id = 2",
}


@pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING)
def test_any_tampering_is_found(statement: str) -> None:
    """Edits, deletions, swaps and insertions, in the journal and in the rows."""
    connection = unguarded()
    for each in statement.split(";"):
        connection.execute(each)
    assert journal.problems(connection) != []


def test_a_cut_off_end_is_seen_by_the_rows() -> None:
    """An entry removed from the end leaves rows that the journal does not know as they are."""
    connection = unguarded()
    for table, column in (("journal_payload", "change_id"), ("journal_change", "id")):
        connection.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT id FROM journal_change WHERE entry_id = 4)")
    connection.execute("DELETE FROM journal WHERE id = 4")
    assert journal.problems(connection) == ["contact 1 is not as the journal says"]


def test_a_problem_names_the_place_and_never_what_is_there() -> None:
    """Nobody's data goes to a screen because the store was tampered with."""
    connection = unguarded()
    connection.execute(TAMPERING["a payload"])
    connection.execute(TAMPERING["a row edited"])
    assert journal.problems(connection) == [
        "journal entry 1: what it keeps of contact 1 was altered",
        "contact 2 is not as the journal says",
    ]


def test_the_chain_holds_when_a_persons_payloads_are_erased() -> None:
    """Payload and salt go, what was done stays provable (protection.md P8)."""
    connection = store()
    sealed = journal.head(connection)
    connection.execute("DELETE FROM journal_payload WHERE change_id IN (SELECT id FROM journal_change WHERE ref = 'P1')")
    assert (journal.problems(connection), journal.head(connection)) == ([], sealed)
    assert "Amina" not in str(connection.execute("SELECT * FROM journal_payload").fetchall())
    assert journal.changes_of(connection, 4) == []


def test_the_same_row_has_another_digest_each_time() -> None:
    """So that a digest, once its salt is gone, cannot be guessed from what the row may have said."""
    connection = store()
    row = Step("tag", 90, None, Written(90, "P1", '{"id": 90, "contact_id": 1, "tag": "x"}'))
    connection.execute("BEGIN")
    for command in ("one", "two"):
        journal.append(connection, journal.Entry("2026-12-01T09:30:00+00:00", "Robin Marsh", command), [row])
    digests = connection.execute("SELECT digest FROM journal_change WHERE row_id = 90").fetchall()
    assert len(set(digests)) == 2
    connection.execute("ROLLBACK")


def test_a_damaged_entry_is_the_drivers_error_not_a_bug() -> None:
    """So that the command line says that the store is damaged."""
    connection = unguarded()
    connection.execute(TAMPERING["a payload cut short"])
    with pytest.raises(sqlite.driver.DatabaseError, match="cannot be read"):
        journal.changes_of(connection, 1)


def test_an_empty_journal_has_a_head() -> None:
    """The start of the chain, for a backup of a store that nobody has used."""
    connection = sqlite.in_memory()
    connection.execute("CREATE TABLE journal (id INTEGER PRIMARY KEY, hash TEXT)")
    assert journal.head(connection) == journal.START
