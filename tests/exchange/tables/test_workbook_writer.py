"""Workbooks that we write: text stays text, days are days, and nothing is in them that nobody asked for."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import datetime

import pytest
from openpyxl import load_workbook

from payloads import HOSTILE
from solidarity_crm.exchange.tables.workbook_writer import LONGEST, too_long, write_workbook
from solidarity_crm.text import safe

HEADER, DAYS = ("name", "obtained_on"), ("obtained_on",)


def test_a_workbook_holds_what_was_given_and_nothing_else() -> None:
    """One sheet that is seen, its header frozen, a real date; no author, no time of writing, no program's name."""
    written = write_workbook("Contacts", HEADER, [("Siân O'Brien", "2026-11-02"), ("Bea", "")], days=DAYS)
    book = load_workbook(io.BytesIO(written))
    (sheet,) = book.worksheets
    assert (sheet.title, sheet.sheet_state, sheet.freeze_panes) == ("Contacts", "visible", "A2")
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["name", "obtained_on"],
        ["Siân O'Brien", datetime(2026, 11, 2)],  # noqa: DTZ001 - a workbook's days have no zone
        ["Bea", None],
    ]
    assert sheet["B2"].is_date
    assert not [row for row, shape in sheet.row_dimensions.items() if shape.hidden]
    assert not [column for column, shape in sheet.column_dimensions.items() if shape.hidden]
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        about = parts.read("docProps/core.xml") + parts.read("docProps/app.xml")
        assert not [name for name in parts.namelist() if "vba" in name.lower() or "external" in name.lower() or "comment" in name.lower()]
    assert not [word for word in (b"creator", b"openpyxl", b"created", b"modified", b"2026", b"Microsoft") if word in about]


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_is_run(name: str) -> None:
    """No text becomes a formula or an error value, nor loses more than what no workbook can hold."""
    text = safe(HOSTILE[name])
    sheet = load_workbook(io.BytesIO(write_workbook("Contacts", ("name",), [("x",), (text,)]))).active
    assert sheet is not None
    cell = sheet["A3"]
    assert cell.data_type in ("s", "n" if not text else "s")
    assert str(cell.value or "").replace("_x005F_", "_") == text


def test_what_looks_like_an_escaped_control_stays_as_it_is() -> None:
    """In the file its underscore is written as a spreadsheet reads it back (ECMA-376 §22.9.2.19)."""
    written = write_workbook("Contacts", ("name",), [("_x000D_ and _x0041_",)])
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        assert b"_x005F_x000D_ and _x005F_x0041_" in parts.read("xl/worksheets/sheet1.xml")


def test_the_same_rows_give_the_same_bytes() -> None:
    """Also a while later: no time is in them."""
    first = write_workbook("Contacts", HEADER, [("Siân", "2026-11-02")], days=DAYS)
    time.sleep(2.1)  # a zip counts in two seconds
    assert write_workbook("Contacts", HEADER, [("Siân", "2026-11-02")], days=DAYS) == first


def test_what_no_cell_can_hold_is_cut_and_counted() -> None:
    """So that a person can be told."""
    rows = [("x" * (LONGEST + 1), ""), ("y" * LONGEST, "")]
    assert too_long(rows) == 1
    sheet = load_workbook(io.BytesIO(write_workbook("Contacts", HEADER, rows, days=DAYS))).active
    assert sheet is not None
    assert [len(str(sheet.cell(row, 1).value)) for row in (2, 3)] == [LONGEST, LONGEST]
