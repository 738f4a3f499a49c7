"""How a CSV file parts its cells, found by vote; never by csv.Sniffer, which is wrong on a quarter of real files (exchange.md E2.3, E2.4)."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.tables.headings.vocabulary import folded, meaning

if TYPE_CHECKING:
    from _csv import Reader
    from collections.abc import Iterable, Sequence

DELIMITERS = (",", ";", "\t", "|")
LARGEST_CELL = 16 << 20  # characters
HEADER_WITHIN = 20  # rows
_PREVIEW_LINES = 80
_LONGEST_HEADING = 80  # characters, of one that somebody knows
_PREVIEW_LINE = 1 << 16  # characters of a line that are looked at
_SEP = re.compile(r"\"?sep=(.)\"?\s*\Z", re.IGNORECASE)
_BEGINS = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SPACED = re.compile(r"[,;\t|] +\"")
_ADDRESS = re.compile(r"[^\s@]@[^\s@]")


class Dialect(NamedTuple):
    """How cells are parted, whether blanks before a quote are passed over, and on which line, from 0, the table may begin."""

    delimiter: str
    spaced: bool = False
    first: int = 0

    def reader(self, lines: Iterable[str], *, strict: bool = False) -> Reader:
        """Give the records of lines; ``strict`` raises csv.Error for quotes that are not as RFC 4180 has them."""
        return csv.reader(lines, delimiter=self.delimiter, skipinitialspace=self.spaced, strict=strict)


def physical_lines(text: str) -> list[str]:
    """Give the lines of a file, each with its end, as an editor counts them."""
    if "\r" not in text:
        lines = text.split("\n")
        return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
    return _BEGINS.findall(text)


def known(row: Sequence[str]) -> int:
    """Count the cells of a row that are headings somebody uses; none when one of them is an address."""
    if any(_ADDRESS.search(cell) for cell in row):
        return 0
    return sum(meaning(folded(cell)) is not None for cell in row if 0 < len(cell) <= _LONGEST_HEADING)


def dialect_of(lines: Sequence[str]) -> Dialect:
    """Find how cells are parted: what the file says itself (``sep=;``), else by vote."""
    begin = next((number for number, line in enumerate(lines[:HEADER_WITHIN]) if line.strip()), 0)
    said = _SEP.match(lines[begin]) if begin < len(lines) else None
    if said:
        return Dialect(said[1], first=begin + 1)
    seen = [line[:_PREVIEW_LINE] for line in lines[begin : begin + _PREVIEW_LINES]]
    spaces = (False, True) if any(map(_SPACED.search, seen)) else (False,)
    tried = [Dialect(delimiter, spaced, begin) for delimiter in DELIMITERS for spaced in spaces]
    return max(tried, key=lambda dialect: _votes(dialect, seen))  # the first of equals


def _votes(dialect: Dialect, lines: Sequence[str]) -> tuple[int, float]:
    """Weigh a dialect: by known headings that it finds in one row, then by many columns in rows that agree."""
    rows = [row for row in islice(dialect.reader(lines), HEADER_WITHIN) if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    agreement = count / len(rows) if rows else 0
    headings = max((known(row) for row in rows if len(row) > 1), default=0)
    return headings, (width - 1) * agreement**2
