"""Writing files whole or not at all, for their owner alone."""

from __future__ import annotations

import contextlib
import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotWrite, FileExists
from solidarity_crm.store.interrupts import held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


def write_text(path: Path, text: str, *, force: bool = False) -> Path:
    """Write a text file as UTF-8, its line ends as they are; see :func:`write_bytes`."""
    return write_bytes(path, text.encode("utf-8"), force=force)


def write_bytes(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file: first under another name in the same folder, then moved to its own.

    Raises FileExists unless ``force``, or CannotWrite, with no part of the file left behind.
    """
    with placing({path: content}, force=force):
        return path


@contextmanager
def placing(files: Mapping[Path, bytes], *, force: bool = False) -> Iterator[None]:
    """Write files that get their names once all that is done inside has been done; else nothing of them stays.

    So what must be recorded before a file may be there is recorded inside, when disks have shown that they have room.
    Raises FileExists unless ``force``, or CannotWrite.
    """
    _must_be_free(files, force=force)
    waiting: dict[Path, Path] = {}
    with held():
        try:
            for path, content in files.items():
                with _said_our_way(path):
                    _wait(waiting, path, content)
            yield
            for path, temporary in waiting.items():
                with _said_our_way(path):
                    temporary.replace(path)
            names_kept(path.parent for path in waiting)
        finally:
            for temporary in waiting.values():
                with contextlib.suppress(OSError):
                    temporary.unlink(missing_ok=True)


def names_kept(folders: Iterable[Path]) -> None:
    """Wait until the names of files in some folders are on the disk, where the system lets one ask for it: Windows does not."""
    for folder in set(folders):
        with contextlib.suppress(OSError):
            opened = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)


def _must_be_free(paths: Iterable[Path], *, force: bool) -> None:
    """Raise FileExists for a name that is taken; a link is never followed."""
    for path in paths:
        if path.is_symlink() or (path.exists() and not force):
            raise FileExists(path)


def _wait(waiting: dict[Path, Path], path: Path, content: bytes) -> None:
    """Write a file's content beside where it will be."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".solidarity-", delete=False) as out:
        waiting[path] = Path(out.name)
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


@contextmanager
def _said_our_way(path: Path) -> Iterator[None]:
    """Raise CannotWrite for what the system says of a file."""
    try:
        yield
    except OSError as problem:
        raise CannotWrite(path, problem.strerror or "unknown reason") from None
