"""The records of a CSV file, each with its physical line; a quote that is never closed costs its own record and no other (exchange.md E2.5).

A record is read as RFC 4180 has it. Where its quotes are not like that, or it goes over lines that are whole rows
themselves, its first line is looked at alone. Every line is read a few times at most: what a quote swallows ends at the
next line with an odd number of quotes.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.tables.file.dialect import LARGEST_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from solidarity_crm.exchange.tables.file.dialect import Dialect

LONGEST = 50  # line breaks that a record may have before it is doubted
UNCLOSED = "a quote is opened and never closed"
MISPLACED = "a quote within a cell ends it too early"
_END = "\0"  # a line that no file has: NULs were taken out

csv.field_size_limit(LARGEST_CELL)


class Record(NamedTuple):
    """A record: its first physical line, from 1, its cells, and why it cannot be read, if so."""

    line: int
    cells: list[str]
    problem: str = ""


class Records:
    """The records of a table whose rows have ``width`` cells."""

    def __init__(self, lines: Sequence[str], dialect: Dialect, width: int) -> None:
        """Take a file's lines."""
        self._lines, self._dialect, self._width = lines, dialect, width
        self._next_row = _Next(self._is_row, len(lines))
        self._next_ending = _Next(lambda at: lines[at].count('"') % 2 == 1, len(lines))

    def read(self, first: int) -> Iterator[Record]:
        """Give every record from line ``first`` on, counted from 0."""
        at = first
        while at < len(self._lines):
            at = yield from self._as_written(at)
            if at < len(self._lines):
                record, at = self._doubted(at)
                yield record

    def _as_written(self, first: int) -> Generator[Record, None, int]:
        """Give records that are as RFC 4180 has them; return the line of the first that is not."""
        reader = self._dialect.reader(map(self._lines.__getitem__, range(first, len(self._lines))), strict=True)
        at = first
        try:
            for cells in reader:
                after = first + reader.line_num
                if after - at > 1 and len(cells) != self._width and self._is_runaway(at, after):
                    break
                yield Record(at + 1, cells)
                at = after
        except csv.Error:
            pass
        return at

    def _doubted(self, at: int) -> tuple[Record, int]:
        """Give the record at a line whose quotes are not as they should be, and the line after it."""
        line = self._lines[at]
        try:
            alone = list(self._dialect.reader((line, _END)))
            if alone[-1] == [_END]:  # quotes within a cell, all closed
                after = self._rest(at + 1)
                return (Record(at + 1, alone[0]), after) if after == at + 1 else (self._broken(at, after, MISPLACED), after)
            reader = self._dialect.reader((*self._lines[at : at + 1 + LONGEST], _END))
            cells = next(reader)
            after = at + reader.line_num
            if len(cells) == self._width and not cells[-1].endswith(_END) and not self._is_runaway(at, after):
                return Record(at + 1, cells), after
        except csv.Error:
            return Record(at + 1, [line.rstrip("\r\n")], f"a cell of more than {LARGEST_CELL >> 20} million characters"), at + 1
        return self._unclosed(at)

    def _unclosed(self, at: int) -> tuple[Record, int]:
        """Give what a quote that is never closed leaves: its line, if that is a row without it, else all up to the next row."""
        cells = [cell.strip(' "') for cell in self._lines[at].rstrip("\r\n").split(self._dialect.delimiter)]
        if len(cells) == self._width:
            return Record(at + 1, cells), at + 1
        after = self._next_row(at + 1) if self._width > 1 else at + 1
        return self._broken(at, after, UNCLOSED), after

    def _rest(self, first: int) -> int:
        """Give the line after what a cell's quotes have cut off: lines that are no rows, the last of which ends a quote."""
        ending = self._next_ending(first)
        return ending + 1 if ending < min(self._next_row(first), first + LONGEST, len(self._lines)) else first

    def _broken(self, at: int, after: int, problem: str) -> Record:
        """Give lines that cannot be read as they are."""
        return Record(at + 1, ["".join(self._lines[at:after]).rstrip("\r\n")], problem)

    def _is_runaway(self, at: int, after: int) -> bool:
        """Say whether a record that goes over several lines has swallowed others."""
        return after - at > LONGEST + 1 or self._next_row(at + 1) < after

    def _is_row(self, at: int) -> bool:
        """Say whether a line is a row by itself: its quotes are closed, and most of its cells are there."""
        line = self._lines[at]
        if self._width <= 1 or line.count('"') % 2:
            return False
        try:
            cells: list[str] = next(self._dialect.reader((line,)), [])
        except csv.Error:
            return False
        return len(cells) > 1 and self._width / 2 <= len(cells) <= self._width


class _Next:
    """The next line that is of some kind; lines are asked after in order, so that each is looked at once."""

    def __init__(self, is_it: Callable[[int], bool], end: int) -> None:
        """Take what tells the kind of a line, and how many lines there are."""
        self._is_it, self._end = is_it, end
        self._found = -1

    def __call__(self, first: int) -> int:
        """Give the next such line from ``first`` on; the end when there is none."""
        if self._found < first:
            self._found = next(filter(self._is_it, range(first, self._end)), self._end)
        return self._found
