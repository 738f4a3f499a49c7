"""What can be wrong with a workspace and its store; each error writes its own sentence, as those of :mod:`solidarity_crm.errors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import CrmError, Exit

if TYPE_CHECKING:
    from pathlib import Path


class StoreError(CrmError):
    """The store cannot be used."""

    exit_code = Exit.STORE


class NoWorkspace(StoreError):
    """There is no workspace where the program looked."""

    def __init__(self, folder: Path | None = None) -> None:
        """Name the folder, when one was named."""
        where = f"{folder} is not a workspace (it has no solidarity.toml)" if folder else "no workspace here"
        super().__init__(where, "solidarity init FOLDER, or solidarity demo to look around first")


class BadSettings(StoreError):
    """``solidarity.toml`` does not say what it must."""

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file and what is wrong in it."""
        super().__init__(f"{path}: {reason}", f"correct {path.name} in a text editor")


class StoreUnreadable(StoreError):
    """The store's file cannot be opened at all."""

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file and what the system said."""
        super().__init__(f"cannot open the store {path}: {reason}", "solidarity store check")


class StoreDamaged(StoreError):
    """The store's file is not, or no longer, a sound database."""

    def __init__(self, path: Path, reason: str) -> None:
        """Name the file and what was found."""
        super().__init__(f"the store {path} is damaged: {reason}", "solidarity store check, then put back the newest file of backups/")


class StoreReadOnly(StoreError):
    """The store may be read and not written."""

    def __init__(self, path: Path) -> None:
        """Name the file."""
        super().__init__(f"the store {path} cannot be written: it is read-only", f"chmod u+w {path}")


class StoreLocked(StoreError):
    """Another command holds the store and did not let go in time."""

    def __init__(self, path: Path, seconds: float) -> None:
        """Name the file and how long it was waited for."""
        super().__init__(
            f"another command has been writing to {path.name} for {seconds:.0f} seconds; nothing was changed",
            "the same command again when the other has ended",
        )


class StoreFull(StoreError):
    """There is no room left to write."""

    def __init__(self, path: Path, free: int) -> None:
        """Name the file and the bytes that are free beside it."""
        super().__init__(f"no room to write {path} ({free} bytes free); nothing was changed", "make room on the disk and try again")


class StoreNewer(StoreError):
    """The store was written by a newer program."""

    def __init__(self, path: Path, found: str, known: str) -> None:
        """Name both versions of the schema."""
        super().__init__(
            f"the store {path.name} has schema {found}, newer than this program's {known}", "install the newest solidarity-crm"
        )


class StoreOlder(StoreError):
    """The store must be upgraded before it can be read."""

    def __init__(self, path: Path, found: str, known: str) -> None:
        """Name both versions of the schema."""
        super().__init__(f"the store {path.name} has schema {found}; this program reads {known}", "solidarity store upgrade")
