"""Introductions, whatever happens to them in whatever order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import BadValue, ConsentMissing, CrmError, MoveRefused, NotFound
from solidarity_crm.models.introduction import IntroductionSide
from solidarity_crm.queries.introductions import Introduction, introduction
from solidarity_crm.reports.cards import introduction as introduction_card
from solidarity_crm.rules.introducing import BEFORE_MADE
from solidarity_crm.rules.lifecycles import OPEN_INTRODUCTION
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, introduction_asking, introduction_telling, introductions
from solidarity_crm.services.introduction_asking import Asking
from solidarity_crm.services.introductions import Proposal, Said
from solidarity_crm.store import journal

MANY = 3
WHATS = ["yes"] * 9 + ["make"] * 4 + ["ask"] * 2 + ["propose", "no", "met", "close", "thank", "decline", "withdraw", "lapse"]
SIDES = st.sampled_from(["left", "right"])
DAYS = st.sampled_from([0, 0, 0, 0, 1, 2]).map(lambda ago: TODAY - timedelta(days=ago))  # mostly in order


class Introducing(RuleBasedStateMachine):
    """Any sequence of moves, in any order and on any day, some of them refused.

    ``yes`` is what a careful person with a notebook would say stands at the moment.
    """

    def __init__(self) -> None:
        """Begin with an empty store and an empty notebook."""
        super().__init__()
        self.rehearsal = Rehearsal()
        self.yes: dict[str, set[str]] = {}
        self.ever_made: set[str] = set()

    @initialize()
    def people(self) -> None:
        """Three people know us."""
        with self.rehearsal.change() as tx:
            self.known = [contacts.add(tx, name, today=TODAY) for name in ("Amina Yusuf", "Siân O'Brien [she/her]", "Jo Vale")]
        self.propose(0, on=TODAY - timedelta(days=3))

    @rule(what=st.sampled_from(WHATS), which=st.integers(0, MANY - 1), side=SIDES, on=DAYS)
    def happen(self, what: str, which: int, side: str, on: date) -> None:
        """Take any step, ready or not; one rule and not six, so that no run goes without one of them."""
        if what in ("yes", "no"):
            self.answer(self.pick(which), side, what, on)
        elif what == "ask":
            self.ask(self.pick(which), side, on)
        elif what == "make":
            self.make(self.pick(which), on)
        elif what == "propose":
            self.propose(which, on=on)
        else:
            self.go_on(self.pick(which), what, on)

    def propose(self, which: int, *, on: date) -> None:
        """Propose any two, once more if they have had one."""
        with suppress(CrmError), self.rehearsal.change() as tx:
            proposal = Proposal(self.known[which], self.known[which - 1], "both run drop-ins", again=on == TODAY)
            self.yes[str(introductions.propose(tx, proposal, on=on, today=TODAY))] = set()

    def ask(self, ref: Ref, side: str, on: date) -> None:
        """Ask a side; whatever it said before is put aside."""
        with suppress(CrmError), self.rehearsal.change() as tx:
            introduction_asking.ask(tx, ref, side, Asking(on, "visit", again=on == TODAY, anyway="it cannot wait"), today=TODAY)
            self.yes[str(ref)].discard(side)

    def answer(self, ref: Ref, side: str, said: str, on: date) -> None:
        """A side answers, or takes its answer back."""
        with suppress(CrmError), self.rehearsal.change() as tx:
            introductions.answer(tx, ref, side, Said(said, on), today=TODAY)
            (self.yes[str(ref)].add if said == "yes" else self.yes[str(ref)].discard)(side)

    def make(self, ref: Ref, on: date) -> None:
        """Make one; that must fail whenever a yes is missing, and only then may consent be the reason."""
        standing, before = self.yes[str(ref)], self.read(ref)
        try:
            with self.rehearsal.change() as tx:
                introductions.make(tx, ref, on=on, today=TODAY)
        except ConsentMissing:
            assert standing != {"left", "right"}
            assert self.read(ref) == before
        except CrmError:
            assert self.read(ref) == before
        else:
            assert standing == {"left", "right"}
            self.ever_made.add(str(ref))

    def go_on(self, ref: Ref, step: str, on: date) -> None:
        """Whatever else can happen, perhaps too early or too late."""
        with suppress(CrmError), self.rehearsal.change() as tx:
            if step == "close":
                introductions.close(tx, ref, "they share a drop-in", on=on, today=TODAY)
            elif step in ("met", "thank"):
                getattr(introductions if step == "met" else introduction_telling, step)(tx, ref, on=on, today=TODAY)
            else:
                introductions.end(tx, ref, step, on=on, today=TODAY)

    @invariant()
    def made_only_with_two_yeses(self) -> None:
        """Nothing is made, met or closed but what was made while both yeses stood; answers are as the notebook has them."""
        for name, yes in self.yes.items():
            found = self.read(self.ref(name))
            sides = {"left": found.left, "right": found.right}
            assert {side for side, one in sides.items() if one.answer == "yes"} == yes
            assert (found.made_on is not None) == (name in self.ever_made) == (found.status in ("made", "met", "closed"))
            if found.status in BEFORE_MADE:
                assert (found.status == "agreed") == (yes == {"left", "right"})
            if name in self.ever_made:
                assert yes == {"left", "right"}
            assert (found.ended_on is None) == (found.status in OPEN_INTRODUCTION)
            assert all(bool(one.shares) == (one.answer == "yes") for one in sides.values())
            days = [found.proposed_on, max(one.answered_on or found.proposed_on for one in sides.values()), found.made_on, found.met_on]
            assert [day for day in days if day] == sorted(day for day in days if day)

    def teardown(self) -> None:
        """The journal agrees with all of it."""
        assert journal.problems(self.rehearsal.connection) == []
        self.rehearsal.close()

    def pick(self, which: int) -> Ref:
        """Give one of the introductions there are."""
        return self.ref(list(self.yes)[which % len(self.yes)])

    def ref(self, name: str) -> Ref:
        """Give the ref that is written so."""
        return Ref(name[0], int(name[1:]))

    def read(self, ref: Ref) -> Introduction:
        """Read one as a command would."""
        found = introduction(self.rehearsal.store, ref.number)
        assert found is not None
        return found


Introducing.TestCase.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)
test_no_sequence_reaches_made_without_two_standing_yeses = Introducing.TestCase


@pytest.fixture
def agreed() -> tuple[Rehearsal, Ref]:
    """Give an introduction that both have said yes to."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        left, right = (contacts.add(tx, name, today=TODAY) for name in ("Amina Yusuf", "Bea Lund"))
        ref = introductions.propose(tx, Proposal(left, right, "both run drop-ins", owner="Robin Marsh"), on=TODAY, today=TODAY)
        for side in ("left", "right"):
            introductions.answer(tx, ref, side, Said("yes", TODAY, "call", "gladly", ["email", "name"]), today=TODAY)
    return rehearsal, ref


