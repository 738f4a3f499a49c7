"""Hostile texts, as typed: refused or stored, and harmless on every way out to a screen or a pipe."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from payloads import FORBIDDEN, HOSTILE, TYPEABLE
from solidarity_crm import cli
from solidarity_crm.errors import Exit
from solidarity_crm.exchange.tables.cells import unguard
from solidarity_crm.services import contacts, offers
from solidarity_crm.store.transaction import By, transaction
from solidarity_crm.text import one_line, words

if TYPE_CHECKING:
    from conftest import Crm

TODAY = date(2026, 12, 1)
# no system passes on a null or half a letter
REFUSED = {name: text for name, text in HOSTILE.items() if name not in TYPEABLE and not {"\0", "\ud800"} & set(text)}


@pytest.fixture
def stored(crm: Crm) -> dict[str, str]:
    """Add an offer and a contact with each text that may be typed; give the texts by the offers' refs."""
    by = By("Robin Marsh", "test", datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    found = {}
    with transaction(crm.workspace.store, crm.workspace.settings, by) as tx:
        for text in TYPEABLE.values():
            if one_line(text):
                giver = contacts.add(tx, text, today=TODAY, note=text)
                found[str(offers.add(tx, giver, "other", text, received_on=TODAY, today=TODAY, outcome=text))] = text
    return found


@pytest.mark.parametrize("name", REFUSED)
def test_control_characters_are_refused_in_one_clean_line(crm: Crm, name: str) -> None:
    """And nothing of them is echoed."""
    said = crm.refused(Exit.USAGE, "followup", "add", REFUSED[name], "--due", "today")
    assert "has control characters in it" in said
    assert not FORBIDDEN.search(said)
    assert said.count("\n") <= 2


def test_every_format_of_a_list_is_harmless(crm: Crm, stored: dict[str, str]) -> None:
    """Nothing to obey in any, and one line an offer where people read."""
    for form in ("json", "csv", "md", "table"):
        listed = crm.ok("offer", "list", "-o", form).out
        assert not FORBIDDEN.search(listed), form
        if form != "csv":
            assert listed.count("\n") == len(stored) + (2 if form in ("json", "md") else 1), form


def test_json_and_csv_give_back_what_was_typed(crm: Crm, stored: dict[str, str]) -> None:
    """On one line, as a title is; CSV with the guards that a spreadsheet needs."""
    typed = {ref: one_line(text) for ref, text in stored.items()}
    assert {offer["ref"]: offer["about"] for offer in crm.json("offer", "list")} == typed
    assert crm.ok("--json", "offer", "list").out.isascii()
    rows = list(csv.DictReader(io.StringIO(crm.ok("offer", "list", "-o", "csv").out)))
    assert {row["ref"]: unguard(row["about"]) for row in rows} == typed
    assert not [row["about"] for row in rows if row["about"].startswith(("=", "@", "＝", "-2", "+1+"))]


def test_every_card_is_harmless(crm: Crm, stored: dict[str, str]) -> None:
    """Titles take one line, whatever they hold."""
    for ref, text in stored.items():
        card = crm.ok("offer", "show", ref).out
        assert not FORBIDDEN.search(card), text
        assert card.splitlines()[0] == f"{ref} {one_line(text)}"
        assert not FORBIDDEN.search(crm.ok("offer", "show", ref, "-o", "md").out), text


def test_every_name_is_found_by_its_own_words(crm: Crm, stored: dict[str, str]) -> None:
    """Quotes, percent signs and the index's own operators are just text; what finds several says so."""
    for text in stored.values():
        result = crm("contact", "show", "--", text)
        assert not FORBIDDEN.search(result.out + result.err), text
        if words(text) and "could be any of" not in result.err:
            assert (result.code, result.err) == (Exit.DONE, ""), text
        else:
            assert (result.code, result.out) == (Exit.NOT_FOUND, ""), text


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Siân O`Brien", "o'brien"),
        ("Siân O‘Brien", "obrien"),
        ("Łucja Żak", "lucja zak"),
        ("𝓐𝓶𝓲𝓷𝓪 Yusuf", "amina"),
        ("Ami\u200dna Yusuf", "amina yusuf"),
        ("Ｊｏ Straßer", "jo strasser"),
    ],
)
def test_a_name_is_found_however_it_is_spelt(crm: Crm, name: str, asked: str) -> None:
    """Apostrophes of any make, strokes, full width and mathematical letters."""
    crm.ok("contact", "add", name)
    assert crm.json("contact", "show", asked)["name"] == name.replace("\u200d", "")
    assert cli.main(["store", "check", "--workspace", str(crm.workspace.folder)]) == Exit.DONE
