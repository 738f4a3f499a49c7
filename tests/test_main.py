"""The outermost boundary: how the program ends, whatever happens in it or to what reads its answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from solidarity_crm import __main__ as boundary
from solidarity_crm import cli
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

PROGRAM = Path(sys.executable).with_name("solidarity.exe" if os.name == "nt" else "solidarity")
SECRET = "Amina's number is 0113 496 0123"  # noqa: S105 - what a person typed, not a password


def raising(problem: BaseException) -> Callable[[], int]:
    """Give a program in which something happens."""

    def main() -> int:
        raise problem

    return main


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (KeyboardInterrupt(), Exit.INTERRUPTED),
        (SystemExit(143), 143),
        (SystemExit("x"), Exit.DONE),
        (BrokenPipeError(), Exit.DONE),
        (OSError(28, "No space left on device"), Exit.STORE),
        (OSError(5, "Input/output error"), Exit.BUG),
        (ValueError(SECRET), Exit.BUG),
    ],
    ids=repr,
)
def test_whatever_happens_ends_with_a_code_and_no_traceback(
    problem: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says nothing of what anybody typed."""
    monkeypatch.setattr(cli, "main", raising(problem))
    assert boundary._guarded() == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    assert "0113" not in err


def test_a_bugs_place_is_noted_and_not_its_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Files, lines and functions; the line on the screen says where the log is."""
    monkeypatch.setattr(cli, "main", raising(ValueError(SECRET)))
    assert boundary._guarded() == Exit.BUG
    said, hint = capsys.readouterr().err.splitlines()
    assert said == "solidarity: a bug in the program (ValueError); nothing was changed"
    log = Path(hint.rpartition(" in ")[2])
    assert tmp_path in log.parents
    assert log.read_text(encoding="utf-8").startswith("ValueError at test_main.py:")
    assert "0113" not in log.read_text(encoding="utf-8")


def test_a_bug_is_told_even_where_no_log_can_be_written(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The home folder may be read-only."""
    Path("home").rmdir()
    Path("home").write_text("a file", encoding="utf-8")
    monkeypatch.setattr(cli, "main", raising(ValueError()))
    assert boundary._guarded() == Exit.BUG
    assert "no log, since it cannot be written" in capsys.readouterr().err


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """For whoever looks for the bug, on their own screen."""
    monkeypatch.setattr(cli, "main", raising(ValueError(SECRET)))
    monkeypatch.setattr(sys, "argv", ["solidarity", "today", "--debug"])
    with pytest.raises(ValueError, match="Amina"):
        boundary._guarded()


def run(crm: Crm, *words: str, stdout: int | None = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    """Run the installed program."""
    return subprocess.run(
        [str(PROGRAM), *words, "--workspace", str(crm.workspace.folder)],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_an_answer_that_cannot_be_written_is_said(crm: Crm, amina: str) -> None:
    """A script must not take it for an empty one."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = run(crm, "show", amina, stdout=full.fileno())
    assert (done.returncode, done.stderr) == (Exit.STORE, "solidarity: cannot write the answer: No space left on device\n")


def test_a_reader_who_stops_reading_is_no_error(crm: Crm) -> None:
    """As ``solidarity contact list | head -1`` does, while there is more than a pipe holds."""
    for number in range(3):
        crm.ok("contact", "add", f"Person {number}", "--note", "word " * 15_000)
    process = subprocess.Popen(
        [str(PROGRAM), "contact", "list", "--json", "--workspace", str(crm.workspace.folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(1) == b"["
    process.stdout.close()
    assert (process.stderr.read(), process.wait()) == (b"", Exit.DONE)
    process.stderr.close()


@pytest.mark.skipif(os.name == "nt", reason="closes descriptors as a POSIX shell does")
def test_closed_streams_are_no_error(crm: Crm, amina: str) -> None:
    """As ``>&-`` does."""
    line = f"exec {PROGRAM} show {amina} --workspace {crm.workspace.folder} >&- 2>&-"
    assert subprocess.run(["/bin/sh", "-c", line], check=False).returncode == Exit.DONE


def test_letters_come_out_whatever_the_locale(crm: Crm, sian: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets UTF-8, also where the system speaks ASCII."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    monkeypatch.setenv("PYTHONCOERCECLOCALE", "0")
    assert "Siân O'Brien" in run(crm, "show", sian).stdout


def test_python_dash_m_is_the_same_program() -> None:
    """For those whose PATH does not have it."""
    done = subprocess.run([sys.executable, "-m", "solidarity_crm", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("solidarity ")


@pytest.mark.parametrize(
    ("line", "said", "hint"),
    [
        ("contct list", "no command 'contct'; nearest: contact", "solidarity --help"),
        ("contact lst", "no command 'lst'; nearest: list", "solidarity contact --help"),
        ("report zzz", "no command 'zzz'", "solidarity report --help"),
        ("contact show amina yusuf", "too many words: yusuf; what has several words goes in quotes", "solidarity contact show --help"),
        ("contact list --limit few", "--limit 'few': it must be a whole number of at least 1", "solidarity contact list --help"),
        ("contact list --limit 0", "--limit 0: it must be a whole number of at least 1", "solidarity contact list --help"),
        ("today --days 400", "--days 400: it must be a whole number from 0 to 366", "solidarity today --help"),
        ("undo last", "ENTRY 'last': it must be a whole number of at least 1", "solidarity undo --help"),
        ("contact list --tga nurse", "no option '--tga'; nearest: --tag, --as, --org", "solidarity contact list --help"),
        ("undo --frob", "no option '--frob'", "solidarity undo --help"),
        ("contact list --limit", "--limit needs something after it", "solidarity contact list --help"),
    ],
)
def test_a_line_that_cannot_be_read_is_answered_in_plain_words(crm: Crm, amina: str, line: str, said: str, hint: str) -> None:
    """What is wrong, what is meant perhaps, and the help of the very command."""
    assert amina
    assert crm.refused(Exit.USAGE, *line.split()) == f"solidarity: {said}\ntry: {hint}\n"
