"""The folder of one partnership: where it is found, what is in it, who may read it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from solidarity_crm.store.errors import NoWorkspace
from solidarity_crm.store.settings import Settings, load

SETTINGS_FILE = "solidarity.toml"
FOLDERS = ("templates", "drafts", "exports", "backups")
VARIABLE = "SOLIDARITY_WORKSPACE"


class Workspace(NamedTuple):
    """A workspace: its folder and its settings."""

    folder: Path
    settings: Settings

    @property
    def store(self) -> Path:
        """The database file."""
        return self.folder / self.settings.store

    @property
    def templates(self) -> Path:
        """The folder of its own outreach templates."""
        return self.folder / "templates"

    @property
    def drafts(self) -> Path:
        """Where exported drafts go unless told otherwise."""
        return self.folder / "drafts"

    @property
    def exports(self) -> Path:
        """Where exports go unless told otherwise."""
        return self.folder / "exports"

    @property
    def backups(self) -> Path:
        """Where backups go."""
        return self.folder / "backups"


def find(named: Path | None) -> Workspace:
    """Give the workspace: the named one, else ``SOLIDARITY_WORKSPACE``, else upwards from here, else the user's own.

    Raises NoWorkspace or BadSettings.
    """
    folder = named or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
    if folder is not None:
        folder = folder.expanduser()
        if not (folder / SETTINGS_FILE).is_file():
            raise NoWorkspace(folder)
        return opened(folder)
    here = Path.cwd()
    for candidate in (here, *here.parents):
        if (candidate / SETTINGS_FILE).is_file():
            return opened(candidate)
    own = user_folder()
    if (own / SETTINGS_FILE).is_file():
        return opened(own)
    raise NoWorkspace


def opened(folder: Path) -> Workspace:
    """Give the workspace in ``folder``, with an absolute path so that later changes of folder do not matter."""
    folder = folder.absolute()
    return Workspace(folder, load(folder / SETTINGS_FILE))


def user_folder() -> Path:
    """Give the platform's folder for this user's data."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only when nothing nearer was found

    return user_data_path("solidarity", appauthor=False)
