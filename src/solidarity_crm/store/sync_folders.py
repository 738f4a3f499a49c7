"""Folders that another program copies elsewhere while a store is being written, which can damage it or undo what was saved.

OneDrive, Dropbox, Google Drive, iCloud and the like copy a database file page by page, keep older copies of it, and
carry people's details to other machines (protection.md 6.2).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# how a folder of the path begins, in small letters and without blanks
_NAMES = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "googledrive": "Google Drive",
    "mydrive": "Google Drive",
    "iclouddrive": "iCloud",
    "mobiledocuments": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "synologydrive": "Synology Drive",
}
_MARKERS = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".tmp.drivedownload": "Google Drive",
    ".nextcloudsync.log": "Nextcloud",
    ".owncloudsync.log": "ownCloud",
    ".stfolder": "Syncthing",
}


def synced_by(folder: Path) -> str | None:
    """Give the name of the program that seems to copy ``folder`` elsewhere, or None."""
    path = folder.expanduser().resolve()
    above = (path, *path.parents)
    for variable in _VARIABLES:
        root = os.environ.get(variable)
        if root and any(str(parent).casefold() == root.rstrip("\\/").casefold() for parent in above):
            return "OneDrive"
    return _named(path) or _marked(above)


def _named(path: Path) -> str | None:
    """Find a folder that is called as such a program calls its own: ``OneDrive - Leeds GATE``, ``Dropbox (Personal)``."""
    for part in path.parts:
        plain = part.casefold().replace(" ", "")
        for begins, program in _NAMES.items():
            if plain == begins or plain.startswith((f"{begins}-", f"{begins}(", f"{begins}@")):
                return program
    return None


def _marked(above: tuple[Path, ...]) -> str | None:
    """Find a file that such a program leaves in what it looks after."""
    for parent in above:
        for marker, program in _MARKERS.items():
            # ~/.dropbox holds the program's own settings; in a folder that it copies it is a file
            if (parent / marker).is_file() or (marker == ".stfolder" and (parent / marker).is_dir()):
                return program
    return None
