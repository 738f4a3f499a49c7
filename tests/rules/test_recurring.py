"""On which days something comes again, beside dateutil, which khal and others go by."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from solidarity_crm.errors import BadValue
from solidarity_crm.rules import recurring

PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # dateutil takes long to find that a rule has no dates, and shrinking looks for such
FIRST = datetime.fromisoformat("2026-12-01T10:00")  # a Tuesday


def some(text: str, first: datetime = FIRST, most: int = 4) -> list[str]:
    """Give the first dates of a rule, without their year's first digits."""
    return [f"{moment:%y-%m-%d}" for moment in islice(recurring.dates(recurring.parse(text), first), most)]


@pytest.mark.parametrize(
    ("text", "first", "expected"),
    [
        ("FREQ=WEEKLY", FIRST, ["26-12-01", "26-12-08", "26-12-15", "26-12-22"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", FIRST, ["26-12-01", "26-12-15"]),
        ("FREQ=WEEKLY;BYDAY=TU,TH", FIRST, ["26-12-01", "26-12-03", "26-12-08", "26-12-10"]),
        ("FREQ=MONTHLY;BYDAY=1TU", FIRST, ["26-12-01", "27-01-05", "27-02-02", "27-03-02"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", datetime.fromisoformat("2026-12-25T10:00"), ["26-12-25", "27-01-29", "27-02-26", "27-03-26"]),
        ("FREQ=MONTHLY", datetime.fromisoformat("2027-01-31T10:00"), ["27-01-31", "27-03-31", "27-05-31", "27-07-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", datetime.fromisoformat("2027-01-31T10:00"), ["27-01-31", "27-02-28", "27-03-31", "27-04-30"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            datetime.fromisoformat("2026-12-31T09:00"),
            ["26-12-31", "27-01-29", "27-02-26", "27-03-31"],
        ),
        ("FREQ=YEARLY", datetime.fromisoformat("2028-02-29T09:00"), ["28-02-29", "32-02-29", "36-02-29", "40-02-29"]),
        ("FREQ=DAILY;UNTIL=20261203T100000Z", FIRST, ["26-12-01", "26-12-02", "26-12-03"]),
        ("FREQ=DAILY;UNTIL=20261203", FIRST, ["26-12-01", "26-12-02", "26-12-03"]),
        ("FREQ=DAILY;UNTIL=20261203T095959", FIRST, ["26-12-01", "26-12-02"]),
    ],
)
def test_the_dates_of_a_rule(text: str, first: datetime, expected: list[str]) -> None:
    """Days that a month does not have are passed over (RFC 5545 §3.3.10)."""
    assert some(text, first) == expected


_ORDINAL = st.sampled_from(["", "1", "2", "-1", "-2", "5"])
_DAY = st.sampled_from(recurring.WEEKDAYS)


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Make a rule such as calendars write."""
    unit = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={unit}", f"INTERVAL={draw(st.integers(1, 5))}"]
    if draw(st.booleans()):
        parts.append(f"BYMONTH={','.join(str(m) for m in draw(st.lists(st.integers(1, 12), min_size=1, max_size=3, unique=True)))}")
    if unit != "WEEKLY" and draw(st.booleans()):
        numbers = st.one_of(st.integers(1, 31), st.integers(-31, -1))
        parts.append(f"BYMONTHDAY={','.join(str(n) for n in draw(st.lists(numbers, min_size=1, max_size=3, unique=True)))}")
    if draw(st.booleans()):
        named = draw(st.lists(_DAY, min_size=1, max_size=3, unique=True))
        # which of a year's weekdays is counted within the month when months are named, and so is it here
        counted = unit in {"MONTHLY", "YEARLY"} and not any(p.startswith("BYMONTHDAY") for p in parts)
        which = draw(_ORDINAL) if counted else ""  # dateutil takes counted and plain days together for days that are both
        parts.append(f"BYDAY={','.join(which + day for day in named)}")
        # of a first week dateutil counts only what comes after the first date
        if unit != "WEEKLY" and draw(st.booleans()):
            parts.append(f"BYSETPOS={draw(st.sampled_from([1, 2, -1]))}")
    parts.append(draw(st.sampled_from(["COUNT=5", "UNTIL=20330615T120000", "WKST=SU", ""])))
    return ";".join(filter(None, parts))


@settings(max_examples=100, deadline=None, phases=PHASES)
@given(
    rules(),
    st.datetimes(datetime.fromisoformat("2020-01-01T00:00"), datetime.fromisoformat("2030-01-01T00:00")).map(
        lambda d: d.replace(second=0, microsecond=0)
    ),
)
def test_the_dates_are_those_that_other_programs_find(text: str, first: datetime) -> None:
    """For every kind of rule; also when looked for in a few years of it alone."""
    rule, end = recurring.parse(text), first + timedelta(days=3000)
    oracle = rrulestr(text, dtstart=first)
    theirs = list(islice((d for d in oracle.xafter(first, inc=True)), 300)) if "COUNT" in text else oracle.between(first, end, inc=True)
    ours = list(recurring.dates(rule, first)) if "COUNT" in text else list(recurring.dates(rule, first, until=end))
    assert ours == theirs
    since = first + timedelta(days=700)
    assert list(recurring.dates(rule, first, since=since, until=end)) == [d for d in ours if since <= d <= end]
    assert recurring.parse(str(rule)) == rule


@pytest.mark.parametrize(
    "text",
    ["", "FREQ=HOURLY", "FREQ=WEEKLY;BYHOUR=3", "FREQ=YEARLY;BYWEEKNO=3", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;COUNT=x", "D1 #3",
     "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;BYDAY=1XX", "FREQ=DAILY;FREQ=WEEKLY", "FREQ=DAILY;UNTIL=20269999"],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text: str) -> None:
    """Rather than read as something else."""
    with pytest.raises(BadValue):
        recurring.parse(text)


def test_the_last_date() -> None:
    """Of a rule that ends."""
    assert recurring.last(recurring.parse("FREQ=WEEKLY;COUNT=3"), FIRST) == datetime.fromisoformat("2026-12-15T10:00")
    assert recurring.last(recurring.parse("FREQ=WEEKLY;UNTIL=20261209"), FIRST) == datetime.fromisoformat("2026-12-08T10:00")
    assert recurring.last(recurring.parse("FREQ=WEEKLY"), FIRST) is None


def test_rules_without_dates_end() -> None:
    """A 30 February is looked for as long as calendars go, and no longer."""
    assert list(recurring.dates(recurring.parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), FIRST)) == []
