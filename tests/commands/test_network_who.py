"""Who knows the most people, who holds the network together, who carries how much: as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit
from solidarity_crm.models.tie import OverBudget
from solidarity_crm.store.transaction import By, transaction

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from conftest import Crm

FIELDS = "people organisations ties confirmed parts largest_part isolated degrees organisation_degrees bridges hinges isolates"


@pytest.fixture
def two_groups(crm: Crm) -> Crm:
    """Make two groups of three that only Bob and Cleo link, an organisation whose two people know nobody else, and one alone."""
    for name in ("Ann", "Bob", "Beth", "Cleo", "Dev", "Eve", "Fay", "Gus", "Siân O'Brien [she/her]"):
        crm.once("contact", "add", name)
    for one, other in (("P1", "P2"), ("P1", "P3"), ("P2", "P3"), ("P4", "P5"), ("P4", "P6"), ("P5", "P6"), ("P2", "P4")):
        crm.once("network", "add-tie", one, other)
    crm.once("org", "add", "MESMAC")
    for contact in ("P7", "P8"):
        crm.once("contact", "edit", contact, "--org", "MESMAC")
    return crm


def test_the_network_in_figures(two_groups: Crm) -> None:
    """Groups, ties, those who hold it together and whom nobody knows."""
    found = two_groups.json("network", "who")
    assert " ".join(found) == FIELDS
    assert (found["people"], found["organisations"], found["ties"], found["confirmed"]) == (9, 1, 8, 7)
    assert (found["parts"], found["largest_part"], found["isolated"]) == (2, 6, 1)
    assert [(one["who"]["ref"], one["knows"], one["confirmed"]) for one in found["degrees"][:3]] == [
        ("P2", 3, 3),
        ("P4", 3, 3),
        ("P1", 2, 2),
    ]
    assert found["organisation_degrees"] == [{"who": {"ref": "O1", "name": "MESMAC"}, "knows": 2, "confirmed": 0}]
    assert [(one["who"]["ref"], one["cut_off"], one["parts"]) for one in found["bridges"]] == [("P2", 2, 2), ("P4", 2, 2), ("O1", 1, 2)]
    assert [(one["left"]["ref"], one["right"]["ref"], one["cut_off"]) for one in found["hinges"]] == [("P2", "P4", 3)]
    assert found["isolates"] == [{"ref": "P9", "name": "Siân O'Brien [she/her]"}]
    assert two_groups.json("network", "who") == found


def test_what_that_means_is_said_in_words(two_groups: Crm) -> None:
    """On a page that a steering group can read."""
    out = two_groups.ok("network", "who").out
    assert "In one piece: no: 2 groups with no way from one to another, the largest of 6 people" in " ".join(out.split())
    assert "2 people cut off, 2 parts" in out
    assert "P9 Siân O'Brien [she/her]. Ask who knows them" in out
    assert two_groups.ok("network", "who", "-o", "md").out.startswith("# The network")
    assert two_groups.ok("network", "who", "--limit", "1").out.count("cut off") == out.count("cut off") - 2


def test_a_dropped_tie_holds_nothing(two_groups: Crm) -> None:
    """Without Bob and Cleo's there are two groups more."""
    two_groups.ok("network", "drop-tie", "P2", "P4")
    found = two_groups.json("network", "who")
    assert (found["parts"], found["largest_part"], found["hinges"]) == (3, 3, [])


def test_an_empty_network_says_so(crm: Crm) -> None:
    """Nobody in it is no error."""
    assert crm.json("network", "who")["people"] == 0
    assert "nobody is known to know anybody" in crm.ok("network", "who").out
    assert crm.json("network", "who", "--load") == []
    assert "limit" in crm.refused(Exit.USAGE, "network", "who", "--limit", "0")


def load(crm: Crm) -> list[dict[str, Any]]:
    """List who carries how much."""
    return list(crm.json("network", "who", "--load"))


def test_who_carries_the_most_comes_first(crm: Crm, amina: str, sian: str, on_day: Callable[[str], None]) -> None:
    """With each ask, what is left, and why not now; a month later it is gone."""
    crm.ok("contact", "add", "Nobody Asked")
    for number in range(2):
        crm.ok("meeting", "add", f"Steering group {number}", "--at", f"2026-11-2{number} 10:00", "--with", amina)
    crm.ok("meeting", "add", "Launch", "--at", "2026-11-25 10:00", "--with", sian)
    first, second = load(crm)
    assert (first["contact"]["ref"], first["asks"], first["budget"], first["left"]) == (amina, 2, 2, 0)
    assert first["excess"] == "asked 2 times in the last 30 days (M2 on 2026-11-21, M1 on 2026-11-20), and may be 2"
    assert first["asked"][0] == {"kind": "meeting", "ref": "M2", "on": "2026-11-21", "about": "Steering group 1"}
    assert (second["contact"]["ref"], second["asks"], second["left"], second["excess"]) == (sian, 1, 1, None)
    assert "2 of 2" in crm.ok("network", "who", "--load").out
    assert "1 more; --limit 2 lists them all" in crm.ok("network", "who", "--load", "--limit", "1").err
    on_day("2027-01-15")
    assert load(crm) == []


def test_a_pause_and_asks_past_the_budget_are_listed(crm: Crm, amina: str) -> None:
    """With the reasons that were given."""
    crm.ok("contact", "edit", amina, "--pause-asks", "2027-01-01")
    by = By("Robin Marsh", "test", _now())
    with transaction(crm.workspace.store, crm.workspace.settings, by) as tx:
        tx.add(OverBudget.checked(contact_id=int(amina[1:]), asked_on=_today(), about="I1", reason="She asked us to"))
    (found,) = load(crm)
    assert (found["paused_until"], found["excess"]) == ("2027-01-01", "asks are paused until 2027-01-01")
    assert found["over_budget"] == [{"asked_on": "2026-12-01", "about": "I1", "reason": "She asked us to"}]
    assert crm.json("store", "check")["problems"] == 0


def _now() -> Any:
    """Give a moment on the tests' day."""
    from datetime import UTC, datetime

    return datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


def _today() -> date:
    """Give the tests' day."""
    from datetime import date

    return date(2026, 12, 1)
