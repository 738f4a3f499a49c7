"""Bytes made text: every encoding that programs write, what is no text at all, and what is said of it."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import read_book

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.tables.file.decoding import LARGEST, decode

TEXT = "name,email\nSiân O'Brien,sian@example.org\nZoë Ødegård,zoe@example.org\n"
ASCII = "name,email\nAmina Yusuf,amina@example.org\n"


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        pytest.param(TEXT.encode(), [], id="UTF-8"),
        pytest.param(codecs.BOM_UTF8 + TEXT.encode(), [], id="UTF-8 with its mark"),
        pytest.param(TEXT.encode("utf-16"), ["read as UTF-16"], id="UTF-16 with its mark"),
        pytest.param(codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), ["read as UTF-16"], id="UTF-16, big end first"),
        pytest.param(TEXT.encode("utf-16-le"), ["read as UTF-16, though nothing in the file says so"], id="UTF-16LE without mark"),
        pytest.param(TEXT.encode("utf-16-be"), ["read as UTF-16, though nothing in the file says so"], id="UTF-16BE without mark"),
        pytest.param(TEXT.encode("utf-32"), ["read as UTF-32"], id="UTF-32"),
        pytest.param(TEXT.encode("cp1252"), ["read as Windows-1252, as Excel writes CSV"], id="Windows-1252"),
        pytest.param(TEXT.replace("S", "S\0").encode(), ["1 NUL character taken out"], id="NUL"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, notes: list[str]) -> None:
    """What had to be decided is said."""
    decoded = decode("people.csv", data)
    assert decoded.text == TEXT
    assert list(decoded.notes) == notes
    assert decoded.doubtful == frozenset()


def test_a_file_that_mixes_encodings_is_read_line_by_line_and_the_guessed_lines_are_named() -> None:
    """Each such row carries a doubt."""
    data = "name,email\nZoë Ødegård,zoe@example.org\n".encode() + "Siân O'Brien,sian@example.org\n".encode("cp1252")
    found = read_book(data)
    assert [entry.name for entry in found.entries] == ["Zoë Ødegård", "Siân O'Brien"]
    assert found.notes[0] == "1 line not in UTF-8 read as Windows-1252: 3"
    assert [list(map(str, entry.doubts)) for entry in found.entries] == [
        [],
        ["people.csv:3: its letters are not in UTF-8 and were read as Windows-1252"],
    ]


def test_bytes_that_windows_1252_leaves_undefined_cost_nothing_but_themselves() -> None:
    """They become controls, which no cell keeps."""
    assert read_book(b"name,email\nZo\xeb\x81 K\x9d,z@example.org\n").entries[0].name == "Zoë K"


def test_a_file_cut_within_a_letter_keeps_all_before_it() -> None:
    """The letter is left out, and that is said; a last byte in an otherwise plain file is a letter of Windows-1252."""
    cut = "name\nZoë Ødegård\nSiâ".encode()[:-1]
    decoded = decode("people.csv", cut)
    assert decoded.text == "name\nZoë Ødegård\nSi"
    assert decoded.notes == ["the file ends in the middle of a letter: it was cut short"]
    assert decode("people.csv", "name\nZoë".encode("cp1252")).text == "name\nZoë"


def test_letters_that_another_program_spoiled_are_said_and_mended_only_when_asked() -> None:
    """Never silently (exchange.md E2.2); what is right in the same file stays."""
    spoiled = TEXT.splitlines()[1].encode().decode("cp1252")
    text = f"name,email\n{spoiled}\nRené André,rene@example.org\n"
    left, mended = decode("people.csv", text.encode()), decode("people.csv", text.encode(), repair=True)
    assert left.text == text
    assert list(left.notes) == ["letters that another program spoiled (Ã© for é) can be mended with --repair on 1 line: 2"]
    assert mended.text == "name,email\nSiân O'Brien,sian@example.org\nRené André,rene@example.org\n"
    assert list(mended.notes) == ["letters that another program spoiled (Ã© for é) mended on 1 line: 2"]


@given(st.text(alphabet=st.characters(min_codepoint=0xA0, max_codepoint=0xFFFF, exclude_categories=("Cs", "Cc")), min_size=1))
def test_mending_undoes_reading_utf_8_as_windows_1252(word: str) -> None:
    """Whatever the letters were."""
    spoiled = "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in word.encode())
    assert decode("people.csv", f"name\nx{spoiled}\n".encode(), repair=True).text == f"name\nx{word}\n"


@pytest.mark.parametrize(
    ("data", "reason", "hint"),
    [
        pytest.param(b"", "it is empty", "export it again", id="empty"),
        pytest.param(codecs.BOM_UTF8 + b"\r\n \n", "it is empty", "export it again", id="nothing but blanks"),
        pytest.param(b"\0" * 999, "it is empty", "export it again", id="nothing but NULs"),
        pytest.param(b"<!DOCTYPE html>\n<html><head><title>Log in</title>", "it is a web page", "log in there", id="login page"),
        pytest.param(b"\n <!-- x --> <HTML lang=en>", "it is a web page", "log in there", id="web page after a comment"),
        pytest.param(b"PK\x03\x04" + b"x" * 50, "it is an Excel file", "name it .xlsx", id=".xlsx named .csv"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or password-protected Excel", "save it as .xlsx", id="old Excel"),
        pytest.param(b"%PDF-1.7\n1 0 obj", "it is a PDF", "ask for the data", id="PDF"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "it is a picture", "ask for the data", id="picture"),
        pytest.param(b"\x1f\x8b\x08\0", "it is compressed", "unpack it", id="gzip"),
        pytest.param(b"SQLite format 3\0", "it is a database", "export it", id="database"),
        pytest.param(b"BEGIN:VCARD\nVERSION:3.0\n", "it has vCards", "name it .vcf", id="vCards"),
        pytest.param(bytes(range(1, 32)) * 20, "it is not a text file", "export it", id="controls"),
        pytest.param(b"x" * (LARGEST + 1), "it has 32 MB", "split it", id="too large"),
        pytest.param(b"name,email\n" * 5_000_000, "it has 52 MB", "split it", id="far too large"),
        pytest.param(b"x" * (50 << 20), "it has 50 MB", "split it", id="50 MB of one line"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes, reason: str, hint: str) -> None:
    """Early and plainly (exchange.md E2.1)."""
    with pytest.raises(CannotRead) as refused:
        read_book(data)
    assert reason in refused.value.sentence
    assert refused.value.sentence.startswith("cannot read people.csv: ")
    assert hint in (refused.value.hint or "")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    """And no NUL is ever left."""
    try:
        assert "\0" not in decode("people.csv", data).text
    except CannotRead as refused:
        assert refused.hint  # noqa: PT017 - either way is right
