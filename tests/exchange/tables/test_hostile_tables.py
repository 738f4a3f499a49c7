"""Files of any kind: none gives anything but an answer or one clear refusal, and none takes long."""

from __future__ import annotations

import string
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import read_book

from costs import grows_with_its_length
from solidarity_crm.errors import CrmError
from solidarity_crm.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "csv"
FILES = sorted(CORPUS.glob("*.csv"))
PIECES = st.sampled_from(
    """"|,|;|\n|\r\n|\t|\0|\xff\xfe|\xef\xbb\xbf|Name|Email|a@example.org|\xe9|\xc3\xa9|sep=;|'=1|E-mail 1 - Label|Connected On|LEID|Status
    |unsubscribed|PK\3\4|<html>|\x1b[2J|  """.encode("latin-1").split(b"|")
)


def checked(data: bytes, name: str = "people.csv", *, repair: bool = True) -> None:
    """Read a file: it is refused, or everything in its book is whole and safe to show."""
    try:
        book = read_book(data, name, repair=repair)
    except CrmError as refused:
        assert str(refused)  # noqa: PT017 - either way is right
        return
    assert [row.line for row in book.rejected] == sorted(row.line for row in book.rejected)
    for entry in book.entries:
        assert entry.name or entry.emails or entry.phones
        for text in (entry.name, entry.note, entry.do_not_contact, *entry.tags, *(point.value for point in entry.emails)):
            assert text is None or (safe(text) == text and text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever their name."""
    checked(data, repair=len(data) % 2 == 1)
    checked(data, "people.xlsx")


@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_anything_like_a_table_is_read_or_refused(data: bytes) -> None:
    """Quotes, marks and headings in any order."""
    checked(data, repair=len(data) % 2 == 1)
    checked(b"Name,Email,Notes\n" + data)


LARGE = 160_000
PATTERNS: dict[str, Callable[[int], str]] = {
    "quotes": lambda size: '"' * size,
    "quoted lines": lambda size: '"a\n' * (size // 3),
    "lines that open a quote": lambda size: 'a,"b\n' * (size // 5),
    "lines with a quote inside": lambda size: 'a,b"c\n' * (size // 6),
    "lines that close a quote and go on": lambda size: 'a,"b"c\n' * (size // 7),
    "one that opens a quote for all": lambda size: 'a,"b\n' + "c,d\n" * (size // 4),
    "doubled quotes": lambda size: 'x,""y\n' * (size // 6),
    "blanks": lambda size: "Name,Email,Phone,Tags\nA,x" + " " * size + "y,1" + " " * size + "2,a" + " " * size + "b\n",
    "at signs": lambda size: "Name,Email\nA,<" + "@" * size + "\n",
    "brackets": lambda size: "Name,Email,Website\nA," + "<" * size + "," + "(" * size + "\n",
    "ampersands": lambda size: "Name,Notes\nA," + "&a" * (size // 2) + "\n",
    "alerts": lambda size: "Name,Notes\nA," + "(Security Alert: " * (size // 17) + "\n",
    "dots": lambda size: "Name,Website,Email\nA," + "a." * (size // 2) + "," + "a." * (size // 2) + "@b\n",
    "comments": lambda size: "<!---->" * (size // 7),
    "preamble": lambda size: "\n" * size + "Name,Email\nA,a@example.org\n",
    "headings": lambda size: "Name," + "address " * (size // 8) + "\nA,b\n",
    "delimiters": lambda size: ";," * (size // 2) + "\n",
    "tags": lambda size: 'Name,Tags\nA,"' + '""a"",' * (size // 6) + '"\n',
    "mojibake": lambda size: "Name,Email\n" + "Ã©\n" * (size // 4),
    "colours": lambda size: "Name\n" + "\x1b[" * (size // 2) + "\n",
    "old mac": lambda size: "Name,Email\r" + "A,a@example.org\r" * (size // 16),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_large_file_of_anything_costs_what_its_length_does(pattern: str) -> None:
    """No pattern makes a reader go over the same letters again and again."""
    assert grows_with_its_length(checked, lambda size: PATTERNS[pattern](size).encode(), LARGE)


@settings(deadline=None, max_examples=50)  # what it may take is asserted below
@given(st.text(alphabet=string.printable, min_size=1, max_size=4))
def test_a_pattern_repeated_costs_what_its_length_does(pattern: str) -> None:
    """Nor one that nobody thought of."""
    head = b"Name,Email,Phone,Website,Tags\nA,b,c,d,e\n"
    assert grows_with_its_length(checked, lambda size: head + pattern.encode() * (size // len(pattern)), 40_000)


needs_corpus = pytest.mark.skipif(not FILES, reason="the corpus of real files is not beside the project")


@needs_corpus
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_files_are_read(path: Path) -> None:
    """In no time, and somebody is found in each of them."""
    began = process_time()
    book = read_book(path.read_bytes(), path.name)
    assert process_time() - began < 2
    assert book.entries


@needs_corpus
def test_real_files_are_read_as_a_person_would() -> None:
    """A few that were looked at."""
    books = {path.stem: read_book(path.read_bytes(), path.name) for path in FILES}
    assert [entry.name for entry in books["linkedin-broken-quotes"].entries][:2] == ["Ana Diaz", "Cy Okafor"]
    assert [row.line for row in books["linkedin-broken-quotes"].rejected] == [6, 10]
    assert [entry.name for entry in books["outlook-cp1252"].entries] == ["Dr Zoë Ødegård", None]
    assert [entry.roles[0].organisation for entry in books["keap-brevo-like-semicolon-latin9"].entries] == ["Café «Œuvre»"]
    assert [bool(entry.do_not_contact) for entry in books["mailchimp-unsubscribed"].entries] == [True]
    assert [entry.do_not_contact for entry in books["keila-import_rfc_4180_with_status"].entries] == [
        None,
        "Status: unsubscribed",
        None,
        None,
    ]
    assert len(books["keila-import_excel"].entries) == 201
    assert [entry.name for entry in books["keila-import_malformed1"].entries] == ["Foo Bar", "Foo2 Bar2", "Foo 3 Bar3"]
    assert [entry.note for entry in books["ghost-members-formula-like-values"].entries] == ["+44 123", "@handle"]
    assert [entry.line for entry in books["wpforms"].entries] == [2, 4]
