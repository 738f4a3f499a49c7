"""A table as a file has it: CSV in any dialect, or a sheet of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from solidarity_crm.exchange.address_book import Rejected


class TableRow(NamedTuple):
    """A row: the physical line on which it begins, from 1, and as many cells as the header has, each as written."""

    line: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """A header, the rows after it that are not empty, those that cannot be read, and what was decided about the file.

    The header is empty when the file has none (its first row is a person). ``doubtful`` has the lines whose letters had
    to be guessed, in a file that mixes encodings.
    """

    file: str
    header: tuple[str, ...]
    rows: Sequence[TableRow]
    rejected: Sequence[Rejected] = ()
    notes: Sequence[str] = ()
    doubtful: Container[int] = ()
