"""Files of contacts, to the byte: each form beside the file that it must be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from solidarity_crm import __version__
from solidarity_crm.exchange import contact_files
from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.contact_files import Form

GOLDEN = Path(__file__).parent.parent / "golden"
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PEOPLE = {
    "P1": Entry(
        0,
        name="Amina Yusuf",
        given_name="Amina",
        family_name="Yusuf",
        emails=(Point("amina@example.org", "work", preferred=True), Point("info@example.org", "office")),
        phones=(Point("+44 7700 900123", "mobile"), Point("0113 496 0123")),
        addresses=(PostalAddress("Unit 4\n12 Mill Street", "Leeds", None, "LS1 4AB", None, "work"),),
        roles=(Role("MESMAC", "Outreach lead", "2020-01-01"), Role("Leeds GATE", "Trustee", None, "2019-12-31")),
        works_with=("sex workers", "LGBTQ+ people"),
        tags=("gp-lead", "steering group"),
        note="Prefers mornings;\ncall first.",
        uid="5f3c1f0e-7a1b-4f5e-9f3e-2f6f0c1f4a11",
        identifiers=(Identifier("linkedin", "https://www.linkedin.com/in/amina"),),
        former_names=("Amina Khan",),
        fields={
            "source": "event",
            "obtained_on": "2026-11-02",
            "basis": "consent",
            "cadence_days": 42,
            "channels": "email, call",
            "no_voicemail": True,
            "words_to_avoid": "clinic",
            "updated_at": "2026-11-20T16:40:05Z",
        },
    ),
    "P2": Entry(
        0,
        name="Siân O'Brien [she/her]",
        known_as="=Shân",
        websites=(Point("https://example.org/sian"),),
        do_not_contact=UNSAID,
        uid="5f3c1f0e-7a1b-4f5e-9f3e-2f6f0c1f4a12",
        fields={"source": "self", "obtained_on": "2026-11-30", "updated_at": "2026-11-30T08:00:00Z"},
    ),
}
FORMS = {
    "contacts.csv": Form("csv"),
    "contacts_with_notes.csv": Form("csv", private=True),
    "contacts.json": Form("json", private=True),
    "contacts_3.vcf": Form("vcf"),
    "contacts_4.vcf": Form("vcf", private=True, vcard4=True),
    "contacts_google.csv": Form("csv", "google"),
    "contacts_outlook.csv": Form("csv", "outlook", private=True),
    "contacts_thunderbird.csv": Form("csv", "thunderbird"),
    "contacts_mailchimp.csv": Form("csv", "mailchimp"),
}


def made(name: str) -> bytes:
    """Write a form's file."""
    leaving = contact_files.leaving(FORMS[name], PEOPLE)
    return contact_files.write(FORMS[name], list(leaving.values()), now=NOW).content


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_what_it_was(name: str) -> None:
    """What a change of these files would break is somebody's import; the version of the program is not part of it."""
    golden = (GOLDEN / name).read_bytes().replace(b"VERSION-OF-THE-PROGRAM", __version__.encode())
    assert made(name) == golden
