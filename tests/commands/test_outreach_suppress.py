"""The list of those who are never written to, as typed; it holds through everything that brings people in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import COMMUNITIES, Crm
from solidarity_crm.errors import Exit
from solidarity_crm.store.create import create

if TYPE_CHECKING:
    from pathlib import Path

DRAFT = ("outreach", "draft", "request-help", "--kind", "data", "--to")


def imported(crm: Crm, tmp_path: Path, text: str) -> list[dict[str, object]]:
    """Import a CSV file; give the contacts there are then."""
    file = tmp_path / "people.csv"
    file.write_text(text, encoding="utf-8")
    crm.ok("contact", "import", str(file), "--yes")
    found: list[dict[str, object]] = crm.json("contact", "list")
    return found


def test_an_address_on_the_list_is_not_written_to(crm: Crm, amina: str) -> None:
    """Neither a new draft nor one that was written before; until it is off the list."""
    crm.ok(*DRAFT, amina)
    (made,) = crm.json("outreach", "suppress", "Amina@example.org", "--why", "asked to be taken off")
    assert made == {"number": 1, "kind": "address", "on": "2026-12-01", "why": "asked to be taken off"}
    said = "their address is on the list of those not to be written to"
    assert said in crm.refused(Exit.REFUSED, *DRAFT, amina, "--again")
    assert f"D1: {said}" in crm.refused(Exit.REFUSED, "outreach", "export", "D1")
    assert "on the list already" in crm.refused(Exit.REFUSED, "outreach", "suppress", "amina@example.org")
    assert "nobody is here to ask" in crm.refused(Exit.REFUSED, "outreach", "unsuppress", "amina@example.org")
    crm.ok("outreach", "unsuppress", "amina+x@example.org", "--yes")
    assert crm.json("outreach", "suppressed") == []
    crm.ok("outreach", "export", "D1")


def test_nobody_can_read_whose_an_entry_is(crm: Crm) -> None:
    """Not in the list, not in the history, and not in the file."""
    crm.ok("outreach", "suppress", "nobody.here@example.org", "--why", "asked")
    crm.ok("outreach", "suppress", "@quiet.example")
    listed = crm.ok("outreach", "suppressed").out
    assert "#2     a domain    1 Dec 2026" in listed
    history = crm.ok("history").out
    stored = (crm.workspace.folder / crm.workspace.settings.store).read_bytes()
    for name in ("nobody.here", "quiet.example"):
        assert name not in listed + history
        assert name.encode() not in stored
    assert "digest" not in history
    crm.ok("store", "check")


def test_a_person_is_listed_with_all_addresses_and_stays_so_when_merged(crm: Crm, amina: str, sian: str) -> None:
    """And is marked do not contact; taking the person off the list leaves that mark."""
    crm.ok("contact", "edit", sian, "--email", "sian@example.org", "--email", "sian@home.example")
    crm.ok("outreach", "suppress", "siân", "--why", "had enough")
    assert [entry["kind"] for entry in crm.json("outreach", "suppressed")] == ["address", "address", "person"]
    assert crm.json("contact", "show", sian)["do_not_contact_reason"] == "had enough"
    crm.ok("contact", "edit", sian, "--may-contact", "--email", "new@example.org")
    assert "they are on the list" in crm.refused(Exit.REFUSED, *DRAFT, sian)
    crm.ok("contact", "merge", amina, sian, "--yes")
    assert "they are on the list" in crm.refused(Exit.REFUSED, *DRAFT, amina)
    crm.ok("outreach", "unsuppress", amina, "--yes")
    assert [entry["kind"] for entry in crm.json("outreach", "suppressed")] == ["address", "address"]
    crm.ok(*DRAFT, amina)


def test_who_is_on_the_list_comes_in_as_do_not_contact(crm: Crm, tmp_path: Path) -> None:
    """By address and by domain, new or there already; the same file again changes nothing."""
    crm.ok("contact", "add", "Eve Moss", "--phone", "0113 496 0107", "--email", "eve@home.example")
    for what in ("amina@example.org", "@quiet.example"):
        crm.ok("outreach", "suppress", what)
    text = (
        "Name,Email,Phone\nAmina Yusuf,Amina+work@example.org,\nBo Lee,bo@mail.quiet.example,\n"
        "Eve Moss,eve@home.example,0113 496 0107\nCal Reed,cal@example.org,\n"
    )
    found = imported(crm, tmp_path, text)
    said = {str(one["name"]): one["do_not_contact_reason"] for one in found if one["do_not_contact"]}
    assert said == dict.fromkeys(("Amina Yusuf", "Bo Lee"), "on the list of those not to be written to since 2026-12-01")
    assert imported(crm, tmp_path, text) == found
    crm.ok("undo", "--yes")
    assert len(crm.json("outreach", "suppressed")) == 2
    assert [one["name"] for one in crm.json("contact", "list")] == ["Eve Moss"]


def test_who_has_unsubscribed_elsewhere_has_withdrawn(crm: Crm, tmp_path: Path, amina: str) -> None:
    """As a word on consent that outlasts the mark; once is enough."""
    crm.ok("contact", "consent", "give", amina, "--purpose", "marketing")
    text = "Name,Email,Unsubscribed\nAmina Yusuf,amina@example.org,yes\nBo Lee,bo@example.org,2026-05-01\nCal Reed,cal@example.org,no\n"
    for _ in range(2):
        names = [str(one["name"]) for one in imported(crm, tmp_path, text)]
        said = {name: [(s["kind"], s["purpose"], s["how"]) for s in crm.json("contact", "consent", "list", name)] for name in names}
        withdrawn = [("withdrawn", "engagement", "import"), ("withdrawn", "marketing", "import")]
        assert said == {"Amina Yusuf": [("given", "marketing", None), *withdrawn], "Bo Lee": withdrawn, "Cal Reed": []}
    crm.ok("contact", "edit", amina, "--may-contact")
    assert "they withdrew their consent to engagement" in crm.refused(Exit.REFUSED, *DRAFT, amina)


def test_the_list_goes_with_the_folder(crm: Crm, tmp_path: Path, amina: str) -> None:
    """Into another workspace, where it is looked up as before."""
    crm.ok("outreach", "suppress", "amina@example.org")
    crm.ok("contact", "consent", "give", amina, "--purpose", "marketing", "--words", "Yes, = please")
    crm.ok("store", "export", str(tmp_path / "out"))
    assert "amina" not in (tmp_path / "out" / "suppressions.csv").read_text(encoding="utf-8")
    said = crm.json("contact", "consent", "list", amina)
    other = Crm(create(tmp_path / "other", {"name": "Derby", "email": "x@derby.example", "communities": COMMUNITIES}, []), crm._capture)
    other.ok("store", "import", str(tmp_path / "out"))
    assert other.json("contact", "consent", "list", amina) == said
    assert "their address is on the list" in other.refused(Exit.REFUSED, *DRAFT, amina)


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        (("suppress", "@nothing"), Exit.USAGE, "domain '@nothing': not a domain"),
        (("suppress", "a@b@c"), Exit.USAGE, "e-mail 'a@b@c'"),
        (("suppress", "nobody"), Exit.NOT_FOUND, "no contact 'nobody'\ntry: their e-mail address, or their domain as in @example.org"),
        (("unsuppress", "#7", "--yes"), Exit.REFUSED, "nothing of that is on the list"),
        (("unsuppress", "x@example.org", "--yes"), Exit.REFUSED, "nothing of that is on the list"),
    ],
)
def test_what_will_not_do_changes_nothing(crm: Crm, typed: tuple[str, ...], code: Exit, said: str) -> None:
    """One line that says why."""
    assert said in crm.refused(code, "outreach", *typed)
    assert crm.json("outreach", "suppressed") == []


def test_an_entry_that_went_cannot_be_taken_back_twice(crm: Crm) -> None:
    """The refusal names what changed since."""
    crm.ok("outreach", "suppress", "amina@example.org")
    crm.ok("outreach", "unsuppress", "#1", "--yes")
    assert "a row of suppression was changed since, by entry 2" in crm.refused(Exit.REFUSED, "undo", "1", "--yes")
    assert "taken back: entry 2, outreach unsuppress\n" in crm.ok("undo", "--yes").out
