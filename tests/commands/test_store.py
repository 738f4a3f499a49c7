"""store status, check, backup and upgrade, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import Exit
from solidarity_crm.store import sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


def test_status_counts_what_is_there(crm: Crm, amina: str) -> None:
    """And names the newest backup once there is one."""
    found = crm.json("store", "status")
    assert (found["records"]["contacts"], found["records"]["organisations"], found["journal_entries"], found["last_backup"]) == (
        1,
        1,
        2,
        None,
    ), amina
    crm.ok("store", "backup")
    assert crm.json("store", "status")["last_backup"].startswith("network-")
    assert "Contacts:      1" in crm.ok("store", "status").out


def test_a_backup_opens_and_holds_the_same(crm: Crm, amina: str, tmp_path: Path) -> None:
    """It is the owner's alone, and never takes the place of a file unless told to."""
    target = tmp_path / "copy.db"
    assert crm.json("store", "backup", str(target))["file"] == str(target)
    connection = sqlite.read(target)
    assert connection.execute("SELECT name FROM contact").fetchall() == [("Amina Yusuf",)], amina
    connection.close()
    assert target.stat().st_mode & 0o077 == 0
    assert "is there already" in crm.refused(Exit.REFUSED, "store", "backup", str(target))
    crm.ok("store", "backup", str(target), "--force")
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix) == ["copy.db"]


def test_check_finds_every_row_that_was_changed_from_outside(crm: Crm, amina: str) -> None:
    """A changed row, a broken reference, and a search index that is behind."""
    assert crm.json("store", "check")["problems"] == 0
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.execute("UPDATE contact SET note = 'slipped in'")
    connection.execute("UPDATE affiliation SET organisation_id = 99")
    connection.close()
    said = crm.refused_with_notes(Exit.STORE, "store", "check")
    assert "contact 1 is not as the journal says" in said, amina
    assert "affiliation 1 refers to a organisation that is not there" in said
    assert "the search index does not have P1 as it is" in said
    assert "solidarity store check, then put back the newest file of backups/" in said


def test_check_finds_a_mention_of_what_is_not_there(crm: Crm, amina: str) -> None:
    """Refs that are kept as text are followed too."""
    crm.ok("followup", "add", "About her", "--due", "today", "--about", amina)
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.execute("UPDATE followup SET about = 'P77'")
    connection.close()
    assert "F1 is about P77, which is not there" in crm.refused_with_notes(Exit.STORE, "store", "check")


def test_upgrade_of_a_store_that_is_up_to_date_does_nothing(crm: Crm) -> None:
    """No backup is made, and nothing is written."""
    assert crm.json("store", "upgrade") == {"before": sqlite.SCHEMA, "after": sqlite.SCHEMA, "backup": None}
    assert list(crm.workspace.backups.iterdir()) == []
