"""What an import makes of people whom nobody knew, and of lines that will not do."""

from __future__ import annotations

from datetime import date

import pytest
from importing import AMINA, everything, read, take, whats
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import BadValue
from solidarity_crm.exchange.address_book import Book, Entry, Point, Rejected, Role
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.services.contact_import import take_in


@pytest.fixture
def rehearsal() -> Rehearsal:
    """Give an empty store."""
    return Rehearsal()


def test_all_that_a_card_says_is_kept(rehearsal: Rehearsal) -> None:
    """Several addresses with their labels, the role, tags once, and whence it came, so that the notice is due."""
    assert whats(take(rehearsal, AMINA)) == [("new", "P1")]
    found = read(rehearsal)
    assert [tuple(email) for email in found.emails] == [("amina.home@example.org", "home", True), ("Amina@example.org", "work", False)]
    assert [(role.role, role.organisation.name) for role in found.affiliations] == [("Outreach lead", "MESMAC")]
    assert (found.tags, found.note, found.source, found.obtained_on) == (("gp", "steering group"), "Met at the clinic", "import", TODAY)
    assert [point.value for point in found.websites] == ["https://amina.example"]
    assert [address.street for address in found.addresses] == ["12 Mill Street"]
    assert found.former_names == ("Amina Khan",)
    assert [known.value for known in found.identifiers] == ["https://www.linkedin.example/in/amina"]


def test_what_is_said_of_everybody_holds_where_the_file_says_nothing(rehearsal: Rehearsal) -> None:
    """The file's own word comes first; a wish that will not do is refused before anything."""
    own = Entry(3, name="Bo Lee", fields={"source": "self", "basis": "consent", "obtained_on": "2026-01-02", "cadence_days": 42})
    take(rehearsal, AMINA, own, source="partner", basis="public task", obtained_on=date(2026, 11, 1), tags=["fair"])
    first, second = read(rehearsal, 1), read(rehearsal, 2)
    assert (first.source, first.basis, first.obtained_on) == ("partner", "public task", date(2026, 11, 1))
    assert (second.source, second.basis, second.obtained_on) == ("self", "consent", date(2026, 1, 2))
    assert first.tags == ("fair", "gp", "steering group")
    before = everything(rehearsal)
    with pytest.raises(BadValue, match="source 'hearsay'"):
        take(rehearsal, AMINA, source="hearsay")
    assert everything(rehearsal) == before


def test_what_will_not_do_is_kept_in_the_note_and_said(rehearsal: Rehearsal) -> None:
    """Nobody is lost for a wrong address, and no word of them."""
    odd = Entry(
        7,
        name="Siân O'Brien [she/her]",
        emails=(Point("sian at example.org"), Point("sian@example.org")),
        phones=(Point("ask reception"),),
        websites=(Point("javascript:alert(1)"),),
        works_with=("everybody",),
        known_as="x" * 501,
        roles=(Role("", "Lead"), Role("MESMAC", "Trustee", "soon")),
        fields={"basis": "because"},
    )
    report = take(rehearsal, odd)
    assert [doubt.partition(": ")[2].partition(":")[0] for doubt in report.doubts] == [
        "email", "phone", "website", "role", "role", "works_with", "known_as", "basis",
    ]  # fmt: skip
    assert all(doubt.startswith("people.csv:7: ") for doubt in report.doubts)
    found = read(rehearsal)
    assert [email.value for email in found.emails] == ["sian@example.org"]
    for kept in ("email: sian at example.org", "phone: ask reception", "works with: everybody", "basis: because", "role: Lead"):
        assert kept in (found.note or "")


def test_a_line_without_a_name_is_called_by_its_address_until_it_has_one(rehearsal: Rehearsal) -> None:
    """A name fills that blank; who has neither is rejected."""
    report = take(rehearsal, Entry(2, emails=(Point("robin@example.org"),)), Entry(3, note="nobody", raw=("", "nobody")))
    assert whats(report) == [("new", "P1"), ("rejected", None)]
    assert (report.rejected[0].line, report.rejected[0].raw) == (3, ("", "nobody"))
    assert read(rehearsal).name == "robin@example.org"
    assert whats(take(rehearsal, Entry(2, name="Robin Marsh", emails=(Point("ROBIN@example.org"),)))) == [("updated", "P1")]
    assert read(rehearsal).name == "Robin Marsh"


def test_what_the_reader_rejected_or_skipped_is_told_too(rehearsal: Rehearsal) -> None:
    """In the order of the lines."""
    bad = Rejected(2, (Problem("people.csv", 2, "name", "no name"),), ("x",))
    book = Book("people.csv", [AMINA._replace(line=3)], [bad], [Problem("people.csv", 4, "", "restricted")])
    with rehearsal.change() as tx:
        (report,) = take_in(tx, [book], today=TODAY)
        assert tx.note == "people.csv: 1 new, 1 skipped, 1 rejected"
    assert [(row.line, row.what, row.column, row.reason) for row in report.rows] == [
        (2, "rejected", "name", "no name"),
        (3, "new", "", ""),
        (4, "skipped", "", "restricted"),
    ]
