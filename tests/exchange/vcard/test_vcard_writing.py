"""Our own cards: what they say, line by line, and that they come back as they were."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payloads import HOSTILE
from solidarity_crm.exchange import vcard
from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.vcard.writer import PRODID, Version
from solidarity_crm.text import one_line, safe

UID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
SIAN = Entry(
    1,
    name="Siân O'Brien [she/her]",
    known_as="Shan",
    pronouns="she/her",
    emails=(Point("sian@example.org", "work", preferred=True), Point("s@home.example", 'Büro: 2nd "floor"; ^n')),
    phones=(Point("0113 496 0123"), Point("+44 7700 900123", "mobile", preferred=True)),
    websites=(Point("https://x.example/a,b;c", "home"),),
    addresses=(PostalAddress("12 Mill Street\nFloor 2", "Leeds", None, "LS1 4AB", "UK", "work"),),
    roles=(Role("Basis", "Trustee", "2019-01-01", "2020-12-31"), Role("MESMAC; Leeds, UK", "Lead", "2021-01-01")),
    tags=("a,b", "steering"),
    works_with=("LGBTQ+ people",),
    note="Met at the fair.\nEND:VCARD",
    do_not_contact="asked in June",
    uid=UID,
    identifiers=(Identifier("linkedin", "https://linkedin.example/in/sian"),),
    former_names=("Siân Jones",),
    fields={
        "source": "introduced by P4",
        "cadence_days": 42,
        "no_voicemail": True,
        "words_to_avoid": "clinic",
        "updated_at": "2026-11-01T10:00:00Z",
    },
)


def shown(entry: Entry, version: Version, *, notes: bool = True) -> list[str]:
    """Give a card's lines, put together again."""
    return vcard.card(entry, version=version, notes=notes).decode().replace("\r\n ", "").split("\r\n")


def test_a_card_in_3_0() -> None:
    """Every line, in order (exchange.md D2)."""
    assert shown(SIAN, "3.0") == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"PRODID:{PRODID}",
        f"UID:urn:uuid:{UID}",
        "REV:20261101T100000Z",
        "FN:Siân O'Brien [she/her]",
        "N:O'Brien;Siân;;;",
        "ORG:MESMAC\\; Leeds\\, UK",
        "TITLE:Lead",
        "EMAIL;TYPE=INTERNET,WORK,PREF:sian@example.org",
        "EMAIL;TYPE=INTERNET;X-SOLIDARITY-LABEL=\"Büro: 2nd ^'floor^'; ^^n\":s@home.example",
        "TEL;TYPE=VOICE:0113 496 0123",
        "TEL;TYPE=CELL,VOICE,PREF:+44 7700 900123",
        "ADR;TYPE=WORK:;;12 Mill Street\\nFloor 2;Leeds;;LS1 4AB;UK",
        "URL;TYPE=HOME:https://x.example/a,b;c",
        "NICKNAME:Shan",
        "CATEGORIES:a\\,b,steering",
        "NOTE:Met at the fair.\\nEND:VCARD",
        f"X-SOLIDARITY-UID:{UID}",
        "X-SOLIDARITY-NAME-PARTS:none",
        "X-SOLIDARITY-PRONOUNS:she/her",
        "X-SOLIDARITY-ROLE:Basis;Trustee;2019-01-01;2020-12-31",
        "X-SOLIDARITY-ROLE:MESMAC\\; Leeds\\, UK;Lead;2021-01-01;",
        "X-SOLIDARITY-WORKS-WITH:LGBTQ+ people",
        "X-SOLIDARITY-SOURCE:introduced by P4",
        "X-SOLIDARITY-CADENCE-DAYS:42",
        "X-SOLIDARITY-NO-VOICEMAIL:TRUE",
        "X-SOLIDARITY-WORDS-TO-AVOID:clinic",
        "X-SOLIDARITY-DO-NOT-CONTACT:asked in June",
        "X-SOLIDARITY-IDENTIFIER:linkedin;https://linkedin.example/in/sian",
        "X-SOLIDARITY-FORMER-NAME:Siân Jones",
        "END:VCARD",
        "",
    ]


def test_what_4_0_says_otherwise() -> None:
    """PREF by number, numbers with a country as URIs, pronouns in a property of their own (RFC 6350, RFC 9554)."""
    assert [line for line in shown(SIAN, "4.0") if line not in shown(SIAN, "3.0")] == [
        "VERSION:4.0",
        "EMAIL;TYPE=work;PREF=1:sian@example.org",
        "EMAIL;X-SOLIDARITY-LABEL=\"Büro: 2nd ^'floor^'; ^^n\":s@home.example",
        "TEL;TYPE=voice:0113 496 0123",
        'TEL;VALUE=uri;TYPE="cell,voice";PREF=1:tel:+44-7700-900123',
        "ADR;TYPE=work:;;12 Mill Street\\nFloor 2;Leeds;;LS1 4AB;UK",
        "URL;TYPE=home:https://x.example/a,b;c",
        "PRONOUNS:she/her",
    ]


