"""Drafts that leave as files, as typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from drafts_made import GREETING, files, own_template, written
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm


def test_exporting_writes_a_file_for_each_draft(crm: Crm, amina: str, sian: str) -> None:
    """Named by ref and day, never by a person; each to one person, from whoever wrote it, with a way out."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina, "--to", sian)
    result = crm("outreach", "export", "--json")
    assert (result.code, [one["status"] for one in result.data]) == (Exit.DONE, ["exported"] * 2)
    assert result.err == f"2 files in {crm.workspace.drafts}\n"
    assert files(crm) == ["D1-2026-12-01.eml", "D2-2026-12-01.eml"]
    found = written(crm, "D2-2026-12-01.eml")
    assert [str(one) for one in found["To"].addresses] == ['"Siân O\'Brien [she/her]" <sian@example.org>']
    assert (found["From"], found["Reply-To"]) == ("Robin Marsh <robin@leeds.example>", "hello@leeds.example")
    assert found["List-Unsubscribe"] == "<mailto:hello@leeds.example?subject=unsubscribe>"
    assert (found["X-Unsent"], found["Message-ID"]) == ("1", result.data[1]["message_id"])
    assert result.data[1]["message_id"] == f"<{result.data[1]['uid']}@leeds.example>"
    assert "Dear Siân," in found.get_content()
    assert crm.ok("outreach", "export").err == "no drafts\n"


def test_exporting_again_keeps_the_message_id(crm: Crm, amina: str, on_day: Callable[[str], None]) -> None:
    """So that an answer to either finds its way back; a file that is there stays, unless --force."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina)
    (first,) = crm.json("outreach", "export", "D1")
    assert "is there already" in crm.refused(Exit.REFUSED, "outreach", "export", "D1")
    (second,) = crm.json("outreach", "export", "D1", "--force")
    on_day("2026-12-02")
    (third,) = crm.json("outreach", "export", "D1")
    assert first["message_id"] == second["message_id"] == third["message_id"]
    assert (third["exported_at"][:10], files(crm)) == ("2026-12-02", ["D1-2026-12-01.eml", "D1-2026-12-02.eml"])


def test_a_folder_that_cannot_be_written_leaves_drafts_as_they_are(crm: Crm, amina: str, sian: str) -> None:
    """So does a file in the way; nothing is marked and no file is begun."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina, "--to", sian)
    assert "cannot write" in crm.refused(Exit.STORE, "outreach", "export", "--to", str(crm.workspace.store / "x"))
    (crm.workspace.drafts / "D2-2026-12-01.eml").write_text("mine")
    assert "D2-2026-12-01.eml is there already" in crm.refused(Exit.REFUSED, "outreach", "export")
    assert (files(crm), [one["status"] for one in crm.json("outreach", "list")]) == (["D2-2026-12-01.eml"], ["draft"] * 2)


def test_a_file_lost_at_the_last_moment_leaves_its_draft_a_draft(crm: Crm, amina: str, sian: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk refuses one of two names after all was kept: that one is put back, and said."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina, "--to", sian)
    replace = Path.replace

    def failing(self: Path, target: Path) -> Path:
        if target.name.startswith("D2"):
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    assert "No space left on device" in crm.refused(Exit.STORE, "outreach", "export")
    assert files(crm) == ["D1-2026-12-01.eml"]
    assert [(one["ref"], one["status"], one["exported_at"] is None) for one in crm.json("outreach", "list")] == [
        ("D2", "draft", True),
        ("D1", "exported", False),
    ]


def test_whoever_objected_after_drafting_gets_nothing(crm: Crm, amina: str, sian: str) -> None:
    """It is asked again when the message leaves."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina, "--to", sian)
    crm.ok("contact", "edit", amina, "--do-not-contact")
    result = crm("outreach", "export")
    assert (result.code, files(crm)) == (Exit.PARTIAL, ["D2-2026-12-01.eml"])
    assert "left out: P1 Amina Yusuf: D1: they asked not to be contacted\n" in result.err
    assert "they asked not to be contacted" in crm.refused(Exit.REFUSED, "outreach", "export")


def test_without_an_address_nothing_leaves(crm: Crm, amina: str) -> None:
    """One line says where to put one."""
    settings = crm.workspace.folder / "solidarity.toml"
    settings.write_text("".join(line for line in settings.read_text(encoding="utf-8").splitlines(keepends=True) if "email" not in line))
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina)
    said = crm.refused(Exit.REFUSED, "outreach", "export")
    assert "there is no address to write from" in said
    assert "solidarity.toml" in said
    own_template(crm, "greeting", f"{GREETING}{{{{ network.email }}}}")
    assert "[network] in solidarity.toml" in crm.refused(Exit.REFUSED, "outreach", "preview", "greeting", "--to", amina)


def test_a_cancelled_draft_does_not_leave(crm: Crm, amina: str) -> None:
    """A move that the lifecycle does not have says where the draft stands."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", amina)
    assert crm.json("outreach", "cancel", "D1", "--why", "we met instead")["status"] == "cancelled"
    assert "D1 is cancelled, so it cannot be exported" in crm.refused(Exit.REFUSED, "outreach", "export", "D1")
    assert "D1 is cancelled" in crm.refused(Exit.REFUSED, "outreach", "cancel", "D1")
    assert "no draft 'D7'" in crm.refused(Exit.NOT_FOUND, "outreach", "show", "D7")
    assert files(crm) == []


@pytest.mark.parametrize(("form", "names"), [("mbox", ["drafts-2026-12-01.mbox"]), ("maildir", ["cur", "new", "tmp"])])
def test_drafts_are_exported_for_other_programs(crm: Crm, offer: str, tmp_path: Path, form: str, names: list[str]) -> None:
    """Without what only an .eml file needs; a second time only where that was asked for."""
    crm.ok("outreach", "draft", "thank-offer", "--to", "amina", "--about", offer)
    to = tmp_path / "out"
    crm.ok("outreach", "export", "D1", "--format", form, "--to", str(to))
    assert sorted(path.name for path in to.iterdir()) == names
    (content,) = [path.read_bytes() for path in to.rglob("*") if path.is_file()]
    assert b"X-Unsent" not in content
    assert b"To: Amina Yusuf <amina@example.org>" in content
    assert crm.json("outreach", "show", "D1")["status"] == "exported"
    assert "is there already" in crm.refused(Exit.REFUSED, "outreach", "export", "D1", "--format", form, "--to", str(to))
    crm.ok("outreach", "export", "D1", "--format", form, "--to", str(to), "--force")


@pytest.mark.parametrize("name", ["cur", "new", "tmp"])
def test_a_maildir_that_cannot_be_one_changes_nothing(crm: Crm, offer: str, tmp_path: Path, name: str) -> None:
    """A file stands where a folder must be."""
    crm.ok("outreach", "draft", "thank-offer", "--to", "amina", "--about", offer)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    err = crm.refused(Exit.STORE, "outreach", "export", "D1", "--format", "maildir", "--to", str(tmp_path))
    assert err.startswith(f"solidarity: cannot write {tmp_path / name}: ")
    assert crm.json("outreach", "show", "D1")["status"] == "draft"
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.name.startswith(("D", "."))] == []
