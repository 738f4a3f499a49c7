"""Nobody is asked too often."""

from __future__ import annotations

from datetime import date

import pytest

from solidarity_crm.errors import Refused
from solidarity_crm.rules.asking import Asked, Load, check, excess, since

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


def test_going_past_it_takes_a_reason() -> None:
    """Without one it is refused, with one it is known to be past the budget."""
    spent = Load((ONE, TWO), 2, 30)
    assert check("P1 Amina", Load((ONE,), 2, 30), today=TODAY) is False
    assert check("P1 Amina", Load((ONE,), 2, 30), today=TODAY, anyway="not needed") is False
    assert check("P1 Amina", spent, today=TODAY, anyway="She asked us to") is True
    for nothing in (None, "", "  "):
        with pytest.raises(Refused, match="P1 Amina should not be asked now: asked 2 times") as refused:
            check("P1 Amina", spent, today=TODAY, anyway=nothing)
        assert "--anyway" in str(refused.value.hint)


def test_the_days_that_count_include_today() -> None:
    """Of thirty days, today is the last."""
    assert (since(TODAY, 30), since(TODAY, 1)) == (date(2026, 11, 2), TODAY)
