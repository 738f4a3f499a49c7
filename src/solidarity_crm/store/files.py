"""Writing files whole or not at all, for their owner alone."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from solidarity_crm.errors import CannotWrite, FileExists
from solidarity_crm.store.interrupts import held


def write_text(path: Path, text: str, *, force: bool = False) -> Path:
    """Write a text file as UTF-8, its line ends as they are; see :func:`write_bytes`."""
    return write_bytes(path, text.encode("utf-8"), force=force)


@held()
def write_bytes(path: Path, content: bytes, *, force: bool = False) -> Path:
    """Write a file: first under another name in the same folder, then moved to its own.

    Raises FileExists unless ``force``, or CannotWrite, with no part of the file left behind.
    """
    if path.is_symlink() or (path.exists() and not force):
        raise FileExists(path)
    temporary: Path | None = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".solidarity-", delete=False) as out:
            temporary = Path(out.name)
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as problem:
        raise CannotWrite(path, problem.strerror or "unknown reason") from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
    return path
