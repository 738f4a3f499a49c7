"""Rows of CSV: how cells are parted, where the header is, short and long rows, and quotes that are never closed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_tables import table

from solidarity_crm.errors import CannotRead

HEADER = ("First Name", "Last Name", "Email", "Company")
ROWS = [("Amina", "Yusuf", "amina@example.org", "Mesmac, Leeds"), ("Siân", "O'Brien", "sian@example.org", "Leeds; GATE")]


def written(delimiter: str, end: str = "\r\n") -> str:
    """Write the rows as a program would."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows((HEADER, *ROWS))
    return out.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_and_line_end_is_found(delimiter: str, end: str) -> None:
    """By vote."""
    found = table(written(delimiter, end))
    assert found.header == HEADER
    assert [row.cells for row in found.rows] == ROWS
    assert [row.line for row in found.rows] == [2, 3]


def test_a_file_may_say_itself_what_parts_its_cells() -> None:
    """Excel's ``sep=`` line is obeyed, whatever it says, and is no row."""
    found = table("sep=:\nname:email\nAmina Yusuf:amina@example.org\n")
    assert found.header == ("name", "email")
    assert [(row.line, row.cells) for row in found.rows] == [(3, ("Amina Yusuf", "amina@example.org"))]


def test_commas_within_cells_do_not_outvote_semicolons() -> None:
    """As in a German file whose addresses have commas."""
    found = table("Vorname;Anschrift\nJörg;a, b, c, d\nUwe;e, f, g, h\n")
    assert found.header == ("Vorname", "Anschrift")
    assert found.notes == ["cells parted by semicolons"]


def test_blanks_before_quotes_are_passed_over() -> None:
    """As people write by hand."""
    found = table('Email, First name, Last name\nfoo@example.org, "Foo, 3", "Bar3"\n')
    assert found.rows[0].cells == ("foo@example.org", "Foo, 3", "Bar3")


PREAMBLE = 'Notes:\n"When exporting, you may notice, that some are missing"\n\n'
LINKEDIN = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"


def test_a_preamble_is_passed_over_and_lines_are_counted_from_the_files_first() -> None:
    """LinkedIn begins with notes (exchange.md E2.3)."""
    found = table(f"{PREAMBLE}{LINKEDIN}Ada,Close,,,,,01 Jan 2020\n")
    assert found.header[0] == "First Name"
    assert [row.line for row in found.rows] == [5]
    assert found.notes == ["the table begins on line 4"]


def test_a_file_without_header_has_none() -> None:
    """Its first row is somebody."""
    found = table("Amina Yusuf,amina@example.org\nBea Kaur,bea@example.org,0113 496 0001\n")
    assert found.header == ()
    assert [row.cells for row in found.rows] == [("Amina Yusuf", "amina@example.org", ""), ("Bea Kaur", "bea@example.org", "0113 496 0001")]
    assert found.notes == ["the file has no headings: its first row is taken for a person"]


def test_a_mere_list_of_names_has_no_header() -> None:
    """The first of them is somebody too; one word above names is a heading."""
    assert [row.cells for row in table("Amina Yusuf\nBea Kaur\n").rows] == [("Amina Yusuf",), ("Bea Kaur",)]
    assert table("Wer\nAmina Yusuf\nBea Kaur\n").header == ("Wer",)


def test_a_header_of_unknown_words_is_still_one() -> None:
    """Where no cell of it is an address or number."""
    assert table("Foo,Bar\nAmina,x\n").header == ("Foo", "Bar")


def test_a_header_alone_is_a_table_of_nobody() -> None:
    """An export of an empty list."""
    found = table("name,email\n")
    assert (found.header, list(found.rows)) == (("name", "email"), [])


def test_empty_rows_and_columns_at_the_end_are_no_rows_or_columns() -> None:
    """As spreadsheets leave them."""
    found = table("name,email,,\nAmina,a@example.org,,\n,,,\n\n  , ,,\n")
    assert found.header == ("name", "email")
    assert [row.cells for row in found.rows] == [("Amina", "a@example.org")]
    assert list(found.rejected) == []


def test_short_rows_are_padded_and_long_ones_rejected_unless_the_rest_is_text() -> None:
    """A comma too many shifts every cell after it: nobody's phone becomes their organisation (exchange.md E2.5)."""
    found = table("name,email,phone\nAmina\nBea,b@example.org,0113,extra\nCy,c@example.org,,,\n")
    assert [(row.line, row.cells) for row in found.rows] == [(2, ("Amina", "", "")), (4, ("Cy", "c@example.org", ""))]
    assert [(row.line, str(row.problems[0]), row.raw) for row in found.rejected] == [
        (3, "people.csv:3: 4 cells, where the header has 3", ("Bea", "b@example.org", "0113", "extra"))
    ]
    assert table("name,email,notes\nBea,b@example.org,likes tea,cake\n").rows[0].cells[2] == "likes tea,cake"


