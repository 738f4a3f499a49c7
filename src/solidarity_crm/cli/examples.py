"""The partnerships that come with the program: made into a throw-away workspace, and walked through."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import tomlkit

from solidarity_crm import output, services
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import CannotRead, Exit, Refused
from solidarity_crm.exchange.folder import form
from solidarity_crm.exchange.folder.dates import moved, text_moved
from solidarity_crm.exchange.folder.sheets import sheets
from solidarity_crm.resources import folder as shipped
from solidarity_crm.store.files import write_text
from solidarity_crm.store.workspace import SETTINGS_FILE, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

NAMES = ("leeds", "derby")
REPLIES = ("form-replies.csv", "*.eml")  # what the web form has had, for intake to read


class Step(NamedTuple):
    """A step of a walk: why one would take it, and the command as one would type it."""

    say: str
    run: str


class Example(NamedTuple):
    """An example: its folder of CSV files, the settings of its workspace, the day its files take for today, its walk."""

    folder: Path
    settings: str
    anchor: date
    steps: tuple[Step, ...]


def example(name: str) -> Example:
    """Give the example of that name.

    Raises CannotRead when it did not come with the program.
    """
    folder = shipped("examples") / name
    try:
        settings: Any = tomlkit.parse((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
    except OSError:
        raise CannotRead(folder, "the example is not there", "install solidarity-crm again") from None
    about = settings.pop("example").unwrap()
    return Example(folder, tomlkit.dumps(settings), about["anchor"], tuple(Step(**step) for step in about["steps"]))


def make(chosen: Example, folder: Path) -> None:
    """Make a workspace of an example, with its days moved so that its anchor is today.

    Raises Refused when there is a workspace already, or CannotWrite.
    """
    from solidarity_crm.store.create import with_settings  # noqa: PLC0415 - loads the migrations' tools

    workspace = with_settings(folder, chosen.settings)
    current().folder = workspace.folder
    files = sheets(workspace.settings)
    reading = moved(form.read(chosen.folder, files), files, (today() - chosen.anchor).days)
    with change("demo") as tx:
        services.folder_import.import_folder(tx, reading, files, today=today())
    for replies in sorted(path for pattern in REPLIES for path in chosen.folder.glob(pattern)):
        text = replies.read_text(encoding="utf-8")
        write_text(folder / replies.name, text_moved(text, (today() - chosen.anchor).days))


def walk(steps: Sequence[Step], folder: Path) -> None:
    """Run the steps in a workspace, as somebody in its folder would: each prints its command, then the command's own answer.

    Raises Refused when a command does not end well.
    """
    before, place = os.environ.get(VARIABLE), Path.cwd()
    os.environ[VARIABLE] = str(folder)
    os.chdir(folder)
    try:
        for step in steps:
            output.write(f"\n# {step.say}\n$ {step.run}\n")
            sys.stdout.flush()
            code = _run(shlex.split(step.run)[1:])
            sys.stdout.flush()
            sys.stderr.flush()
            if code != Exit.DONE:
                sentence = f"the demo stops here: {step.run} ended with exit code {int(code)}"
                raise Refused(sentence, f"{step.run} -w {folder}")
    finally:
        os.chdir(place)
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before


def _run(args: Sequence[str]) -> int:
    """Run one command of the program."""
    from solidarity_crm.cli import main  # noqa: PLC0415 - the root imports this module

    return main(args)
