"""Who may be introduced to whom, in which order, and what is missing."""

from __future__ import annotations

from datetime import date

import pytest

from solidarity_crm.errors import BadValue, ConsentMissing, MoveRefused, Refused
from solidarity_crm.rules import introducing
from solidarity_crm.rules.introducing import Answer, Earlier, Person

AMINA, BEA, JO = Person("P1", "Amina Yusuf"), Person("P2", "Bea Lund"), Person("P3", "Jo Vale")
GONE = Person("P4", "Ola Akin", do_not_contact=True, reason="asked us to stop")
TODAY, YESTERDAY, TOMORROW = date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 2)


@pytest.mark.parametrize("introducer", [None, JO])
def test_two_people_may_be_brought_together(introducer: Person | None) -> None:
    """By us or by somebody else."""
    introducing.check_people(AMINA, BEA, introducer)


@pytest.mark.parametrize(
    ("left", "right", "introducer", "said"),
    [
        (AMINA, AMINA, None, "P1 Amina Yusuf cannot be introduced to themselves"),
        (AMINA, BEA, AMINA, "P1 Amina Yusuf is one of the two"),
        (AMINA, BEA, BEA, "P2 Bea Lund is one of the two"),
        (GONE, BEA, None, "P4 Ola Akin is not to be contacted: asked us to stop"),
        (AMINA, GONE, None, "P4 Ola Akin is not to be contacted"),
        (AMINA, BEA, GONE, "P4 Ola Akin is not to be contacted"),
        (AMINA, Person("P5", "Al", do_not_contact=True), None, "P5 Al is not to be contacted$"),
    ],
)
def test_who_cannot_be_is_refused(left: Person, right: Person, introducer: Person | None, said: str) -> None:
    """Nobody meets themselves or introduces themselves, and nobody is approached who asked not to be."""
    with pytest.raises(Refused, match=said):
        introducing.check_people(left, right, introducer)


@pytest.mark.parametrize("status", ["proposed", "asking", "agreed", "made", "met"])
def test_an_open_one_stands_in_the_way_whatever_is_said(status: str) -> None:
    """While one is open there is no second, though an older one ended."""
    earlier = [Earlier("I1", "declined", YESTERDAY), Earlier("I2", status, None)]
    with pytest.raises(Refused, match=f"I2 already brings these two together; it is {status}"):
        introducing.check_earlier(earlier, again=True)


def test_one_that_ended_asks_for_again_and_says_when() -> None:
    """The last one to end is named."""
    earlier = [Earlier("I1", "closed", TODAY), Earlier("I2", "declined", YESTERDAY), Earlier("I3", "lapsed", None)]
    with pytest.raises(Refused, match="I1, which was closed on 2026-12-01"):
        introducing.check_earlier(earlier, again=False)
    with pytest.raises(Refused, match=r"I3, which was lapsed$"):
        introducing.check_earlier(earlier[2:], again=False)
    introducing.check_earlier(earlier, again=True)
    introducing.check_earlier([], again=False)


def test_days_come_in_order() -> None:
    """A day may be the same as what came first, not before it, and not ahead of us."""
    introducing.check_day(TODAY, today=TODAY, after=[("it was proposed", TODAY), ("they were asked", None)])
    with pytest.raises(Refused, match="2026-11-30 is before 2026-12-01, when they were asked"):
        introducing.check_day(YESTERDAY, today=TODAY, after=[("it was proposed", YESTERDAY), ("they were asked", TODAY)])
    with pytest.raises(BadValue, match="it has not come yet"):
        introducing.check_day(TOMORROW, today=TODAY)


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        ((None, None), "ask"),
        (("yes", None), "ask"),
        ((None, "yes"), "ask"),
        (("yes", "yes"), "agree"),
        (("no", None), "decline"),
        (("yes", "no"), "decline"),
        (("no", "yes"), "decline"),
    ],
)
def test_what_answers_lead_to(answers: tuple[str | None, str | None], step: str) -> None:
    """Two yeses agree, one no declines, anything less is still asking."""
    assert step == introducing.step(answers)


def test_answers_end_with_the_asking() -> None:
    """Once it is made, or has ended, there is nothing left to answer."""
    for status in introducing.BEFORE_MADE:
        introducing.check_answerable("I1", status)
    with pytest.raises(MoveRefused, match="I1 is made, so it cannot be answered; it can be: met, closed"):
        introducing.check_answerable("I1", "made")
    with pytest.raises(MoveRefused, match="it has ended"):
        introducing.check_answerable("I1", "declined")


def test_consent_is_each_sides_own() -> None:
    """Every side without a yes is named, with what it has said."""
    yes = Answer("left", "Amina Yusuf", "yes", YESTERDAY, TODAY)
    introducing.check_consent("I1", [yes, yes])
    with pytest.raises(ConsentMissing, match=r"have said yes\. right \(Bea Lund\): asked on 2026-11-30, no answer yet"):
        introducing.check_consent("I1", [yes, Answer("right", "Bea Lund", None, YESTERDAY, None)])
    assert introducing.said(yes) == "said yes on 2026-12-01"
    assert introducing.said(Answer("right", "Bea Lund", None, None, None)) == "not asked yet"


@pytest.mark.parametrize(
    ("fields", "before", "shared"),
    [
        ([], None, "name"),
        ([], "name, phone", "name, phone"),
        (["phone", "name", "phone"], "email", "name, phone"),
    ],
)
def test_what_a_yes_shares(fields: list[str], before: str | None, shared: str) -> None:
    """What was named, else what it was, else the name alone; in one order, each once."""
    assert shared == introducing.shared(fields, before)