def test_a_quote_that_is_never_closed_costs_its_own_row_and_no_other() -> None:
    """The next line's quote would close it, and swallow that line."""
    found = table(
        f'{LINKEDIN}Ana,Diaz,,,"Stripe, Inc.",Recruiter,01 Jan 2024\nBob,Broken,,,"Stripe, Inc,Engineer,02 Jan 2024\n'
        'Cy,Okafor,,,"Acme, Co","Engineer, Platform",03 Jan 2024\nDi,Nardo,,,Acme,Designer,04 Jan 2024\n'
    )
    assert [(row.line, row.cells[0], row.cells[4]) for row in found.rows] == [
        (2, "Ana", "Stripe, Inc."),
        (4, "Cy", "Acme, Co"),
        (5, "Di", "Acme"),
    ]
    assert [str(row.problems[0]) for row in found.rejected] == ["people.csv:3: a quote is opened and never closed"]
    assert found.rejected[0].raw == ('Bob,Broken,,,"Stripe, Inc,Engineer,02 Jan 2024',)


def test_a_stray_quote_before_a_whole_row_is_passed_over() -> None:
    """Without it the line is a row."""
    found = table('name,email\n"Amina,amina@example.org\nBea,bea@example.org\n')
    assert [row.cells for row in found.rows] == [("Amina", "amina@example.org"), ("Bea", "bea@example.org")]


def test_a_file_cut_within_a_quote_keeps_all_before_it() -> None:
    """The lines of the cut cell are nobody."""
    found = table('name,email,street,note\nAmina,a@example.org,,ok\nBea,b@example.org,"12 Mill Street\nLeeds\nLS1')
    assert [row.cells[0] for row in found.rows] == ["Amina"]
    assert [(row.line, row.raw) for row in found.rejected] == [(3, ('Bea,b@example.org,"12 Mill Street\nLeeds\nLS1',))]


def test_quotes_within_a_cell_are_no_harm() -> None:
    """As programs write that know no rules."""
    found = table('name,email\n"Joe "Bob" Smith",joe@example.org\n"Ada ""Bea"" Kaur",ada@example.org\n')
    assert [row.cells for row in found.rows] == [('Joe Bob" Smith"', "joe@example.org"), ('Ada "Bea" Kaur', "ada@example.org")]


def test_what_quotes_within_a_cell_cut_off_is_nobody() -> None:
    """The rest of a message is not the name of somebody."""
    found = table('name,email,note\nAda,ada@example.org,"said "hi"\nmuch more\nand left"\nBea,b@example.org,\n')
    assert [(row.line, row.cells[0]) for row in found.rows] == [(5, "Bea")]
    assert [str(row.problems[0]) for row in found.rejected] == ["people.csv:2: a quote within a cell ends it too early"]
    assert found.rejected[0].raw == ('Ada,ada@example.org,"said "hi"\nmuch more\nand left"',)


def test_a_long_message_is_one_cell() -> None:
    """Of sixty lines, if its row is whole; what swallows rows is not."""
    message = "\n".join(f"line {number}" for number in range(60))
    found = table(f'name,message,email\nAmina,"{message}",a@example.org\nBea,,b@example.org\n')
    assert [row.line for row in found.rows] == [2, 62]
    assert found.rows[0].cells[1] == message


def test_a_backslash_escapes_nothing() -> None:
    """A cell of Jetpack's that ends in one would swallow the next (exchange.md E2.4)."""
    assert table('name,note,email\n"Amina","C:\\","a@example.org"\n').rows[0].cells == ("Amina", "C:\\", "a@example.org")


def test_a_million_letters_in_a_cell_are_a_cell() -> None:
    """And sixteen million are too many, at the cost of that row."""
    long = "x" * 1_000_000
    assert table(f"name,note\nAmina,{long}\n").rows[0].cells[1] == long
    found = table(f"name,note\nAmina,{'x' * (17 << 20)}\nBea,ok\n")
    assert [row.cells for row in found.rows] == [("Bea", "ok")]
    assert [str(row.problems[0]) for row in found.rejected] == ["people.csv:2: a cell of more than 16 million characters"]


@pytest.mark.parametrize(
    ("text", "reason"), [("x" * (20 << 20), "a cell of more than 16 million characters"), ("a," * 5000 + "b\n", "it has 5,001 columns")]
)
def test_what_is_far_too_wide_is_refused(text: str, reason: str) -> None:
    """It is no list of people."""
    with pytest.raises(CannotRead) as refused:
        table(text)
    assert reason in refused.value.sentence


CELL = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=12).map(str.strip)


@given(
    rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8),
    delimiter=st.sampled_from(",;\t|"),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_that_csv_writes_comes_back(rows: list[tuple[str, str, str]], delimiter: str, end: str) -> None:
    """With any delimiter and line end; rows of nothing are left out."""
    assume(all("\ufeff" not in cell and "�" not in cell for row in rows for cell in row))
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows((("First name", "Email address", "Organisation"), *rows))
    found = table(out.getvalue())
    assert found.header == ("First name", "Email address", "Organisation")
    assert [row.cells for row in found.rows] == [row for row in rows if any(cell.strip() for cell in row)]
    assert list(found.rejected) == []
