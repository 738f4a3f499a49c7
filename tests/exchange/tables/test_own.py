"""Our own sheet of contacts: it reads back as what was written, and a sheet made by hand reads too."""

from __future__ import annotations

import pytest
from hypothesis import given

from entries import ENTRIES
from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables import own
from solidarity_crm.exchange.tables.cells import read_csv, write_csv

AMINA = Entry(
    2,
    name="Amina Yusuf",
    given_name="Amina",
    family_name="Yusuf",
    pronouns="she/her",
    emails=(Point("amina@example.org", "work", preferred=True), Point("office@example.org")),
    phones=(Point("+44 7700 900123", "mobile"),),
    websites=(Point("https://example.org/amina"),),
    addresses=(PostalAddress("12 Mill Street", "Leeds", None, "LS1 4AB", None, "work"),),
    roles=(Role("MESMAC", "Outreach lead", "2020-01-01"), Role("Leeds GATE", None, "2018-01-01", "2019-12-31")),
    works_with=("sex workers", "LGBTQ+ people"),
    tags=("steering group",),
    note="Met at the summer school;\nasked for a copy.",
    do_not_contact="on leave; ask again",
    uid="5f3c1f0e-7a1b-4f5e-9f3e-2f6f0c1f4a11",
    identifiers=(Identifier("linkedin", "https://www.linkedin.com/in/amina"),),
    former_names=("Amina Khan",),
    fields={"source": "event", "obtained_on": "2026-11-02", "basis": "consent", "cadence_days": 42, "channels": "email, call"},
)
ROW = {
    "name": "Amina Yusuf",
    "given_name": "Amina",
    "family_name": "Yusuf",
    "known_as": "",
    "pronouns": "she/her",
    "emails": "*amina@example.org [work]; office@example.org",
    "phones": "+44 7700 900123 [mobile]",
    "websites": "https://example.org/amina",
    "addresses": "12 Mill Street | Leeds |  | LS1 4AB [work]",
    "roles": "Outreach lead @ MESMAC [since 2020-01-01]; Leeds GATE [2018-01-01 to 2019-12-31]",
    "works_with": "sex workers; LGBTQ+ people",
    "tags": "steering group",
    "source": "event",
    "obtained_on": "2026-11-02",
    "basis": "consent",
    "notice_given_on": "",
    "cadence": "42",
    "do_not_contact": "yes",
    "do_not_contact_reason": "on leave; ask again",
    "channels": "email; call",
    "contact_hours": "",
    "no_voicemail": "no",
    "words_to_avoid": "",
    "note": "Met at the summer school;\nasked for a copy.",
    "former_names": "Amina Khan",
    "identifiers": "linkedin: https://www.linkedin.com/in/amina",
    "uid": "5f3c1f0e-7a1b-4f5e-9f3e-2f6f0c1f4a11",
}


def test_a_row_can_be_read_by_people_and_by_us() -> None:
    """Several values in one cell, each as somebody would type it."""
    assert dict(zip(own.HEADINGS, own.row(AMINA), strict=True)) == ROW
    assert own.entry(2, ROW, "x.csv") == AMINA


@given(ENTRIES)
def test_what_is_written_is_read_back(entry: Entry) -> None:
    """Whatever is in it, through a guarded CSV file and without one."""
    _, rows = read_csv(write_csv(own.HEADINGS, [own.row(entry)], bom=True))
    assert own.entry(2, rows[0], "x.csv") == own.entry(2, dict(zip(own.HEADINGS, own.row(entry), strict=True)), "x.csv") == entry


def test_what_was_written_for_ourselves_can_stay_out() -> None:
    """The columns are then not there at all; whoever is not to be contacted still is not."""
    wanted = own.headings(private=False)
    assert set(own.HEADINGS) - set(wanted) == set(own.PRIVATE)
    read = own.entry(2, dict(zip(wanted, own.row(AMINA, wanted), strict=True)), "x.csv")
    assert read == AMINA._replace(note=None, former_names=(), do_not_contact=UNSAID)


def test_a_sheet_made_by_hand_is_read() -> None:
    """Some of the columns, British days, a cadence in weeks, a plain address, commas between e-mails."""
    cells = {
        "given_name": "Bea",
        "family_name": "Lund",
        "emails": "bea@example.org, lund@example.org",
        "addresses": "12 Mill Street, Leeds LS1 4AB",
        "roles": "Leeds GATE; Chair @ MESMAC",
        "obtained_on": "02/11/2026",
        "cadence": "6w",
        "do_not_contact": "Y",
    }
    assert own.entry(7, cells, "mine.csv") == Entry(
        7,
        name="Bea Lund",
        given_name="Bea",
        family_name="Lund",
        emails=(Point("bea@example.org"), Point("lund@example.org")),
        addresses=(PostalAddress("12 Mill Street, Leeds LS1 4AB"),),
        roles=(Role("Leeds GATE"), Role("MESMAC", "Chair")),
        do_not_contact=UNSAID,
        fields={"obtained_on": "2026-11-02", "cadence_days": 42},
    )
    assert own.entry(7, {}, "mine.csv") == Entry(7)


@pytest.mark.parametrize(
    ("heading", "cell", "reason"),
    [
        ("emails", "a [b] c", "is not an address or number with its label in brackets"),
        ("addresses", "a|b|c|d|e|f", "is more than street | town"),
        ("roles", "a @ b @ c", "is not a role, like Trustee @ Leeds GATE"),
        ("roles", "Chair @", "is not a role"),
        ("roles", "Chair @ GATE [for years]", "[for years] does not say when"),
        ("roles", "Chair @ GATE [since 2020]", "'2020' is not a day"),
        ("identifiers", "12345", "does not say whose number it is"),
        ("obtained_on", "last spring", "'last spring' is not a day"),
        ("basis", "because", "'because' is none of: consent"),
        ("cadence", "often", "not a recurrence"),
        ("channels", "pigeon", "'pigeon' is none of: email"),
        ("uid", "12", "is not a UUID"),
    ],
)
def test_a_cell_that_will_not_do_is_a_doubt(heading: str, cell: str, reason: str) -> None:
    """The person is read without it, and the note keeps what it said."""
    read = own.entry(3, {"name": "Bea Lund", heading: cell}, "mine.csv")
    (doubt,) = read.doubts
    assert doubt[:3] == ("mine.csv", 3, heading)
    assert reason in doubt.reason
    assert read._replace(doubts=()) == Entry(3, name="Bea Lund", note=f"{heading}: {cell}")


def test_in_doubt_somebody_is_safe() -> None:
    """What cannot be read counts as a yes where a no could harm; a reason alone is a yes, beside a no it is a doubt."""
    unclear = own.entry(2, {"name": "Bea", "do_not_contact": "hm", "no_voicemail": "hm", "do_not_contact_reason": "tired"}, "x.csv")
    assert (unclear.do_not_contact, unclear.fields["no_voicemail"], len(unclear.doubts)) == ("tired", True, 2)
    assert own.entry(2, {"do_not_contact_reason": "tired"}, "x.csv").do_not_contact == "tired"
    allowed = own.entry(2, {"do_not_contact": "no", "do_not_contact_reason": "tired"}, "x.csv")
    assert allowed.do_not_contact is None
    assert allowed.doubts == (Problem("x.csv", 2, "do_not_contact_reason", "stands beside do_not_contact: no"),)
    assert allowed.note == "do_not_contact_reason: tired"
