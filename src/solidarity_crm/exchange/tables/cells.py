"""CSV as spreadsheets and other programs take it, with cells guarded that a spreadsheet would run.

The rule (exchange.md A8): a cell that begins with ``= + - @``, a tab, a line end or a full-width form of these is
written with one ``'`` before it, unless it is a phone number or a plain number; so is one that begins with ``'``, so
that taking the guard off gives back exactly what was there.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_RISKY = re.compile(r"\s*[=+\-@\t\r\n\0＝＋－＠]")
_HARMLESS = re.compile(r"\+\d[\d ()./-]{5,}(?:\s*(?:ext?\.?|x|#)\s*\d{1,6})?\Z|-?\d+(?:[.,]\d+)?\Z")


def guard(cell: str) -> str:
    """Give a cell that no spreadsheet runs."""
    if cell.startswith("'") or (_RISKY.match(cell) and not _HARMLESS.match(cell)):
        return f"'{cell}"
    return cell


def unguard(cell: str) -> str:
    """Give back what :func:`guard` was given; an apostrophe that guards nothing, as in ``'Allo``, stays."""
    return cell[1:] if cell.startswith("'") and (cell[1:2] == "'" or _RISKY.match(cell, 1)) else cell


def write_csv(
    header: Sequence[str], rows: Iterable[Sequence[str]], *, bom: bool = False, newline: str = "\r\n", guarded: bool = True
) -> str:
    """Give rows as RFC 4180 text, their cells guarded unless no spreadsheet will see them; ``bom`` begins it as Excel wants."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(header)
    writer.writerows([guard(cell) for cell in row] if guarded else row for row in rows)
    return ("\ufeff" if bom else "") + out.getvalue()


def read_csv(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """Read text that :func:`write_csv` wrote: its header, and each row by its header's names."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = next(reader, [])
    return header, [{name: unguard(cell) for name, cell in zip(header, row, strict=False)} for row in reader]
