"""Who can introduce us to somebody, as typed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm


@pytest.fixture
def chain(crm: Crm, amina: str, sian: str) -> str:
    """Make a chain: we know Amina, who knows Siân, who knows Chloe at Public Health; give Chloe's ref."""
    crm.once("log", "Coffee", "--with", amina, "--on", "2026-11-20")
    crm.once("org", "add", "Public Health Leeds", "--kind", "council")
    chloe = str(crm.once("contact", "add", "Chloe Hill", "--org", "Public Health", "--role", "Consultant")["ref"])
    crm.once("network", "add-tie", amina, sian, "--strength", "close", "--from", "Amina told us")
    crm.once("network", "add-tie", sian, chloe, "--strength", "works with")
    return chloe


def people(crm: Crm, *words: str) -> list[list[str]]:
    """List the refs of each chain's people."""
    return [[person["ref"] for person in found["people"]] for found in crm.json("intro", "path", *words)]


def test_a_chain_has_its_people_links_and_costs(crm: Crm, chain: str) -> None:
    """Named, with how each knows the next; what it costs is the sum of what is listed."""
    (found,) = crm.json("intro", "path", "chloe")
    assert list(found) == ["cost", "people", "links", "blockers"]
    assert [person["ref"] for person in found["people"]] == ["P1", "P2", chain]
    assert [(link["left"]["name"], link["right"]["name"], link["strength"]) for link in found["links"]] == [
        ("us", "Amina Yusuf", "in touch"),
        ("Amina Yusuf", "Siân O'Brien [she/her]", "close"),
        ("Siân O'Brien [she/her]", "Chloe Hill", "works with"),
    ]
    assert found["links"][1]["reasons"] == ["noted: Amina told us"]
    assert found["cost"] == sum(part["cost"] for link in found["links"] for part in link["costs"])
    out = crm.ok("intro", "path", "chloe").out
    assert out.startswith("Who can introduce us to P3 Chloe Hill\n")
    assert f"1. us, Amina Yusuf, Siân O'Brien [she/her], Chloe Hill (cost {found['cost']})" in out
    assert crm.ok("intro", "path", "chloe", "-o", "md").out.startswith("# Who can introduce us")
    assert crm.ok("intro", "path", "chloe", "-o", "csv").out.startswith("cost,people,links,blockers\n")


@pytest.mark.parametrize("words", [["public health"], ["someone at Public Health"], ["anybody", "in", "public", "leeds"], ["O2"]])
def test_anybody_at_an_organisation_will_do(crm: Crm, chain: str, words: list[str]) -> None:
    """By name, by ref, or in a few words, with quotes or without."""
    assert people(crm, *words) == [["P1", "P2", chain]]


def test_blockers_are_named_and_ways_around_them_preferred(crm: Crm, chain: str) -> None:
    """Do not contact, a no, too many asks, a notice that is due."""
    crm.ok("contact", "edit", "siân", "--do-not-contact", "--reason", "asked us to stop")
    other = crm.json("contact", "add", "Dev Patel", "--source", "partner", "--obtained-on", "2026-10-01")["ref"]
    crm.ok("network", "add-tie", "amina", other)
    crm.ok("network", "add-tie", other, chain)
    first, second = crm.json("intro", "path", chain)
    assert [person["ref"] for person in first["people"]] == ["P1", other, chain]
    assert [(block["contact"]["ref"], block["said"]) for block in first["blockers"]] == [(other, "privacy notice was due by 2026-11-01")]
    assert [block["said"] for block in second["blockers"]] == ["do not contact: asked us to stop"]
    for found in (first, second):
        listed = [part for link in found["links"] for part in link["costs"]] + found["blockers"]
        assert found["cost"] == sum(part["cost"] for part in listed)
    crm.ok("contact", "edit", "amina", "--pause-asks", "2027-01-01")
    crm.ok("intro", "propose", other, "amina", "--why", "x")
    crm.ok("intro", "answer", "I1", "left", "no")
    (first, _) = crm.json("intro", "path", chain)
    assert [block["said"] for block in first["blockers"]] == [
        "asks are paused until 2027-01-01",
        "said no to I1 on 2026-12-01",
        "privacy notice was due by 2026-11-01",
    ]
    assert "Before you ask P1 Amina Yusuf: asks are paused until 2027-01-01 (cost 6)" in " ".join(
        crm.ok("intro", "path", chain).out.split()
    )


