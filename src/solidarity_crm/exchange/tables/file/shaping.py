"""Records made a table: which of them is the header, and what becomes of rows that are shorter or longer (exchange.md E2.3, E2.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.address_book import Rejected
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables.file.decoding import listed
from solidarity_crm.exchange.tables.file.dialect import known
from solidarity_crm.exchange.tables.headings.content import is_name
from solidarity_crm.exchange.tables.headings.vocabulary import folded, meaning
from solidarity_crm.exchange.tables.table import Table, TableRow

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from solidarity_crm.exchange.tables.file.records import Record

_SURE = 2  # known headings that make a header of a row
_SHORTEST_PHONE, _LONGEST_PHONE = 7, 15  # digits
_WIDEST = 2000  # columns; no program writes so many
_TEXT = ("note", "message")  # a surplus of cells is a comma in such a column, when it is the last


class Shape(NamedTuple):
    """The place of the header among the records, None when there is none, how many cells a row has, and what parts them."""

    at: int | None
    width: int
    delimiter: str = ""


def shape_of(begin: Sequence[Record], delimiter: str = "") -> Shape:
    """Find the header among a file's first records: known headings, else the first row, unless it is a person's."""
    scores = [known(record.cells) for record in begin]
    at = next((place for place, score in enumerate(scores) if score >= _SURE), None)
    if at is None:
        at = next((place for place, record in enumerate(begin) if any(map(str.strip, record.cells))), 0)
        if not scores[at] and (any(map(_is_of_a_person, begin[at].cells)) or _are_names(begin[at:])):
            return Shape(None, max(len(record.cells) for record in begin), delimiter)
    header = begin[at].cells
    width = len(header)
    while width > 1 and not header[width - 1].strip():
        width -= 1
    return Shape(at, width, delimiter)


def _is_of_a_person(cell: str) -> bool:
    """Say whether a cell is no heading but an address or a number to call."""
    digits = sum(map(str.isdigit, cell))
    return "@" in cell.strip("@") or (_SHORTEST_PHONE <= digits <= _LONGEST_PHONE and digits > len(cell) / 2)


def _are_names(rows: Sequence[Record]) -> bool:
    """Say whether a file is a mere list of names, the first of which is no heading: two words at least, begun with capitals."""
    named = [len(row.cells) == 1 and is_name(name := row.cells[0].strip()) and name.istitle() and " " in name for row in rows]
    return len(named) > 1 and all(named)


def made(name: str, records: Iterable[Record], shape: Shape, *, notes: Sequence[str] = (), doubtful: Container[int] = ()) -> Table:
    """Give the table that records make, each row as wide as the header; what is wider and says more is rejected.

    Raises CannotRead when there is neither a row nor a header, or far too many columns.
    """
    if shape.width > _WIDEST:
        raise CannotRead(name, f"it has {shape.width:,} columns", "check that it is the right file")
    rows: list[TableRow] = []
    rejected: list[Rejected] = []
    found = iter(records)
    first = None if shape.at is None else next(found)
    header = tuple(cell.strip() for cell in first.cells[: shape.width]) if first else ()
    begins = [f"the table begins on line {first.line}"] if first and shape.at else []
    surplus = shape.delimiter if header and _is_text(header[-1]) else ""
    for line, cells, problem in found:
        fitted = cells if len(cells) == shape.width else _fitted(cells, shape.width, surplus)
        if problem or fitted is None:
            reason = problem or f"{len(cells)} cells, where the header has {shape.width}"
            rejected.append(Rejected(line, (Problem(name, line, "", reason),), tuple(cells)))
        elif any(map(str.strip, fitted)):
            rows.append(TableRow(line, tuple(fitted)))
    if not (rows or rejected or header):
        raise CannotRead(name, "it has no rows", "export it again, or name another file")
    return Table(name, header, rows, rejected, [*notes, *begins, *_said(shape, rejected)], doubtful)


def _is_text(heading: str) -> bool:
    """Say whether a heading is of what people write, commas and all."""
    found = meaning(folded(heading))
    return found is not None and found.field in _TEXT


def _fitted(cells: list[str], width: int, surplus: str) -> list[str] | None:
    """Give the cells of a row that is shorter or longer than the header; None when it says more than there are columns.

    The cells beyond a last column of free text are part of it, as ``surplus`` joins them.
    """
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    if not any(map(str.strip, cells[width:])):
        return cells[:width]
    return [*cells[: width - 1], surplus.join(cells[width - 1 :])] if surplus else None


def _said(shape: Shape, rejected: Sequence[Rejected]) -> list[str]:
    """Say what is special about a table."""
    said = ["the file has no headings: its first row is taken for a person"] if shape.at is None else []
    if rejected:
        many = f"{len(rejected):,} rows" if len(rejected) > 1 else "1 row"
        said.append(f"{many} cannot be read: line {listed(row.line for row in rejected)}")
    return said
