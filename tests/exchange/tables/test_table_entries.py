"""Cells made values: cleaned, parted, labelled, and what becomes of those that will not do (exchange.md E2.6, E2.7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_tables import entry, read_book

from solidarity_crm.exchange.address_book import UNSAID, Point, PostalAddress, Role
from solidarity_crm.exchange.tables.cells import guard, unguard
from solidarity_crm.exchange.tables.cleaning import cleaned
from solidarity_crm.exchange.tables.headings.content import is_email, is_name, is_phone
from solidarity_crm.exchange.tables.people.dates import iso_day
from solidarity_crm.text import safe


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("  Amina  ", "Amina"),
        ("'+44 113 496 0001", "+44 113 496 0001"),
        ("'0113 496 0001", "0113 496 0001"),
        ("'=1+1", "=1+1"),
        ("''tis", "'tis"),
        ("'Allo", "'Allo"),
        ("O'Brien", "O'Brien"),
        ("Tom &amp; Jerry&#39;s &lt;b&gt;", "Tom & Jerry's <b>"),
        ("https://example.org/?a=1&copy=2", "https://example.org/?a=1&copy=2"),
        ("+44 1 (Security Alert: Suspicious content is detected. See https://x.example for details.)", "+44 1"),
        ("＋４４ ２０", "+44 20"),
        ("Zoe\u0308", "Zoë"),
        ("a\u202eb\x1b[31mc\x00", "abc"),
        ("line\r\nend", "line\nend"),
        ('"Foo 3"', "Foo 3"),
        ('"a" or "b"', '"a" or "b"'),
        ("NULL", ""),
        ("#N/A", ""),
        ("Null", "Null"),
        ("&#27;[31mred", "[31mred"),
        ("&#x110000;", "\ufffd"),
    ],
)
def test_cells_are_as_they_were_typed(cell: str, expected: str) -> None:
    """What programs add is taken off, and what a terminal obeys."""
    assert cleaned(cell) == expected


@given(st.text())
def test_cleaning_gives_what_is_safe_to_show(cell: str) -> None:
    """Whatever a cell holds."""
    assert safe(cleaned(cell)) == cleaned(cell)


@given(st.text() | st.text(alphabet="=+-@'\t\r\n\0 0aé＝＋－＠", max_size=8))
def test_taking_the_guard_off_gives_back_what_was_there(cell: str) -> None:
    """For any cell (exchange.md A8)."""
    assert unguard(guard(cell)) == cell


@given(st.text(alphabet="=+-@'\t 0aé＝", max_size=8))
def test_a_guarded_cell_is_cleaned_to_what_it_was(text: str) -> None:
    """The guard goes, and nothing else of it."""
    plain = cleaned(text)
    if plain and not plain.startswith("'"):
        assert cleaned(guard(plain)) == plain


def test_several_addresses_in_a_cell_are_parted() -> None:
    """By any sign; each counts once, and only the domain has no case."""
    made = entry(
        'Name,Email\nAmina,"Amina <Amina@Example.ORG>; mailto:b@example.org?subject=x, c@example.org d@example.org\namina@example.org"\n'
    )
    assert made.emails == (Point("Amina@example.org"), Point("b@example.org"))
    assert [str(doubt) for doubt in made.doubts] == ["people.csv:2: Email: is no e-mail address; kept in the note"]
    assert entry("Name,Email\nAmina,a@example.org b@example.org\n").emails == (Point("a@example.org"), Point("b@example.org"))


@pytest.mark.parametrize("bad", ["amina@", "amina at example.org", "a@b@example.org", "amina@localhost", "@" * 100_000, "a" * 1_000_000])
def test_a_bad_address_keeps_the_person_and_goes_into_the_note(bad: str) -> None:
    """And is told, with its line and column."""
    made = entry(f"Name,Email\nAmina,{bad}\n")
    assert (made.name, made.emails, made.note) == ("Amina", (), f"Email: {bad}")
    assert [str(doubt) for doubt in made.doubts] == ["people.csv:2: Email: is no e-mail address; kept in the note"]


def test_an_address_may_have_letters_of_any_script() -> None:
    """Whether a server takes it is not for us to say."""
    assert entry("Name,Email\nZoë,zoë@bücher.example\n").emails == (Point("zoë@bücher.example"),)


@pytest.mark.parametrize("nothing", ["-", "n/a", "None", "NULL", "?"])
def test_what_people_write_for_nothing_is_nothing(nothing: str) -> None:
    """No doubt, no note."""
    made = entry(f"Name,Email,Phone,Website\nAmina,{nothing},{nothing},{nothing}\n")
    assert (made.emails, made.phones, made.websites, made.note, made.doubts) == ((), (), (), None, ())


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("0113 496 0001", ["0113 496 0001"]),
        ("tel:+44-113-496-0001", ["+44-113-496-0001"]),
        ("(0113) 496 0001 ext. 12", ["(0113) 496 0001 ext. 12"]),
        ("0113 496 0001 / 07700 900123", ["0113 496 0001", "07700 900123"]),
        ("0113 496 0001; 07700 900123", ["0113 496 0001", "07700 900123"]),
        ("+44 1 ::: +44 7700 900123", ["+44 7700 900123"]),
        ("4.47701E+11", []),
        ("call after six", []),
        ("12", []),
    ],
)
def test_phones_are_kept_as_typed(cell: str, phones: list[str]) -> None:
    """What cannot be one goes into the note."""
    made = entry(f"Name,Phone\nAmina,{cell}\n")
    assert [point.value for point in made.phones] == phones
    assert (made.note is None) == (len(made.doubts) == 0)
    assert bool(made.note) == (not phones or ":::" in cell)


def test_a_number_that_a_spreadsheet_shortened_is_told_as_that() -> None:
    """Its last digits are lost."""
    assert [str(doubt) for doubt in entry("Name,Phone\nAmina,4.47701E+11\n").doubts] == [
        "people.csv:2: Phone: a spreadsheet has shortened the number"
    ]


@pytest.mark.parametrize("harm", ["javascript:alert(1)", " JavaScript :alert(1)", "data:text/html;base64,xx", "file:///etc/passwd"])
def test_an_address_that_runs_something_is_dropped(harm: str) -> None:
    """It is not even in the note."""
    made = entry(f'Name,Website\nAmina,"{harm}"\n')
    assert (made.websites, made.note) == ((), None)
    assert [str(doubt) for doubt in made.doubts] == ["people.csv:2: Website: an address that runs something, left out"]


def test_a_website_that_is_none_is_kept_in_the_note() -> None:
    """As somebody's handle."""
    made = entry("Name,Website\nAmina,find me on the web\n")
    assert (made.websites, made.note) == ((), "Website: find me on the web")


