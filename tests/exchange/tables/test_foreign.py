"""Contacts as Google, Outlook, Thunderbird and Mailchimp import them: exactly their headings, everything in its column."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries import ENTRIES
from payloads import FORBIDDEN, FORMULAS
from solidarity_crm.exchange.address_book import Entry, Point, PostalAddress, Role
from solidarity_crm.exchange.tables import foreign
from solidarity_crm.exchange.tables.cells import read_csv, write_csv
from solidarity_crm.exchange.tables.foreign_places import first_and_last, kind_of

SIAN = Entry(
    0,
    name="Siân O'Brien [she/her]",
    known_as="Shân",
    emails=(Point("office@example.org", "work"), Point("sian@example.org", "home", preferred=True)),
    phones=(Point("+44 113 496 0123", "work"), Point("07700 900123"), Point("0113 496 0199", "Thursdays")),
    websites=(Point("https://example.org"),),
    addresses=(
        PostalAddress("Unit 4\n12 Mill Street", "Leeds", None, "LS1 4AB", "UK", "home"),
        PostalAddress("1 Park Row", "Leeds", label="work"),
    ),
    roles=(Role("MESMAC", "Outreach lead"), Role("Leeds GATE", "Trustee", None, "2019-12-31")),
    works_with=("sex workers",),
    tags=("steering group", "gp, lead"),
    note="Prefers mornings.",
    do_not_contact="tired",
    former_names=("Jane Doe",),
    fields={"source": "self", "words_to_avoid": "clinic"},
)


def filled(layout: str, *entries: Entry) -> list[dict[str, str]]:
    """Give the cells that are not empty, by their headings."""
    sheet = foreign.sheet(layout, entries)
    return [{heading: cell for heading, cell in zip(sheet.header, row, strict=True) if cell} for row in sheet.rows]


def test_google() -> None:
    """As many numbered columns as somebody needs, a star for what is preferred, labels with the group that it shows."""
    sheet = foreign.sheet("google", [SIAN])
    assert len(sheet.header) == 17 + 2 * 2 + 3 * 2 + 2 * 9 + 2
    assert sheet.header[17:21] == ["E-mail 1 - Label", "E-mail 1 - Value", "E-mail 2 - Label", "E-mail 2 - Value"]
    assert sheet.left_out == 0
    assert filled("google", SIAN) == [
        {
            "First Name": "Siân",
            "Last Name": "O'Brien",
            "Nickname": "Shân",
            "File As": "Siân O'Brien [she/her]",
            "Organization Name": "MESMAC",
            "Organization Title": "Outreach lead",
            "Notes": "Prefers mornings.",
            "Labels": "* myContacts ::: steering group ::: gp, lead",
            "E-mail 1 - Label": "Work",
            "E-mail 1 - Value": "office@example.org",
            "E-mail 2 - Label": "* Home",
            "E-mail 2 - Value": "sian@example.org",
            "Phone 1 - Label": "Work",
            "Phone 1 - Value": "+44 113 496 0123",
            "Phone 2 - Value": "07700 900123",
            "Phone 3 - Label": "Thursdays",
            "Phone 3 - Value": "0113 496 0199",
            "Address 1 - Label": "home",
            "Address 1 - Formatted": "Unit 4\n12 Mill Street\nLeeds\nLS1 4AB\nUK",
            "Address 1 - Street": "Unit 4\n12 Mill Street",
            "Address 1 - City": "Leeds",
            "Address 1 - Postal Code": "LS1 4AB",
            "Address 1 - Country": "UK",
            "Address 2 - Label": "work",
            "Address 2 - Formatted": "1 Park Row\nLeeds",
            "Address 2 - Street": "1 Park Row",
            "Address 2 - City": "Leeds",
            "Website 1 - Value": "https://example.org",
        }
    ]


def test_outlook() -> None:
    """61 columns, each number in that of its kind; there are none for tags."""
    sheet = foreign.sheet("outlook", [SIAN])
    assert (len(sheet.header), sheet.header[0], sheet.header[8], sheet.header[-1]) == (61, "First Name", "E-mail Address", "Notes")
    assert sheet.left_out == 2
    assert filled("outlook", SIAN) == [
        {
            "First Name": "Siân",
            "Last Name": "O'Brien",
            "Nickname": "Shân",
            "E-mail Address": "sian@example.org",
            "E-mail 2 Address": "office@example.org",
            "Business Phone": "+44 113 496 0123",
            "Mobile Phone": "07700 900123",
            "Other Phone": "0113 496 0199",
            "Job Title": "Outreach lead",
            "Company": "MESMAC",
            "Business Street": "1 Park Row",
            "Business City": "Leeds",
            "Home Street": "Unit 4\n12 Mill Street",
            "Home City": "Leeds",
            "Home Postal Code": "LS1 4AB",
            "Home Country/Region": "UK",
            "Web Page": "https://example.org",
            "Notes": "Prefers mornings.",
        }
    ]


def test_thunderbird() -> None:
    """Its own headings and no other, or it asks what each is."""
    header = foreign.sheet("thunderbird", [SIAN]).header
    assert (len(header), header[2], header[4], header[-1]) == (37, "Display Name", "Primary Email", "Notes")
    assert filled("thunderbird", SIAN) == [
        {
            "First Name": "Siân",
            "Last Name": "O'Brien",
            "Display Name": "Siân O'Brien [she/her]",
            "Nickname": "Shân",
            "Primary Email": "sian@example.org",
            "Secondary Email": "office@example.org",
            "Work Phone": "+44 113 496 0123",
            "Home Phone": "0113 496 0199",
            "Mobile Number": "07700 900123",
            "Home Address": "Unit 4",
            "Home Address 2": "12 Mill Street",
            "Home City": "Leeds",
            "Home ZipCode": "LS1 4AB",
            "Home Country": "UK",
            "Work Address": "1 Park Row",
            "Work City": "Leeds",
            "Job Title": "Outreach lead",
            "Organization": "MESMAC",
            "Web Page 1": "https://example.org",
            "Notes": "Prefers mornings.",
        }
    ]


def test_mailchimp() -> None:
    """One address a person, the name to greet by, tags as it nests them; nobody whom it could not write to."""
    assert filled("mailchimp", SIAN) == [
        {
            "Email Address": "sian@example.org",
            "First Name": "Shân",
            "Last Name": "O'Brien",
            "Address": "Unit 4, 12 Mill Street  Leeds  LS1 4AB  UK",
            "Phone Number": "+44 113 496 0123",
            "Company": "MESMAC",
            "NOTES": "Prefers mornings.",
            "TAGS": '"steering group","gp, lead"',
        }
    ]
    assert foreign.sheet("mailchimp", [SIAN]).left_out == 1 + 2 + 1 + 1
    assert not foreign.takes("mailchimp", Entry(0, name="Bea"))
    assert foreign.takes("outlook", Entry(0, name="Bea"))


@pytest.mark.parametrize("layout", foreign.NAMES)
def test_nothing_about_communities_consent_or_safety_leaves(layout: str) -> None:
    """Nor names that somebody no longer goes by."""
    written = repr(foreign.sheet(layout, [SIAN]).rows)
    assert not [word for word in ("sex workers", "tired", "clinic", "Jane", "self") if word in written]


@pytest.mark.parametrize("layout", foreign.NAMES)
@given(st.lists(ENTRIES, max_size=3))
def test_a_sheet_is_as_wide_as_its_header_and_reads_back(layout: str, entries: list[Entry]) -> None:
    """Whatever is in it, and no cell would run."""
    sheet = foreign.sheet(layout, entries)
    assert len(set(sheet.header)) == len(sheet.header)
    text = write_csv(sheet.header, sheet.rows, bom=True)
    header, rows = read_csv(text)
    assert (header, [list(row.values()) for row in rows]) == (list(sheet.header), [list(row) for row in sheet.rows])
    assert not FORBIDDEN.search(text.removeprefix("\ufeff").replace("\r\n", "\n"))


@pytest.mark.parametrize("layout", foreign.NAMES)
def test_formulas_are_guarded_and_phones_are_not(layout: str) -> None:
    """A number with its plus is no formula, and the program that imports it would take the apostrophe for part of it."""
    for formula in FORMULAS.values():
        entry = Entry(0, name=formula, emails=(Point("a@example.org"),), phones=(Point("+44 113 496 0123"),), tags=(formula,))
        sheet = foreign.sheet(layout, [entry])
        text = write_csv(sheet.header, sheet.rows)
        assert ",+44 113 496 0123," in text
        cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "@", "＝", "-2", "+1+"))]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Amina Yusuf", "Amina", "Yusuf"),
        ("Dr Priya Raghunathan", "Priya", "Raghunathan"),
        ("Ana María López (they/them)", "Ana María", "López"),
        ("Cher", "Cher", ""),
        ("[she/her]", "[she/her]", ""),
        ("Dr", "Dr", ""),
    ],
)
def test_a_name_is_split_where_it_must_be(name: str, first: str, last: str) -> None:
    """Unless both parts are known."""
    assert first_and_last(Entry(0, name=name)) == (first, last)
    assert first_and_last(Entry(0, name=name, given_name="Ali")) == ("Ali", "")


@pytest.mark.parametrize(
    ("point", "kind"),
    [
        (Point("07700 900123"), "mobile"),
        (Point("+44 (0)7700 900123"), "mobile"),
        (Point("0113 496 0123"), "other"),
        (Point("07700 900123", "Work"), "work"),
        (Point("07700 900123", "daughter"), "other"),
    ],
)
def test_kinds_of_numbers(point: Point, kind: str) -> None:
    """By the label, and a British mobile without one by itself."""
    assert kind_of(point) == kind
