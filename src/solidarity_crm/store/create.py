"""Making a workspace: its folder, its settings and an empty store."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import tomlkit

from solidarity_crm.errors import CannotWrite, CrmError, Refused
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.files import write_text
from solidarity_crm.store.settings import Intervals
from solidarity_crm.store.workspace import FOLDERS, SETTINGS_FILE, Workspace, opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_HEAD = "Settings of this partnership's workspace. Change them in any text editor; the program reads them each time."
_INTERVALS = (
    "How long things may take before the program speaks of them. Take the # away from a line to change it.",
    *(f"{name} = {days}" for name, days in Intervals()._asdict().items()),
)

_INTAKE = (
    "Words by which replies to the web form are sorted, besides those that come with the program; one that begins with -",
    "is not looked for. [intake.communities] does for your communities what this does for the kinds of help:",
    "[intake.kinds]",
    'data = ["spreadsheet", "-figures"]',
)
_REVEALING = (
    "Communities and tags that give away of people what could harm them: before a name leaves the program beside one, you are",
    "asked. Organisations are marked with: solidarity org edit NAME --revealing",
    "[revealing]",
    "communities = []",
    'tags = ["lived experience"]',
)


def create(folder: Path, network: Mapping[str, object], people: Sequence[Mapping[str, str]] = ()) -> Workspace:
    """Make a workspace with these settings; give it opened.

    Raises Refused when there is one already, or CannotWrite.
    """
    return with_settings(folder, settings_text(network, people))


def with_settings(folder: Path, settings: str) -> Workspace:
    """Make a workspace whose settings file is this text; give it opened.

    Raises Refused when there is one already, or a store that has lost its settings; or CannotWrite.
    """
    store = folder / "network.db"
    if (folder / SETTINGS_FILE).exists():
        sentence = f"{folder} is a workspace already"
        raise Refused(sentence, f"solidarity today -w {folder}")
    if store.exists() and not _unused(store):
        sentence = f"{folder} has a store without its settings; nothing was changed"
        raise Refused(sentence, f"put {SETTINGS_FILE} back beside {store.name}, or choose another folder")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        store.unlink(missing_ok=True)
    except OSError as problem:
        raise CannotWrite(folder, problem.strerror or "unknown reason") from None
    # the settings are written last: what has none is no workspace, and can be made again
    connection = sqlite.create(store)
    with sqlite.said_our_way(store):
        migrate.upgrade(connection)
        connection.close()
    write_text(folder / SETTINGS_FILE, settings)
    return opened(folder)


def _unused(store: Path) -> bool:
    """Say whether a store is one that was being made when its maker was interrupted: nothing was ever written in it."""
    if store.stat().st_size == 0:
        return True
    try:
        connection = sqlite.read(store)
    except CrmError:
        return False
    try:
        return bool(connection.execute("SELECT count(*) FROM journal").fetchone()[0] == 0)
    finally:
        connection.close()


def settings_text(network: Mapping[str, object], people: Sequence[Mapping[str, str]]) -> str:
    """Give the text of a settings file, with a word on each part."""
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    table = tomlkit.table()
    for key, value in {**network, "uid": str(uuid4())}.items():
        if value:
            table.add(key, value)
    document.add("network", table)
    document.add(tomlkit.nl())
    document.add(tomlkit.comment("Who uses it; their e-mail is where their drafts come from."))
    listed = tomlkit.aot()
    for person in people:
        entry = tomlkit.table()
        entry.update(person)
        listed.append(entry)
    document.add("people", listed)
    document.add(tomlkit.nl())
    intervals = tomlkit.table()
    for line in _INTERVALS:
        intervals.add(tomlkit.comment(line))
    document.add("intervals", intervals)
    document.add(tomlkit.nl())
    for line in (*_INTAKE, "", *_REVEALING):
        document.add(tomlkit.comment(line) if line else tomlkit.nl())
    return tomlkit.dumps(document)
