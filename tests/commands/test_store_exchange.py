"""The whole store as a folder of CSV files, as typed."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from conftest import Crm


def contents(folder: Path) -> dict[str, bytes]:
    """Give a folder's files."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_an_export_fills_a_fresh_workspace_with_the_same(crm: Crm, amina: str, sian: str, tmp_path: Path) -> None:
    """Refs, uids and times come back, and a second export has the same bytes."""
    crm.ok("followup", "add", "=Call back", "--due", "friday", "--about", sian, "--owed-to", amina)
    written = crm.json("store", "export", "out")
    assert [row for row in written if row["rows"]] == [
        {"file": "organisations.csv", "rows": 1},
        {"file": "contacts.csv", "rows": 2},
        {"file": "affiliations.csv", "rows": 1},
        {"file": "followups.csv", "rows": 1},
    ]
    before = crm.json("contact", "show", sian)
    crm.ok("init", "fresh", "--settings", "out/solidarity.toml")
    other = type(crm)(crm.workspace._replace(folder=tmp_path / "fresh"), crm._capture)
    assert other.json("store", "import", "out") == written
    assert other.json("contact", "show", sian) == before
    assert [entry["command"] for entry in other.json("history")] == ["store import"]
    other.ok("store", "export", "again")
    assert contents(tmp_path / "again") == contents(tmp_path / "out")
    other.ok("store", "check")


def test_exported_cells_are_guarded_and_files_are_their_owners(crm: Crm, tmp_path: Path) -> None:
    """What a spreadsheet would run is not run; a BOM tells Excel that it is UTF-8."""
    crm.ok("contact", "add", "=cmd()", "--note", "two\nlines")
    said = crm.ok("store", "export", "out")
    assert said.err.startswith(f"written to {tmp_path / 'out'}; these files hold people's details")
    text = (tmp_path / "out" / "contacts.csv").read_bytes()
    assert text.startswith(b"\xef\xbb\xbfref,name,")
    assert b"\r\nP1,'=cmd()," in text
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "out" / "contacts.csv").stat().st_mode) == 0o600


def test_an_export_never_writes_over_what_is_there(crm: Crm, amina: str, tmp_path: Path) -> None:
    """Unless it is told to."""
    (tmp_path / "out").mkdir()
    crm.ok("store", "export", "out")
    before = contents(tmp_path / "out")
    crm.ok("contact", "edit", amina, "--note", "New")
    assert "is there already" in crm.refused(Exit.REFUSED, "store", "export", "out")
    assert contents(tmp_path / "out") == before
    crm.ok("store", "export", "out", "--force")
    assert contents(tmp_path / "out") != before
    (tmp_path / "file").write_text("x")
    assert "is there already" in crm.refused(Exit.REFUSED, "store", "export", "file")