@pytest.mark.parametrize(
    ("headings", "cells", "address"),
    [
        ("Address,Postcode", '"1 Mill St, Leeds",LS1 4AB', PostalAddress("1 Mill St, Leeds", postal_code="LS1 4AB")),
        ("Address,City", '"1 Mill St\nLeeds",Leeds', PostalAddress("1 Mill St", "Leeds")),
        (
            "Home Address,Home Street,Home City",
            '"1 Mill St\nLeeds",1 Mill St,Leeds',
            PostalAddress("1 Mill St", "Leeds", label="home"),
        ),
        ("Address line 1,Address line 2,Town,County", "Flat 2,1 Mill St,Leeds,Yorks", PostalAddress("Flat 2\n1 Mill St", "Leeds", "Yorks")),
        ("Country", "UK", PostalAddress(country="UK")),
    ],
)
def test_postal_addresses_are_put_together(headings: str, cells: str, address: PostalAddress) -> None:
    """Nothing of them is lost, nor said twice where columns tell."""
    assert entry(f"Name,{headings}\nAmina,{cells}\n").addresses == (address,)


def test_roles_go_with_their_organisation_and_a_role_at_none_is_kept() -> None:
    """Two organisations are two roles."""
    assert entry("Name,Organisation,Role\nAmina,Mesmac,Chair\n").roles == (Role("Mesmac", "Chair"),)
    two = entry(
        "Name,Organization 1 - Name,Organization 1 - Title,Organization 2 - Name,Organization 2 - Title\nAmina,Mesmac,,GATE,Chair\n"
    )
    assert two.roles == (Role("Mesmac"), Role("GATE", "Chair"))
    alone = entry("Name,Role\nAmina,Chair\n")
    assert (alone.roles, alone.note) == ((), "Role: Chair")


def test_names_are_put_together_and_titles_kept_that_say_something() -> None:
    """``Mrs`` says only sex and marriage."""
    lines = "Mrs,Amina,B,Yusuf,,\nDr,Bea,,Kaur,PhD,\n,,,,,Cy Okafor\n,Di,,,,\n"
    book = read_book(f"Prefix,First name,Middle name,Last name,Suffix,Name\n{lines}")
    assert [made.name for made in book.entries] == ["Amina B Yusuf", "Dr Bea Kaur PhD", "Cy Okafor", "Di"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Name,First name,Last name\n"Yusuf, Amina",Amina,Yusuf\n', "Amina Yusuf"),
        ('Sort name,Email\n"Yusuf, Amina",a@example.org\n', "Amina Yusuf"),
        ('Sort name,Email\n"Leeds, York, Hull",a@example.org\n', "Leeds, York, Hull"),
        ("Name,Email\na@example.org,a@example.org\n", None),
    ],
)
def test_a_name_is_as_people_say_it(text: str, name: str | None) -> None:
    """An address is no name."""
    assert entry(text).name == name


