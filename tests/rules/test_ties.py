"""What speaks for two people knowing each other."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.errors import Refused
from solidarity_crm.rules.ties import CONFIRMED, DROPPED, STRENGTHS, Reason, derived, pair, weighed

ORGANISATION = derived("organisation", "O3", "MESMAC", None)
MEETING = derived("meeting", "M1", "Steering group", date(2026, 10, 1))
LATER = derived("meeting", "M2", "Launch", date(2026, 11, 1))
REASONS = st.lists(
    st.builds(
        Reason,
        st.sampled_from(["organisation", "meeting", "introduction"]),
        st.sampled_from(["O1", "M1", "I1", "I2"]),
        st.sampled_from([None, "Here"]),
        st.none() | st.dates(),
        st.sampled_from(STRENGTHS),
    ),
    max_size=5,
)


def said(state: str, strength: str = "knows", known_from: str | None = None) -> Reason:
    """Give a tie that was noted."""
    return Reason("tie", None, known_from, None, strength, state)


def test_the_strongest_reason_wins_and_all_are_listed() -> None:
    """Colleagues work with each other; the last meeting says when they were last together."""
    found = weighed([MEETING, ORGANISATION, LATER])
    assert found
    assert (found.strength, found.state, found.last_together) == ("works with", "suggested", date(2026, 11, 1))
    assert [reason.said for reason in found.reasons] == [
        "both at MESMAC",
        "both at the meeting Launch",
        "both at the meeting Steering group",
    ]


def test_what_was_said_outweighs_what_follows() -> None:
    """Colleagues who only know each other, says somebody who knows."""
    found = weighed([ORGANISATION, said(CONFIRMED, "knows", "Amina told us"), MEETING])
    assert found
    assert (found.strength, found.state, found.last_together) == ("knows", "confirmed", date(2026, 10, 1))
    assert found.reasons[0].said == "noted: Amina told us"
    assert [reason.said for reason in (weighed([said(CONFIRMED)]) or found).reasons] == ["noted by us"]


def test_nothing_or_a_dropped_tie_is_no_tie() -> None:
    """However much else speaks for it."""
    assert weighed([]) is None
    assert weighed([ORGANISATION, MEETING, said(DROPPED)]) is None


@given(REASONS)
def test_the_order_of_reasons_does_not_matter(reasons: list[Reason]) -> None:
    """The same reasons come to the same; none is lost."""
    found = weighed(reasons)
    assert found == weighed(reversed(reasons)) or len(set(reasons)) < len(reasons) or _alike(reasons)
    assert (found is None) == (not reasons)
    if found:
        assert sorted(map(str, found.reasons)) == sorted(map(str, reasons))
        assert STRENGTHS.index(found.strength) == max(STRENGTHS.index(reason.strength) for reason in reasons)


def _alike(reasons: list[Reason]) -> bool:
    """Say whether two reasons differ only in their place's name, which one record never does."""
    return len({(r.kind, r.ref, r.strength, r.last) for r in reasons}) < len(reasons)


def test_a_pair_is_there_once_and_of_two() -> None:
    """The lower number first; nobody knows themselves."""
    assert pair(7, 3) == pair(3, 7) == (3, 7)
    with pytest.raises(Refused, match="P3 was named twice"):
        pair(3, 3)
