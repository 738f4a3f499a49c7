"""The lines that an import did not take, kept where they can be corrected."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from solidarity_crm import output
from solidarity_crm.cli.context import current
from solidarity_crm.errors import CannotWrite, FileExists

if TYPE_CHECKING:
    from solidarity_crm.exchange.contact_reading import Reading
    from solidarity_crm.services.contact_import import FileReport


def left_over(reading: Reading, report: FileReport) -> str | None:
    """Write the lines that were not taken beside the file, or where that cannot be into the workspace's exports; give where."""
    if not report.rejected:
        return None
    from solidarity_crm.exchange.rejected_rows import as_cards, as_csv  # noqa: PLC0415 - only when lines were rejected

    rows = [(row.raw, ": ".join(filter(None, (row.column, row.reason)))) for row in report.rejected]
    cards = reading.columns is None
    content = as_cards(rows) if cards else as_csv(reading.book.header, rows)
    stem = Path(reading.file.name).stem.replace(" ", "-") if reading.file.path is None else Path(reading.file.name).stem
    beside = [reading.file.path.parent] if reading.file.path else []
    for place, folder in enumerate([*beside, current().workspace.exports]):
        try:
            return str(_numbered(folder, f"{stem}.rejected", "vcf" if cards else "csv", content))
        except CannotWrite as problem:
            if place == len(beside):
                output.note(f"the rejected lines could not be kept: {problem.sentence}")
    return None


def _numbered(folder: Path, name: str, ending: str, content: bytes) -> Path:
    """Write a file under a name that is free.

    Raises CannotWrite.
    """
    from solidarity_crm.store.files import write_bytes  # noqa: PLC0415 - only when lines were rejected

    for number in count(1):
        path = folder / f"{name}{f'-{number}' if number > 1 else ''}.{ending}"
        try:
            return write_bytes(path, content)
        except FileExists:
            if _same(path, content):  # the lines of the last time, as they were
                return path
    raise AssertionError  # the numbers do not end


def _same(path: Path, content: bytes) -> bool:
    """Say whether a file has just this content, as far as one may look."""
    try:
        return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False
