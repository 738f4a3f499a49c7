"""Doing what must not be done twice at once in a workspace: the second is refused, and a killed first holds nothing up."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotRead, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_BEYOND = 1 << 30  # Windows locks bytes, and keeps others from reading them: one that no settings file has


@contextmanager
def alone(settings_file: Path, command: str) -> Iterator[None]:
    """Hold a workspace for one command, by a lock on its settings file that ends with the process.

    The store's file has locks of its own, which closing it here would end. Raises Refused when another holds it.
    """
    try:
        file = settings_file.open("rb")
    except OSError as problem:
        raise CannotRead(settings_file, problem.strerror or "unknown reason") from None
    with file:
        if not _locked(file):
            sentence = f"{command} is at work in this workspace already"
            raise Refused(sentence, f"wait until it has ended, then {command} again")
        yield


if sys.platform == "win32":
    import msvcrt

    def _locked(file: BinaryIO) -> bool:
        """Take the lock if nobody has it."""
        file.seek(_BEYOND)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool:
        """Take the lock if nobody has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
