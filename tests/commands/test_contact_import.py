"""Taking contacts in from files, as typed."""

from __future__ import annotations

import io
import os
import stat
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLES = sorted(path for kind in ("csv", "vcf") for path in (CORPUS / kind).glob("*")) if CORPUS.is_dir() else []
SIAN = "Siân O'Brien [she/her],sian@example.org,0113 496 0123,MESMAC,Outreach lead"
SHEET = f"Name,E-mail,Phone,Organisation,Job title\n{SIAN}\nAmina Yusuf,amina@example.org,,,\n"
BAD = ",,,,Manager\n"
CARD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{0}\r\nN:;{0};;;\r\nEMAIL:{1}\r\nEND:VCARD\r\n"


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    """Write a sheet of two people; give its path."""
    path = tmp_path / "people.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


def counts(answer: list[dict[str, object]]) -> list[tuple[object, ...]]:
    """Give how many lines of each file became what."""
    return [tuple(one[what] for what in ("new", "updated", "unchanged", "skipped", "rejected")) for one in answer]


# --- what it does ------------------------------------------------------------------------------------------


def test_a_sheet_comes_in_once_and_undo_takes_it_back(crm: Crm, sheet: str) -> None:
    """The same again changes nothing and has no entry in the journal."""
    answer = crm.json("contact", "import", sheet)
    assert counts(answer) == [(2, 0, 0, 0, 0)]
    assert answer[0]["rows"][0] == {
        "file": "people.csv", "line": 2, "what": "new", "ref": "P1", "name": "Siân O'Brien [she/her]", "reason": "", "column": "",
    }  # fmt: skip
    shown = crm.json("contact", "show", "sian")
    assert (shown["emails"][0]["value"], shown["affiliations"][0]["role"], shown["source"]) == (
        "sian@example.org",
        "Outreach lead",
        "import",
    )
    assert counts(crm.json("contact", "import", sheet)) == [(0, 0, 2, 0, 0)]
    (entry,) = crm.json("history")
    assert entry["command"] == "contact import"
    assert "people.csv: 2 new" in crm.ok("history").out
    crm.ok("store", "check")
    crm.ok("undo", "--yes")
    assert (crm.json("contact", "list"), crm.json("org", "list")) == ([], [])
    crm.ok("store", "check")


def test_it_says_how_the_columns_were_read_and_how_to_go_back(crm: Crm, sheet: str) -> None:
    """The numbers on stdout, the rest on stderr."""
    said = crm.ok("contact", "import", sheet)
    assert said.out.splitlines()[1].split() == ["people.csv", "2", "0", "0", "0", "0"]
    assert "email: 'E-mail'" in said.err
    assert said.err.endswith("solidarity undo takes all of it back\n")
    rows = crm.ok("contact", "import", sheet, "--rows").out.splitlines()
    assert rows[1].split()[:3] == ["2", "unchanged", "P1"]


def test_a_rehearsal_tells_the_same_numbers_and_changes_nothing(crm: Crm, sheet: str, tmp_path: Path) -> None:
    """Not even a file of rejected lines is written."""
    Path(sheet).write_text(SHEET + BAD, encoding="utf-8")
    before = crm.workspace.store.read_bytes()
    rehearsed = crm("--json", "contact", "import", sheet, "--dry-run")
    assert (rehearsed.code, counts(rehearsed.data)) == (Exit.PARTIAL, [(2, 0, 0, 0, 1)])
    assert "nothing changed" in rehearsed.err
    assert crm.workspace.store.read_bytes() == before
    assert not (tmp_path / "people.rejected.csv").exists()


def test_rejected_lines_are_kept_beside_the_file_and_come_in_when_corrected(crm: Crm, sheet: str, tmp_path: Path) -> None:
    """With their reason, for their owner alone; another file of that name stays."""
    Path(sheet).write_text(SHEET + BAD, encoding="utf-8")
    done = crm("contact", "import", sheet)
    left = tmp_path / "people.rejected.csv"
    assert (done.code, f"1 rejected, kept in {left}" in done.err) == (Exit.PARTIAL, True)
    assert "rejected: people.csv:4: " in done.err
    text = left.read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].endswith(",Job title,reason")
    if os.name == "posix":
        assert stat.S_IMODE(left.stat().st_mode) == 0o600
    assert crm("contact", "import", sheet).code == Exit.PARTIAL
    left.write_text(text.replace(",,,,Manager", "Bo Lee,bo@example.org,,,"), encoding="utf-8")
    assert counts(crm.json("contact", "import", str(left))) == [(1, 0, 0, 0, 0)]
    assert crm("contact", "import", sheet).code == Exit.PARTIAL
    assert (tmp_path / "people.rejected-2.csv").exists()
    assert "Bo Lee" in left.read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt" or (hasattr(os, "geteuid") and os.geteuid() == 0), reason="nobody is kept out")
def test_where_nothing_can_be_written_rejected_lines_go_to_the_exports(crm: Crm, tmp_path: Path) -> None:
    """The import is done all the same."""
    folder = tmp_path / "locked"
    folder.mkdir()
    (folder / "people.csv").write_text(SHEET + BAD, encoding="utf-8")
    folder.chmod(0o500)
    assert crm("contact", "import", str(folder / "people.csv")).code == Exit.PARTIAL
    assert (crm.workspace.exports / "people.rejected.csv").exists()


