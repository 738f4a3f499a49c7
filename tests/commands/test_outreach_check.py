"""The reasoning of whether somebody may be written to, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

CHECK = ("outreach", "check")


def reasons(found: Any) -> list[tuple[str, bool]]:
    """Give the codes of the reasons, and which way each speaks."""
    return [(reason["code"], reason["allows"]) for reason in found["reasons"]]


def test_every_reason_is_a_line(crm: Crm, sian: str) -> None:
    """For and against, with what the message must keep to, and the name as it is."""
    crm.ok(
        "contact", "edit", sian, "--basis", "legitimate interests", "--source", "event", "--hours", "weekdays 10 to 2", "--avoid", "clinic"
    )
    said = crm.ok(*CHECK, "sian", "--template", "request-help").out
    assert said.startswith("P1 Siân O'Brien [she/her]: yes\nrequest-help (engagement) may be written to them\n")
    for line in (
        "Allows  Reason\n",
        "yes     legitimate interests covers engagement",
        "notice   the privacy notice goes into the message (due by 2027-01-01)",
        "way-out  the message says how to opt out",
        "words    do not say: clinic",
        "hours    reach them only: weekdays 10 to 2",
    ):
        assert line in said
    crm.ok("contact", "edit", sian, "--do-not-contact", "--email", "", "--channel", "call", "--basis", "contract")
    said = crm.ok(*CHECK, sian, "--template", "request-help").out
    assert "may not be written to them: 4 reasons against it" in said
    assert "Keep to" not in said
    found = crm.json(*CHECK, sian, "--template", "request-help")
    assert found["contact"] == {"ref": sian, "name": "Siân O'Brien [she/her]"}
    assert (found["template"], found["purpose"], found["allowed"], found["duties"]) == ("request-help", "engagement", False, [])
    assert reasons(found) == [("do-not-contact", False), ("no-address", False), ("channel", False), ("basis", False)]
    assert found["reasons"][1]["hint"] == f"solidarity contact edit {sian} --email ADDRESS"


def test_the_ask_budget_counts_for_asking_alone(crm: Crm, amina: str) -> None:
    """And --anyway shows what a reason would open."""
    crm.ok("contact", "edit", amina, "--ask-budget", "0", "--basis", "public task")
    assert reasons(crm.json(*CHECK, amina, "--template", "thank-offer")) == [("basis", True)]
    assert reasons(crm.json(*CHECK, amina, "--template", "request-help")) == [("basis", True), ("ask-budget", False)]
    anyway = crm.json(*CHECK, amina, "--template", "request-help", "--anyway", "it is urgent")
    assert (anyway["allowed"], reasons(anyway)[1]) == (True, ("ask-budget", True))


def test_what_is_not_there_is_named(crm: Crm, amina: str) -> None:
    """Nobody and no template."""
    assert "no contact 'nobody'" in crm.refused(Exit.NOT_FOUND, *CHECK, "nobody", "--template", "request-help")
    assert "no template 'nothing'" in crm.refused(Exit.USAGE, *CHECK, amina, "--template", "nothing")
    (crm.workspace.templates / "broken.txt").write_text("no header", encoding="utf-8")
    assert "cannot read" in crm.refused(Exit.REFUSED, *CHECK, amina, "--template", "broken")


def test_the_check_says_what_drafting_does(crm: Crm, amina: str, sian: str) -> None:
    """One rule: whoever may not be written to by the one gets no draft by the other."""
    crm.ok("contact", "edit", sian, "--basis", "contract")
    for ref in (amina, sian):
        allowed = crm.json(*CHECK, ref, "--template", "request-help")["allowed"]
        assert (crm("outreach", "draft", "request-help", "--kind", "data", "--to", ref).code == Exit.DONE) == allowed
