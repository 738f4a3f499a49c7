"""A workspace as a folder of CSV files, one for each noun, that people can read and change in a spreadsheet.

UTF-8 with a byte order mark, commas, CRLF, guarded cells (exchange.md D3); written from the store and read back
without loss. What is read is the files' own sense alone: nothing here knows the store.
"""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables.cells import unguard, write_csv
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from solidarity_crm.exchange.folder.columns import Column, Sheet

_CELL_LIMIT = 16_000_000
_FILE_LIMIT = 200_000_000
_BESIDE = ("form-replies.csv",)  # what an example has for intake to read, which is no part of its workspace


class Line(NamedTuple):
    """One row of a file: where it begins, and its values by their columns' headings; an empty cell has none.

    ``whole`` is False for a row with a cell that could not be read.
    """

    file: str
    number: int
    values: dict[str, Any]
    whole: bool = True

    def problem(self, column: str, reason: str) -> Problem:
        """Give a problem of this row."""
        return Problem(self.file, self.number, column, reason)


class Reading(NamedTuple):
    """What a folder says: the rows of each file, what is wrong with them, and the files that are not there."""

    lines: dict[str, list[Line]]
    problems: list[Problem]
    absent: list[str]


def texts(sheets: Sequence[Sheet], rows: Callable[[str], Iterable[tuple[Any, ...]]]) -> Iterator[tuple[Sheet, int, str]]:
    """Give each file with the number of its rows and its text; ``rows`` gives a file's rows by its name."""
    for sheet in sheets:
        written = [[_written(column, value) for column, value in zip(sheet.columns, row, strict=True)] for row in rows(sheet.name)]
        yield sheet, len(written), write_csv([column.heading for column in sheet.columns], written, bom=True)


def read(folder: Path, sheets: Sequence[Sheet]) -> Reading:
    """Read a folder; every problem is kept, and none raised.

    Raises CannotRead when the folder has none of the files.
    """
    if not folder.is_dir():
        raise CannotRead(folder, "there is no such folder")
    absent = [sheet.file for sheet in sheets if not (folder / sheet.file).is_file()]
    if len(absent) == len(sheets):
        raise CannotRead(folder, f"it has none of the files of an export: {', '.join(absent)}", "solidarity store export FOLDER")
    known = {sheet.file for sheet in sheets}
    problems = [
        Problem(path.name, 0, "", f"is no file of an export; they are {', '.join(sheet.file for sheet in sheets)}")
        for path in sorted(folder.glob("*.csv"))
        if path.name not in known and path.name not in _BESIDE
    ]
    lines: dict[str, list[Line]] = {}
    for sheet in sheets:
        lines[sheet.name] = []
        if sheet.file not in absent:
            for found in _file(folder / sheet.file, sheet):
                (lines[sheet.name] if isinstance(found, Line) else problems).append(found)  # type: ignore[arg-type] # one or the other
    return Reading(lines, problems, absent)


def _written(column: Column, value: Any) -> str:  # noqa: ANN401 - any value of a row
    """Write one cell."""
    return "" if value is None else column.cell.write(value)


def _file(path: Path, sheet: Sheet) -> Iterator[Line | Problem]:
    """Read one file: its rows, and what is wrong with any."""
    text = _text(path)
    if isinstance(text, Problem):
        yield text
        return
    records = _records(text, path.name)
    header = next(records, None)
    if header is None or isinstance(header, Problem):
        yield header or Problem(path.name, 1, "", "is empty; its first line must name the columns")
        return
    names = [name.strip() for name in header[1]]
    wrong = list(_header(path.name, names, sheet))
    yield from wrong
    if not wrong:
        columns = {column.heading: column for column in sheet.columns}
        for record in records:
            yield from [record] if isinstance(record, Problem) else _line(path.name, *record, [columns[name] for name in names if name])


def _text(path: Path) -> str | Problem:
    """Read a file's text, or say why it is none."""
    try:
        content = path.read_bytes()[: _FILE_LIMIT + 1]
    except OSError as problem:
        return Problem(path.name, 0, "", f"cannot be read: {problem.strerror or 'unknown reason'}")
    if len(content) > _FILE_LIMIT:
        return Problem(path.name, 0, "", f"is larger than {_FILE_LIMIT // 1_000_000} MB")
    if content.startswith(b"PK\x03\x04"):
        return Problem(path.name, 0, "", "is a spreadsheet or another archive, not text; save it as 'CSV UTF-8'")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Problem(path.name, 0, "", "is UTF-16 text; save it as 'CSV UTF-8'")
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        return Problem(path.name, line, "", "is not UTF-8 text; save it as 'CSV UTF-8'")


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]] | Problem]:
    """Give the rows of a file that are not empty, each with the line that it begins on; a broken quote ends it."""
    csv.field_size_limit(_CELL_LIMIT)
    lines = io.StringIO(text, newline="")
    first = text.partition("\n")[0]
    reader = csv.reader(lines, delimiter=max(",;\t", key=first.count), strict=True)
    begins, width = 1, 0
    try:
        for cells in reader:
            width = width or len(cells)
            if len(cells) < width and lines.tell() == len(text) and not text.endswith(("\n", "\r")):
                yield Problem(file, begins, "", "the file is cut off here")
            elif any(cell.strip() for cell in cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as problem:
        yield Problem(file, begins, "", f"has a quote that is not closed, or text after one ({problem})")


def _header(file: str, names: Sequence[str], sheet: Sheet) -> Iterator[Problem]:
    """Say what is wrong with the columns that a file has."""
    known = [column.heading for column in sheet.columns]
    for place, name in enumerate(names):
        if name and name not in known:
            yield Problem(file, 1, shorten(name, 60), f"is no column of this file; they are {', '.join(known)}")
        elif name and name in names[:place]:
            yield Problem(file, 1, name, "is there twice")
        elif not name and any(names[place:]):
            yield Problem(file, 1, "", f"column {place + 1} has no heading")
    for column in sheet.columns:
        if column.required and column.heading not in names:
            yield Problem(file, 1, column.heading, "is missing; the column must be there, though its cells may be empty")


def _line(file: str, number: int, cells: Sequence[str], columns: Sequence[Column]) -> Iterator[Line | Problem]:
    """Read one row: its values, and every problem that it has."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        yield Problem(file, number, "", f"has {len(cells)} cells and the header {len(columns)}; is a quote missing around a comma?")
        return
    values: dict[str, Any] = {}
    problems = []
    for column, raw in zip(columns, cells, strict=False):
        cell = unguard(raw)
        if not column.field or not cell.strip():
            continue
        try:
            values[column.heading] = column.cell.read(cell)
        except ValueError as problem:
            problems.append(Problem(file, number, column.heading, str(problem)))
    yield Line(file, number, values, not problems)
    yield from problems
