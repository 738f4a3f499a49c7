"""One answer in every format, and nothing in it that a terminal or a spreadsheet would obey."""

from __future__ import annotations

import csv
import io
import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from payloads import HOSTILE
from solidarity_crm import output
from solidarity_crm.exchange.tables.cells import unguard
from solidarity_crm.output import Column, Style
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports import text_form
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.text import safe

if TYPE_CHECKING:
    from conftest import Crm

OBEYED = [chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))]


class Row(NamedTuple):
    """A row with every kind of value."""

    ref: str
    name: str
    on: date | None
    at: datetime
    people: tuple[Named, ...]
    tags: tuple[str, ...]
    open: bool
    about: Named | None


ROW = Row(
    "P1",
    "Siân",
    date(2026, 12, 1),
    datetime(2026, 12, 1, 9, tzinfo=UTC),
    (Named("P2", "Amina"), Named("P3", "Bo")),
    ("a", "b"),
    open=True,
    about=None,
)
COLUMNS = (Column("Ref", lambda row: row.ref), Column("Name", lambda row: row.name))


def printed(style: Style, rows: list[Row], capsys: pytest.CaptureFixture[str]) -> str:
    """Give what a list prints."""
    output.show_list(rows, COLUMNS, style)
    return capsys.readouterr().out


def test_json_has_every_field_in_iso_form(capsys: pytest.CaptureFixture[str]) -> None:
    """Null where there is nothing; UTC with Z; mentions as objects."""
    assert json.loads(printed(Style("json"), [ROW], capsys)) == [
        {
            "ref": "P1",
            "name": "Siân",
            "on": "2026-12-01",
            "at": "2026-12-01T09:00:00Z",
            "people": [{"ref": "P2", "name": "Amina"}, {"ref": "P3", "name": "Bo"}],
            "tags": ["a", "b"],
            "open": True,
            "about": None,
        }
    ]
    assert printed(Style("json"), [], capsys) == "[]\n"


