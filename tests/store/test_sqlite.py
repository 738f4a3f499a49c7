"""Opening the store: what is wrong with it is said in one line, and reading changes nothing."""

from __future__ import annotations

import os
import random
import threading
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import CrmError, Exit
from solidarity_crm.store import sqlite
from solidarity_crm.store.errors import StoreDamaged, StoreFull, StoreLocked, StoreNewer, StoreOlder, StoreReadOnly, StoreUnreadable

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

READING = (["contact", "list"], ["show", "P1"], ["search", "amina"], ["today"], ["followup", "list"], ["history"], ["store", "status"])
WRITING = (["followup", "add", "Call", "--due", "today"], ["followup", "done", "F1"])
FLIPS = 50


@pytest.fixture
def used(crm: Crm, amina: str) -> Crm:
    """Give a workspace with something in it."""
    crm.ok("followup", "add", "Send the guidelines", "--due", "today", "--about", amina)
    crm.ok("log", "Told us about the clinic", "--with", amina)
    return crm


def one_line(err: str) -> bool:
    """Say whether a message is one line and a hint."""
    return [line.partition(": ")[0] for line in err.splitlines()] == ["solidarity", "try"]


def test_opening_what_is_no_store_lets_go_of_it(tmp_path: Path) -> None:
    """For writing as for reading, so that the file can be moved away."""
    path = tmp_path / "network.db"
    path.write_bytes(b"garbage!" * 512)
    for opening in (sqlite.read, sqlite.write, sqlite.version):
        with pytest.raises(StoreDamaged, match="file is not a database"):
            opening(path)


def test_reading_leaves_bytes_and_time_as_they_are(used: Crm) -> None:
    """So that a folder that is copied elsewhere sees no change, and nothing is left beside the file."""
    store = used.workspace.store
    os.utime(store, ns=(1, 1))
    before, files = (store.read_bytes(), store.stat().st_mtime_ns), sorted(store.parent.rglob("*"))
    for words in READING:
        used.ok(*words)
    assert ((store.read_bytes(), store.stat().st_mtime_ns), sorted(store.parent.rglob("*"))) == (before, files)


def test_what_is_read_can_not_be_written(used: Crm) -> None:
    """The connection itself refuses."""
    connection = sqlite.read(used.workspace.store)
    with pytest.raises(sqlite.Error, match="readonly"):
        connection.execute("DELETE FROM contact")
    connection.close()


@pytest.mark.parametrize("words", [READING[0], WRITING[0]])
@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda whole: b"garbage!" + whole[8:], "is damaged: file is not a database"),
        (lambda whole: whole[: len(whole) // 2], "is damaged: database disk image is malformed"),
        (lambda whole: whole[:100], "is damaged"),
        (lambda whole: whole[:0], "is damaged: it has no records in it"),
        (lambda whole: whole[:60] + (99).to_bytes(4, "big") + whole[64:], "has schema 99, newer than this program's"),
    ],
    ids=["garbage", "half", "its first bytes", "empty", "newer"],
)
def test_a_file_that_will_not_do_is_one_clear_line(used: Crm, damage: object, said: str, words: list[str]) -> None:
    """For reading and for writing, with exit code 4."""
    store = used.workspace.store
    store.write_bytes(damage(store.read_bytes()))  # type: ignore[operator] # a function of the table above
    err = used.refused(Exit.STORE, *words)
    assert said in err
    assert one_line(err)


@pytest.mark.parametrize("words", [READING[0], WRITING[0]])
def test_a_store_that_is_not_there_is_one_clear_line(used: Crm, words: list[str]) -> None:
    """Whether there is nothing or a folder in its place."""
    store = used.workspace.store
    store.unlink()
    assert "there is no such file" in used.refused(Exit.STORE, *words)
    store.mkdir()
    assert one_line(used.refused(Exit.STORE, *words))


def test_no_single_flipped_bit_crashes_a_command(used: Crm) -> None:
    """It goes unnoticed or is said to be damage; what the check finds, it lists."""
    store, chance = used.workspace.store, random.Random(2026)  # noqa: S311 - the same flips each time, and no secret
    whole = store.read_bytes()
    codes = set()
    for flip in range(FLIPS):
        damaged = bytearray(whole)
        # the first is in the file's magic number, which SQLite must notice; where the others fall is chance
        place = chance.randrange(16 if flip == 0 else 4096 if flip % 5 == 0 else len(damaged))
        damaged[place] ^= 1 << chance.randrange(8)
        store.write_bytes(damaged)
        for words in (*READING, ["store", "check"], WRITING[1]):
            result = used(*words)
            codes.add(result.code)
            assert "Traceback" not in result.err
            assert (result.code == Exit.DONE) != ("solidarity: " in result.err), result
    assert codes >= {Exit.DONE, Exit.STORE}
    assert codes <= {Exit.DONE, Exit.STORE, Exit.NOT_FOUND, Exit.REFUSED, Exit.USAGE}


