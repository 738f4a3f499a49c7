"""Whatever would put a name beside something revealing: asked about, left out, or neither leaves; and what left is kept."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

ASKED = "solidarity: this would put "
TRY = "try: the same command with --redact, or with --yes\n"


@pytest.fixture
def marked(crm: Crm, amina: str, sian: str) -> Crm:
    """Make a workspace where Amina is at a revealing organisation and Siân at none, and both are at a meeting about it."""
    crm.once("org", "edit", "mesmac", "--revealing", "--email", "office@mesmac.example")
    crm.once("org", "add", "Leeds City Council")
    crm.once("contact", "edit", amina, "--email", "amina@mesmac.example", "--email", "amina@example.org", "--phone", "07700 900123")
    crm.once("contact", "edit", sian, "--org", "Leeds City Council", "--role", "Commissioner", "--note", "Knows Amina of MESMAC")
    crm.once("meeting", "add", "Planning with Amina", "--at", "2026-12-03 10:00", "--with", amina, "--with", sian, "--org", "mesmac")
    return crm


# each way out: the command, its file, and what of the name is left when it is redacted
DOORS = {
    "map": (["network", "map", "out.svg"], "out.svg"),
    "page": (["network", "map", "out.html"], "out.html"),
    "graph": (["network", "map", "out.dot"], "out.dot"),
    "sheet": (["contact", "export", "out.csv", "--contact", "P1", "--for", "Council: planning"], "out.csv"),
    "cards": (["contact", "export", "out.vcf", "--contact", "P2", "--notes", "--for", "Council: planning"], "out.vcf"),
    "report on contacts": (["report", "contacts", "--to", "out.md"], "out.md"),
    "report on contacts as JSON": (["report", "contacts", "--to", "out.json"], "out.json"),
    "report on a contact": (["report", "contact", "P1", "--to", "out.html"], "out.html"),
    "report on an organisation": (["report", "org", "mesmac", "--to", "out.txt"], "out.txt"),
    "calendar": (["calendar", "export", "out.ics", "--titles", "full"], "out.ics"),
    "calendar kept in step": (["calendar", "publish", "out.ics", "--titles", "full"], "out.ics"),
}


@pytest.mark.parametrize("door", DOORS)
def test_nobody_to_ask_means_that_nothing_leaves(marked: Crm, tmp_path: Path, door: str) -> None:
    """One line that names nobody, what to do, and neither a file nor an entry of the journal."""
    command, name = DOORS[door]
    before = len(marked.json("history"))
    err = marked.refused(Exit.REFUSED, *command)
    assert err.startswith(ASKED)
    assert "(P1) beside 1 revealing thing (MESMAC), and nobody is here to ask" in err
    assert err.endswith(TRY)
    assert "Amina" not in err
    assert not (tmp_path / name).exists()
    assert len(marked.json("history")) == before


@pytest.mark.parametrize("door", DOORS)
def test_a_yes_is_enough_and_is_kept(marked: Crm, tmp_path: Path, door: str) -> None:
    """The file is written, and the journal knows whose name left."""
    command, name = DOORS[door]
    marked.ok(*command, "--yes")
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert re.search("Amina", text)
    assert re.search("MESMAC", text, re.IGNORECASE)
    entry = marked.json("history")[0]
    assert entry["command"] == " ".join(command[:2])
    folder = tmp_path / "all"
    marked.ok("store", "export", str(folder))
    left = (folder / "disclosures.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert re.search(r"revealing organisation.*\bP1\b", left)


@pytest.mark.parametrize("door", DOORS)
def test_redacted_nobody_is_named_beside_anything(marked: Crm, tmp_path: Path, door: str) -> None:
    """The name is gone, or what it stands beside; nothing is asked, and the rest is there."""
    command, name = DOORS[door]
    marked.ok(*command, "--redact")
    text = re.sub(r"\r\n[ \t]", "", (tmp_path / name).read_bytes().decode())
    named, beside = re.search("Amina|Yusuf|AMINA", text), re.search("mesmac", text, re.IGNORECASE)
    assert not (named and beside), (named, beside)
    assert named or beside or "somebody" in text


def test_what_is_not_beside_anything_is_not_asked_about(marked: Crm, tmp_path: Path) -> None:
    """Siân's details, a calendar by initials, and whatever only stays on the screen."""
    marked.ok("contact", "export", "sian.csv", "--contact", "P2", "--for", "Council: planning")
    marked.ok("report", "contact", "P1")
    marked.ok("report", "contacts", "--format", "json")
    marked.ok("contact", "edit", "P2", "--note", "")
    marked.ok("report", "contact", "P2", "--to", str(tmp_path / "sian.html"))
    marked.ok("org", "edit", "mesmac", "--not-revealing")
    marked.ok("report", "contacts", "--to", "all.md")


def test_an_address_gives_an_organisation_away_too(marked: Crm, tmp_path: Path) -> None:
    """The one at its domain goes with the role; the one of her own stays."""
    marked.ok("contact", "export", "a.json", "--contact", "P1", "--for", "Council: planning", "--redact")
    (found,) = json.loads((tmp_path / "a.json").read_text())["contacts"]
    assert [email["value"] for email in found["emails"]] == ["amina@example.org"]
    assert (found["name"], found.get("roles", [])) == ("Amina Yusuf", [])
    assert found["phones"][0]["value"] == "07700 900123"


