"""Nobody is asked too often."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from solidarity_crm.rules.asking import Asked, Load, after, besides, excess, since

TODAY = date(2026, 12, 1)
ONE, TWO, THREE, FOUR = (Asked("meeting", f"M{number}", date(2026, 11, 30 - number), "Steering group") for number in range(1, 5))


@pytest.mark.parametrize(
    ("load", "said"),
    [
        (Load((), 2, 30), None),
        (Load((ONE,), 2, 30), None),
        (
            Load((ONE, TWO), 2, 30),
            "asked 2 times in the last 30 days (M1 on 2026-11-29, M2 on 2026-11-28), and may be 2",
        ),
        (Load((ONE,), 1, 7), "asked once in the last 7 days (M1 on 2026-11-29), and may be 1"),
        (
            Load((ONE, TWO, THREE, FOUR), 2, 30),
            "asked 4 times in the last 30 days (M1 on 2026-11-29, M2 on 2026-11-28, M3 on 2026-11-27 and 1 more), and may be 2",
        ),
        (Load((), 0, 30), "not to be asked for anything (their ask budget is 0)"),
        (Load((), 2, 30, date(2026, 12, 2)), "asks are paused until 2026-12-02"),
        (Load((), 2, 30, TODAY), None),  # a pause ends on its day
        (Load((), 2, 30, date(2026, 11, 1)), None),
    ],
)
def test_the_budget_and_the_pause(load: Load, said: str | None) -> None:
    """A budget is spent when as many asks were made; a pause outlasts it."""
    assert excess(load, today=TODAY) == said
    assert load.left == max(load.budget - len(load.asked), 0)


def asked(*refs: str) -> Load:
    """Give a load of these refs, the first asked for yesterday, each other a day before the one it follows."""
    return Load(tuple(Asked("any", ref, TODAY - timedelta(days=ago), "any") for ago, ref in enumerate(refs, start=1)), 2, 30)


def refs(load: Load) -> list[str]:
    """Give what is in a load."""
    return [one.ref for one in load.asked]


@pytest.mark.parametrize(
    ("about", "already", "counted"),
    [
        (None, asked("I1", "M2"), ["I1", "M2"]),  # it has not left: all that they were asked for since it was written
        (None, asked("I1", "D9", "M2"), ["M2"]),  # it has left before: what came after was weighed with it counted
        (None, asked("D9"), []),
        ("I1", asked("M2", "I1", "H3"), ["H3"]),  # asking about an introduction counts from the day of asking on
        ("I1", asked("M2", "H3"), ["M2", "H3"]),  # the day of asking is out of the days that count: it asks anew
        ("M2", asked("I1", "M2", "H3"), ["I1", "H3"]),  # the message counts beside the meeting, which it does not ask for again
    ],
)
def test_a_draft_never_counts_itself(about: str | None, already: Load, counted: list[str]) -> None:
    """Nor what it is about, nor what was weighed with it counted."""
    assert refs(besides(already, "D9", about)) == counted


def test_what_was_asked_for_on_the_same_day_was_weighed_with_it() -> None:
    """Whichever of them was first had room, and the others their reason."""
    same_day = Load((Asked("introduction", "I1", TODAY, "x"), Asked("introduction", "I2", TODAY, "x")), 1, 30)
    assert refs(besides(same_day, "D9", "I2")) == []


def test_a_draft_that_leaves_counts_for_those_after_it() -> None:
    """Once, however often it leaves; one about an introduction counted already."""
    left = after(asked("M2"), "D9", None, "A survey", today=TODAY)
    assert left.asked[0] == Asked("survey", "D9", TODAY, "A survey")
    assert refs(after(left, "D9", None, "A survey", today=TODAY)) == ["D9", "M2"]
    assert refs(after(asked("M2"), "D9", "I1", "An introduction", today=TODAY)) == ["M2"]
    assert excess(besides(left, "D10", None), today=TODAY) is not None
    assert excess(besides(left, "D9", None), today=TODAY) is None


def test_the_days_that_count_include_today() -> None:
    """Of thirty days, today is the last."""
    assert (since(TODAY, 30), since(TODAY, 1)) == (date(2026, 11, 2), TODAY)