def test_an_export_into_a_folder_that_may_not_be_looked_into_is_refused(crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something of somebody's may be in it."""
    (tmp_path / "out").mkdir()

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.iterdir", refuse)
    assert "is there already" in crm.refused(Exit.REFUSED, "store", "export", "out")


def test_an_export_to_where_nothing_may_be_written_says_so(crm: Crm, tmp_path: Path) -> None:
    """One line, and the exit code of what cannot be written."""
    (tmp_path / "file").write_text("x")
    assert "cannot write" in crm.refused(Exit.STORE, "store", "export", "file/out")


def test_a_workspace_with_records_is_not_imported_into(crm: Crm, amina: str) -> None:
    """The hint says how to make a fresh one, and nothing changes."""
    crm.ok("store", "export", "out")
    said = crm.refused(Exit.REFUSED, "store", "import", "out")
    assert "has records already" in said
    assert "solidarity init NEW-FOLDER" in said
    assert [contact["ref"] for contact in crm.json("contact", "list")] == [amina]


def test_a_folder_with_mistakes_changes_nothing(crm: Crm, amina: str, tmp_path: Path) -> None:
    """Every mistake is named by file, line and column, and no row of any file is kept."""
    crm.ok("followup", "add", "Call", "--due", "friday", "--about", amina)
    crm.ok("store", "export", "out")
    path = tmp_path / "out" / "followups.csv"
    path.write_bytes(path.read_bytes().replace(b"P1,", b"P9,").replace(b"2026-12-04", b"4th of May"))
    crm.ok("init", "fresh", "--settings", "out/solidarity.toml")
    other = type(crm)(crm.workspace._replace(folder=tmp_path / "fresh"), crm._capture)
    assert other.refused(Exit.REFUSED, "store", "import", "out").splitlines() == [
        "solidarity: nothing was imported: 2 problems",
        "followups.csv:2: due: '4th of May' is not a day, like 2026-11-23",
        "followups.csv:2: about: there is no P9 in the folder",
        "try: correct the files and try again",
    ]
    assert other.json("org", "list") == []
    assert other.json("history") == []


def test_files_that_are_not_there_are_named(crm: Crm, tmp_path: Path) -> None:
    """They count as empty, which is said."""
    crm.ok("store", "export", "out")
    for name in ("moves.csv", "drafts.csv"):
        (tmp_path / "out" / name).unlink()
    crm.ok("init", "fresh", "--settings", "out/solidarity.toml")
    other = type(crm)(crm.workspace._replace(folder=tmp_path / "fresh"), crm._capture)
    said = other.ok("store", "import", "out")
    assert said.err.splitlines() == ["drafts.csv is not there, so it counts as empty", "moves.csv is not there, so it counts as empty"]


def test_a_folder_that_is_none_is_refused(crm: Crm, tmp_path: Path) -> None:
    """Neither a folder that is not there nor one without our files is read."""
    assert "there is no such folder" in crm.refused(Exit.REFUSED, "store", "import", "nowhere")
    (tmp_path / "empty").mkdir()
    assert "none of the files of an export" in crm.refused(Exit.REFUSED, "store", "import", "empty")


def test_an_import_is_undone_as_a_whole(crm: Crm, amina: str, tmp_path: Path) -> None:
    """It is one command, so one undo takes all of it back."""
    crm.ok("store", "export", "out")
    crm.ok("init", "fresh", "--settings", "out/solidarity.toml")
    other = type(crm)(crm.workspace._replace(folder=tmp_path / "fresh"), crm._capture)
    other.ok("store", "import", "out")
    other.ok("undo", "--yes")
    assert other.json("contact", "list") == []
    assert amina == "P1"


def test_what_was_merged_decided_and_given_away_comes_back(crm: Crm, amina: str, sian: str, tmp_path: Path) -> None:
    """With its refs: one that was merged away still leads to who has it now, and is not given again."""
    crm.ok("contact", "add", "Aminah Yusuf", "--email", "a.yusuf@example.org")
    crm.ok("contact", "merge", amina, "P3", "--yes")
    crm.ok("contact", "duplicates", "--not-duplicates", amina, sian)
    crm.ok("contact", "export", "people.csv", "--contact", sian, "--for", "Sam: telephone")
    (tmp_path / "replies.csv").write_text('"1_Name","2_Email","Response Date"\n"Bea Kaur","bea@example.org","2026-11-30 10:00:00"\n')
    crm.ok("intake", "import", "replies.csv")
    crm.ok("store", "export", "out")
    crm.ok("init", "fresh", "--settings", "out/solidarity.toml")
    other = type(crm)(crm.workspace._replace(folder=tmp_path / "fresh"), crm._capture)
    other.ok("store", "import", "out")
    other.ok("store", "check")
    other.ok("store", "export", "again")
    assert contents(tmp_path / "again") == contents(tmp_path / "out")
    assert other.json("contact", "show", "aminah yusuf")["ref"] == amina
    assert "P3 was merged into P1" in other.refused(Exit.NOT_FOUND, "contact", "show", "P3")
    assert other.json("intake", "list") == crm.json("intake", "list")
    assert other.json("contact", "add", "Cleo Ndiaye")["ref"] == "P4"
    crm.ok("store", "check")
