"""Making tables and books of text, and workbooks, as tests of reading need them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook

from solidarity_crm.exchange.tables.book import book
from solidarity_crm.exchange.tables.columns import recognise
from solidarity_crm.exchange.tables.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solidarity_crm.exchange.address_book import Book, Entry
    from solidarity_crm.exchange.tables.table import Table


def table(text: str, name: str = "people.csv") -> Table:
    """Read a table of text."""
    return read(name, text.encode())


def read_book(
    data: str | bytes,
    name: str = "people.csv",
    *,
    layout: str | None = None,
    mapping: Mapping[str, str] | None = None,
    repair: bool = False,
) -> Book:
    """Read a file from its bytes to its people."""
    found = read(name, data.encode() if isinstance(data, str) else data, repair=repair)
    return book(found, recognise(found, layout=layout, mapping=mapping))


def entry(text: str, name: str = "people.csv", **options: str) -> Entry:
    """Read the one entry of a file."""
    found = read_book(text, name, layout=options.get("layout"))
    assert [str(problem) for row in found.rejected for problem in row.problems] == []
    assert len(found.entries) == 1
    return found.entries[0]


def said(entry: Entry) -> dict[str, object]:
    """Give what an entry says, without what is empty and where it stood."""
    return {name: value for name, value in entry._asdict().items() if value and name not in ("line", "raw")}


def workbook(rows: Sequence[Sequence[object]], more: Callable[[Workbook], None] | None = None, *, title: str = "People") -> bytes:
    """Make a workbook with a sheet of these rows."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if more:
        more(made)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def rezipped(data: bytes, members: Mapping[str, bytes]) -> bytes:
    """Give a workbook with members replaced or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name not in members:
                target.writestr(name, source.read(name))
        for name, content in members.items():
            target.writestr(name, content)
    return out.getvalue()
