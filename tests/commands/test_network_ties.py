"""Who knows whom, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

FIELDS = "contact other strength state since known_from last_together reasons noted_on uid"


@pytest.fixture
def bea(crm: Crm) -> str:
    """Add a colleague of Amina's; give her ref."""
    return str(crm.once("contact", "add", "Bea Quinn", "--org", "MESMAC", "--role", "Trustee")["ref"])


def listed(crm: Crm, *words: str) -> list[tuple[Any, ...]]:
    """List ties in a few words."""
    return [(t["contact"]["ref"], t["other"]["ref"], t["strength"], t["state"], t["reasons"]) for t in crm.json("network", "ties", *words)]


def test_a_noted_tie_answers_with_its_record(crm: Crm, amina: str, sian: str) -> None:
    """Whichever way round the two were named."""
    added = crm.json(
        "network", "add-tie", "siân", "amina", "--strength", "close", "--since", "2020-05-01", "--from", "Amina told us\nin May"
    )
    assert " ".join(added) == FIELDS
    assert (added["contact"], added["other"]) == ({"ref": amina, "name": "Amina Yusuf"}, {"ref": sian, "name": "Siân O'Brien [she/her]"})
    assert (added["strength"], added["state"], added["since"], added["noted_on"]) == ("close", "confirmed", "2020-05-01", "2026-12-01")
    assert crm.json("network", "ties") == [added]
    assert crm.json("network", "ties", "siân") == [{**added, "contact": added["other"], "other": added["contact"]}]
    assert "noted: Amina told us" in crm.ok("network", "ties").out
    assert crm.json("store", "check")["problems"] == 0


def test_colleagues_meetings_and_introductions_suggest_ties(crm: Crm, amina: str, bea: str, sian: str) -> None:
    """Each with its reason, until somebody confirms it."""
    assert listed(crm) == [(amina, bea, "works with", "suggested", ["both at MESMAC"])]
    crm.ok("meeting", "add", "Steering group", "--at", "2026-11-20 10:00", "--with", bea, "--with", sian)
    assert len(listed(crm)) == 1
    crm.ok("meeting", "notes", "M1", "We agreed on the leaflet")
    assert listed(crm, bea)[1:] == [(bea, sian, "knows", "suggested", ["both at the meeting Steering group"])]
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins")
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes")
    assert len(listed(crm, amina)) == 1
    crm.ok("intro", "make", "I1")
    (introduced,) = [tie for tie in crm.json("network", "ties", sian) if tie["other"]["ref"] == amina]
    assert (introduced["reasons"], introduced["last_together"]) == (["introduced to each other (Both run drop-ins)"], "2026-12-01")


def test_past_roles_and_large_organisations_suggest_nothing(crm: Crm, amina: str, bea: str) -> None:
    """Where more than thirty people work, not knowing each other is likelier."""
    crm.ok("contact", "edit", bea, "--left", "MESMAC", "--on", "yesterday")
    assert listed(crm) == []
    crm.ok("contact", "edit", bea, "--org", "MESMAC")
    for number in range(28):
        crm.ok("contact", "add", f"Person {number}", "--org", "MESMAC")
    assert len(listed(crm, amina)) == 29
    crm.ok("contact", "add", "Person 28", "--org", "MESMAC")
    assert listed(crm, amina) == []


def test_confirming_keeps_or_says_how_close(crm: Crm, amina: str, bea: str) -> None:
    """What follows from the records is as close as they say, unless somebody knows better."""
    assert crm.json("network", "confirm", amina, bea)["strength"] == "works with"
    again = crm.refused(Exit.REFUSED, "network", "confirm", bea, amina)
    assert "the tie of P2 and P1 is confirmed already: works with" in again
    assert crm.json("network", "confirm", bea, amina, "--strength", "clo")["strength"] == "close"
    assert listed(crm, "--state", "suggested") == []
    assert listed(crm, "--state", "confirmed") == [(amina, bea, "close", "confirmed", ["noted by us", "both at MESMAC"])]


def test_a_dropped_tie_is_not_suggested_again(crm: Crm, amina: str, bea: str) -> None:
    """It is remembered, can be looked up, and can be noted after all."""
    dropped = crm.json("network", "drop-tie", bea, amina)
    assert (dropped["contact"]["ref"], dropped["state"], dropped["reasons"]) == (amina, "dropped", [])
    assert listed(crm) == listed(crm, amina) == []
    assert listed(crm, bea, "--state", "dropped") == [(bea, amina, "works with", "dropped", [])]
    assert "was dropped on 2026-12-01" in crm.refused(Exit.REFUSED, "network", "drop-tie", amina, bea)
    assert "do not know each other" in crm.refused(Exit.REFUSED, "network", "confirm", amina, bea)
    assert crm.json("network", "add-tie", amina, bea)["state"] == "confirmed"


def test_undo_takes_a_tie_back(crm: Crm, amina: str, sian: str) -> None:
    """Also what was said over it; history has it under the contact."""
    crm.ok("network", "add-tie", amina, sian)
    crm.ok("network", "drop-tie", amina, sian)
    crm.ok("undo", "--yes")
    assert [tie[3] for tie in listed(crm)] == ["confirmed"]
    assert "network add-tie" in crm.ok("history", amina).out
    assert crm.json("store", "check")["problems"] == 0


def test_what_cannot_be_is_refused(crm: Crm, amina: str, sian: str) -> None:
    """In one line, with what to do; nothing is noted."""
    assert "P1 was named twice" in crm.refused(Exit.REFUSED, "network", "add-tie", amina, amina)
    assert "nothing says that P1 and P2 know each other" in crm.refused(Exit.REFUSED, "network", "confirm", amina, sian)
    assert "nothing says that P1 and P2 know each other" in crm.refused(Exit.REFUSED, "network", "drop-tie", sian, amina)
    assert "no strength 'best friends'" in crm.refused(Exit.USAGE, "network", "add-tie", amina, sian, "--strength", "best friends")
    assert "it has not come yet" in crm.refused(Exit.USAGE, "network", "add-tie", amina, sian, "--since", "tomorrow")
    assert "no contact 'nobody'" in crm.refused(Exit.NOT_FOUND, "network", "ties", "nobody")
    assert "control characters" in crm.refused(Exit.USAGE, "network", "add-tie", amina, sian, "--from", "a\x1b[2J")
    crm.ok("network", "add-tie", amina, sian)
    assert "have a tie already: knows, noted on 2026-12-01" in crm.refused(Exit.REFUSED, "network", "add-tie", sian, amina)
    assert len(listed(crm)) == 1
