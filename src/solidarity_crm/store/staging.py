"""Writing several files of a folder all or none, beside a transaction: first under other names, moved when it is kept."""

from __future__ import annotations

import contextlib
import os
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Self

from solidarity_crm.errors import CannotWrite, FileExists

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType


class Staging:
    """The files of one folder; whatever was not published is gone when the ``with`` ends."""

    def __init__(self, folder: Path, *, force: bool = False) -> None:
        """Begin with no files; ``force`` writes over those that are there."""
        self._folder, self._force = folder, force
        self._waiting: list[tuple[Path, Path]] = []

    def __enter__(self) -> Self:
        """Give the staging."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Remove what was not published."""
        for temporary, _ in self._waiting:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)

    def add(self, files: Mapping[str, bytes]) -> None:
        """Write files, their contents by name, under other names; they are on the disk when this ends.

        Raises FileExists unless ``force``, or CannotWrite.
        """
        paths = {self._free(name): content for name, content in files.items()}
        path = self._folder
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for path, content in paths.items():
                with NamedTemporaryFile(dir=self._folder, prefix=".solidarity-", delete=False) as out:
                    self._waiting.append((self._folder / out.name, path))
                    out.write(content)
            for temporary, path in self._waiting:  # noqa: B007 - the path is for the error; all are written by then: a disk takes them faster so than one by one
                _settle(temporary)
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
        return failed


def _settle(path: Path) -> None:
    """Wait until a file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
