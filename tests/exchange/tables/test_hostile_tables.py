"""Files of any kind: none gives anything but an answer or one clear refusal, and none takes long."""

from __future__ import annotations

import string
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import read_book

from solidarity_crm.errors import CrmError
from solidarity_crm.text import safe

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "csv"
FILES = sorted(CORPUS.glob("*.csv"))
PIECES = st.sampled_from(
    """"|,|;|\n|\r\n|\t|\0|\xff\xfe|\xef\xbb\xbf|Name|Email|a@example.org|\xe9|\xc3\xa9|sep=;|'=1|E-mail 1 - Label|Connected On|LEID|Status
    |unsubscribed|PK\3\4|<html>|\x1b[2J|  """.encode("latin-1").split(b"|")
)


def checked(data: bytes, name: str = "people.csv") -> None:
    """Read a file: it is refused, or everything in its book is whole and safe to show."""
    try:
        book = read_book(data, name, repair=len(data) % 2 == 1)
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
    checked(data)
    checked(data, "people.xlsx")


@given(st.lists(PIECES, max_size=60).map(b"".join))
def test_anything_like_a_table_is_read_or_refused(data: bytes) -> None:
    """Quotes, marks and headings in any order."""
    checked(data)
    checked(b"Name,Email,Notes\n" + data)


LARGE = 300_000
PATTERNS = {
    "quotes": '"' * LARGE,
    "quoted lines": '"a\n' * (LARGE // 3),
    "lines that open a quote": 'a,"b\n' * (LARGE // 5),
    "lines with a quote inside": 'a,b"c\n' * (LARGE // 6),
    "lines that close a quote and go on": 'a,"b"c\n' * (LARGE // 7),
    "one that opens a quote for all": 'a,"b\n' + "c,d\n" * (LARGE // 4),
    "doubled quotes": 'x,""y\n' * (LARGE // 6),
    "blanks": "Name,Email,Phone,Tags\nA,x" + " " * LARGE + "y,1" + " " * LARGE + "2,a" + " " * LARGE + "b\n",
    "at signs": "Name,Email\nA,<" + "@" * LARGE + "\n",
    "brackets": "Name,Email,Website\nA," + "<" * LARGE + "," + "(" * LARGE + "\n",
    "ampersands": "Name,Notes\nA," + "&a" * (LARGE // 2) + "\n",
    "alerts": "Name,Notes\nA," + "(Security Alert: " * (LARGE // 17) + "\n",
    "dots": "Name,Website,Email\nA," + "a." * (LARGE // 2) + "," + "a." * (LARGE // 2) + "@b\n",
    "comments": "<!---->" * (LARGE // 7),
    "preamble": "\n" * LARGE + "Name,Email\nA,a@example.org\n",
    "headings": "Name," + "address " * (LARGE // 8) + "\nA,b\n",
    "delimiters": ";," * 1000 + "\n",
    "tags": 'Name,Tags\nA,"' + '""a"",' * (LARGE // 6) + '"\n',
    "mojibake": "Name,Email\n" + "Ã©\n" * (LARGE // 4),
    "colours": "Name\n" + "\x1b[" * (LARGE // 2) + "\n",
    "old mac": "Name,Email\r" + "A,a@example.org\r" * (LARGE // 16),
}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_large_file_of_anything_takes_no_longer_than_any_other(pattern: str) -> None:
    """No pattern makes a reader go over the same letters again and again."""
    began = process_time()
    checked(PATTERNS[pattern].encode())
    assert process_time() - began < 4


@settings(deadline=None)  # what it may take is asserted below
@given(st.text(alphabet=string.printable, min_size=1, max_size=4))
def test_a_pattern_repeated_takes_no_longer(pattern: str) -> None:
    """Nor one that nobody thought of."""
    began = process_time()
    checked(b"Name,Email,Phone,Website,Tags\nA,b,c,d,e\n" + pattern.encode() * (20_000 // len(pattern)))
    assert process_time() - began < 2


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
