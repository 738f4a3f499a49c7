"""Contacts as JSON, and what may leave at all."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given

from entries import ENTRIES
from solidarity_crm.exchange import contacts_json
from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.disclosed import discreet, kinds

THEN = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SIAN = Entry(
    0,
    name="Siân O'Brien",
    emails=(Point("sian@example.org", "work", preferred=True),),
    addresses=(PostalAddress("12 Mill Street", "Leeds"),),
    roles=(Role("MESMAC", "Outreach lead", "2020-01-01"),),
    works_with=("sex workers",),
    note="Prefers mornings.",
    do_not_contact="tired",
    uid="5f3c1f0e-7a1b-4f5e-9f3e-2f6f0c1f4a11",
    identifiers=(Identifier("linkedin", "sian"),),
    former_names=("Jane Doe",),
    fields={
        "source": "self",
        "obtained_on": "2026-11-02",
        "words_to_avoid": "clinic",
        "cadence_days": 42,
        "updated_at": "2026-11-02T10:00:00Z",
    },
)


def test_the_file() -> None:
    """One object that says what it is; every field always there."""
    written = contacts_json.write([SIAN], exported_at=THEN, private=True)
    assert json.loads(written) == {
        "format": "solidarity-contacts",
        "version": 1,
        "exported_at": "2026-12-01T09:00:00Z",
        "contacts": [
            {
                "uid": "5f3c1f0e-7a1b-4f5e-9f3e-2f6f0c1f4a11",
                "name": "Siân O'Brien",
                **dict.fromkeys(
                    ("given_name", "family_name", "known_as", "pronouns", "basis", "notice_given_on", "channels", "contact_hours")
                ),
                "emails": [{"value": "sian@example.org", "label": "work", "preferred": True}],
                "phones": [],
                "websites": [],
                "addresses": [
                    {"street": "12 Mill Street", "locality": "Leeds", **dict.fromkeys(("region", "postal_code", "country", "label"))}
                ],
                "roles": [{"organisation": "MESMAC", "title": "Outreach lead", "since": "2020-01-01", "until": None}],
                "works_with": ["sex workers"],
                "tags": [],
                "identifiers": [{"system": "linkedin", "value": "sian"}],
                "source": "self",
                "obtained_on": "2026-11-02",
                "cadence": 42,
                "do_not_contact": True,
                "no_voicemail": False,
                "do_not_contact_reason": "tired",
                "words_to_avoid": "clinic",
                "note": "Prefers mornings.",
                "former_names": ["Jane Doe"],
                "updated_at": "2026-11-02T10:00:00Z",
            }
        ],
    }
    assert "Siân" in written.decode()


def test_what_was_written_for_ourselves_can_stay_out() -> None:
    """Neither its words nor its fields are there."""
    written = contacts_json.write([discreet(SIAN)], exported_at=THEN, private=False).decode()
    assert not [word for word in ("tired", "clinic", "mornings", "Jane", "note", "former_names") if word in written]
    assert json.loads(written)["contacts"][0]["do_not_contact"] is True


def test_a_file_of_nobody_is_still_a_file() -> None:
    """With its list empty."""
    assert json.loads(contacts_json.write([], exported_at=THEN, private=False))["contacts"] == []


@given(ENTRIES)
def test_a_discreet_entry_keeps_whom_not_to_contact(entry: Entry) -> None:
    """And says no more than that."""
    kept = discreet(entry)
    assert kept.do_not_contact == (None if entry.do_not_contact is None else UNSAID)
    assert (kept.note, kept.former_names, "words_to_avoid" in kept.fields) == (None, (), False)
    assert json.loads(contacts_json.write([entry], exported_at=THEN, private=True))["contacts"][0]["name"] == entry.name


def test_kinds_of_details() -> None:
    """Only those that somebody has, in an entry's order; what only programs need is none."""
    assert kinds([SIAN, Entry(0, phones=(Point("0113 496 0123"),))]) == [
        *("name", "emails", "phones", "addresses", "roles", "works_with", "note", "do_not_contact", "identifiers", "former_names"),
        *("source", "obtained_on", "words_to_avoid", "cadence"),
    ]
    assert kinds([]) == []
