"""The ask budget is weighed again when a message leaves, by whichever door; a draft keeps the reason that it was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.cli.context import change, today
from solidarity_crm.errors import Exit
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import sending

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

REASON = "the hearing is on Friday"
SURVEY = ("outreach", "draft", "request-help", "--kind", "data")
WHY = "asked once in the last 30 days (H1 on 2026-12-01), and may be 1"
DOORS = (("outreach", "export"), ("outreach", "send", "--dry-run", "D1"), ("outreach", "send", "--to-drafts", "D1"))


def carried(crm: Crm, contact: str) -> Any:
    """Give what somebody carries."""
    return next(one for one in crm.json("network", "who", "--load") if one["contact"]["ref"] == contact)


@pytest.fixture
def waiting(crm: Crm, amina: str) -> str:
    """Give somebody who may be asked once a month, with a draft D1 that would; since it was written they were asked."""
    crm.ok("contact", "edit", amina, "--ask-budget", "1")
    crm.ok(*SURVEY, "--to", amina)
    crm.ok("offer", "add", amina, "data", "Figures")
    crm.ok("offer", "accept", "H1")
    crm.ok("offer", "use", "H1", "a talk")
    return amina


@pytest.mark.parametrize("door", DOORS)
def test_whoever_was_asked_meanwhile_is_not_asked_again_by_a_draft(crm: Crm, waiting: str, door: tuple[str, ...]) -> None:
    """It is refused with what they were asked for, and stays as it was."""
    before = crm.json("history")
    said = crm.refused(Exit.REFUSED, *door)
    assert f"{waiting} Amina Yusuf: D1: {WHY}" in said
    assert '--anyway "why it cannot wait"' in said
    assert crm.refused(Exit.REFUSED, *door, "--anyway", "  ") == said
    assert crm.json("history") == before


def test_a_reason_given_on_the_way_out_is_kept(crm: Crm, waiting: str) -> None:
    """With the draft and with what they were asked, once, however often it is handed over."""
    assert crm.json("outreach", "send", "--dry-run", "D1", "--anyway", REASON)[0]["result"] == "would be sent"
    assert crm.json("outreach", "show", "D1")["anyway"] is None
    crm.ok("outreach", "export", "--anyway", REASON)
    assert crm.json("outreach", "show", "D1")["anyway"] == REASON
    assert f"Anyway:   {REASON}" in crm.ok("outreach", "show", "D1").out
    crm.ok("outreach", "export", "D1", "--force", "--anyway", "another one")
    assert [(one["asked_on"], one["reason"]) for one in carried(crm, waiting)["over_budget"]] == [("2026-12-01", REASON)]
    assert crm.json("outreach", "show", "D1")["anyway"] == REASON


def test_a_reason_given_when_it_was_drafted_is_kept_for_its_leaving(crm: Crm, waiting: str) -> None:
    """It is not asked for twice, nor kept twice."""
    crm.ok(*SURVEY, "--to", waiting, "--again", "--anyway", REASON)
    assert crm.json("outreach", "show", "D2")["anyway"] == REASON
    crm.ok("outreach", "export", "D2")
    assert [one["reason"] for one in carried(crm, waiting)["over_budget"]] == [REASON]


def test_an_undo_takes_the_reason_back(crm: Crm, waiting: str) -> None:
    """With the command that gave it."""
    crm.ok("outreach", "export", "--anyway", REASON)
    crm.ok("undo", "--yes")
    assert (crm.json("outreach", "show", "D1")["anyway"], carried(crm, waiting)["over_budget"]) == (None, [])
    assert WHY in crm.refused(Exit.REFUSED, "outreach", "export", "--force")


def test_a_folder_of_files_has_the_reason(crm: Crm, waiting: str, tmp_path: Path) -> None:
    """So that the draft can leave from the store that is made of it, too."""
    crm.ok(*SURVEY, "--to", waiting, "--again", "--anyway", REASON)
    crm.ok("store", "export", "files")
    crm.ok("init", "fresh", "--settings", "files/solidarity.toml")
    other = type(crm)(crm.workspace._replace(folder=tmp_path / "fresh"), crm._capture)
    other.ok("store", "import", "files")
    other.ok("store", "check")
    assert WHY in other.refused(Exit.REFUSED, "outreach", "export", "D1")
    other.ok("outreach", "export", "D2")


def test_a_reason_that_was_not_needed_is_not_kept(crm: Crm, amina: str) -> None:
    """Whoever comes to be asked too often later is weighed then."""
    crm.ok(*SURVEY, "--to", amina, "--anyway", REASON)
    crm.ok("outreach", "export", "D1", "--anyway", REASON)
    assert crm.json("outreach", "show", "D1")["anyway"] is None
    assert carried(crm, amina)["over_budget"] == []


def test_of_several_the_others_leave(crm: Crm, waiting: str, sian: str) -> None:
    """Who is left out is said with the reason, and the end is that of work done in part."""
    crm.ok(*SURVEY, "--to", sian)
    done = crm("outreach", "export", "--json")
    assert (done.code, [one["ref"] for one in done.data]) == (Exit.PARTIAL, ["D2"])
    assert f"left out: {waiting} Amina Yusuf: D1: {WHY}" in done.err


@pytest.mark.parametrize("door", [("outreach", "export"), ("outreach", "send", "--dry-run")])
def test_the_first_of_two_to_one_person_counts_for_the_second(crm: Crm, amina: str, door: tuple[str, ...]) -> None:
    """Though both leave by one command, and each had room when it was drafted."""
    crm.ok("contact", "edit", amina, "--ask-budget", "1")
    crm.ok(*SURVEY, "--to", amina)
    crm.ok(*SURVEY, "--to", amina, "--again")
    crm.ok("outreach", "approve", "D1", "D2")
    done = crm(*door, "--json")
    assert done.code == Exit.PARTIAL
    assert "asked once in the last 30 days (D1 on 2026-12-01), and may be 1" in done.err + done.out


def test_a_message_that_may_have_arrived_counts(crm: Crm, amina: str) -> None:
    """One that was being sent when the program was ended; once it is known that it was not sent, it does not."""
    crm.ok("contact", "edit", amina, "--ask-budget", "1")
    crm.ok(*SURVEY, "--to", amina)
    with change("outreach send") as tx:
        sending.claim(tx, Ref("D", 1), today=today())
    assert "(D1 on 2026-12-01)" in crm.refused(Exit.REFUSED, *SURVEY, "--to", amina, "--again")
    crm.ok("outreach", "resolve", "D1", "--not-sent")
    crm.ok(*SURVEY, "--to", amina, "--again")


def test_a_draft_never_counts_itself(crm: Crm, amina: str, sian: str) -> None:
    """Neither a message that left before, nor the introduction that a letter asks about; nor what was weighed with it counted."""
    crm.ok("contact", "edit", amina, "--ask-budget", "1")
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins")
    crm.ok("intro", "ask", "I1", "left")
    crm.ok("offer", "add", amina, "data", "Figures")
    crm.ok("offer", "accept", "H1")
    crm.ok("offer", "use", "H1", "a talk", "--anyway", REASON)
    crm.ok("outreach", "export", "D1")
    crm.ok("outreach", "export", "D1", "--force")
    crm.ok("contact", "edit", amina, "--pause-asks", "+2w")
    assert "asks are paused until" in crm.refused(Exit.REFUSED, "outreach", "export", "D1", "--force")


def test_the_letter_that_asks_about_an_introduction_has_the_reason_too(crm: Crm, waiting: str, sian: str) -> None:
    """The one that asking took, so that it can leave; it is kept once."""
    crm.ok("intro", "propose", waiting, sian, "--why", "Both run drop-ins")
    crm.ok("intro", "ask", "I1", "left", "--anyway", REASON)
    crm.ok("intro", "ask", "I1", "right", "--anyway", REASON)
    assert [crm.json("outreach", "show", ref)["anyway"] for ref in ("D2", "D3")] == [REASON, None]
    crm.ok("outreach", "export", "D2")
    assert [one["about"] for one in carried(crm, waiting)["over_budget"]] == ["I1"]


def test_the_check_says_what_stands_against_a_draft_that_waits(crm: Crm, waiting: str) -> None:
    """The same as the doors, with the reason that it has."""
    check = ("outreach", "check", waiting, "--template", "request-help")
    found = crm.json(*check)
    assert (found["draft"], found["allowed"], found["reasons"][-1]["says"]) == ("D1", False, WHY)
    assert "D1 waits" in crm.ok(*check).out
    assert crm.json(*check, "--anyway", REASON)["allowed"]
    crm.ok("outreach", "cancel", "D1")
    assert (crm.json(*check)["draft"], crm.json(*check)["allowed"]) == (None, False)
    crm.ok(*SURVEY, "--to", waiting, "--anyway", REASON)
    found = crm.json(*check)
    assert (found["draft"], found["allowed"], found["reasons"][-1]["says"]) == ("D2", True, f"{WHY}; it goes out anyway")
    crm.ok("outreach", "export", "D2")