def test_communities_and_tags_are_marked_in_the_settings(crm: Crm, sian: str, tmp_path: Path) -> None:
    """Each in its own list, the tags in any case; leaving them out leaves the others."""
    with (crm.workspace.folder / "solidarity.toml").open("a") as settings:
        settings.write('\n[revealing]\ncommunities = ["sex workers"]\ntags = ["Lived Experience"]\n')
    crm.ok("contact", "edit", sian, "--works-with", "sex workers", "--works-with", "LGBTQ+ people")
    crm.ok("contact", "tag", sian, "lived experience", "steering-group")
    export = ("contact", "export", "a.json", "--contact", sian, "--for", "Council: planning")
    err = crm.refused(Exit.REFUSED, *export)
    assert "2 revealing things (sex workers, lived experience)" in err
    crm.ok(*export, "--redact")
    (found,) = json.loads((tmp_path / "a.json").read_text())["contacts"]
    assert (found["works_with"], found["tags"]) == (["LGBTQ+ people"], ["steering-group"])


def test_what_cannot_be_left_out_stays_here(marked: Crm, tmp_path: Path) -> None:
    """A name that is the organisation's own, too."""
    marked.ok("contact", "add", "Mesmac Desk", "--org", "mesmac")
    err = marked.refused(Exit.REFUSED, "contact", "export", "a.csv", "--contact", "P3", "--for", "Council: planning", "--redact")
    assert "leaving out is not enough: it would still put 1 named person (P3)" in err
    assert not (tmp_path / "a.csv").exists()


def test_a_redacted_map_still_has_everybody(marked: Crm) -> None:
    """As somebody; the journal keeps only those who are named."""
    done = marked.json("network", "map", "a.svg", "--redact")
    assert (done["people"], done["organisations"]) == (2, 2)
    marked.ok("store", "export", "all")
    left = (marked.workspace.folder.parent / "all" / "disclosures.csv").read_text(encoding="utf-8").splitlines()[-1]
    assert left.endswith(",P2")


def test_a_redacted_report_on_the_screen(marked: Crm) -> None:
    """As a rehearsal of what would leave."""
    out = marked.ok("report", "org", "mesmac", "--redact").out
    assert "somebody" in out
    assert "Amina" not in out


@pytest.fixture
def letters(marked: Crm) -> Crm:
    """Write a letter to Siân and one to somebody else, whose words name Amina beside her organisation; to Amina herself, too."""
    marked.once("contact", "add", "Ben Okafor", "--email", "ben@example.org")
    marked.once("meeting", "edit", "M1", "--agenda", "Amina Yusuf of MESMAC begins", "--where", "Town hall")
    marked.once("outreach", "draft", "meeting-invitation", "--to", "P1", "--to", "P3", "--about", "M1")
    return marked


def test_a_letter_that_tells_of_somebody_else_is_asked_about(letters: Crm) -> None:
    """Not the one to the person herself."""
    err = letters.refused(Exit.REFUSED, "outreach", "export")
    assert err.startswith(ASKED)
    assert err.endswith(TRY)
    assert letters.json("outreach", "show", "D2")["status"] == "draft"
    letters.ok("outreach", "export", "D1")
    letters.ok("outreach", "export", "D2", "--yes")
    entry = letters.json("history")[0]
    assert entry["command"] == "outreach export"
    assert "whom D2 is to" in json.dumps(entry)


def test_such_a_letter_is_kept_back(letters: Crm) -> None:
    """The others go."""
    done = letters("outreach", "export", "--redact")
    assert done.code == Exit.PARTIAL
    assert "left out: P3 Ben Okafor: D2: it names somebody beside something revealing" in done.err
    assert letters.json("outreach", "show", "D1")["status"] == "exported"
    assert letters.json("outreach", "show", "D2")["status"] == "draft"


def test_what_somebody_agreed_to_be_told_of_them_needs_no_second_yes(marked: Crm) -> None:
    """Her name and her organisation, to whom she is introduced; without the organisation it is not in the letter at all."""
    marked.ok("intro", "propose", "P1", "P2", "--why", "A clinic")
    marked.ok("intro", "answer", "I1", "left", "yes", "--share", "name,organisation")
    marked.ok("intro", "answer", "I1", "right", "yes", "--share", "name")
    marked.ok("intro", "make", "I1")
    for one in marked.json("outreach", "list"):
        marked.ok("outreach", "export", one["ref"])


def test_a_folder_is_asked_about_what_is_new_in_it(marked: Crm, tmp_path: Path) -> None:
    """Not again about what it has; when it changes, or without the name, it is written."""
    publish = ("calendar", "publish", str(tmp_path / "vdir"), "--titles", "full")
    assert marked.refused(Exit.REFUSED, *publish).startswith(ASKED)
    assert not (tmp_path / "vdir").exists()
    marked.ok(*publish, "--yes")
    assert "a folder: vdir" in json.dumps(marked.json("history")[0])
    before = len(marked.json("history"))
    assert marked.json(*publish)["unchanged"] == 1
    assert len(marked.json("history")) == before
    marked.ok("meeting", "edit", "M1", "--where", "Town hall")
    assert marked.refused(Exit.REFUSED, *publish).startswith(ASKED)
    assert marked.json(*publish, "--redact")["written"] == 1
    (path,) = (tmp_path / "vdir").iterdir()
    text = path.read_text(encoding="utf-8").replace("\n ", "")
    assert "Planning with somebody" in text
    assert "Amina" not in text
    assert marked.json(*publish, "--redact")["unchanged"] == 1