def test_a_time_in_a_zone_keeps_its_offset() -> None:
    """Only UTC is written with Z."""
    assert output.plain(datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/London"))) == "2026-07-01T10:00:00+01:00"
    assert output.plain(datetime(2026, 12, 1, 10, tzinfo=ZoneInfo("Europe/London"))) == "2026-12-01T10:00:00+00:00"


def test_csv_has_every_field_in_one_cell(capsys: pytest.CaptureFixture[str]) -> None:
    """Mentions by their ref, several joined; the headings stand also when there are no rows."""
    assert list(csv.DictReader(io.StringIO(printed(Style("csv"), [ROW], capsys)))) == [
        {
            "ref": "P1",
            "name": "Siân",
            "on": "2026-12-01",
            "at": "2026-12-01T09:00:00Z",
            "people": "P2; P3",
            "tags": "a; b",
            "open": "yes",
            "about": "",
        }
    ]
    assert printed(Style("csv"), [], capsys) == "ref,name\n"


def test_markdown_is_a_table_in_which_marks_are_text(capsys: pytest.CaptureFixture[str]) -> None:
    """A bar or a bracket in a name does not break it."""
    assert printed(Style("md"), [ROW._replace(name="a|b [x](y)")], capsys).splitlines()[2] == "| P1 | a\\|b \\[x\\](y) |"


def test_a_pipe_gets_padded_text_and_a_terminal_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    """The same rows in the same order; no boxes in a pipe."""
    rows = [ROW, ROW._replace(ref="P10", name="名前")]
    assert printed(Style(), rows, capsys) == "REF  NAME\nP1   Siân\nP10  名前\n"
    shown = printed(Style(terminal=True, width=40), rows, capsys)
    assert [line.split() for line in shown.splitlines()[1:]] == [["P1", "Siân"], ["P10", "名前"]]
    long = printed(Style(terminal=True, width=40), [ROW._replace(name="x" * 60)] * 101, capsys)
    assert {len(line) for line in long.splitlines()[1:]} == {40}


def test_nothing_found_is_said_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer itself stays empty."""
    output.show_list([], COLUMNS, Style(), "no contacts")
    assert capsys.readouterr() == ("", "no contacts\n")


def test_colour_is_for_headings_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """Without it the words are the same."""
    document = Document("Title", sections=[Section("Part", [("Label", "value")], table=Table(("A", "B"), [("1", "2")]))])
    output.show_document(document, Style(terminal=True, color=True))
    colored = capsys.readouterr().out
    output.show_document(document, Style(terminal=True))
    assert colored.replace("\x1b[1m", "").replace("\x1b[0m", "") == capsys.readouterr().out
    assert "\x1b[1mTitle\x1b[0m" in colored


@pytest.mark.parametrize(
    "style", [Style("table"), Style("json"), Style("csv"), Style("md"), Style(terminal=True), Style(terminal=True, color=True)], ids=str
)
def test_nothing_typed_is_obeyed_in_any_format(style: Style, capsys: pytest.CaptureFixture[str]) -> None:
    """Each named attack, in a list and in a card."""
    for payload in HOSTILE.values():
        row = ROW._replace(name=payload, tags=(payload,), people=(Named("P2", payload),))
        output.show_list([row], COLUMNS, style)
        output.show_record(
            row, Document(payload, payload, [(payload, payload)], [Section(payload, [], payload, Table(("H",), [(payload,)]))]), style
        )
        output.note(payload)
        out, err = capsys.readouterr()
        text = (out + err).replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert [mark for mark in OBEYED if mark in text] == [], payload


def test_a_guarded_cell_comes_back_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    """What a spreadsheet would run is marked, and the mark comes off again."""
    for payload in HOSTILE.values():
        (row,) = csv.DictReader(io.StringIO(printed(Style("csv"), [ROW._replace(name=payload)], capsys)))
        assert not row["name"].lstrip().startswith(("=", "@", "\t", "\r")), payload
        assert unguard(row["name"]) == safe(payload)


@pytest.mark.skipif(sys.platform == "win32", reason="a console of Windows has its own encoding")
def test_a_name_with_markup_is_just_a_name(crm: Crm) -> None:
    """Rich sees no markup and no emoji code in what people typed."""
    crm.ok("contact", "add", "Ann [/red] :smile: [bold]x[/bold]")
    assert "Ann [/red] :smile: [bold]x[/bold]" in crm.ok("contact", "list").out


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("# not a heading", "\\# not a heading"),
        ("- not a list", "\\- not a list"),
        ("1. not a list", "1\\. not a list"),
        ("check-ups, 2. and a (note)", "check-ups, 2. and a (note)"),
        ("<b>*bold*</b> &amp; `code`", "\\<b\\>\\*bold\\*\\</b\\> \\&amp; \\`code\\`"),
    ],
)
def test_markdown_escapes_what_would_be_a_mark_and_nothing_else(typed: str, written: str) -> None:
    """So that the text can still be read as it is."""
    assert text_form.escaped(typed) == written


def test_a_terminal_too_narrow_for_columns_gets_labelled_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    """A full answer all the same; words are not broken while there is room for them."""
    columns = [Column(f"Heading {place}", _said) for place in range(6)]
    output.show_list([ROW], columns, Style(terminal=True, width=50))
    assert capsys.readouterr().out.splitlines()[:2] == ["Siân and somewhat more", "  Heading 1: Siân and somewhat more"]
    output.show_list([ROW], columns, Style(terminal=True, width=100))
    shown = capsys.readouterr().out
    assert max(len(line) for line in shown.splitlines()) <= 100
    assert "somewhat" in shown


def test_a_column_without_a_heading_may_be_empty() -> None:
    """Then it takes no room."""
    table = Document("Title", sections=[Section("Why", table=Table(("What", ""), [("role", "")]))])
    assert text_form.text(table).splitlines()[-2:] == ["  What", "  role"]


def _said(row: Row) -> str:
    """Say a row in several words."""
    return f"{row.name} and somewhat more"
