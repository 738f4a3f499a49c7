"""store status, check, backup and upgrade, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.store import check, sqlite

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
    assert found["records"]["proposals"] == 0
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
    crm.ok("followup", "done", "F1")
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.execute("UPDATE followup SET about = 'P77'")
    connection.execute("UPDATE move SET ref = 'H9'")
    connection.close()
    said = crm.refused_with_notes(Exit.STORE, "store", "check")
    assert "F1 is about P77, which is not there" in said
    assert "move 1 is of H9, which is not there" in said


@pytest.mark.parametrize(
    ("mergers", "said"),
    [
        ([("P2", "P1")], []),
        ([("P3", "P2"), ("P2", "P1")], []),
        ([("P1", "P2")], ["P1 was merged into P2, and is there still"]),
        ([("P2", "P9")], ["P2 was merged into P9, which is not there"]),
    ],
)
def test_check_follows_what_was_merged(crm: Crm, amina: str, mergers: list[tuple[str, str]], said: list[str]) -> None:
    """One that is gone leads to one that is there, on whatever way."""
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.executemany("INSERT INTO merger (old_ref, new_ref, merged_on) VALUES (?, ?, '2026-12-01')", mergers)
    connection.close()
    assert [line for line in check.problems(crm.workspace.store) if not line.startswith("merger ")] == said, amina


@pytest.mark.parametrize(("refs", "said"), [("P1 P2", ["disclosure 1 names P3, which never was"]), ("P1", []), ("P2", [])])
def test_check_knows_whom_a_disclosure_may_name(crm: Crm, amina: str, refs: str, said: list[str]) -> None:
    """Whoever was there once, though they were taken back since; not one who never was."""
    crm.ok("contact", "add", "Bea Kaur")
    crm.ok("undo", "--yes")
    connection = sqlite.raw(crm.workspace.store, "rw")
    connection.execute(
        "INSERT INTO disclosure (disclosed_on, by, recipient, form, fields, refs) VALUES ('2026-12-01', 'x', 'x', 'csv', 'name', ?)",
        (f"{refs} P3" if said else refs,),
    )
    connection.close()
    assert [line for line in check.problems(crm.workspace.store) if "in the journal" not in line] == said, amina


def test_upgrade_of_a_store_that_is_up_to_date_does_nothing(crm: Crm) -> None:
    """No backup is made, and nothing is written."""
    assert crm.json("store", "upgrade") == {"before": sqlite.SCHEMA, "after": sqlite.SCHEMA, "backup": None}
    assert list(crm.workspace.backups.iterdir()) == []
