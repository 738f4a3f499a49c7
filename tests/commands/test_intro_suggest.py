"""Which pairs are worth introducing, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

SEX_WORKERS = ("--works-with", "sex workers")


@pytest.fixture
def pair(crm: Crm) -> tuple[str, str]:
    """Add two who work with the same community."""
    return tuple(crm.once("contact", "add", name, *SEX_WORKERS)["ref"] for name in ("Amina Yusuf", "Siân O'Brien [she/her]"))


def pairs(crm: Crm, *words: str) -> list[tuple[str, str, int]]:
    """List what is suggested."""
    return [(found["left"]["ref"], found["right"]["ref"], found["score"]) for found in crm.json("intro", "suggest", *words)]


def test_a_pair_has_its_parts_and_their_sum(crm: Crm, pair: tuple[str, str]) -> None:
    """In JSON and in words, with the command that comes next."""
    (found,) = crm.json("intro", "suggest")
    assert found == {
        "left": {"ref": "P1", "name": "Amina Yusuf"},
        "right": {"ref": "P2", "name": "Siân O'Brien [she/her]"},
        "score": 3,
        "parts": [{"points": 3, "said": "both work with sex workers"}],
    }
    done = crm.ok("intro", "suggest")
    assert "both work with sex workers (3)" in done.out
    assert done.err == f'next: solidarity intro propose {pair[0]} {pair[1]} --why "WORDS"\n'


def test_an_ask_that_anothers_offer_meets_brings_two_people_together(crm: Crm, pair: tuple[str, str]) -> None:
    """Whoever offers the kind of help, and those who work with the communities that it is for."""
    giver = crm.json("contact", "add", "Dev Patel")["ref"]
    crm.ok("offer", "add", giver, "advice", "Talks on registration", "--for", "sex workers")
    crm.ok("ask", "add", "advice", "GP registration", "--for", "sex workers")
    found: list[Any] = crm.json("intro", "suggest", "--for", giver)
    assert [(one["left"]["ref"], one["right"]["ref"]) for one in found] == [(pair[0], giver), (pair[1], giver)]
    (part,) = found[0]["parts"]
    assert part["points"] == found[0]["score"] > 10
    assert part["said"].startswith("H1 could meet A1 GP registration: same kind of help (advice), for sex workers")
    crm.ok("ask", "withdraw", "A1")
    assert pairs(crm, "--for", giver) == []


def test_a_common_acquaintance_is_a_reason(crm: Crm) -> None:
    """Until the two know each other."""
    for name in ("Ann", "Bob", "Cleo"):
        crm.ok("contact", "add", name)
    crm.ok("network", "add-tie", "ann", "bob")
    crm.ok("network", "add-tie", "bob", "cleo")
    assert pairs(crm) == [("P1", "P3", 2)]
    crm.ok("network", "drop-tie", "ann", "bob")
    assert pairs(crm) == []
    crm.ok("network", "add-tie", "ann", "bob")
    crm.ok("network", "add-tie", "ann", "cleo")
    assert pairs(crm) == []


@pytest.mark.parametrize(
    "blocker",
    [
        ["network", "add-tie", "P1", "P2"],
        ["contact", "edit", "P2", "--do-not-contact"],
        ["contact", "edit", "P1", "--pause-asks", "+1w"],
        ["contact", "edit", "P1", "--ask-budget", "0"],
        ["contact", "edit", "P2", "--source", "event"],
        ["contact", "edit", "P1", "--name", "Sam Adeyemi"],
        ["intro", "propose", "P2", "P1", "--why", "x"],
    ],
    ids=" ".join,
)
def test_never_a_pair_with_a_blocker(crm: Crm, pair: tuple[str, str], blocker: list[str]) -> None:
    """Who know each other, are being or were introduced, are not to be asked, are owed their privacy notice, or are one of us."""
    assert len(pairs(crm)) == 1
    crm.ok(*blocker)
    assert pairs(crm) == pairs(crm, "--for", pair[0]) == []


def test_a_pair_that_was_declined_is_not_suggested_again(crm: Crm, pair: tuple[str, str]) -> None:
    """A no stands."""
    crm.ok("intro", "propose", *pair, "--why", "x")
    crm.ok("intro", "answer", "I1", "left", "no")
    assert pairs(crm) == []
    assert "no two people to introduce" in crm.ok("intro", "suggest").err


def test_who_said_no_is_left_in_peace(crm: Crm, pair: tuple[str, str]) -> None:
    """Whoever it was to; the one that they said no to can still be introduced to others."""
    crm.ok("contact", "add", "Ola Akin", *SEX_WORKERS)
    crm.ok("contact", "add", "Dev Patel")
    crm.ok("intro", "propose", pair[0], "dev", "--why", "x")
    crm.ok("intro", "answer", "I1", "left", "no")
    assert pairs(crm) == [("P2", "P3", 3)]


def test_the_list_is_the_same_twice_and_as_long_as_asked(crm: Crm) -> None:
    """The best first, of equal ones the lowest numbers."""
    for number in range(6):
        crm.ok("contact", "add", f"Person {number}", *SEX_WORKERS, *(["--tag", "press"] if number % 2 else []))
    found = pairs(crm, "--limit", "99")
    assert found == pairs(crm, "--limit", "99")
    assert [score for *_, score in found] == sorted((score for *_, score in found), reverse=True)
    assert found[:3] == [("P2", "P4", 5), ("P2", "P6", 5), ("P4", "P6", 5)]
    assert len(found) == 15
    assert pairs(crm, "--limit", "2") == found[:2]
    assert "limit" in crm.refused(Exit.USAGE, "intro", "suggest", "--limit", "0")
