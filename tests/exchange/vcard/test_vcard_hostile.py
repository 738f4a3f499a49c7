"""Files that are broken or meant to do harm: each costs its own bad lines and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from costs import grows_with_its_length
from solidarity_crm.errors import CannotRead, CrmError
from solidarity_crm.exchange import vcard

if TYPE_CHECKING:
    from solidarity_crm.exchange.address_book import Book

GOOD = "BEGIN:VCARD\nVERSION:3.0\nFN:Good Person\nTEL:0113 496 0123\nEND:VCARD\n"


def read(text: str | bytes) -> Book:
    """Read a file."""
    return vcard.read("bad.vcf", text if isinstance(text, bytes) else text.encode())


@pytest.mark.parametrize(
    ("bad", "names", "told"),
    [
        ("BEGIN:VCARD\nFN:Open One\n", ["Open One"], ["bad.vcf:1: END: has no END:VCARD before the next card begins"]),
        ("BEGIN:VCARD\nFN:A B\nno colon here\nEND:VCARD\n", ["A B"], ["bad.vcf:3: is no property: it has no name and colon"]),
        ("BEGIN:VCARD\nFN:A B\nhttp://x\nEND:VCARD\n", ["A B"], ["bad.vcf:3: HTTP: is no property of a vCard"]),
        ("BEGIN:VCARD\nFN:A B\n:value\n;X=1:v\nEND:VCARD\n", ["A B"], ["bad.vcf:3: is no property: it has no name and colon (and 1 more like it)"]),
        ("BEGIN:VCARD\nFN:A B\nNOTE;ENCODING=B:A\nEND:VCARD\n", ["A B"], ["bad.vcf:3: NOTE: is not the base64 that it says it is"]),
        ('BEGIN:VCARD\nFN:A B\nTEL;TYPE="home:1234567\nEND:VCARD\n', ["A B"], []),
        ("BEGIN:VCARD\nFN;QUOTED-PRINTABLE:A=ZZ B=\nEND:VCARD\n", ["A=ZZ B"], []),
        ("BEGIN:VCARD\nFN:A B\nPHOTO;ENCODING=b:/9j/4AAQSk\n ZJRgABAQ", ["A B"], ["bad.vcf:1: END: has no END:VCARD before the next card begins"]),
        ("BEGIN:VCARD\nFN:A B\nAGENT:\nBEGIN:VCARD\nFN:Never closed\n", ["A B"], ["bad.vcf:1: END: has no END:VCARD before the next card begins"]),
        ("END:VCARD\nEND:VCARD\nstray text\n", [], []),
        ("BEGIN:VCARD\nFN:A\0 \x1b[31mB\x07\nEND:VCARD\n", ["A B"], []),
        ("BEGIN:VCARD\nFN:A\\nB\nEND:VCARD\n", ["A B"], []),
        ("BEGIN:VCARD\nVERSION:9.9\nFN:A B\nVERSION:2.1\nEND:VCARD\n", ["A B"], []),
        (f"BEGIN:VCARD\nFN:A B\nNOTE:{'x' * 1_000_000}\nEND:VCARD\n", ["A B"], []),
    ],
)  # fmt: skip
def test_a_broken_card_costs_only_itself(bad: str, names: list[str], told: list[str]) -> None:
    """The cards before and after it are read, and what is wrong is said with its line."""
    book = read(f"{bad}\n{GOOD}")
    assert [entry.name for entry in book.entries] == [*names, "Good Person"]
    assert [str(doubt) for entry in book.entries for doubt in entry.doubts] == told
    assert [entry.name for entry in read(GOOD + bad).entries] == ["Good Person", *names]


@pytest.mark.parametrize("empty", ["", "\n\n", "VERSION:3.0\n", "NOTE:Who?\nPHOTO:x\n", "FN:\nN:;;;;\nTEL:\n", "ADR:;;Somewhere;;;;\n"])
def test_a_card_that_names_nobody_is_rejected(empty: str) -> None:
    """With its line, its reason and its text, so that it can be put right."""
    book = read(f"{GOOD}BEGIN:VCARD\n{empty}END:VCARD\n")
    assert [(each.line, [str(problem) for problem in each.problems], each.raw) for each in book.rejected] == [
        (6, ["bad.vcf:6: has no name, e-mail address or phone number"], f"BEGIN:VCARD\n{empty}END:VCARD\n")
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b" \r\n\r\n", "it is empty"),
        (b"\xff\xfe", "it is empty"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "it is a web page, perhaps one that asks to log in, and no vCard"),
        (b"PK\x03\x04\x14\0\x06\0", "it is a workbook or a zip file, and no vCard"),
        (b"Name,Email\nA,b@c.example\n", "it is no vCard: nothing in it begins with BEGIN:VCARD"),
        (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "it is no vCard: nothing in it begins with BEGIN:VCARD"),
    ],
)
def test_a_file_without_cards_is_refused(data: bytes, reason: str) -> None:
    """In one line that says what it is."""
    with pytest.raises(CannotRead) as refused:
        read(data)
    assert refused.value.sentence == f"cannot read bad.vcf: {reason}"


def test_what_is_folded_before_end_ends_no_card() -> None:
    """A line that goes on with the one before it says nothing of its own."""
    book = read("BEGIN:VCARD\nFN:A B\nNOTE:x\n END:VCARD\n BEGIN:VCARD\n FN:Injected\nEND:VCARD\n")
    assert [(entry.name, entry.note) for entry in book.entries] == [("A B", "xEND:VCARDBEGIN:VCARDFN:Injected")]


def test_our_own_words_cannot_be_abused() -> None:
    """Only columns that a contact has are taken, and only values of their kind."""
    book = read(
        "BEGIN:VCARD\nFN:A B\nX-SOLIDARITY-ID:1\nX-SOLIDARITY-CADENCE-DAYS:-5\nX-SOLIDARITY-NO-VOICEMAIL:maybe\nX-SOLIDARITY-CREATED-AT:2000\n"
        "X-SOLIDARITY-CHANNELS:email\nX-SOLIDARITY-DO-NOT-CONTACT:\nX-SOLIDARITY-IDENTIFIER:x\nX-SOLIDARITY-ROLE:;Lead\nX-SOLIDARITY-REASON:any\nEND:VCARD\n"
    )
    entry = book.entries[0]
    assert (entry.fields, entry.do_not_contact, entry.identifiers, entry.roles) == (
        {"channels": "email"},
        "asked not to be contacted",
        (),
        (),
    )


@pytest.mark.parametrize("parameter", ["TYPE=x{}y", 'X-SOLIDARITY-LABEL="x{}y"'])
@pytest.mark.parametrize("control", ["\x1b[2J", "\u202e", "\x9b31m", "\u200b"])
def test_a_label_is_as_safe_as_any_text(parameter: str, control: str) -> None:
    """Whether TYPE says what a number is for, or our own word does."""
    (entry,) = read(f"BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nTEL;{parameter.format(control)}:0113 496 0123\nEND:VCARD\n").entries
    assert (entry.phones[0].value, entry.phones[0].label) == ("0113 496 0123", "xy")


def test_a_card_has_an_end_to_its_properties() -> None:
    """Nobody has so many; the rest is told."""
    entry = read("BEGIN:VCARD\nFN:A B\n" + "X-A:1\n" * 6000 + "END:VCARD\n").entries[0]
    assert [str(doubt) for doubt in entry.doubts] == ["bad.vcf:5002: the card has more than 5000 properties; the rest was left out"]


SIZE = 100_000
SLOW = {
    "cards that only begin": b"BEGIN:VCARD\n",
    "empty cards": b"BEGIN:VCARD\nEND:VCARD\n",
    "cards within cards": b"AGENT:\nBEGIN:VCARD\n",
    "lines without a colon": b"AAAA\n",
    "properties": b"TEL:1\n",
    "semicolons": b";\\;",
    "quotes": b';"a',
    "carets": b"^^",
    "soft breaks": b"=C3=A4=\n",
    "folds": b"\n b",
    "empty lines": b"\n",
    "brackets": b"<[(",
    "accents": "\u0301\u0316".encode(),
    "joiners": "\u200d".encode(),
    "shifts": b"\x1b$B",
    "bytes of no text": b"\xff",
    "NULs": b"a\0",
    "apple": b">!$_",
}
HEADS = (b"BEGIN:VCARD\nFN:A B\n", b"BEGIN:VCARD\nFN:", b"BEGIN:VCARD\nFN:A B\nTEL;TYPE=", b"BEGIN:VCARD\nN;QUOTED-PRINTABLE:", b"BEGIN:VCARD\nPHOTO;BASE64:\n",
         b"BEGIN:VCARD\nFN;CHARSET=iso-2022-jp:", b"BEGIN:VCARD\nitem1.URL:http://x\nitem1.X-ABLABEL:_$!<", b"BEGIN:VCARD\nADR;TYPE=x:", b"BEGIN:VCARD\nEMAIL:")  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_no_file_takes_long(name: str) -> None:
    """Much of anything, wherever it stands, takes time that grows with its length alone."""
    for head in HEADS:

        def make(size: int, head: bytes = head) -> bytes:
            return head + SLOW[name] * (size // len(SLOW[name])) + b":x\nEND:VCARD\n"

        assert grows_with_its_length(read, make, SIZE), head


def ordinary(size: int) -> bytes:
    """Give about so many bytes of ordinary cards, with a picture each."""
    photo = "\r\n ".join(["A" * 74] * 30)
    return "".join(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Yusuf{n};Amina;;;\r\nFN:Amina Yusuf{n}\r\nORG:MESMAC;Outreach\r\nTITLE:Lead\r\nEMAIL;TYPE=INTERNET,WORK:a{n}@example.org\r\n"
        f"item1.TEL:+44 7700 900{n}\r\nitem1.X-ABLabel:_$!<Mobile>!$_\r\nADR;TYPE=WORK:;;12 Mill St;Leeds;;LS1 4AB;UK\r\nNOTE:Siân said\\, twice\r\nUID:u{n}\r\n"
        f"PHOTO;ENCODING=b;TYPE=JPEG:{photo}\r\nEND:VCARD\r\n"
        for n in range(size // 2_700)
    ).encode()


def test_ordinary_cards_cost_what_their_number_does() -> None:
    """However many there are; `make bench` says how long 2,000 take."""
    assert len(read(ordinary(270_000)).entries) == 100
    assert grows_with_its_length(read, ordinary, 2_000_000)


FRAGMENTS = st.sampled_from([b"BEGIN:VCARD\n", b"END:VCARD\n", b"AGENT:\n", b"FN:", b"N:", b"TEL;", b"TYPE=", b"ENCODING=", b"BASE64", b"QUOTED-PRINTABLE", b"CHARSET=", b"utf-16",
                             b"=\n", b"\n ", b"\r", b":", b";", b",", b'"', b"\\", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"item1.", b"X-ABLABEL:", b"tel:", b"ORG:", b"PREF=", b"ALTID=1:",
                             b"X-SOLIDARITY-ROLE:", b"KIND:", b"ADR:", b"URL:", b"\xc3", b"9" * 30, b"ext="])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(FRAGMENTS | st.binary(max_size=8), max_size=60).map(b"".join))
def test_any_bytes_give_a_book_or_one_clear_line(data: bytes) -> None:
    """Nothing else, whatever they are; and every card is accounted for."""
    for content in (data, b"BEGIN:VCARD\n" + data):
        try:
            book = vcard.read("any.vcf", content)
        except CrmError:
            continue
        assert all(problem.line > 0 and problem.reason for each in book.rejected for problem in each.problems)
        assert all(entry.name or entry.emails or entry.phones for entry in book.entries)
