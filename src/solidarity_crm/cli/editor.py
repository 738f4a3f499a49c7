"""Changing a text in somebody's own editor, with nothing of it left lying about."""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import subprocess
import tempfile
from pathlib import Path

from solidarity_crm.errors import CannotRead, Refused
from solidarity_crm.store.interrupts import held

_VARIABLES = ("VISUAL", "EDITOR")
_HINT = "EDITOR=nano solidarity outreach review"
_LARGEST = 1_000_000


def edited(text: str) -> str:
    """Give a text as somebody left it in their editor.

    The file is its owner's alone, in a folder of its own, since editors leave copies beside it; all of it is wiped.
    Raises Refused when the editor cannot be started or ends badly, or CannotRead.
    """
    with held():  # what the terminal sends to the editor must not end us with its file still there
        folder = Path(tempfile.mkdtemp(prefix="solidarity-"))  # for its owner alone
        try:
            file = folder / "draft.txt"
            file.touch(mode=0o600)
            file.write_text(text, encoding="utf-8")
            _run(file)
            return _read(file)
        finally:
            _wipe(folder)


def _command() -> list[str]:
    """Give the editor's command, in its words."""
    named = next((os.environ[name] for name in _VARIABLES if os.environ.get(name, "").strip()), None)
    try:
        words = shlex.split(named, posix=os.name != "nt") if named else []
    except ValueError:
        sentence = f"the editor's name has a quote that is not closed: {named}"
        raise Refused(sentence, _HINT) from None
    return words or (["notepad"] if os.name == "nt" else [next(filter(shutil.which, ("nano", "vi")), "vi")])


def _run(file: Path) -> None:
    """Let somebody edit.

    Raises Refused.
    """
    words = _command()
    try:
        code = subprocess.run([*words, str(file)], check=False).returncode  # noqa: S603 - the command is theirs, in words and without a shell
    except OSError as problem:
        sentence = f"the editor {words[0]} cannot be started: {problem.strerror}"
        raise Refused(sentence, _HINT) from None
    if code:
        sentence = f"the editor {words[0]} ended with an error, so nothing was changed"
        raise Refused(sentence, _HINT)


def _read(file: Path) -> str:
    """Give what the file says now.

    Raises CannotRead.
    """
    try:
        content = file.read_bytes()[:_LARGEST]
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as problem:
        raise CannotRead("what was edited", problem.strerror or "unknown reason") from None
    except UnicodeDecodeError:
        raise CannotRead("what was edited", "it is not UTF-8 text", "an editor that saves as UTF-8") from None


def _wipe(folder: Path) -> None:
    """Write over every file of a folder and remove it: a disk that copies as it writes may still have them, no other program does."""
    for file in folder.rglob("*"):
        if file.is_file() and not file.is_symlink():
            with contextlib.suppress(OSError), file.open("r+b") as out:
                out.write(b"\0" * file.stat().st_size)
                out.flush()
                os.fsync(out.fileno())
    shutil.rmtree(folder, ignore_errors=True)
