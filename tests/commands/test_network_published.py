"""The network as a map or a report that is published, as typed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.store import check, sqlite

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


@pytest.fixture
def peopled(crm: Crm, tmp_path: Path) -> Crm:
    """Make a network of a charity of twelve, a council of nine and a revealing group of three, who know each other."""
    places = [("Leeds GATE", "charity", 12), ("Leeds City Council", "council", 9), ("Kirkstall Lanterns", "community group", 3)]
    rows = ["name,organisation,e-mail"]
    for name, kind, people in places:
        crm.once("org", "add", name, "--kind", kind, *(["--member"] if kind == "charity" else []))
        rows += [f"Canary{kind[:3].title()}{number} Made-up,{name},{kind[:3]}{number}@example.org" for number in range(people)]
    crm.once("org", "edit", "Kirkstall Lanterns", "--revealing")
    (tmp_path / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    crm.ok("contact", "import", "people.csv", "--yes")
    crm.once("network", "add-tie", "P1", "P13")
    crm.once("network", "add-tie", "P13", "P22")
    return crm


def test_a_published_map_asks_nothing_and_names_nobody(peopled: Crm, tmp_path: Path) -> None:
    """Organisations, counts, and how they were made; the journal says that counts were published, and whose details left, none."""
    refused = peopled.refused(Exit.REFUSED, "network", "map", "a.svg", "--publish")
    assert "1 of 3 counts of people would be hidden, being 7 or fewer\n" in refused
    assert 'try: --by kind --together "community group, council", which counts these as one' in refused
    refused = peopled.refused(Exit.REFUSED, "network", "map", "a.svg", "--publish", "--by", "kind")
    assert 'try: --by kind --together "community group, council", which counts these as one' in refused
    done = peopled.json("network", "map", "a.svg", "--publish", "--by", "kind", "--together", "community group, council")
    assert (done["people"], done["organisations"], done["links"]) == (0, 3, 2)
    text = (tmp_path / "a.svg").read_text()
    assert "People: charity 10, community group or council 10." in text
    assert "* is 7 people or fewer" in text
    assert "Canary" not in text
    entry = peopled.json("history")[0]
    assert "counts of people by kind published as a map: a.svg" in json.dumps(entry)
    peopled.ok("store", "export", "all")
    assert len((tmp_path / "all" / "disclosures.csv").read_text(encoding="utf-8").splitlines()) == 1


PUBLISH = ("--publish", "--by", "kind", "--together", "community group, council")


def test_counts_a_few_people_away_from_the_last_are_asked_about(peopled: Crm, tmp_path: Path) -> None:
    """By their true numbers, though both are shown alike; the last published ones count, and only those of the same way of counting."""
    peopled.ok("network", "map", "a.svg", *PUBLISH)
    assert "careful" not in peopled.ok("network", "map", "a.svg", "--force", *PUBLISH).err
    peopled.ok("contact", "add", "Canary Newcomer", "--org", "Leeds GATE")
    peopled.ok("report", "network", "--publish", "--by", "total", "--to", "total.md")
    before = len(peopled.json("history"))
    refused = peopled.refused(Exit.REFUSED, "network", "map", "b.svg", *PUBLISH)
    assert "1 count of people differs by 1 to 7 from what was published on 2026-12-01 (charity)" in refused
    assert "with --yes" in refused
    peopled.refused(Exit.REFUSED, "report", "network", "--to", "b.md", *PUBLISH)
    assert not (tmp_path / "b.svg").exists()
    assert not (tmp_path / "b.md").exists()
    assert "careful: 1 count" in peopled.ok("report", "network", *PUBLISH).err
    assert len(peopled.json("history")) == before
    assert "careful: 1 count" in peopled.ok("report", "network", "--to", "b.md", "--yes", *PUBLISH).err
    assert "careful" not in peopled.ok("network", "map", "b.svg", *PUBLISH).err


def test_what_was_published_is_kept_and_cannot_be_called_back(peopled: Crm, tmp_path: Path) -> None:
    """With the true numbers, which are ours: in the store and in its folder of files, and nowhere that the map or report goes."""
    peopled.ok("network", "map", "a.svg", *PUBLISH)
    peopled.ok("store", "export", "all")
    lines = (tmp_path / "all" / "published_counts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1:] == ["2026-12-01,kind,charity,,10,12", "2026-12-01,kind,community group or council,,10,12"]
    assert "cannot be called back" in peopled.refused(Exit.REFUSED, "undo", "--yes")
    peopled.ok("store", "check")
    assert "12" not in peopled.ok("report", "network", "--format", "csv", *PUBLISH).out


def test_check_knows_of_which_organisations_counts_may_be(peopled: Crm) -> None:
    """Of one that was there once; not of one that never was."""
    connection = sqlite.raw(peopled.workspace.store, "rw")
    connection.execute(
        "INSERT INTO published_count (published_on, counted_by, category, ref, shown, people)"
        " VALUES ('2026-12-01', 'organisation', 'x', 'O3', '*', 3), ('2026-12-01', 'organisation', 'x', 'O9', '*', 3)"
    )
    connection.close()
    found = [line for line in check.problems(peopled.workspace.store) if "in the journal" not in line]
    assert found == ["published count 2 is of O9, which never was"]


def test_a_published_report_says_the_same_in_words(peopled: Crm) -> None:
    """In every format; the counts are texts, since a star is one."""
    out = peopled.ok("report", "network", "--publish", "--by", "total").out
    assert "Canary" not in out
    assert " ".join(out.split()).count("Leeds GATE") >= 1
    assert "Without one of these, others would have no link to the rest: Leeds City Council." in " ".join(out.split())
    found = peopled.json("report", "network", "--publish", "--by", "total")
    assert found["figures"] == {"Network members": 1, "Organisations": 3, "Links": 2}
    assert {row["name"]: row["linked_to"] for row in found["rows"]} == {"Leeds GATE": 1, "Leeds City Council": 2, "Kirkstall Lanterns": 1}
    assert "Canary" not in peopled.ok("report", "network", "--publish", "--by", "total", "--format", "html").out


def test_the_report_for_ourselves_names_people(peopled: Crm, tmp_path: Path) -> None:
    """Members, figures, who holds it together; and beside something revealing it asks before it goes into a file."""
    out = peopled.ok("report", "network").out
    assert "Network members" in out
    assert "Who holds it together" in out
    assert "Canary" in out
    assert peopled.json("report", "network")["figures"]["People"] == 24
    peopled.refused(Exit.REFUSED, "report", "network", "--to", "a.md")
    peopled.ok("report", "network", "--to", "a.md", "--redact")
    assert "Canarycom0" not in (tmp_path / "a.md").read_text()


@pytest.mark.parametrize("form", ["html", "svg", "graphml", "dot"])
def test_a_map_that_names_people_says_on_top_that_it_is_internal(peopled: Crm, form: str) -> None:
    """Before its title, with --redact too; a published one does not say it."""
    for options in (["--yes"], ["--redact"]):
        text = peopled.ok("network", "map", "-", "--format", form, *options).out
        assert text.index("INTERNAL – NOT FOR PUBLICATION") < text.rindex("Network map of")
    assert "INTERNAL" not in peopled.ok("network", "map", "-", "--format", form, *PUBLISH).out


@pytest.mark.parametrize(
    ("form", "first"), [("txt", "{}\n\nThe network"), ("md", "**{}**\n\n# The network"), ("html", "<strong>{}</strong>")]
)
def test_a_report_that_leaves_says_on_top_that_it_is_internal(peopled: Crm, tmp_path: Path, form: str, first: str) -> None:
    """Of whatever it is; on the screen it does not, and neither does a published one."""
    mark = "INTERNAL – NOT FOR PUBLICATION"
    peopled.ok("report", "network", "--to", f"a.{form}", "--yes")
    text = (tmp_path / f"a.{form}").read_text(encoding="utf-8")
    assert text.startswith(first.format(mark)) if form != "html" else text.index(first.format(mark)) < text.index("<h1>")
    peopled.ok("report", "contact", "P1", "--to", f"b.{form}", "--yes")
    assert mark in (tmp_path / f"b.{form}").read_text(encoding="utf-8")
    assert mark not in peopled.ok("report", "network").out
    peopled.ok("report", "network", "--to", f"c.{form}", "--publish", "--by", "total")
    text = (tmp_path / f"c.{form}").read_text(encoding="utf-8")
    assert mark not in text
    assert "personal details" not in text


def test_ways_of_counting_belong_to_publishing(peopled: Crm) -> None:
    """And kinds are joined where kinds are counted."""
    assert "which --publish asks for" in peopled.refused(Exit.USAGE, "network", "map", "a.svg", "--by", "kind")
    assert "--by kind" in peopled.refused(Exit.USAGE, "report", "network", "--publish", "--together", "charity,council")
    assert "no kind of organisation 'x'" in peopled.refused(Exit.USAGE, "report", "network", "--publish", "--by", "kind", "--together", "x")


def test_an_empty_network_has_a_report(crm: Crm) -> None:
    """Of nobody."""
    assert crm.json("report", "network")["figures"]["People"] == 0
    assert crm.json("report", "network", "--publish", "--by", "total")["rows"] == []
