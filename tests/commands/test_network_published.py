"""The network as a map or a report that is published, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


@pytest.fixture
def peopled(crm: Crm, tmp_path: Path) -> Crm:
    """Make a network of a charity of twelve, a council of nine and a revealing group of three, who know each other."""
    places = [("Leeds GATE", "charity", 12), ("Leeds City Council", "council", 9), ("Kirkstall Lanterns", "community group", 3)]
    rows = ["name,organisation,e-mail"]
    for name, kind, people in places:
        crm.ok("org", "add", name, "--kind", kind, *(["--member"] if kind == "charity" else []))
        rows += [f"Canary{kind[:3].title()}{number} Made-up,{name},{kind[:3]}{number}@example.org" for number in range(people)]
    crm.ok("org", "edit", "Kirkstall Lanterns", "--revealing")
    (tmp_path / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    crm.ok("contact", "import", "people.csv", "--yes")
    crm.ok("network", "add-tie", "P1", "P13")
    crm.ok("network", "add-tie", "P13", "P22")
    return crm


def test_a_published_map_asks_nothing_and_names_nobody(peopled: Crm, tmp_path: Path) -> None:
    """Organisations, counts, and how they were made; nothing is kept in the journal, since nobody's details left."""
    before = len(peopled.json("history"))
    refused = peopled.refused(Exit.REFUSED, "network", "map", "a.svg", "--publish")
    assert "1 of 3 counts of people would be hidden, being 7 or fewer\ntry: --by kind" in refused
    refused = peopled.refused(Exit.REFUSED, "network", "map", "a.svg", "--publish", "--by", "kind")
    assert 'try: --by kind --together "community group, council", which counts these as one' in refused
    done = peopled.json("network", "map", "a.svg", "--publish", "--by", "kind", "--together", "community group, council")
    assert (done["people"], done["organisations"], done["links"]) == (0, 3, 2)
    text = (tmp_path / "a.svg").read_text()
    assert "People: charity 10, community group or council 10." in text
    assert "* is 7 people or fewer" in text
    assert "Canary" not in text
    assert len(peopled.json("history")) == before


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


def test_ways_of_counting_belong_to_publishing(peopled: Crm) -> None:
    """And kinds are joined where kinds are counted."""
    assert "which --publish asks for" in peopled.refused(Exit.USAGE, "network", "map", "a.svg", "--by", "kind")
    assert "--by kind" in peopled.refused(Exit.USAGE, "report", "network", "--publish", "--together", "charity,council")
    assert "no kind of organisation 'x'" in peopled.refused(Exit.USAGE, "report", "network", "--publish", "--by", "kind", "--together", "x")


def test_an_empty_network_has_a_report(crm: Crm) -> None:
    """Of nobody."""
    assert crm.json("report", "network")["figures"]["People"] == 0
    assert crm.json("report", "network", "--publish", "--by", "total")["rows"] == []
