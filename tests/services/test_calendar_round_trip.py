"""Meetings written as a calendar file and taken in by another workspace: what, when and where stay what they were."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from unicodedata import normalize
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rehearsal import TODAY, Rehearsal

from solidarity_crm.exchange.calendar import ics
from solidarity_crm.exchange.calendar.events import Telling, of_meeting
from solidarity_crm.exchange.calendar.reading import read
from solidarity_crm.queries.meetings import meetings
from solidarity_crm.rules.meeting_times import Times
from solidarity_crm.services import calendar_import
from solidarity_crm.services import meetings as planning

if TYPE_CHECKING:
    from collections.abc import Sequence

LONDON = ZoneInfo("Europe/London")


def _typed(text: str) -> str:
    """Give a text as keyboards write it: importing does (exchange.md E2.6)."""
    return normalize("NFC", text).strip()


TEXTS = (
    st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \\;,:\"'"), min_size=1, max_size=30).map(_typed).filter(bool)
)
STARTS = st.datetimes(datetime(2026, 12, 2), datetime(2028, 12, 31)).map(lambda moment: moment.replace(second=0, microsecond=0))  # noqa: DTZ001 - on a wall's clock
LENGTHS = st.integers(5, 600).map(lambda minutes: timedelta(minutes=minutes))
RULES = st.sampled_from(
    [None, None, "FREQ=WEEKLY;COUNT=4", "FREQ=WEEKLY;INTERVAL=2;COUNT=3", "FREQ=MONTHLY;COUNT=3", "FREQ=YEARLY;COUNT=2"]
)
PLANNED = st.tuples(TEXTS, STARTS, LENGTHS, st.none() | TEXTS, RULES, st.booleans())


def facts(rehearsal: Rehearsal) -> Sequence[object]:
    """Give what a calendar file says of each meeting."""
    return [
        (one.title, one.starts, one.ends, one.time_zone, one.place, one.link, one.all_day, one.recurs, one.left_out, one.status)
        for one in sorted(meetings(rehearsal.store), key=lambda one: (one.starts, one.title))
    ]


@given(st.lists(PLANNED, min_size=1, max_size=6, unique_by=lambda each: each[0].casefold()))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_exported_is_imported(planned: list[tuple[str, datetime, timedelta, str | None, str | None, bool]]) -> None:
    """Single meetings and series, of hours and of whole days; a second time, nothing changes."""
    here, there = Rehearsal(), Rehearsal()
    with here.change() as tx:
        for title, starts, length, place, rule, all_day in planned:
            first = starts.replace(hour=0, minute=0) if all_day else starts.replace(hour=12)
            ends = first + (timedelta(days=1) if all_day else length)
            planning.add(tx, title, Times(first, ends, LONDON), place=place, recurs=rule, all_day=all_day)
    events = [of_meeting(one, Telling("full", "here.example", {})) for one in meetings(here.store)]
    content = ics.write(events, name="Leeds", year=TODAY.year)
    for times in range(2):
        with there.change() as tx:
            report = calendar_import.take_in(tx, read("team.ics", content, usual=LONDON), owner=None, today=TODAY)
        assert {line.what for line in report.lines} == ({"unchanged"} if times else {"new"})
        assert facts(there) == facts(here)
    here.close()
    there.close()
