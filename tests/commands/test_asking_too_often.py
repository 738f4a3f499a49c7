"""Nobody is asked too often: each way of asking looks at what somebody was asked for already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

REASON = "the hearing is on Friday"


@pytest.fixture
def busy(crm: Crm, amina: str, sian: str) -> str:
    """Give somebody who was asked as often as they may be, with an introduction proposed and an offer accepted."""
    crm.once("intro", "propose", amina, sian, "--why", "Both run drop-ins", "--on", "2026-11-20")
    crm.once("offer", "add", amina, "data", "Figures", "--on", "2026-11-20")
    crm.once("offer", "accept", "H1")
    crm.once("contact", "edit", amina, "--ask-budget", "1")
    crm.once("offer", "use", "H1", "a talk", "--on", "2026-11-25")
    return amina


@pytest.mark.parametrize(
    "words",
    [
        ("intro", "ask", "I1", "left"),
        ("offer", "use", "H1", "a second talk"),
        ("meeting", "add", "Steering group", "--at", "2026-12-10 10:00", "--with", "amina"),
        ("outreach", "draft", "request-help", "--kind", "data", "--to", "amina"),
    ],
)
def test_an_ask_past_the_budget_takes_a_reason_that_is_kept(crm: Crm, busy: str, words: tuple[str, ...]) -> None:
    """Refused with what they were asked for; with a reason it goes on, and who carries how much shows the reason."""
    before = crm.json("history")
    said = crm.refused(Exit.REFUSED, *words)
    assert "asked once in the last 30 days (H1 on 2026-11-25), and may be 1" in said
    assert "--anyway" in said
    assert crm.json("history") == before
    assert "--anyway" in crm.refused(Exit.REFUSED, *words, "--anyway", " ")
    crm.ok(*words, "--anyway", REASON)
    carried = next(one for one in crm.json("network", "who", "--load") if one["contact"]["ref"] == busy)
    assert [(one["reason"], one["asked_on"]) for one in carried["over_budget"]] == [(REASON, "2026-12-01")]


def test_asks_can_be_paused(crm: Crm, busy: str) -> None:
    """Until a day."""
    crm.ok("contact", "edit", busy, "--ask-budget", "9", "--pause-asks", "2026-12-24")
    assert "asks are paused until 2026-12-24" in crm.refused(Exit.REFUSED, "intro", "ask", "I1", "left")


def test_a_message_that_asks_for_nothing_is_not_counted(crm: Crm, busy: str) -> None:
    """Thanks are welcome at any time; of a group only those are left out who were asked too often."""
    crm.ok("outreach", "draft", "thank-offer", "--to", busy, "--about", "H1")
    done = crm("outreach", "draft", "request-help", "--kind", "data", "--all-contacts", "--yes", "--json")
    assert done.code == Exit.PARTIAL
    assert [draft["to"]["name"] for draft in done.data] == ["Siân O'Brien [she/her]"]
    assert f"left out: {busy} Amina Yusuf: asked once in the last 30 days" in done.err


def test_asking_once_more_about_the_same_counts_once(crm: Crm, amina: str, sian: str) -> None:
    """A side that is silent can be asked again without going past anything."""
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins", "--on", "2026-11-20")
    crm.ok("contact", "edit", amina, "--ask-budget", "1")
    crm.ok("intro", "ask", "I1", "left", "--on", "2026-11-21")
    crm.ok("outreach", "export")
    assert crm.json("intro", "ask", "I1", "left")["left"]["asked_on"] == "2026-12-01"
    carried = next(one for one in crm.json("network", "who", "--load") if one["contact"]["ref"] == amina)
    assert (carried["asks"], carried["over_budget"]) == (1, [])
