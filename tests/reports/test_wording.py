"""How days are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from solidarity_crm.reports.wording import day, moment, near_day, short_day, span

TODAY = date(2026, 12, 1)


def test_days_are_written_as_people_read_them() -> None:
    """With the weekday where there is room."""
    assert (day(TODAY), short_day(TODAY), day(None), short_day(None)) == ("Tue 1 Dec 2026", "1 Dec 2026", "", "")
    assert (moment(datetime(2026, 12, 1, 9, 5, tzinfo=UTC)), moment(None)) == ("Tue 1 Dec 2026 09:05", "")


@pytest.mark.parametrize(
    ("value", "written"),
    [(date(2026, 11, 3), "3 Nov"), (date(2027, 1, 4), "4 Jan"), (date(2026, 2, 1), "1 Feb 2026"), (date(2025, 12, 1), "1 Dec 2025")],
)
def test_a_near_day_needs_no_year(value: date, written: str) -> None:
    """One that could be mistaken for another year's has it."""
    assert near_day(value, TODAY) == written


def test_a_span_says_what_is_known_of_it() -> None:
    """Its beginning, its end, both, or nothing."""
    assert [span(TODAY, None), span(None, TODAY), span(TODAY, date(2027, 1, 1)), span(None, None)] == [
        "since Tue 1 Dec 2026",
        "until Tue 1 Dec 2026",
        "Tue 1 Dec 2026 to Fri 1 Jan 2027",
        "",
    ]