def test_semicolons_are_escaped_where_the_version_asks_for_it() -> None:
    """Everywhere in 3.0 (RFC 2426 §4), in 4.0 only within parts: ical.js shows the backslash elsewhere (RFC 6350 §3.4)."""
    entry = Entry(1, name="A; B", given_name="A;", note="x\\;y;", tags=("p;q",), roles=(Role("M; N", "L;"),))
    wanted = ("FN", "N", "ORG", "TITLE", "CATEGORIES", "NOTE")
    assert [line for line in shown(entry, "3.0") if line.split(":")[0] in wanted] == [
        "FN:A\\; B", "N:;A\\;;;;", "ORG:M\\; N", "TITLE:L\\;", "CATEGORIES:p\\;q", "NOTE:x\\\\\\;y\\;",
    ]  # fmt: skip
    assert [line for line in shown(entry, "4.0") if line.split(":")[0] in wanted] == [
        "FN:A; B", "N:;A\\;;;;", "ORG:M\\; N", "TITLE:L;", "CATEGORIES:p;q", "NOTE:x\\\\;y;",
    ]  # fmt: skip


def test_what_is_ours_alone_goes_out_only_when_asked() -> None:
    """Notes, former names, words to avoid, and why somebody is not to be contacted: that they are not stays."""
    left_out = set(shown(SIAN, "3.0")) - set(shown(SIAN, "3.0", notes=False))
    assert {line.partition(":")[0] for line in left_out} == {
        "NOTE",
        "X-SOLIDARITY-WORDS-TO-AVOID",
        "X-SOLIDARITY-FORMER-NAME",
        "X-SOLIDARITY-DO-NOT-CONTACT",
    }
    assert f"X-SOLIDARITY-DO-NOT-CONTACT:{UNSAID}" in shown(SIAN, "3.0", notes=False)


def test_an_organisation() -> None:
    """Shown as a company, with its name in FN and ORG and an empty N."""
    mesmac = Entry(1, name="MESMAC", is_organisation=True, uid=UID)
    assert shown(mesmac, "4.0")[4:-2] == ["KIND:org", "FN:MESMAC", "N:;;;;", "ORG:MESMAC", "X-ABShowAs:COMPANY", f"X-SOLIDARITY-UID:{UID}"]
    assert "KIND:org" not in shown(mesmac, "3.0")


def test_cards_without_a_uid_get_one_that_stays() -> None:
    """Programs pass over cards without; the same entry gives the same bytes, another entry another."""
    one, other = Entry(1, name="A B"), Entry(1, name="A C")
    assert vcard.card(one) == vcard.card(one)
    assert len({line for entry in (one, other) for line in shown(entry, "3.0") if line.startswith("UID:urn:uuid:")}) == 2
    assert vcard.read("x", vcard.card(one)).entries[0].identifiers == ()


def test_what_another_program_changed_comes_back_too() -> None:
    """A new UID is its word for the person, a new organisation a further role."""
    changed = (
        vcard.card(SIAN)
        .replace(b"ORG:MESMAC\\; Leeds\\, UK", b"ORG:Elsewhere")
        .replace(PRODID.encode(), b"Other")
        .replace(b"UID:urn:uuid:3f", b"UID:4f")
    )
    entry = vcard.read("x", changed).entries[0]
    assert entry.uid == "4f" + UID[2:] or entry.uid == UID
    assert entry.roles == (*SIAN.roles, Role("Elsewhere", "Lead"))
    assert Identifier("vcard", "4f" + UID[2:]) in entry.identifiers


