"""What columns are: by their headings in many languages, by content, and as somebody says."""

from __future__ import annotations

import pytest
from made_tables import read_book, said, table
from test_layouts import CIVICRM, GOOGLE

from solidarity_crm.errors import BadValue, UnknownChoice
from solidarity_crm.exchange.address_book import PostalAddress, Role
from solidarity_crm.exchange.tables.columns import recognise
from solidarity_crm.exchange.tables.headings.vocabulary import FIELDS, HEADINGS, folded, meaning


def fields(*headings: str) -> list[str | None]:
    """Give the fields of headings, each with something below it."""
    found = table(";".join(headings) + "\n" + ";".join("x" for _ in headings) + "\n")
    return [column.field for column in recognise(found).columns]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("First name", "LAST_NAME", "E-mail", "Phone number"), ["given_name", "family_name", "email", "phone"]),
        (("Forename", "Surname", "Email Address", "Mobile"), ["given_name", "family_name", "email", "phone"]),
        (("\u00a0full name ", "1_E-Mail", "Tel.", "Post code"), ["name", "email", "phone", "postal_code"]),
        (("Your name*", "Your e-mail (required)", "Organisation", "Role"), ["name", None, "organisation", "role"]),
        (
            ("Vorname", "Nachname", "E-Mail-Adresse", "Mobiltelefon", "Firma"),
            ["given_name", "family_name", "email", "phone", "organisation"],
        ),
        (("Vorname", "Name", "Straße", "PLZ", "Ort"), ["given_name", "family_name", "street", "postal_code", "locality"]),
        (
            ("Prénom", "Nom", "Adresse de messagerie", "Tél. mobile", "Société"),
            ["given_name", "family_name", "email", "phone", "organisation"],
        ),
        (("Nom", "Courriel"), ["name", "email"]),
        (("Nombre", "Apellidos", "Dirección de correo electrónico", "Teléfono móvil"), ["given_name", "family_name", "email", "phone"]),
        (("Nombre", "Correo electrónico", "Puesto"), ["name", "email", "role"]),
        (("Name", "Work email", "Home Phone", "Fax", "Shoe size"), ["name", "email", "phone", None, None]),
        (("Name", "Date of birth", "Ethnicity", "Sexual orientation", "NHS number"), ["name", None, None, None, None]),
        (("Name", "Tel", "Mob.", "Phone 2", "E-mail 2"), ["name", "phone", "phone", "phone", "email"]),
        (
            ("Organisation 2", "Role 2", "GDPR consent", "I agree", "Date added"),
            ["organisation", "role", "consent", "consent", "received_on"],
        ),
        (("Name", "Do not contact", "Works with", "Pronouns"), ["name", "do_not_contact", "works_with", "pronouns"]),
    ],
)
def test_headings_are_known_by_synonyms(headings: tuple[str, ...], expected: list[str | None]) -> None:
    """Without case, accents or signs; what says who somebody is, is never kept."""
    assert fields(*headings) == expected


def test_every_synonym_is_a_heading_as_compared_and_every_field_is_public() -> None:
    """A synonym that is not folded could never match."""
    assert {heading for heading in HEADINGS if folded(heading) != heading} == set()
    assert {found.field for found in HEADINGS.values()} - set(FIELDS) == set()


@pytest.mark.parametrize("heading", ["x" * 5_000_000, "(" * 1_000_000, "address 1 " * 200_000, "\x1b]0;x\x07", "a (b" * 300_000, "  "])
def test_a_heading_of_any_length_means_nothing(heading: str) -> None:
    """And costs nothing."""
    assert meaning(folded(heading)) is None


def test_columns_that_no_heading_tells_are_guessed_from_what_they_hold() -> None:
    """Six in ten of what is there; that it is a guess is said, and that makes the columns not sure."""
    found = table("Wer,Wo,Womit\nAmina Yusuf,amina@example.org,0113 496 0001\nBea Kaur,,07700 900123\nCy Okafor,cy@example.org,call me\n")
    columns = recognise(found)
    assert [(column.field, column.how) for column in columns.columns] == [("name", "content"), ("email", "content"), ("phone", "content")]
    assert not columns.sure
    assert columns.notes()[1:] == [
        "name: 'Wer' (guessed from what it holds)",
        "email: 'Wo' (guessed from what it holds)",
        "phone: 'Womit' (guessed from what it holds)",
    ]


def test_nothing_is_guessed_that_a_heading_tells() -> None:
    """Another's e-mail beside their own is not theirs."""
    columns = recognise(table("Name,Email,Mum-email\nAmina,amina@example.org,mum@example.org\n"))
    assert [column.field for column in columns.columns] == ["name", "email", None]
    assert [column.heading for column in columns.unknown()] == ["Mum-email"]
    assert columns.sure


def test_a_file_without_header_is_known_by_its_content() -> None:
    """Its columns are numbered."""
    book = read_book("amina@example.org,Amina Yusuf,0113 496 0001\nbea@example.org,Bea Kaur,\n")
    assert [(made.line, made.name, made.emails[0].value) for made in book.entries] == [
        (1, "Amina Yusuf", "amina@example.org"),
        (2, "Bea Kaur", "bea@example.org"),
    ]
    assert book.header is None
    assert "email: 'column 1' (guessed from what it holds)" in book.notes