def test_the_workspaces_own_people_are_where_chains_begin(crm: Crm, chain: str) -> None:
    """By name or address, without an interaction."""
    sam = crm.json("contact", "add", "Samira A.", "--email", "SAM@leeds.example")["ref"]
    crm.ok("network", "add-tie", sam, chain, "--strength", "close")
    first, *_ = crm.json("intro", "path", chain)
    assert [person["ref"] for person in first["people"]] == [sam, chain]
    assert first["links"][0]["costs"] == [{"cost": 0, "said": "one of us"}]
    assert "is one of us" in crm.refused(Exit.REFUSED, "intro", "path", sam)


def test_up_to_five_different_chains_without_loops(crm: Crm, chain: str) -> None:
    """The cheapest first, the same twice, and fewer on request."""
    for number in range(7):
        ref = crm.json("contact", "add", f"Person {number}")["ref"]
        crm.ok("network", "add-tie", ref, chain)
        crm.ok("log", "Call", "--with", ref)
    found = crm.json("intro", "path", chain)
    assert len(found) == 5
    assert [each["cost"] for each in found] == sorted(each["cost"] for each in found)
    assert len({tuple(each) for each in people(crm, chain)}) == 5
    assert crm.json("intro", "path", chain) == found
    assert crm.json("intro", "path", chain, "--limit", "2") == found[:2]


def test_nobody_is_an_answer_too(crm: Crm, amina: str, sian: str) -> None:
    """Said on stderr, with what would help; the answer is empty."""
    done = crm.ok("intro", "path", sian)
    assert done.out == ""
    assert "nobody whom we know leads to P2 Siân O'Brien [she/her]" in done.err
    assert crm.json("intro", "path", amina) == []


def test_what_cannot_be_looked_for_is_refused(crm: Crm) -> None:
    """In one line, with what to try."""
    assert "no organisation 'Nowhere'" in crm.refused(Exit.NOT_FOUND, "intro", "path", "someone at Nowhere")
    assert "no contact or organisation 'nobody'" in crm.refused(Exit.NOT_FOUND, "intro", "path", "nobody")
    crm.ok("contact", "add", "Amina Yusuf")
    assert "no contact or organisation 'amina amina'; nearest: P1" in crm.refused(Exit.NOT_FOUND, "intro", "path", "amina", "amina")
    assert "P1 P2 are several; a way is looked for to one" in crm.refused(Exit.USAGE, "intro", "path", "P1", "P2")
    crm.ok("org", "add", "Empty House")
    assert "nobody whom we have on record has a present role at O1 Empty House" in crm.refused(Exit.REFUSED, "intro", "path", "empty")
    assert "limit" in crm.refused(Exit.USAGE, "intro", "path", "empty", "--limit", "0")


def test_costs_agree_with_the_ties_that_are_listed(crm: Crm) -> None:
    """What the search adds up, a chain at a time, is what its links' parts say, for ties of every kind."""
    random = Random(3)  # noqa: S311 - the same network each time, and no secret
    for number in range(14):
        org = ["--org", f"House {random.randint(1, 4)}"]
        if number < 4:
            crm.ok("org", "add", f"House {number + 1}")
        crm.ok("contact", "add", f"Person {number}", *(org if number >= 4 else []))
    for number in range(5):
        with_ = [word for who in random.sample(range(1, 15), 3) for word in ("--with", f"P{who}")]
        crm.ok("meeting", "add", f"Meeting {number}", "--at", f"202{random.randint(4, 6)}-10-0{number + 1} 10:00", *with_)
        crm.ok("meeting", "notes", f"M{number + 1}", "Held")
    for _ in range(10):
        one, other = random.sample(range(1, 15), 2)
        crm("network", random.choice(["add-tie", "drop-tie", "confirm"]), f"P{one}", f"P{other}")
    crm.ok("log", "Call", "--with", "P1")
    crm.ok("log", "Call", "--with", "P2", "--on", "2026-01-01")
    found = [chain for number in range(3, 15) for chain in crm.json("intro", "path", f"P{number}")]
    assert len(found) > 20
    for chain in found:
        assert chain["cost"] == _added_up(chain)


def _added_up(chain: dict[str, Any]) -> int:
    """Add up what a chain lists."""
    parts = [part for link in chain["links"] for part in link["costs"]] + chain["blockers"]
    return sum(int(part["cost"]) for part in parts)
