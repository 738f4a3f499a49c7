"""The network as a map, as typed."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm


@pytest.fixture
def known(crm: Crm, amina: str, sian: str) -> Crm:
    """Make a network of two who know each other, with all that a map must not tell."""
    crm.once("contact", "edit", amina, "--note", "CANARY note", "--avoid", "CANARY words", "--phone", "0113 496 0177")
    crm.once("network", "add-tie", amina, sian, "--from", "CANARY told us", "--strength", "close")
    crm.once("intro", "propose", amina, sian, "--why", "CANARY why")
    return crm


def test_a_file_of_each_kind(known: Crm, tmp_path: Path) -> None:
    """The ending says which; what is in it is said."""
    for name, form in (("a.html", "html"), ("a.svg", "svg"), ("a.graphml", "graphml"), ("a.dot", "dot"), ("a.gv", "dot")):
        done = known.json("network", "map", name)
        assert (done["format"], done["people"], done["organisations"], done["links"]) == (form, 2, 1, 2)
        assert done["files"] == [name]
        assert "Amina Yusuf" in (tmp_path / name).read_text()
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert "2 people, 1 organisation, 2 links: a picture; it names people" in known.ok("network", "map", "b.svg").err


def test_kumu_gets_two_sheets(known: Crm, tmp_path: Path) -> None:
    """Named after the file."""
    assert known.json("network", "map", "net.csv")["files"] == ["net-elements.csv", "net-connections.csv"]
    with (tmp_path / "net-connections.csv").open(newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert [(row["From"], row["To"], row["Label"]) for row in rows] == [
        ("Amina Yusuf", "MESMAC", "Outreach lead"),
        ("Amina Yusuf", "Siân O'Brien [she/her]", "close"),
    ]


def test_the_form_may_be_said_and_the_map_go_to_stdout(known: Crm) -> None:
    """As GraphML, whatever the ending; a page where nothing is said."""
    assert known.ok("network", "map", "-", "--format", "graphml").out.startswith("<?xml")
    assert known.ok("network", "map", "-").out.startswith("<!DOCTYPE html>")
    assert known.json("network", "map", "a.txt", "--format", "dot")["format"] == "dot"


@pytest.mark.parametrize("form", ["html", "svg", "graphml", "dot"])
def test_nothing_else_of_anybody_is_in_it(known: Crm, form: str) -> None:
    """No notes, numbers, addresses, reasons or words of an introduction."""
    text = known.ok("network", "map", "-", "--format", form).out
    assert "Siân" in text or "Si\\u00e2n" in text
    assert not re.search(r"CANARY|0113|example\.org", text)


def test_that_people_left_in_a_map_is_kept(known: Crm) -> None:
    """Who, when, as what; and no undo takes it away."""
    known.ok("network", "map", "a.svg")
    entry = known.json("history")[0]
    assert entry["command"] == "network map"
    assert "2 contacts as svg for a map: a.svg: name, roles, works_with, ties" in json.dumps(entry)


def test_what_is_refused(known: Crm, tmp_path: Path) -> None:
    """An ending that says nothing, two answers in one place, a file that is there; and then nothing is written."""
    assert "the ending says the form" in known.refused(Exit.USAGE, "network", "map", "a.txt")
    assert "two sheets" in known.refused(Exit.USAGE, "network", "map", "-", "--format", "kumu")
    assert "either the map or json" in known.refused(Exit.USAGE, "network", "map", "-", "--json")
    (tmp_path / "a.svg").write_text("mine")
    before = len(known.json("history"))
    assert "a.svg" in known.refused(Exit.REFUSED, "network", "map", "a.svg")
    assert ((tmp_path / "a.svg").read_text(), len(known.json("history"))) == ("mine", before)
    known.ok("network", "map", "a.svg", "--force")


def test_an_empty_network_has_no_map(crm: Crm) -> None:
    """And says how to begin one."""
    assert "nobody to draw yet" in crm.refused(Exit.REFUSED, "network", "map", "a.html")


def test_a_network_too_large_to_draw_goes_to_a_program_that_can(known: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of thousands of names shows nobody anything."""
    monkeypatch.setattr("solidarity_crm.exchange.network_map.layout.MOST", 2)
    assert "try: solidarity network map network.graphml" in known.refused(Exit.REFUSED, "network", "map", "a.html")
    known.ok("network", "map", "a.graphml")
