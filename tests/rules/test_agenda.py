"""What needs somebody, why, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.agenda import Fact, Limits, order

TODAY = date(2026, 12, 1)
LIMITS = Limits(waiting=10, stuck=10, ahead=7)
DAYS = st.dates(date(2026, 9, 1), date(2027, 2, 28))
KINDS = ("follow-up", "meeting", "offer", "ask", "introduction", "agreed", "thanks", "quiet", "stale", "notice")


def fact(kind: str, since: date, *, day: date | None = None, number: int = 5, note: str | None = None) -> Fact:
    """Make a matter."""
    return Fact(kind, "X1", "something", "somebody", day, since, number, note)


@pytest.mark.parametrize(
    ("matter", "why"),
    [
        (fact("follow-up", date(2026, 11, 30), day=date(2026, 11, 30)), "due 30 Nov, 1 day overdue"),
        (fact("follow-up", TODAY, day=TODAY), "due today"),
        (fact("follow-up", date(2026, 12, 2), day=date(2026, 12, 2)), "due 2 Dec"),
        (fact("follow-up", date(2026, 11, 20), day=date(2026, 12, 3)), "due 20 Nov, 11 days overdue, snoozed until 3 Dec"),
        (fact("meeting", TODAY, day=TODAY, note="10:00"), "today at 10:00"),
        (fact("meeting", date(2026, 12, 4), day=date(2026, 12, 4), note="14:30"), "in 3 days at 14:30"),
        (fact("meeting", date(2026, 11, 30), day=date(2026, 11, 30), note="10:00"), "was yesterday: add its notes, or cancel it"),
        (fact("offer", date(2026, 11, 27), day=TODAY), "reply due today"),
        (fact("offer", date(2026, 11, 20), day=date(2026, 11, 24)), "waiting: no answer from us in 11 days"),
        (fact("ask", TODAY, day=date(2026, 12, 5)), "wanted by 5 Dec"),
        (fact("introduction", date(2026, 11, 21), note="left"), "stuck: left side asked 10 days ago, no answer"),
        (fact("agreed", date(2026, 11, 20)), "stuck: both said yes 11 days ago, not made yet"),
        (
            fact("thanks", date(2026, 11, 20), day=date(2026, 11, 20))._replace(ref="H1"),
            "thanks owed since 20 Nov, and a word on what came of it",
        ),
        (fact("thanks", date(2026, 11, 20), day=date(2026, 11, 20)), "thanks owed since 20 Nov"),
        (
            fact("thanks", date(2026, 11, 20), day=date(2026, 11, 20), note="D12, D13"),
            "thanks owed since 20 Nov; drafts D12, D13 wait",
        ),
        (
            fact("word", date(2026, 11, 20), day=date(2026, 11, 20), note="D12"),
            "owed to the introducer since 20 Nov (11 days ago): a word on what came of it; draft D12 waits",
        ),
        (fact("quiet", date(2026, 11, 1), number=14), "quiet: last heard of 30 days ago, wanted every 14"),
        (fact("unsure", TODAY), "nobody knows whether it arrived: solidarity outreach resolve X1 --sent or --not-sent"),
        (
            fact("failed", date(2026, 11, 30)),
            "did not arrive (30 Nov); why: solidarity show X1; draft it again, or solidarity outreach cancel X1",
        ),
        (fact("stale", date(2026, 5, 1), number=180), "stale: last confirmed 214 days ago"),
        (fact("notice", date(2026, 10, 31), note="event"), "due 30 Nov, 1 day overdue; details came from: event"),
    ],
)
def test_every_line_has_its_reason(matter: Fact, why: str) -> None:
    """In words, with the days that it rests on."""
    assert [line.why for line in order([matter], today=TODAY, limits=LIMITS)] == [why]


@pytest.mark.parametrize(
    "matter",
    [
        fact("quiet", date(2026, 11, 20), number=14),
        fact("stale", date(2026, 11, 1), number=180),
        fact("introduction", date(2026, 11, 22), note="right"),
        fact("agreed", date(2026, 11, 25)),
        fact("notice", date(2026, 11, 20), note="event"),
        fact("follow-up", date(2026, 12, 9), day=date(2026, 12, 9)),
    ],
)
def test_what_is_not_yet_time_for_is_not_in_the_list(matter: Fact) -> None:
    """A clock that still runs, or a day further off than was asked."""
    assert order([matter], today=TODAY, limits=LIMITS) == []


def test_meetings_today_come_first_then_what_is_late_then_today_then_kindness_then_ahead() -> None:
    """And a high priority before the day."""
    facts = [
        fact("follow-up", date(2026, 12, 3), day=date(2026, 12, 3))._replace(ref="ahead"),
        fact("thanks", date(2026, 10, 1), day=date(2026, 10, 1))._replace(ref="kindness"),
        fact("follow-up", TODAY, day=TODAY)._replace(ref="today"),
        fact("follow-up", date(2026, 11, 1), day=date(2026, 11, 1))._replace(ref="late"),
        fact("follow-up", date(2026, 11, 20), day=date(2026, 11, 20), number=1)._replace(ref="late and high"),
        fact("meeting", TODAY, day=TODAY, note="10:00")._replace(ref="meeting"),
    ]
    assert [line.ref for line in order(facts, today=TODAY, limits=LIMITS)] == [
        "meeting",
        "late and high",
        "late",
        "today",
        "kindness",
        "ahead",
    ]


@given(
    st.lists(st.builds(fact, st.sampled_from(KINDS), DAYS, day=DAYS, number=st.sampled_from([1, 5, 9, 180]), note=st.just("left"))), DAYS
)
def test_the_order_depends_on_nothing_but_the_facts(facts: list[Fact], today: date) -> None:
    """The same facts in another order give the same days in the same order, and none is further off than was asked."""
    lines = order(facts, today=today, limits=LIMITS)
    assert [line.when for line in order(facts[::-1], today=today, limits=LIMITS)] == [line.when for line in lines]
    assert all((line.when - today).days <= LIMITS.ahead for line in lines)
