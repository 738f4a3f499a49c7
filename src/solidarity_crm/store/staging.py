"""Writing several files of a folder all or none, beside a transaction: first under other names, moved when it is kept."""

from __future__ import annotations

import contextlib
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotWrite, FileExists
from solidarity_crm.store.files import names_kept
from solidarity_crm.store.interrupts import heed, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_AT_ONCE = 8  # a disk takes several files at once in hardly more time than one


@contextmanager
def staged(folder: Path, *, force: bool = False) -> Iterator[Staging]:
    """Give a folder's staging; what was not published is gone when it ends, however it ends.

    ``force`` writes over files that are there.
    """
    staging = Staging(folder, force=force)
    with held():
        try:
            yield staging
        finally:
            staging.clear()


class Staging:
    """The files of one folder, waiting under other names."""

    def __init__(self, folder: Path, *, force: bool) -> None:
        """Begin with no files."""
        self._folder, self._force = folder, force
        self._waiting: list[tuple[Path, Path]] = []

    def add(self, files: Mapping[str, bytes], folders: Sequence[str] = ()) -> None:
        """Write files, their contents by name, under other names; they are on the disk when this ends, and so are ``folders`` within.

        Raises FileExists unless ``force``, or CannotWrite.
        """
        paths = {self._free(name): content for name, content in files.items()}
        mark = secrets.token_hex(8)
        waiting = [(self._folder / f".solidarity-{mark}-{number}", path) for number, path in enumerate(paths)]
        self._waiting += waiting  # all of them before the first is there, so that none is forgotten
        self._make_folders({path.parent for path in paths} | {self._folder / name for name in folders})
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for _ in pool.map(_written, waiting, paths.values()):
                heed()
        finally:
            pool.shutdown(cancel_futures=True)

    def clear(self) -> None:
        """Remove what was not published."""
        for temporary, _ in self._waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def _make_folders(self, within: Iterable[Path]) -> None:
        """Make the folder, and those in it that files are to be in.

        Raises CannotWrite.
        """
        path = self._folder
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path in within:
                path.mkdir(mode=0o700, exist_ok=True)
        except OSError as problem:
            raise CannotWrite(path, problem.strerror or "unknown reason") from None

    def _free(self, name: str) -> Path:
        """Give the path of a file that may be written.

        Raises FileExists.
        """
        path = self._folder / name
        if path.is_symlink() or path.is_dir() or (path.exists() and not self._force):
            raise FileExists(path)
        return path

    def publish(self) -> dict[str, CannotWrite]:
        """Give the files their own names; give those that could not have it, with the reason."""
        failed: dict[str, CannotWrite] = {}
        for temporary, path in self._waiting:
            try:
                temporary.replace(path)
            except OSError as problem:
                failed[path.name] = CannotWrite(path, problem.strerror or "unknown reason")
        names_kept(path.parent for _, path in self._waiting)
        return failed


def _written(waiting: tuple[Path, Path], content: bytes) -> None:
    """Write a file, which nobody else may read, and wait until it is on the disk.

    Raises CannotWrite.
    """
    temporary, path = waiting
    try:
        with open(temporary, "xb", opener=_for_its_owner) as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except OSError as problem:
        raise CannotWrite(path, problem.strerror or "unknown reason") from None


def _for_its_owner(name: str, flags: int) -> int:
    """Make a file for its owner alone."""
    return os.open(name, flags, mode=0o600)