def test_a_write_that_was_cut_off_is_taken_back_by_whatever_comes_next(used: Crm) -> None:
    """Reading too, though it opens the file read-only: the change that was half written is gone, and what was there is there."""
    store = used.workspace.store
    before = store.read_bytes()
    connection = sqlite.write(store)
    connection.execute("PRAGMA cache_size=1")  # so that pages are written before the end
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO tag (contact_id, tag) VALUES (1, ?)", [(f"tag{number}" * 40,) for number in range(2000)])
    beside = store.with_name("network.db-journal")
    cut_off, journal = store.read_bytes(), beside.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    for words in (READING[0], WRITING[1]):
        assert cut_off != before
        store.write_bytes(cut_off)
        beside.write_bytes(journal)
        used.ok(*words)
        assert not beside.exists()
        assert used.json("store", "check")["problems"] == 0


def test_a_second_writer_waits_and_then_says_so(used: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is changed, and the message says how long it waited."""
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.6)
    other = sqlite.write(used.workspace.store)
    other.execute("BEGIN IMMEDIATE")
    err = used.refused(Exit.STORE, *WRITING[0])
    assert err.splitlines() == [
        "solidarity: another command has been writing to network.db for 1 seconds; nothing was changed",
        "try: the same command again when the other has ended",
    ]
    assert used.json("contact", "list")[0]["name"] == "Amina Yusuf"
    other.execute("ROLLBACK")
    other.close()
    assert len(used.json("followup", "list")) == 1


def test_a_second_writer_goes_on_once_the_first_has_ended(used: Crm) -> None:
    """Within the time that it waits, nobody notices."""
    other = sqlite.write(used.workspace.store)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.4, lambda: other.execute("COMMIT"))
    release.start()
    used.ok(*WRITING[0])
    release.join()
    other.close()
    assert len(used.json("followup", "list")) == 2


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("database is locked", StoreLocked),
        ("database or disk is full", StoreFull),
        ("disk I/O error", StoreFull),
        ("attempt to write a readonly database", StoreReadOnly),
        ("unable to open database file", StoreUnreadable),
        ("file is not a database", StoreDamaged),
        ("database disk image is malformed", StoreDamaged),
        ("Could not decode to UTF-8 column 'name' with text 'Amina is locked'", StoreDamaged),
    ],
)
def test_each_of_the_drivers_errors_has_a_sentence_of_ours(tmp_path: Path, said: str, kind: type[CrmError]) -> None:
    """Each with exit code 4, and with nothing in it of what is in the store."""
    error = sqlite.translated(tmp_path / "network.db", sqlite.driver.OperationalError(said))
    assert (type(error), error.exit_code) == (kind, Exit.STORE)
    assert "Amina" not in error.sentence


def test_a_full_disk_is_said_with_the_path_and_the_bytes_that_are_free(tmp_path: Path) -> None:
    """So that one knows where to make room."""
    sentence = sqlite.translated(tmp_path / "network.db", sqlite.driver.OperationalError("database or disk is full")).sentence
    assert sentence.startswith(f"no room to write {tmp_path / 'network.db'} (")
    assert int(sentence.partition("(")[2].partition(" ")[0]) > 0


def test_the_schemas_number_is_checked(tmp_path: Path) -> None:
    """Newer, older, and none at all."""
    path = tmp_path / "network.db"
    for found, kind in ((sqlite.SCHEMA + 1, StoreNewer), (sqlite.SCHEMA - 1, StoreOlder), (0, StoreDamaged)):
        with pytest.raises(kind):
            sqlite.check_schema(path, found)
    sqlite.check_schema(path, sqlite.SCHEMA)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_a_new_store_is_its_owners_alone(tmp_path: Path) -> None:
    """Whatever the umask says; and one that is there is never written over."""
    sqlite.create(tmp_path / "network.db").close()
    assert (tmp_path / "network.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(StoreUnreadable, match="File exists"):
        sqlite.create(tmp_path / "network.db")


def test_a_file_that_may_not_be_written_is_said_to_be_read_only(used: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is tried; the file and its folder both count, since SQLite writes beside the file too."""
    for closed in (used.workspace.store, used.workspace.folder):
        monkeypatch.setattr("solidarity_crm.store.sqlite.os.access", lambda path, _mode, closed=closed: path != closed)
        err = used.refused(Exit.STORE, *WRITING[0])
        assert "cannot be written: it is read-only" in err
        assert one_line(err)
    used.ok("contact", "list")
