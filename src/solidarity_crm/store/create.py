"""Making a workspace: its folder, its settings and an empty store."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import tomlkit

from solidarity_crm.errors import CannotWrite, Refused
from solidarity_crm.store import migrate, sqlite
from solidarity_crm.store.files import write_text
from solidarity_crm.store.workspace import FOLDERS, SETTINGS_FILE, Workspace, opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_HEAD = "Settings of this partnership's workspace. Change them in any text editor; the program reads them each time."


def create(folder: Path, network: Mapping[str, object], people: Sequence[Mapping[str, str]] = ()) -> Workspace:
    """Make a workspace with these settings; give it opened.

    Raises Refused when there is one already, or CannotWrite.
    """
    if (folder / SETTINGS_FILE).exists():
        sentence = f"{folder} is a workspace already"
        raise Refused(sentence, f"solidarity today -w {folder}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in FOLDERS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise CannotWrite(folder, problem.strerror or "unknown reason") from None
    # the settings are written last: what has none is no workspace, and can be made again
    store = folder / "network.db"
    store.unlink(missing_ok=True)
    connection = sqlite.create(store)
    with sqlite.said_our_way(store):
        migrate.upgrade(connection)
        connection.close()
    write_text(folder / SETTINGS_FILE, settings_text(network, people))
    return opened(folder)


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
    return tomlkit.dumps(document)
