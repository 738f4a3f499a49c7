"""What becomes of an item of a calendar that is kept in step on two sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.calendar_steps import (
    AS_USUAL,
    SAME,
    Difference,
    Facts,
    Known,
    Ours,
    Step,
    Theirs,
    differences,
    read,
    step,
    written,
)

AT_TEN, AT_NOON = (
    Facts("2026-12-04T10:00:00+00:00", "2026-12-04T11:00:00+00:00"),
    Facts("2026-12-04T12:00:00+00:00", "2026-12-04T13:00:00+00:00"),
)
ELSEWHERE, DONE = AT_TEN._replace(place="abc"), AT_TEN._replace(state="done")
DAY, LEFT_OUT = "2026-12-17", AS_USUAL._replace(state="cancelled")
MOVED = Facts("2026-12-18T10:00:00+00:00", "2026-12-18T11:00:00+00:00", SAME)
OURS, KNOWN = Ours(AT_TEN, "d1"), Known(AT_TEN, "d1", "t1")
NOTHING = None


def apart(whole: Facts, told: Facts) -> Facts:
    """Give the facts of a series with a date told by itself."""
    return whole._replace(dates=((DAY, told),))


@pytest.mark.parametrize(
    ("ours", "known", "theirs", "expected"),
    [
        # never put there
        (OURS, None, None, "put"),
        (OURS._replace(ended=True), None, None, "leave"),
        (OURS, None, Theirs("t1"), "read"),
        (OURS, None, Theirs("t1", AT_TEN, "d1"), "note"),
        (OURS, None, Theirs("t1", AT_TEN, "d0"), "replace"),
        (OURS, None, Theirs("t1", AT_NOON, "d0"), "ask"),
        # as it was left there
        (OURS, KNOWN, Theirs("t1"), "leave"),
        (Ours(AT_NOON, "d2"), KNOWN, Theirs("t1"), "replace"),
        (None, KNOWN, Theirs("t1"), "remove"),
        # changed there
        (OURS, KNOWN, Theirs("t2"), "read"),
        (OURS, KNOWN, Theirs("t2", AT_TEN), "note"),
        (Ours(AT_TEN, "d2"), KNOWN, Theirs("t2", AT_TEN, "d1"), "replace"),
        (Ours(AT_TEN, "d2"), KNOWN, Theirs("t2", AT_TEN, "d2"), "note"),
        (Ours(AT_NOON, "d2"), KNOWN, Theirs("t2", AT_TEN), "replace"),
        (Ours(AT_NOON, "d2"), KNOWN, Theirs("t2", AT_NOON), "replace"),
        (OURS, KNOWN, Theirs("t2", AT_NOON), "ask"),
        (Ours(ELSEWHERE, "d2"), KNOWN, Theirs("t2", AT_NOON), "ask"),
        (None, KNOWN, Theirs("t2"), "read"),
        (None, KNOWN, Theirs("t2", AT_TEN), "remove"),
        (None, KNOWN, Theirs("t2", AT_NOON), "ask"),
        # gone there
        (OURS, KNOWN, None, "ask"),
        (OURS._replace(ended=True), KNOWN, None, "forget"),
        (None, KNOWN, None, "forget"),
        # none of ours
        (None, None, Theirs("t1"), "leave"),
        (None, None, None, "leave"),
        # a server that gives no tags is read every time
        (OURS, KNOWN, Theirs(None), "read"),
    ],
)
def test_what_becomes_of_an_item(ours: Ours | None, known: Known | None, theirs: Theirs | None, expected: str) -> None:
    """By what is known of each side."""
    assert step(ours, known, theirs).do == expected


@pytest.mark.parametrize(
    ("agreed", "here", "there", "expected"),
    [
        (AT_TEN, AT_TEN, AT_TEN, ()),
        (AT_TEN, AT_NOON, AT_TEN, ()),
        (AT_TEN, AT_NOON, AT_NOON, ()),
        (AT_TEN, AT_TEN, AT_NOON, (Difference("when", both=False),)),
        (AT_TEN, AT_NOON, AT_NOON._replace(ends="2026-12-04T14:00:00+00:00"), (Difference("when", both=True),)),
        (AT_TEN, ELSEWHERE, DONE, (Difference("state", both=False),)),
        (AT_TEN, DONE, AT_NOON._replace(place="x"), (Difference("when", both=False), Difference("place", both=False))),
        (None, AT_TEN, AT_TEN, ()),
        (None, AT_TEN, ELSEWHERE, (Difference("place", both=True),)),
        (AT_TEN, AT_TEN, AT_TEN._replace(rule="x"), (Difference("rule", both=False),)),
        # when and where something is that was cancelled there
        (AT_TEN, AT_TEN, ELSEWHERE._replace(starts="2026-12-05T10:00:00+00:00", state="cancelled"), (Difference("state", both=False),)),
        (AT_TEN, AT_TEN, apart(AT_TEN._replace(state="cancelled"), MOVED), (Difference("state", both=False),)),
        # dates of a series
        (AT_TEN, AT_TEN, apart(AT_TEN, MOVED), (Difference("when", both=False, on=DAY),)),
        (AT_TEN, apart(AT_TEN, MOVED), AT_TEN, ()),
        (apart(AT_TEN, MOVED), apart(AT_TEN, MOVED), AT_TEN, (Difference("when", both=False, on=DAY),)),
        (apart(AT_TEN, MOVED), apart(AT_TEN, MOVED), apart(AT_TEN, LEFT_OUT), (Difference("state", both=False, on=DAY),)),
        (AT_TEN, apart(AT_TEN, LEFT_OUT), apart(AT_TEN, MOVED), (Difference("when", both=False, on=DAY),)),
        (
            apart(AT_TEN, MOVED),
            apart(AT_TEN, AS_USUAL._replace(place="abc")),
            apart(AT_TEN, LEFT_OUT),
            (Difference("state", both=False, on=DAY),),
        ),
        (
            AT_TEN,
            apart(AT_TEN, MOVED._replace(ends="2026-12-18T13:00:00+00:00")),
            apart(AT_TEN, MOVED),
            (Difference("when", both=True, on=DAY),),
        ),
        (None, apart(AT_TEN, LEFT_OUT), AT_NOON, (Difference("when", both=True), Difference("state", both=True, on=DAY))),
    ],
)
def test_what_the_calendar_knows_newer(agreed: Facts | None, here: Facts, there: Facts, expected: tuple[Difference, ...]) -> None:
    """Fact by fact, of the whole and then of each date; from when to when is one."""
    assert differences(agreed, here, there) == expected


PLAIN = st.builds(
    Facts, *[st.sampled_from(["a", "b", "c"])] * 2, st.sampled_from(["", "p", "q"]), st.sampled_from(["open", "done", "cancelled"])
)
DATES = st.dictionaries(st.sampled_from(["2026-12-17", "2026-12-24"]), st.sampled_from([MOVED, LEFT_OUT])).map(
    lambda told: tuple(sorted(told.items()))
)
FACTS = st.builds(lambda plain, rule, dates: plain._replace(rule=rule, dates=dates), PLAIN, st.sampled_from(["", "weekly"]), DATES)
TAGS, DIGESTS = st.sampled_from(["t1", "t2", None]), st.sampled_from(["d1", "d2"])


@given(
    st.none() | st.builds(Ours, FACTS, DIGESTS, st.booleans()),
    st.none() | st.builds(Known, FACTS, DIGESTS, st.sampled_from(["t1", "t2"])),
    st.none() | st.builds(Theirs, TAGS, FACTS, st.none() | DIGESTS),
)
def test_nothing_that_changed_there_is_written_over_or_removed_unseen(
    ours: Ours | None, known: Known | None, theirs: Theirs | None
) -> None:
    """Whatever is known: a fact that only the calendar has is asked about."""
    found = step(ours, known, theirs)
    if theirs is None or theirs.facts is None or (known and known.etag == theirs.etag):
        return
    agreed = known.facts if known else None
    news = theirs.facts not in (agreed, ours.facts if ours else agreed)
    if ours is None and known is not None and theirs.facts != agreed:
        assert found.do == "ask"
    if found.do in ("replace", "remove", "note") and news and ours is not None:
        assert differences(agreed, ours.facts, theirs.facts) == ()  # what differs from here is what was agreed on


@given(st.builds(Ours, FACTS, DIGESTS, st.just(value=False)), st.none() | st.builds(Known, FACTS, DIGESTS, st.just("t1")))
def test_once_in_step_nothing_is_left_to_do(ours: Ours, known: Known | None) -> None:
    """Whatever was there before: after ours was put and remembered, the next look leaves it."""
    assert step(ours, known, None).do in ("put", "ask")
    assert step(ours, Known(ours.facts, ours.digest, "t9"), Theirs("t9")) == Step("leave")


@given(FACTS)
def test_facts_are_kept_as_they_are(facts: Facts) -> None:
    """Dates too, to be compared with what is read later."""
    assert read(written(facts)) == facts
