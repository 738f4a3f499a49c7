"""The outermost boundary: what is not foreseen is one line, and nobody's data is in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from solidarity_crm import __main__, __version__, cli
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

SOMEBODY = "Amina Yusuf"


def fail(problem: BaseException) -> NoReturn:
    """Be a program with a bug."""
    raise problem


def test_a_bug_is_one_line_and_its_place_is_logged_without_values(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Exit code 70; files, lines and functions in the log, and no word of what it was about."""
    monkeypatch.setattr(cli, "main", lambda: fail(ValueError(SOMEBODY)))
    monkeypatch.setattr(sys, "argv", ["solidarity", "today"])
    assert __main__._guarded() == Exit.BUG
    said = capsys.readouterr().err
    (log,) = (tmp_path / "home").rglob("bugs.log")
    assert (
        said
        == f"solidarity: a bug in the program (ValueError); nothing was changed\ntry: the same command with --debug; the place is noted in {log}\n"
    )
    written = log.read_text(encoding="utf-8")
    assert written.startswith("ValueError at test_main.py:")
    assert SOMEBODY not in said + written


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """To whoever asks for it."""
    monkeypatch.setattr(cli, "main", lambda: fail(ValueError(SOMEBODY)))
    monkeypatch.setattr(sys, "argv", ["solidarity", "today", "--debug"])
    with pytest.raises(ValueError, match=SOMEBODY):
        __main__._guarded()


def test_a_log_that_cannot_be_written_is_said_to_be_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """And that is no second failure."""
    monkeypatch.setattr(cli, "main", lambda: fail(ValueError(SOMEBODY)))
    monkeypatch.setattr(sys, "argv", ["solidarity", "today"])
    (tmp_path / "home").rmdir()
    (tmp_path / "home").write_text("in the way", encoding="utf-8")
    assert __main__._guarded() == Exit.BUG
    assert "no log, since it cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("problem", "code"), [(KeyboardInterrupt(), 130), (BrokenPipeError(), 0), (SystemExit(3), 3), (SystemExit(None), 0)], ids=repr
)
def test_other_ends_have_their_codes(problem: BaseException, code: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interruption, a reader who left, an exit."""
    monkeypatch.setattr(cli, "main", lambda: fail(problem))
    assert __main__._guarded() == code


def test_a_full_device_is_no_bug(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """When the answer finds no room, that is what is said."""
    monkeypatch.setattr(cli, "main", lambda: fail(OSError(28, "No space left on device")))
    assert __main__._guarded() == Exit.STORE
    assert capsys.readouterr().err == "solidarity: cannot write the answer: No space left on device\n"


def run(*args: str, **kinds: object) -> subprocess.CompletedProcess[str]:
    """Run the program as a program."""
    return subprocess.run([sys.executable, "-m", "solidarity_crm", *args], text=True, encoding="utf-8", check=False, timeout=60, **kinds)  # type: ignore[call-overload,no-any-return] # options passed through


def test_the_version_is_one_line() -> None:
    """On stdout."""
    done = run("--version", capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"solidarity {__version__}\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's own")
def test_an_answer_that_finds_no_room_is_said_to_find_none() -> None:
    """Not lost in silence."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = run("--help", stdout=full, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (Exit.STORE, "solidarity: cannot write the answer: No space left on device\n")


def test_a_reader_who_stops_reading_is_no_failure(crm: Crm) -> None:
    """As head does."""
    for number in range(30):
        crm.ok("contact", "add", f"Contact {number} {'x' * 400}")
    command = f"'{sys.executable}' -m solidarity_crm -w '{crm.workspace.folder}' contact list | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, done.stdout, "")


def test_names_are_printed_whole_where_the_locale_has_no_letters_for_them(crm: Crm, sian: str) -> None:
    """A pipe gets UTF-8 whatever the locale."""
    done = run(
        "-w",
        str(crm.workspace.folder),
        "contact",
        "list",
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    )
    assert (done.returncode, "Siân O'Brien" in done.stdout) == (0, True), sian