def test_a_folder_of_cards_is_one_step_and_each_files_problems_are_its_own(crm: Crm, tmp_path: Path) -> None:
    """What cannot be read is said; what can be, is read."""
    folder = tmp_path / "cards"
    folder.mkdir()
    for name, address in (("Amina", "amina@example.org"), ("Bo", "bo@example.org")):
        (folder / f"{name}.vcf").write_text(CARD.format(name, address), encoding="utf-8", newline="")
    (folder / "page.vcf").write_text("<html>Sign in</html>", encoding="utf-8")
    done = crm("--json", "contact", "import", str(folder))
    assert (done.code, counts(done.data)) == (Exit.PARTIAL, [(1, 0, 0, 0, 0), (1, 0, 0, 0, 0)])
    assert "page.vcf: it is a web page" in done.err
    assert len(crm.json("history")) == 1


def test_standard_input_options_and_update(crm: Crm, sheet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is piped in, a mapping, tags, a source and overwriting."""
    crm.ok("contact", "import", sheet)
    other = "Wer;Adresse;Rolle\nAmina Yusuf;amina@example.org;Pilot\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(other.encode())))
    typed = ("--map", "Wer=name", "--map", "Adresse=email", "--map", "Rolle=-", "--tag", "fair", "--update")
    assert counts(crm.json("contact", "import", "-", *typed)) == [(0, 1, 0, 0, 0)]
    assert crm.json("contact", "show", "amina")["tags"] == ["fair"]


# --- what it refuses ---------------------------------------------------------------------------------------


def test_guessed_columns_need_a_yes_where_nobody_can_be_asked(crm: Crm, tmp_path: Path) -> None:
    """Columns whose headings say nothing are told by what they hold."""
    path = tmp_path / "odd.csv"
    path.write_text("Q1,Q2\nAmina Yusuf,amina@example.org\nBo Lee,bo@example.org\n", encoding="utf-8")
    assert "--yes" in crm.refused_with_notes(Exit.REFUSED, "contact", "import", str(path))
    assert counts(crm.json("contact", "import", str(path), "--yes")) == [(2, 0, 0, 0, 0)]


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("nowhere.csv",), Exit.REFUSED, "cannot read nowhere.csv: no such file"),
        (("empty.csv",), Exit.REFUSED, "it is empty"),
        (("hollow",), Exit.REFUSED, "the folder has no files in it"),
        (("page.csv",), Exit.REFUSED, "it is a web page"),
        (("people.csv", "--map", "Name=shoe size"), Exit.USAGE, "no field 'shoe size'"),
        (("people.csv", "--map", "Nom=name"), Exit.USAGE, "no heading 'Nom'"),
        (("people.csv", "--map", "Name"), Exit.USAGE, "it says which heading is which field"),
        (("people.csv", "--layout", "lotus"), Exit.USAGE, "no layout 'lotus'"),
        (("amina.vcf", "--layout", "google"), Exit.USAGE, "are for tables"),
        (("people.csv", "nowhere.csv"), Exit.REFUSED, "cannot read nowhere.csv"),
    ],
)
def test_bad_input_is_refused_in_one_line(crm: Crm, sheet: str, tmp_path: Path, args: tuple[str, ...], code: Exit, said: str) -> None:
    """And nothing has changed."""
    (tmp_path / "empty.csv").touch()
    (tmp_path / "hollow").mkdir()
    (tmp_path / "page.csv").write_text("<!doctype html><title>Sign in</title>", encoding="utf-8")
    (tmp_path / "amina.vcf").write_text(CARD.format("Amina", "amina@example.org"), encoding="utf-8", newline="")
    before = crm.workspace.store.read_bytes()
    assert said in crm.refused(code, "contact", "import", *args)
    assert crm.workspace.store.read_bytes() == before


def test_very_many_cards_need_a_yes(crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody may have named the wrong file."""
    monkeypatch.setattr("solidarity_crm.cli.commands.contact_import._MANY_CARDS", 1)
    path = tmp_path / "two.vcf"
    path.write_text(CARD.format("Amina", "amina@example.org") + CARD.format("Bo", "bo@example.org"), encoding="utf-8", newline="")
    assert "2 cards would be imported" in crm.refused(Exit.REFUSED, "contact", "import", str(path))
    crm.ok("contact", "import", str(path), "--yes")


def test_an_interruption_in_the_middle_leaves_nothing(crm: Crm, sheet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while lines are taken in: as if it had not begun."""
    before = crm.workspace.store.read_bytes()

    def given_up() -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("solidarity_crm.services.contact_import.taking_in.heed", given_up)
        result = crm("contact", "import", sheet)
    assert (result.code, result.out) == (Exit.INTERRUPTED, "")
    assert crm.workspace.store.read_bytes() == before
    assert counts(crm.json("contact", "import", sheet)) == [(2, 0, 0, 0, 0)]


# --- real files --------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES, reason="the corpus of real files is not beside the project")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_real_file_comes_in_quickly_and_only_once(crm: Crm, tmp_path: Path, sample: Path) -> None:
    """Read or refused in our words, in less than two seconds of work; a second time nothing changes."""
    path = tmp_path / sample.name
    path.write_bytes(sample.read_bytes())
    start = time.process_time()
    first = crm("--json", "contact", "import", str(path), "--yes")
    assert time.process_time() - start < 2
    assert "Traceback" not in first.err
    if first.code not in (Exit.DONE, Exit.PARTIAL):
        assert first.err.splitlines()[-1].startswith(("solidarity: ", "try: "))
        return
    again = crm("--json", "contact", "import", str(path), "--yes")
    assert [one[:2] for one in counts(again.data)] == [(0, 0)]
    crm.ok("store", "check")
