"""Workbooks: what their cells say as text, which sheet is read, and workbooks that were made to do harm."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import read_book, rezipped, workbook

from solidarity_crm.errors import CannotRead, CrmError, UnknownChoice
from solidarity_crm.exchange.tables.file import workbook as workbooks
from solidarity_crm.exchange.tables.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

HEADER = ("Name", "Email", "Phone", "Since")
AMINA = ("Amina Yusuf", "amina@example.org", "0113 496 0001", None)


def test_cells_are_read_as_text() -> None:
    """Days in ISO form, whole numbers without a fraction, phones as they are; rows are numbered as the program shows them."""
    rows = [
        HEADER,
        (None,),
        ("Siân O'Brien", "sian@example.org", 1134960001.0, date(2026, 12, 1)),
        ("Bea", True, 1.5, datetime(2026, 12, 1, 10, 30)),  # noqa: DTZ001 - a cell of Excel's knows no time zone
        ("Cy", None, "'0113 496 0002", time(9, 0)),
    ]
    found = read("people.xlsx", workbook(rows))
    assert found.header == HEADER
    assert [(row.line, row.cells) for row in found.rows] == [
        (3, ("Siân O'Brien", "sian@example.org", "1134960001", "2026-12-01")),
        (4, ("Bea", "yes", "1.5", "2026-12-01 10:30")),
        (5, ("Cy", "", "'0113 496 0002", "09:00:00")),
    ]


def test_a_title_above_the_header_is_passed_over() -> None:
    """Merged cells and all."""

    def merge(book: Workbook) -> None:
        book["People"].merge_cells("A1:C1")

    found = read("people.xlsx", workbook([("Everyone we know",), (), HEADER, AMINA], merge))
    assert found.header == HEADER
    assert [row.line for row in found.rows] == [4]
    assert found.notes == ["the table begins on line 3"]


def with_sheets(book: Workbook) -> None:
    """Add a sheet without headings before, and a hidden one."""
    book.create_sheet("Read me", 0).append(["See the next sheet"])
    hidden = book.create_sheet("Old")
    hidden.append(list(HEADER))
    hidden.append(["Somebody else", "else@example.org"])
    hidden.sheet_state = "hidden"


def test_the_first_visible_sheet_with_headings_is_read_and_the_others_named() -> None:
    """Hidden ones too."""
    found = read("people.xlsx", workbook([HEADER, AMINA], with_sheets))
    assert [row.cells[0] for row in found.rows] == ["Amina Yusuf"]
    assert found.notes == ["sheet 'People' is read", "sheets passed over: 'Read me'", "hidden sheets passed over: 'Old'"]


def test_any_sheet_can_be_named() -> None:
    """In any case; an unknown name is answered with those there are."""
    data = workbook([HEADER, AMINA], with_sheets)
    assert [row.cells[0] for row in read("people.xlsx", data, sheet="OLD").rows] == ["Somebody else"]
    with pytest.raises(UnknownChoice, match="no sheet 'New'; it is one of: Read me, People, Old"):
        read("people.xlsx", data, sheet="New")


def test_a_formula_says_what_it_last_said_and_is_never_run() -> None:
    """One that was never worked out says nothing."""
    found = read("people.xlsx", workbook([HEADER, ("Amina", '=HYPERLINK("http://evil.example")', "=1+1", None)]))
    assert found.rows[0].cells == ("Amina", "", "", "")


def test_people_come_of_a_workbook_as_of_text() -> None:
    """With the same columns."""
    found = read_book(workbook([HEADER, AMINA]), "people.xlsx")
    assert [(entry.name, entry.emails[0].value, entry.phones[0].value) for entry in found.entries] == [
        ("Amina Yusuf", "amina@example.org", "0113 496 0001")
    ]


def test_a_workbook_is_known_by_what_it_begins_with() -> None:
    """Whatever its name, but for one that says text; and text named .xlsx is read as text."""
    assert read("people", workbook([HEADER, AMINA])).header == HEADER
    assert read("people.xlsx", b"name,email\nAmina,a@example.org\n").header == ("name", "email")
    with pytest.raises(CannotRead, match="it is an Excel file"):
        read("people.csv", workbook([HEADER, AMINA]))


def zip_of(members: dict[str, bytes]) -> bytes:
    """Make a zip archive."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """Make a workbook whose sheet unpacks to more than may be."""
    return rezipped(workbook([HEADER]), {"xl/worksheets/sheet1.xml": b" " * (201 << 20)})


def dense() -> bytes:
    """Make a small one that unpacks to a thousand times its size."""
    return rezipped(workbook([HEADER]), {"xl/worksheets/sheet1.xml": b" " * (20 << 20)})


def entities() -> bytes:
    """Make one whose sheet has an entity bomb: nine levels of ten times the one below."""
    levels = "".join(f'<!ENTITY {chr(98 + level)} "{f"&{chr(97 + level)};" * 10}">' for level in range(9))
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>'
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">{levels}]><worksheet xmlns="{main}"><sheetData>{cell}</sheetData></worksheet>'
    return rezipped(workbook([HEADER]), {"xl/worksheets/sheet1.xml": sheet.encode()})


def truncated() -> bytes:
    """Cut one short."""
    return workbook([HEADER, AMINA])[:-200]


def garbled() -> bytes:
    """Make one whose sheet is no XML."""
    return rezipped(workbook([HEADER]), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        pytest.param(bomb, "far larger", id="zip bomb"),
        pytest.param(dense, "far larger", id="small zip bomb"),
        pytest.param(lambda: rezipped(workbook([HEADER]), {f"x{n}": b"" for n in range(200)}), "far larger", id="many members"),
        pytest.param(entities, "it is damaged", id="entity bomb"),
        pytest.param(truncated, "it is damaged", id="truncated"),
        pytest.param(garbled, "it is damaged", id="no XML"),
        pytest.param(lambda: zip_of({"word/document.xml": b"<w/>"}), "no Excel workbook", id="a letter"),
        pytest.param(lambda: zip_of({"xl/workbook.xml": b"<w/>"}), "it is damaged", id="an empty shell"),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0" + b"x" * 600, "old or password-protected", id="old Excel"),
        pytest.param(lambda: b"PK\x03\x04" + b"x" * (21 << 20), "at most 20 MB", id="too large"),
        pytest.param(lambda: workbook([]), "has no rows", id="empty sheet"),
        pytest.param(lambda: b"", "it is empty", id="empty file"),
    ],
)
def test_a_workbook_that_does_harm_or_is_broken_is_refused(made: Callable[[], bytes], reason: str) -> None:
    """In one line, with what to do (protection.md S14)."""
    with pytest.raises(CannotRead) as refused:
        read("people.xlsx", made())
    assert reason in refused.value.sentence
    assert "\n" not in refused.value.sentence
    assert refused.value.hint


def test_a_sheet_with_too_many_rows_is_refused_and_emptiness_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A formatted column goes down a million rows that are empty."""
    monkeypatch.setattr(workbooks, "ROWS", 3)
    with pytest.raises(CannotRead, match="more than 3 rows"):
        read("people.xlsx", workbook([HEADER, AMINA, AMINA, AMINA]))

    def far_down(book: Workbook) -> None:
        book["People"]["A900000"] = "   "

    assert len(read("people.xlsx", workbook([HEADER, AMINA, AMINA], far_down)).rows) == 2