@pytest.mark.parametrize(("titles", "field"), [("Mr.,Dr", "prefix"), ("Chair,Dr", "role")])
def test_title_is_what_its_cells_are(titles: str, field: str) -> None:
    """Before a name, or a job (exchange.md E1)."""
    first, second = titles.split(",")
    columns = recognise(table(f"title,firstname,lastname\n{first},Amina,Yusuf\n{second},Bea,Kaur\n"))
    assert columns.columns[0].field == field


def test_somebody_may_say_what_a_column_is() -> None:
    """Whatever its heading says; in any case, and a dash passes it over."""
    text = "Contact,Ring them on,Note,Reference\nAmina Yusuf,0113 496 0001,private,7\n"
    book = read_book(text, mapping={"ring THEM on": "phone", "note": "-", "Reference": "external_id"})
    assert [(made.name, made.phones[0].value, made.note, made.identifiers) for made in book.entries] == [
        ("Amina Yusuf", "0113 496 0001", None, (("import", "7"),))
    ]
    assert "passed over, as you said: 'Note'" in book.notes
    assert "phone: 'Ring them on' (as you said)" in book.notes


def test_our_own_uid_is_taken_only_where_somebody_says_so() -> None:
    """Another program's uid is its own."""
    text = "Name,uid\nAmina,0192AAAA-0000-7000-8000-000000000001\n"
    assert read_book(text).entries[0].uid is None
    assert read_book(text).entries[0].identifiers == (("import", "0192AAAA-0000-7000-8000-000000000001"),)
    assert read_book(text, mapping={"uid": "uid"}).entries[0].uid == "0192aaaa-0000-7000-8000-000000000001"


def test_short_numbers_of_an_unknown_program_tell_nobody_from_another() -> None:
    """Every list has a number one."""
    assert read_book("Name,ID\nAmina,1\n").entries[0].identifiers == ()


def test_what_is_not_there_is_refused_in_one_line() -> None:
    """With what there is."""
    found = table("Name,Email\nAmina,amina@example.org\n")
    with pytest.raises(UnknownChoice, match=r"no layout 'gmail'; it is one of: google, google-old, "):
        recognise(found, layout="gmail")
    with pytest.raises(BadValue, match="heading 'Mail': no column has it; nearest: 'Email', 'Name'"):
        recognise(found, mapping={"Mail": "email"})
    with pytest.raises(UnknownChoice, match="no field 'mail'; it is one of: name, "):
        recognise(found, mapping={"Email": "mail"})
    with pytest.raises(BadValue, match="layout 'google': the file has no headings"):
        recognise(table("Amina,amina@example.org\n"), layout="google")


def test_notes_say_each_field_once_and_only_of_columns_that_hold_something() -> None:
    """Google has eighty."""
    assert recognise(table(GOOGLE)).notes()[:3] == ["layout: Google", "given_name: 'First Name'", "middle_name: 'Middle Name'"]
    notes = "\n".join(recognise(table(GOOGLE)).notes())
    assert "email: 'E-mail 1 - Value', 'E-mail 2 - Value'" in notes
    assert "'File As'" not in notes  # it is empty
    assert "passed over, nothing to keep: 'Birthday', 'Photo'" in notes
    assert "passed over, not understood: 'Organization Department'" in notes


def test_the_headings_again_are_no_row() -> None:
    """As in files that were joined."""
    book = read_book("Name,Email\nAmina,a@example.org\nName,Email\nBea,b@example.org\n")
    assert [made.name for made in book.entries] == ["Amina", "Bea"]
    assert [str(problem) for problem in book.skipped] == ["people.csv:3: the headings again"]


def test_a_heading_twice_is_read_where_the_first_is_empty() -> None:
    """CiviCRM's own test has Last Name twice."""
    book = read_book("First Name,Last Name,Last Name\nAmina,Yusuf,Other\nBea,,Kaur\n")
    assert [made.name for made in book.entries] == ["Amina Yusuf", "Bea Kaur"]


def test_organisations_are_those_without_a_person() -> None:
    """Only a company, or a row that says so."""
    book = read_book("Name,Email,Company,Role,City\n,,Food Bank,,Leeds\nAmina,,Food Bank,Cook,\n,office@example.org,Food Bank,,\n")
    assert [(made.name, made.is_organisation, made.roles) for made in book.entries] == [
        ("Food Bank", True, ()),
        ("Amina", False, (Role("Food Bank", "Cook"),)),
        (None, False, (Role("Food Bank"),)),
    ]
    assert book.entries[0].addresses == (PostalAddress(locality="Leeds"),)


def test_a_row_of_nobody_is_rejected_with_its_cells() -> None:
    """For the file of rejected rows."""
    book = read_book("Name,Email,City\n,,Leeds\n,amina at example,\n")
    assert [(row.line, [str(problem) for problem in row.problems], row.raw) for row in book.rejected] == [
        (2, ["people.csv:2: no name, e-mail, phone or organisation"], ("", "", "Leeds")),
        (3, ["people.csv:3: Email: is no e-mail address; kept in the note"], ("", "amina at example", "")),
    ]
    assert book.header == ("Name", "Email", "City")


def test_an_entry_keeps_its_cells_as_they_were() -> None:
    """Should a later check reject it."""
    assert read_book(CIVICRM).entries[1].raw[:2] == ("102", "Organization")
    assert said(read_book("Name\nAmina\n").entries[0]) == {"name": "Amina"}
