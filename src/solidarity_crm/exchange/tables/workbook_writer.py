"""Workbooks (.xlsx): text that no spreadsheet runs, real dates, and nothing in the file that nobody asked for.

What openpyxl would make a formula or an error value of is told to be text (exchange.md D3). Its own mark as the author
and the times of writing are taken out, so that the same rows give the same bytes (protection.md P16).
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

LONGEST = 32_767  # characters that a cell may have, in every spreadsheet
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties'
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_PLAIN = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP}
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # what a zip can say at the least
_WIDEST = 40


def write_workbook(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, days: Collection[str] = ()) -> bytes:
    """Give a workbook of one sheet, its header frozen; columns whose heading is in ``days`` hold ISO days.

    A cell is cut where it is longer than :data:`LONGEST`; see :func:`too_long`.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - 100 ms that no other command needs
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(header):
        widest = max([len(heading), *(len(row[place]) for row in rows)], default=0)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(widest + 2, _WIDEST)
    dated = {place for place, heading in enumerate(header) if heading in days}
    make = _Cells(sheet)
    sheet.append([make.text(heading) for heading in header])
    for row in rows:
        sheet.append([make.day(cell) if place in dated else make.text(cell) for place, cell in enumerate(row)])
    out = io.BytesIO()
    workbook.save(out)
    return _anonymous(out.getvalue())


def too_long(rows: Iterable[Sequence[str]]) -> int:
    """Count the cells that no spreadsheet can hold whole."""
    return sum(len(cell) > LONGEST for row in rows for cell in row)


class _Cells:
    """Makes the cells of a sheet."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        from openpyxl.cell.cell import ERROR_CODES, WriteOnlyCell  # noqa: PLC0415

        self._sheet, self._errors, self._cell = sheet, frozenset(ERROR_CODES), WriteOnlyCell

    def text(self, text: str) -> Any:  # noqa: ANN401 - a cell, or text that stays text
        """Give a cell of text, whatever it looks like."""
        if not text:
            return None
        # _x000D_ in a workbook is a control character, unless its underscore is written so itself (ECMA-376 §22.9.2.19)
        clean = _ESCAPE_LIKE.sub("_x005F_", _ILLEGAL.sub("", text)[:LONGEST])[:LONGEST]
        if not clean.startswith("=") and clean not in self._errors:
            return clean
        cell = self._cell(self._sheet, clean)
        cell.data_type = "s"
        return cell

    def day(self, text: str) -> Any:  # noqa: ANN401 - a cell
        """Give a cell with a real date."""
        if not text:
            return None
        cell = self._cell(self._sheet, datetime.fromisoformat(text))
        cell.number_format = "yyyy-mm-dd"
        return cell


def _anonymous(workbook: bytes) -> bytes:
    """Give a workbook without who made it and when."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0  # else the system it was written on
            after.writestr(part, _PLAIN.get(name) or before.read(name))
    return out.getvalue()