def texts(*, several_lines: bool = False, longest: int = 90) -> st.SearchStrategy[str]:
    """Give texts as they stand in a record: safe, in NFC, and with all that a vCard could take for its own."""
    wild = st.lists(st.sampled_from(["END:VCARD", "\r\n", "\n", "\\", ";", ",", ":", '"', "^", "^n", "\\n", "=", "=0D=0A", "\0", "\x1b[31m", "\x85", "\u2028", "\u202e", "🙂", "é", " ", "\t", "BEGIN:VCARD"])
                    | st.text(max_size=12), min_size=1, max_size=longest // 6).map("".join)  # fmt: skip
    made = wild.map(lambda text: unicodedata.normalize("NFC", (safe(text).strip() if several_lines else one_line(text))))
    return made.map(lambda text: safe(text).strip() if several_lines else one_line(text)).filter(bool)


LINES = texts()
LABELS = (
    st.none()
    | st.sampled_from(["work", "home", "mobile", "work mobile", "fax", "home fax", "pager", "Work", "other"])
    | LINES.filter(lambda text: text != '"')
)
DAYS = st.none() | st.dates().map(str)
EMAILS = st.from_regex(r"[a-z0-9.+_'-]{1,20}@[a-z0-9-]{1,20}\.example", fullmatch=True)
PHONES = st.from_regex(r"(\+[1-9][0-9]{1,3}( [0-9]{2,6}){1,4}|0[0-9]{3}[ -][0-9()]{3} [0-9/.]{4}( (ext\. |x)[0-9]{1,4})?)", fullmatch=True)
PAGES = st.from_regex(r"https?://[a-z0-9-]{1,20}\.example(/[A-Za-z0-9,;:=&%~_.?#é\\-]{0,60})?", fullmatch=True)


def points(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Point, ...]]:
    """Give points whose values differ."""
    return st.lists(st.builds(Point, values, LABELS, st.booleans()), max_size=3, unique_by=lambda point: point.value.casefold()).map(tuple)


def several(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Give words that differ."""
    return st.lists(values, max_size=3, unique_by=str.casefold).map(tuple)


ADDRESSES = st.builds(PostalAddress, st.none() | texts(several_lines=True), *[st.none() | LINES] * 4, LABELS).filter(
    lambda each: any(each[:5])
)
FIELDS = st.fixed_dictionaries({}, optional={"source": LINES, "basis": LINES, "channels": LINES, "contact_hours": LINES, "words_to_avoid": LINES, "obtained_on": st.dates().map(str),
                                             "notice_given_on": st.dates().map(str), "cadence_days": st.integers(1, 3650), "no_voicemail": st.just(value=True)})  # fmt: skip
ENTRIES = st.builds(
    Entry,
    line=st.just(1),
    name=LINES,
    given_name=st.none() | LINES,
    family_name=st.none() | LINES,
    known_as=st.none() | LINES,
    pronouns=st.none() | LINES,
    emails=points(EMAILS),
    phones=points(PHONES),
    websites=points(PAGES),
    addresses=st.lists(ADDRESSES, max_size=2, unique=True).map(tuple),
    roles=st.lists(st.builds(Role, LINES, st.none() | LINES, DAYS, DAYS), max_size=3, unique=True).map(tuple),
    tags=several(LINES),
    works_with=several(LINES),
    note=st.none() | texts(several_lines=True, longest=400),
    do_not_contact=st.none() | LINES,
    uid=st.none() | st.uuids().map(str),
    identifiers=st.lists(st.builds(Identifier, LINES, LINES), max_size=2, unique=True).map(tuple),
    former_names=several(LINES),
    fields=FIELDS,
) | st.builds(Entry, line=st.just(1), name=LINES, emails=points(EMAILS), is_organisation=st.just(value=True), uid=st.uuids().map(str))


@settings(max_examples=300, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=3), st.sampled_from(["3.0", "4.0"]))
def test_entries_come_back_as_they_were(entries: list[Entry], version: Version) -> None:
    """Whatever is in them, in both versions; no line is too long or ends otherwise than in CRLF, and nothing is doubted."""
    data = vcard.write(entries, version=version, notes=True)
    lines = data.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert re.search(rb"[\r\n\0\x1b]", b"".join(lines)) is None
    assert all(line.decode().startswith((" ", "X-")) or re.match(r"[A-Z]+[;:]", line.decode()) for line in lines)
    book = vcard.read("ours.vcf", data)
    assert (book.rejected, book.skipped, book.notes) == ((), (), ())
    assert [(entry.doubts, entry._replace(line=1, raw=())) for entry in book.entries] == [((), entry) for entry in entries]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_no_text_gets_out_of_its_property(name: str, version: Version) -> None:
    """Every field holding it, the card has the properties that it would have with plain text."""

    def filled(text: str) -> Entry:
        point = Point(text, text)
        return Entry(1, text, text, text, text, text, (point,), (point,), (point,), (PostalAddress(*[text] * 6),), (Role(text, text, text, text),), (text,), (text,), text, text, text,
                     (Identifier(text, text),), (text,), fields=dict.fromkeys(("source", "basis", "channels", "contact_hours", "words_to_avoid"), text))  # fmt: skip

    def properties(text: str) -> list[str]:
        return [re.split("[;:]", line)[0] for line in shown(filled(text), version)]

    card = vcard.card(filled(HOSTILE[name]), version=version, notes=True)
    assert properties(HOSTILE[name]) == properties("plain")
    assert re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", card.decode().replace("\t", "")) is None
    assert max(map(len, card.split(b"\r\n"))) <= 75
    assert card.count(b"\n") == card.count(b"\r\n") == card.count(b"\r")
