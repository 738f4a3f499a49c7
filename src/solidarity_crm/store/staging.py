"""Writing several files of a folder all or none, beside a transaction: first under other names, moved when it is kept."""

from __future__ import annotations

import contextlib
import os
from contextlib import contextmanager
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotWrite, FileExists
from solidarity_crm.store.interrupts import heed, held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


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

    def add(self, files: Mapping[str, bytes]) -> None:
        """Write files, their contents by name, under other names; they are on the disk when this ends.

        Raises FileExists unless ``force``, or CannotWrite.
        """
        paths = {self._free(name): content for name, content in files.items()}
        path = self._folder
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path, content in paths.items():
                heed()
                path.parent.mkdir(mode=0o700, exist_ok=True)
                with NamedTemporaryFile(dir=self._folder, prefix=".solidarity-", delete=False) as out:
                    self._waiting.append((self._folder / out.name, path))
                    out.write(content)
            # only now, since a disk takes many files faster at once than one by one
            for temporary, path in self._waiting:  # noqa: B007 - the path is for the error
                _settle(temporary)
        except OSError as problem:
            raise CannotWrite(path, problem.strerror or "unknown reason") from None

    def clear(self) -> None:
        """Remove what was not published."""
        for temporary, _ in self._waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

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
        return failed


def _settle(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
