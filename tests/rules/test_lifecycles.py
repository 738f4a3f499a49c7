"""Which moves each kind of record has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.errors import MoveRefused
from solidarity_crm.rules import lifecycles
from solidarity_crm.rules.lifecycles import Move, after

BEGINNINGS = {"OFFER": "offered", "ASK": "open", "INTRODUCTION": "proposed", "FOLLOWUP": "open", "MEETING": "planned", "DRAFT": "draft"}
LIFECYCLES: dict[str, dict[str, Move]] = {name: getattr(lifecycles, name) for name in BEGINNINGS}
# design.md §3, as (from, to)
PROMISED = {
    "OFFER": "offered>accepted accepted>fulfilled offered>declined accepted>declined offered>withdrawn accepted>withdrawn offered>lapsed accepted>lapsed",
    "ASK": "open>met open>withdrawn",
    "FOLLOWUP": "open>done open>cancelled",
    "MEETING": "planned>held planned>cancelled",
}


def pairs(lifecycle: dict[str, Move]) -> set[str]:
    """List the moves of a lifecycle as ``from>to``."""
    return {f"{source}>{move.target}" for move in lifecycle.values() for source in move.sources}


def states(lifecycle: dict[str, Move]) -> set[str]:
    """List the states of a lifecycle."""
    return {state for move in lifecycle.values() for state in (*move.sources, move.target)}


@pytest.mark.parametrize("name", PROMISED)
def test_a_lifecycle_has_the_moves_that_were_promised_and_no_others(name: str) -> None:
    """The design's lines, move by move."""
    assert pairs(LIFECYCLES[name]) == set(PROMISED[name].split())


@pytest.mark.parametrize("name", BEGINNINGS)
def test_every_state_can_be_reached_from_the_first(name: str) -> None:
    """By some chain of moves."""
    reached = {BEGINNINGS[name]}
    for _ in states(LIFECYCLES[name]):
        reached |= {move.target for move in LIFECYCLES[name].values() if reached & set(move.sources)}
    assert reached == states(LIFECYCLES[name])


@pytest.mark.parametrize("name", BEGINNINGS)
def test_every_lifecycle_can_end(name: str) -> None:
    """From every state there is a way to one without moves, but for drafts, which may be exported again."""
    sources = {source for move in LIFECYCLES[name].values() for source in move.sources}
    ends = states(LIFECYCLES[name]) - sources
    ending = set(ends)
    for _ in states(LIFECYCLES[name]):
        ending |= {source for move in LIFECYCLES[name].values() if move.target in ending for source in move.sources}
    assert ends
    assert ending == states(LIFECYCLES[name])


def test_an_introduction_is_made_only_once_agreed() -> None:
    """Agreement is the only way there, and what was made can be neither declined nor withdrawn."""
    assert lifecycles.INTRODUCTION["make"].sources == ("agreed",)
    made = {move.target for move in lifecycles.INTRODUCTION.values() if "made" in move.sources}
    assert made == {"met", "closed"}


def test_open_states_are_those_from_which_an_offer_may_still_end() -> None:
    """Nothing is expected of an offer that ended."""
    assert set(lifecycles.OPEN_OFFER) == {source for move in lifecycles.OFFER.values() for source in move.sources}
    assert set(lifecycles.OPEN_INTRODUCTION) == {source for move in lifecycles.INTRODUCTION.values() for source in move.sources}


@given(st.data())
def test_a_move_leads_where_it_says_or_is_refused_with_those_there_are(data: st.DataObject) -> None:
    """From any state whatever, and every move that a refusal names is one that would not be refused."""
    lifecycle = LIFECYCLES[data.draw(st.sampled_from(sorted(LIFECYCLES)))]
    name = data.draw(st.sampled_from(sorted(lifecycle)))
    status = data.draw(st.sampled_from(sorted(states(lifecycle))) | st.text(max_size=5))
    if status in lifecycle[name].sources:
        assert after(lifecycle, "X1", status, name) == lifecycle[name].target
        return
    with pytest.raises(MoveRefused, match="X1 is ") as refused:
        after(lifecycle, "X1", status, name)
    possible = {move.said for move in lifecycle.values() if status in move.sources}
    assert set(refused.value.possible) == possible
    assert ("it has ended" in refused.value.sentence) == (not possible)
