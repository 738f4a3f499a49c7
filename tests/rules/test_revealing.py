"""What a name gives away: which words put somebody beside something revealing, and texts without them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payloads import HOSTILE
from solidarity_crm.rules.revealing import (
    Beside,
    Known,
    Someone,
    Thing,
    beside,
    in_strings,
    strings,
    without_names,
    without_things,
)

GATE = Thing("Leeds GATE", ("Gypsy and Traveller Exchange", "leedsgate.example"))
AMINA = Someone("P1", ("Amina Yusuf", "Mina"), (GATE,))
SIAN = Someone("P2", ("Dr Siân O'Brien-Bell [she/her]",), (Thing("MESMAC"), Thing("sex workers")))
PEOPLE = [AMINA, SIAN]
BY_GATE = [Beside("P1", "Amina Yusuf", "Leeds GATE")]
BY_MESMAC = [Beside("P2", "Dr Siân O'Brien-Bell [she/her]", "MESMAC")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Amina Yusuf of Leeds Gate", BY_GATE),
        ("AMINA  YUSUF's\ndrop-in, leeds-gate", BY_GATE),
        ("amina yusuf of leeds gate", BY_GATE),
        ("Amina of the Gypsy and Traveller Exchange", BY_GATE),
        ("Mina, at Leeds GATE", BY_GATE),
        ("write to amina.yusuf@leedsgate.example", BY_GATE),
        ("mina@leedsgate.example", BY_GATE),
        ("Sian O’Brien-Bell's talk at mesmac", BY_MESMAC),
        ("Sia\u0302n spoke for MESMAC", BY_MESMAC),
        ("Bell rang; MESMAC", BY_MESMAC),
        ("sian obrien bell: MESMAC", BY_MESMAC),
        ("Am\u200bina at Leeds\u00a0GATE", BY_GATE),
        ("amina of leeds gate", []),  # no name without a capital
        ("Amina Yusuf of MESMAC", []),  # that is not where she is
        ("Dr Who at MESMAC", []),
        ("the staff of Leeds GATE", []),
        ("Amina Yusuf", []),
        ("Amina in Leeds, by the garden gate", []),
        ("", []),
    ],
)
def test_who_is_named_beside_what(text: str, found: list[Beside]) -> None:
    """Case, accents, apostrophes and hyphens do not matter; words of a name without a capital are only words."""
    assert beside(text, PEOPLE) == found


def test_two_things_are_two_findings() -> None:
    """Each is named."""
    assert [found.thing for found in beside("Siân O'Brien-Bell, MESMAC, works with sex workers", PEOPLE)] == ["MESMAC", "sex workers"]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("Amina Yusuf of Leeds GATE", "somebody of Leeds GATE"),
        ("Dr Siân O'Brien-Bell's talk", "Dr somebody's talk"),
        ("mina@leedsgate.example", "somebody@leedsgate.example"),
        ("Ask AMINA, or Yusuf.", "Ask somebody, or somebody."),
        ("I hope that mina is well", "I hope that mina is well"),
    ],
)
def test_names_are_left_out(text: str, without: str) -> None:
    """Whole ones and parts, the words around them as they were."""
    assert without_names(text, PEOPLE) == without


def test_things_are_left_out() -> None:
    """By any name, and in addresses."""
    text = "Amina (amina@leedsgate.example) of leeds gate, once Gypsy and Traveller Exchange"
    assert without_things(text, AMINA.things) == "Amina (amina@[left out]) of [left out], once [left out]"


NAMES = ("Amina", "amina", "Yusuf", "Amina Yusuf", "Mina", "Siân", "O'Brien-Bell", "Dr", "Hope")
PLACES = ("Leeds", "GATE", "Leeds GATE", "MESMAC", "sex workers", "leedsgate.example")
PIECES = st.sampled_from([*NAMES, *PLACES, "@", " ", "-", "'s", ", ", "\n", *HOSTILE.values()])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_nothing_is_beside_anything_once_names_or_things_are_left_out(text: str) -> None:
    """Whatever the text; leaving out twice changes nothing more."""
    for left in (without_names(text, PEOPLE), without_things(text, [*AMINA.things, *SIAN.things])):
        assert beside(left, PEOPLE) == []
    once = without_names(text, PEOPLE)
    assert without_names(once, PEOPLE) == once


def test_every_text_in_a_value_is_reached() -> None:
    """In tuples, lists, mappings and records alike; what is no text stays."""
    value = {"a": ["x", 1, None, Thing("x", ("y",))], "b": ("x",)}
    assert in_strings(value, str.upper) == {"a": ["X", 1, None, Thing("X", ("Y",), "ORGANISATION")], "b": ("X",)}
    assert strings(value) == ["x", "x", "y", "organisation", "x"]


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whoever_is_beside_something_is_among_those_looked_at(text: str) -> None:
    """Looking by words first finds nobody less."""
    assert set(Known(PEOPLE).beside([text])) == set(beside(text, PEOPLE))