WHOLE = workbook([HEADER, AMINA, ("Bea", 1.5, date(2026, 12, 1), True)])
MEMBERS = zipfile.ZipFile(BytesIO(WHOLE)).namelist()


@settings(deadline=None, max_examples=80)
@given(
    member=st.sampled_from(MEMBERS),
    at=st.floats(0, 1),
    piece=st.binary(min_size=1, max_size=6) | st.sampled_from([b"</", b"<v>9e999</v>", b't="s"']),
)
def test_a_workbook_with_a_wrong_piece_is_read_or_refused(member: str, at: float, piece: bytes) -> None:
    """Wherever it stands: openpyxl has many ways to fail, and none gets out."""
    content = zipfile.ZipFile(BytesIO(WHOLE)).read(member)
    place = int(at * len(content))
    for data in (
        rezipped(WHOLE, {member: content[:place] + piece + content[place + len(piece) :]}),
        WHOLE[: int(at * len(WHOLE))] + piece + WHOLE[int(at * len(WHOLE)) + len(piece) :],
    ):
        try:
            read("people.xlsx", data)
        except CrmError as refused:
            assert str(refused)  # noqa: PT017 - either way is right


def test_what_a_hand_made_sheet_says_is_bounded() -> None:
    """A row far to the right or far down, a number without end."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

    def sheet(rows: str) -> bytes:
        content = f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        return rezipped(workbook([HEADER]), {"xl/worksheets/sheet1.xml": content.encode()})

    numbers = '<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>1e300</v></c><c r="C1"><v>7700900123</v></c></row>'
    assert read("people.xlsx", sheet(numbers)).rows[0].cells == ("inf", "1e+300", "7700900123")
    far = "".join(f'<row r="{row}"><c r="XFD{row}"><v>{row * 7919}</v></c></row>' for row in range(1, 1300))
    with pytest.raises(CannotRead, match="more than 20,000,000 cells"):
        read("people.xlsx", sheet(far))