def test_a_name_without_end_is_none() -> None:
    """It is kept, and told."""
    made = entry(f"Name,Email\n{'x' * 100_000},a@example.org\n")
    assert (made.name, made.note) == (None, f"Name: {'x' * 100_000}")
    assert [str(doubt) for doubt in made.doubts] == ["people.csv:2: Name: 100,000 characters are too long for it"]


def test_tags_are_parted_and_each_counts_once() -> None:
    """Whatever the signs and the case."""
    assert entry('Name,Tags\nAmina,"health; Roma,roma | board"\n').tags == ("health", "Roma", "board")
    assert entry("Name,Works with\nAmina,Roma; LGBTQ+ people\n").works_with == ("Roma", "LGBTQ+ people")


def test_notes_of_several_columns_are_one() -> None:
    """The first as it is, the others with their heading."""
    assert entry("Name,Notes,Comments\nAmina,First,Second\n").note == "First\nComments: Second"


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("Do not contact", "yes", UNSAID),
        ("Do not contact", "no", None),
        ("Do not contact", "", None),
        ("Do not contact", "moved away, asked us to stop", "moved away, asked us to stop"),
        ("Do Not Email", "1", "Do Not Email"),
        ("Opt out", "TRUE", "Opt out"),
        ("Opt out", "false", None),
        ("Unsubscribed", "2026-05-01 10:00:00", "unsubscribed on 2026-05-01"),
        ("UNSUB_TIME", "0000-00-00 00:00:00", None),
        ("Status", "unsubscribed", "Status: unsubscribed"),
        ("Status", "Opted-out", "Status: Opted-out"),
        ("Status", "cleaned", "Status: cleaned"),
        ("Status", "active", None),
        ("Subscribed", "no", "unsubscribed"),
        ("Subscribed", "yes", None),
    ],
)
def test_who_is_not_to_be_written_to(heading: str, cell: str, reason: str | None) -> None:
    """With the reason the file gives; what is not plainly a no counts."""
    assert entry(f'Name,{heading}\nAmina,"{cell}"\n').do_not_contact == reason


def test_a_whole_file_may_be_of_people_who_left() -> None:
    """As Mailchimp names its exports; a person's cleaned list is no such file."""
    mailchimp = "Email Address,LEID\na@example.org,1\n"
    assert entry(mailchimp, "unsubscribed_members_export_12.csv").do_not_contact == "unsubscribed"
    assert entry(mailchimp, "cleaned_members_export_12.csv").do_not_contact == "their e-mail bounced (Mailchimp: cleaned)"
    assert entry(mailchimp, "subscribed_members_export_12.csv").do_not_contact is None
    assert entry("Email\na@example.org\n", "cleaned_list.csv").do_not_contact is None


def test_reasons_to_leave_are_all_kept() -> None:
    """Mailchimp has three columns of them."""
    made = entry("Email Address,LEID,UNSUB_TIME,UNSUB_REASON\na@example.org,1,2020-01-02 03:04:05,NORMAL (no longer)\n")
    assert made.do_not_contact == "unsubscribed on 2020-01-02; NORMAL (no longer)"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-01", "2026-05-01"),
        ("2026-05-01T10:00:00+01:00", "2026-05-01"),
        ("2026/5/1 10:00", "2026-05-01"),
        ("01 Jan 2024", "2024-01-01"),
        ("3rd March 2024", "2024-03-03"),
        ("May 1, 2026 10:11 am", "2026-05-01"),
        ("31/12/2026", "2026-12-31"),
        ("12/31/2026", "2026-12-31"),
        ("05.05.2026", "2026-05-05"),
        ("01/02/2026", None),
        ("31/31/2026", None),
        ("2026-02-30", None),
        ("soon", None),
        ("", None),
        ("1 Foo 2026", None),
    ],
)
def test_days_are_read_where_only_one_can_be_meant(text: str, day: str | None) -> None:
    """The first of February is the second of January elsewhere."""
    assert iso_day(text) == day


def test_a_forms_day_that_could_be_two_is_kept_as_text() -> None:
    """In the note."""
    made = entry("your-name,your-email,Date\nEve,eve@example.org,01/02/2026\n")
    assert (dict(made.fields), made.note) == ({}, "Date: 01/02/2026")


def test_forms_are_told_from_one_another() -> None:
    """An address, a number and a name."""
    assert (is_email("a@b.example"), is_email("a@b"), is_email(f"{'a' * 300}@b.example")) == (True, False, False)
    assert (is_phone("+44 113 496 0001"), is_phone("1234"), is_phone(" " * 1_000_000)) == (True, False, False)
    assert (is_name("Siân O'Brien"), is_name("12 Mill Street"), is_name("one two three four five six")) == (True, False, False)
