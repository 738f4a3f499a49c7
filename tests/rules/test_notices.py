"""When a privacy notice is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules import notices

others = st.sampled_from([source for source in notices.SOURCES if source != "self"]) | st.builds(
    "introduced by P{}".format, st.integers(1, 999)
)
some_day = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("obtained", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 2, 28), date(2026, 3, 28)),
        (date(2026, 12, 1), date(2027, 1, 1)),
        (date(2026, 8, 31), date(2026, 9, 30)),
    ],
)
def test_a_notice_is_due_a_calendar_month_on(obtained: date, due: date) -> None:
    """The month's last day where it has no such day (UK GDPR Article 14(3)(a))."""
    assert notices.due("partner", obtained, None) == due


@given(some_day, others)
def test_a_notice_is_never_due_later_than_a_month(obtained: date, source: str) -> None:
    """Whoever the details came from, but from themselves."""
    due = notices.due(source, obtained, None)
    assert due is not None
    assert timedelta(days=28) <= due - obtained <= timedelta(days=31)


@given(some_day, others, some_day)
def test_no_notice_is_owed_twice_or_for_what_they_told_us(obtained: date, source: str, given_on: date) -> None:
    """Once given it is given, and who told us themselves was told then."""
    assert notices.due(source, obtained, given_on) is None
    assert notices.due("self", obtained, None) is None


@given(some_day)
def test_the_last_day_whose_notice_is_due_by_now(today: date) -> None:
    """What was obtained on it is due today or before, what was obtained a day later is not."""
    last = notices.obtained_by(today)
    due, later = (notices.due("partner", day, None) for day in (last, last + timedelta(days=1)))
    assert due is not None
    assert later is not None
    assert due <= today < later