def test_an_answer_that_vanished_is_found_out_even_when_it_says_agreed(agreed: tuple[Rehearsal, Ref]) -> None:
    """Making looks at the answers themselves, not at the status alone."""
    rehearsal, ref = agreed
    with rehearsal.change() as tx:
        side = tx.session.get(IntroductionSide, 2)
        assert side is not None
        side.change(answer=None)
    with pytest.raises(ConsentMissing, match=r"right \(Bea Lund\): not asked yet"), rehearsal.change() as tx:
        introductions.make(tx, ref, on=TODAY, today=TODAY)


def test_making_gives_the_check_in_and_its_day(agreed: tuple[Rehearsal, Ref]) -> None:
    """The follow-up is due so many days after the day it was made, as the settings say."""
    rehearsal, ref = agreed
    with rehearsal.change() as tx:
        made = introductions.make(tx, ref, on=TODAY, today=TODAY)
    assert made == (ref, Ref("F", 1), TODAY + timedelta(days=14))


def test_the_same_yes_again_keeps_what_it_does_not_say(agreed: tuple[Rehearsal, Ref]) -> None:
    """Words, channel and what may be shared stay until they are said anew."""
    rehearsal, ref = agreed
    with rehearsal.change() as tx:
        introductions.answer(tx, ref, "left", Said("yes", TODAY), today=TODAY)
        introductions.answer(tx, ref, "right", Said("yes", TODAY, shares=["organisation"]), today=TODAY)
    found = introduction(rehearsal.store, ref.number)
    assert found is not None
    assert (found.left.channel, found.left.words, found.left.shares) == ("call", "gladly", ("name", "email"))
    assert (found.right.words, found.right.shares, found.status) == ("gladly", ("organisation",), "agreed")


def test_what_cannot_be_is_refused(agreed: tuple[Rehearsal, Ref]) -> None:
    """A record that is not there, a day ahead, a step that the lifecycle does not have, an empty why."""
    rehearsal, ref = agreed
    assert introduction_card.card(rehearsal.store, 9, today=TODAY) is None
    with pytest.raises(NotFound, match="no introduction 'I9'"), rehearsal.change() as tx:
        introductions.make(tx, Ref("I", 9), on=TODAY, today=TODAY)
    with pytest.raises(BadValue, match="it has not come yet"), rehearsal.change() as tx:
        introductions.make(tx, ref, on=TODAY + timedelta(days=1), today=TODAY)
    with pytest.raises(MoveRefused, match="so it cannot be met"), rehearsal.change() as tx:
        introductions.met(tx, ref, on=TODAY, today=TODAY)
    with pytest.raises(BadValue, match="why"), rehearsal.change() as tx:
        introductions.edit(tx, ref, why=" ")
