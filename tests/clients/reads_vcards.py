"""Our vCards in ical.js, which Nextcloud and Thunderbird read vCards with; run by ``make clients``, not by ``make test``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Crm


def parsed(ical_js: Callable[[Path], Any], file: Path) -> list[list[list[Any]]]:
    """Give each card's properties as ical.js reads them: name, parameters, type, values (jCard, RFC 7095)."""
    found = ical_js(file)
    return [card[1] for card in ([found] if found[0] == "vcard" else found)]


def values(card: list[list[Any]], name: str) -> list[Any]:
    """Give what a card says under a name; a value, or several of one property in a list."""
    return [each[3] if len(each) == len(["name", "parameters", "type", "value"]) else each[3:] for each in card if each[0] == name]


@pytest.fixture
def records(crm: Crm, amina: str, sian: str) -> list[dict[str, Any]]:
    """Give two people with what a card may hold, as their records say."""
    note = "Rings; back,\nsoon \\ later 🙂 " + "long " * 40
    crm.ok("contact", "edit", amina, "--given-name", "Amina", "--family-name", "Yusuf", "--note", note)
    crm.ok("contact", "tag", amina, "steering, monthly", "gp")
    crm.ok("contact", "edit", sian, "--known-as", "Shan", "--pronouns", "she/her", "--phone", "+44 7700 900123")
    return [crm.json("contact", "show", ref) for ref in (amina, sian)]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_ical_js_reads_what_the_records_say(
    crm: Crm, records: list[dict[str, Any]], ical_js: Callable[[Path], Any], tmp_path: Path, version: str
) -> None:
    """Every property that other programs know, of two people in one file."""
    crm.ok("contact", "export", "all.vcf", "--notes", "--for", "ourselves: phones", "--yes", *(["--vcard4"] if version == "4.0" else []))
    cards = parsed(ical_js, tmp_path / "all.vcf")
    first, second = cards
    assert [values(card, "version") for card in cards] == [[version]] * 2
    assert [values(card, "fn") for card in cards] == [[record["name"]] for record in records]
    assert [values(card, "uid") for card in cards] == [[f"urn:uuid:{record['uid']}"] for record in records]
    assert [values(card, "n") for card in cards] == [[["Yusuf", "Amina", "", "", ""]], [["O'Brien", "Siân", "", "", ""]]]
    assert [values(card, "email") for card in cards] == [[each["value"] for each in record["emails"]] for record in records]
    numbers = [value.removeprefix("tel:").replace("-", " ") for value in values(second, "tel")]
    assert numbers == [each["value"] for each in records[1]["phones"]]
    assert (values(first, "org"), values(first, "title")) == (["MESMAC"], ["Outreach lead"])
    assert [sorted(each) for each in values(first, "categories")] == [sorted(records[0]["tags"])]
    # 3.0 must have the backslash (RFC 2426 §4), which ical.js leaves where it is
    assert [note.replace("\\;", ";") if version == "3.0" else note for note in values(first, "note")] == [records[0]["note"]]
    assert values(second, "nickname") == ["Shan"]
    assert values(second, "pronouns" if version == "4.0" else "x-solidarity-pronouns") == ["she/her"]
