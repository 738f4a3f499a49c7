"""A sheet of a workbook made a table, behind checks that no workbook made to do harm passes (protection.md S14)."""

from __future__ import annotations

import re
import zipfile
import zlib
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from solidarity_crm.errors import CannotRead, UnknownChoice
from solidarity_crm.exchange.tables.file.dialect import HEADER_WITHIN, known
from solidarity_crm.exchange.tables.file.records import Record
from solidarity_crm.exchange.tables.file.shaping import made, shape_of
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.workbook import Workbook

    from solidarity_crm.exchange.tables.table import Table

LARGEST = 20 << 20  # bytes
_MEMBERS, _UNPACKED, _RATIO = 200, 200 << 20, 100
_STRINGS = 64 << 20  # bytes of any member but a sheet: these are kept in memory
_SMALL = 1 << 20  # bytes unpacked from which on the ratio counts
ROWS, _CELLS, _EMPTY = 100_000, 20_000_000, 2_000  # rows with something in them; cells; empty rows after which nothing more comes
_EXACT = 1e15  # a float of more has lost its last digits
_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xltm")
_HINT = "save it as CSV UTF-8 and import that"
# what openpyxl, zipfile and the XML parser raise for a file that is not as it should be
_BROKEN = (
    *(ArithmeticError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes what XML cannot hold (ECMA-376 §22.9.2.19)


def is_workbook(name: str) -> bool:
    """Say whether a file's name is a workbook's."""
    return name.lower().endswith(_ENDINGS)


def read_workbook(name: str, data: bytes, *, sheet: str | None = None) -> Table:
    """Give the table of a workbook's first sheet that has a header, or of the sheet named.

    Raises CannotRead, and UnknownChoice for a sheet that is not there.
    """
    _check(name, data)
    try:
        # what openpyxl warns of (styles, extensions) is nothing to its reader
        with catch_warnings():
            simplefilter("ignore")
            from openpyxl import load_workbook  # noqa: PLC0415 - a quarter of a second, only for workbooks

            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return _table(name, book, sheet)
            finally:
                book.close()
    except _BROKEN as error:
        raise CannotRead(name, "it is not a workbook that can be read, or it is damaged", _HINT) from error


def _check(name: str, data: bytes) -> None:
    """Refuse what is no workbook, and what would be far larger unpacked."""
    if not data:
        raise CannotRead(name, "it is empty", "save it again, or name another file")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(name, "it is an old or password-protected Excel file", "save it as .xlsx without a password, or as CSV UTF-8")
    if len(data) > LARGEST:
        raise CannotRead(name, f"it has {len(data) >> 20} MB, and at most {LARGEST >> 20} MB of a workbook are read", _HINT)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except _BROKEN as error:
        raise CannotRead(name, "it is not a workbook, or it is damaged", "open it in a spreadsheet and save it again") from error
    unpacked = sum(member.file_size for member in members)
    strings = max((member.file_size for member in members if "/worksheets/" not in member.filename), default=0)
    if len(members) > _MEMBERS or unpacked > _UNPACKED or strings > _STRINGS or (unpacked > _SMALL and unpacked > _RATIO * len(data)):
        raise CannotRead(name, "unpacked it would be far larger than any list of contacts", _HINT)
    if not any(member.filename.lower() == "xl/workbook.xml" or "workbook" in member.filename.lower() for member in members):
        raise CannotRead(name, "it is a zip archive, but no Excel workbook", _HINT)


def _table(name: str, book: Workbook, wanted: str | None) -> Table:
    """Choose a sheet and give its table."""
    title, records, notes = _chosen(name, book, wanted)
    if not records:
        raise CannotRead(name, f"its sheet {title!r} has no rows", "name another sheet, or another file")
    shape = shape_of(records[:HEADER_WITHIN])
    width = shape.width if shape.at is not None else max(len(record.cells) for record in records)
    return made(name, records[shape.at or 0 :], shape._replace(width=width), notes=notes)


def _chosen(name: str, book: Workbook, wanted: str | None) -> tuple[str, list[Record], list[str]]:
    """Give a sheet's title and rows, and what to say: the one named, else the first visible with headings, else the first with rows."""
    visible = [sheet for sheet in book.worksheets if wanted is not None or sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if wanted is not None:
        visible = [sheet for sheet in visible if fold(sheet.title) == fold(wanted)]
        if not visible:
            raise UnknownChoice("sheet", wanted, [sheet.title for sheet in book.worksheets])
    read: list[tuple[str, list[Record]]] = []
    for sheet in visible:
        rows = list(_rows(name, sheet))
        if rows:
            read.append((sheet.title, rows))
        if any(known(record.cells) > 1 for record in rows[:HEADER_WITHIN]):
            read.insert(0, read.pop())
            break
    title, rows = read[0] if read else (visible[0].title if visible else "", [])
    notes = [f"sheet {title!r} is read"] if len(book.worksheets) > 1 else []
    others = [sheet.title for sheet in book.worksheets if sheet.title != title and sheet.title not in hidden]
    notes += [
        f"{what} passed over: {', '.join(map(repr, titles))}"
        for what, titles in (("sheets", others), ("hidden sheets", [each for each in hidden if each != title]))
        if titles and wanted is None
    ]
    return title, rows, notes


def _rows(name: str, sheet: Any) -> Iterator[Record]:  # noqa: ANN401 - openpyxl's types know only of sheets that can be written
    """Give the rows of a sheet that are not empty, numbered as the spreadsheet numbers them."""
    sheet.reset_dimensions()  # some programs write a size that is not the sheet's
    full = empty = seen = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        seen += len(values)
        if seen > _CELLS:
            raise CannotRead(name, f"its sheet {sheet.title!r} has more than {_CELLS:,} cells", _HINT)
        cells = list(_trimmed(map(_text, values)))
        if not cells:
            empty += 1
            if empty > _EMPTY:
                return
            continue
        full, empty = full + 1, 0
        if full > ROWS:
            raise CannotRead(name, f"its sheet {sheet.title!r} has more than {ROWS:,} rows", "split it into smaller files")
        yield Record(number, cells)


def _trimmed(cells: Iterable[str]) -> list[str]:
    """Give cells without the empty ones at the end."""
    found = list(cells)
    while found and not found[-1].strip():
        found.pop()
    return found


def _text(value: object) -> str:
    """Give a cell as text: days in ISO form, whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date | time) else str(value)
