"""What it costs to be introduced by way of somebody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.paths import Part, Standing, blockers, link_cost, link_parts, ours
from solidarity_crm.rules.ties import STRENGTHS, Reason, weighed

TODAY = date(2026, 12, 1)
FREE = Standing(
    do_not_contact=False, reason=None, source="self", obtained_on=date(2026, 1, 1), notice_given_on=None, said_no=None, said_no_on=None
)


@given(st.sampled_from(STRENGTHS), st.sampled_from(["suggested", "confirmed"]), st.none() | st.dates(date(2020, 1, 1), TODAY))
def test_a_links_cost_is_the_sum_of_its_printed_parts(strength: str, state: str, last: date | None) -> None:
    """Nothing counts that is not printed."""
    tie = weighed([Reason("tie", None, None, last, strength, state)])
    assert tie
    assert link_cost(strength, state, last, today=TODAY) == sum(part.cost for part in link_parts(tie, today=TODAY))


def test_closer_confirmed_and_later_links_cost_less() -> None:
    """In each of the three."""
    costs = [link_cost(strength, "confirmed", None, today=TODAY) for strength in STRENGTHS]
    assert costs == sorted(costs, reverse=True)
    assert len(set(costs)) == len(costs)
    assert link_cost("close", "suggested", None, today=TODAY) > link_cost("close", "confirmed", None, today=TODAY)
    assert link_cost("close", "confirmed", date(2025, 11, 30), today=TODAY) > link_cost(
        "close", "confirmed", date(2025, 12, 1), today=TODAY
    )


@pytest.mark.parametrize(
    ("days", "times", "cost"),
    [(0, 3, 1), (90, 3, 1), (90, 2, 2), (91, 9, 2), (180, 1, 2), (181, 5, 3), (730, 0, 3), (731, 0, 4)],
)
def test_how_close_we_are_follows_from_how_lately_and_how_often(days: int, times: int, cost: int) -> None:
    """Three times in the past year and within three months is close."""
    assert ours(TODAY - timedelta(days=days), times, today=TODAY).cost == cost


def test_each_blocker_is_said_the_gravest_first() -> None:
    """Who is not to be contacted costs more than any way around."""
    assert blockers(FREE, None, today=TODAY) == ()
    everything = FREE._replace(do_not_contact=True, reason="asked us", source="partner", said_no="I4", said_no_on=date(2026, 5, 1))
    found = blockers(everything, "asked 2 times", today=TODAY)
    assert [part.said for part in found] == [
        "do not contact: asked us",
        "asked 2 times",
        "said no to I4 on 2026-05-01",
        "privacy notice was due by 2026-02-01",
    ]
    costs = [part.cost for part in found]
    assert costs == sorted(costs, reverse=True)
    later = FREE._replace(source="partner", obtained_on=date(2026, 11, 20))
    assert blockers(later, None, today=TODAY) == (Part(costs[-1], "privacy notice due by 2026-12-20"),)
