"""What two records of one person said, once they are one: a no in either holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import SETTINGS, TODAY, Rehearsal

from solidarity_crm.models.consent import ConsentEvent
from solidarity_crm.models.contact import Contact
from solidarity_crm.queries.consents import consents_of, standings
from solidarity_crm.queries.reading import Store
from solidarity_crm.rules.consent import KINDS
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import consents, merging, undoing

if TYPE_CHECKING:
    from solidarity_crm.rules.consent import Standing

KEEP, OTHER = Ref("P", 1), Ref("P", 2)
DAY = timedelta(days=1)
WORDS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.sampled_from(PURPOSES[1:]), st.integers(0, 3), st.none() | st.integers(-2, 2)), max_size=4
)


@pytest.fixture
def rehearsal() -> Rehearsal:
    """Give a store of two contacts."""
    return peopled()


def peopled() -> Rehearsal:
    """Make a store of two contacts."""
    made = Rehearsal()
    with made.change() as tx:
        for name in ("Amina Yusuf", "Amina Hall"):
            tx.add(Contact.checked(name=name, obtained_on=TODAY))
    return made


def holds(store: Rehearsal, ref: Ref) -> dict[str, Standing]:
    """Give what holds of each purpose by e-mail."""
    return standings(consents_of(Store(store.connection, SETTINGS), ref.number), today=TODAY)


def test_a_withdrawal_of_the_other_record_holds_though_it_is_older(rehearsal: Rehearsal) -> None:
    """Both records' words are kept, and taking the merger back takes no word of anybody's away."""
    with rehearsal.change() as tx:
        consents.give(tx, KEEP, ["marketing", "engagement"], consents.Words("call"), on=TODAY)
        consents.withdraw(tx, OTHER, ["marketing"], consents.Words("email"), on=TODAY - DAY)
    before = [holds(rehearsal, ref) for ref in (KEEP, OTHER)]
    with rehearsal.change() as tx:
        merging.merge(tx, KEEP, OTHER, take={}, today=TODAY)
    assert {purpose: said.state for purpose, said in holds(rehearsal, KEEP).items()} == {"marketing": "withdrawn", "engagement": "given"}
    said = consents_of(Store(rehearsal.connection, SETTINGS), KEEP.number)
    assert [(each.kind, each.how) for each in said if each.purpose == "marketing"] == [
        ("withdrawn", "email"),
        ("given", "call"),
        ("withdrawn", "merger"),
    ]
    with rehearsal.change() as tx:
        undoing.undo(tx)
    assert [holds(rehearsal, ref) for ref in (KEEP, OTHER)] == before


@settings(max_examples=40, deadline=None)
@given(WORDS, WORDS)
def test_merging_never_makes_a_yes_of_a_no(
    ours: list[tuple[str, str, int, int | None]], theirs: list[tuple[str, str, int, int | None]]
) -> None:
    """Whatever was said, on whatever days; and a word that only one of the two knew stands."""
    store = peopled()
    with store.change() as tx:
        for ref, words in ((KEEP, ours), (OTHER, theirs)):
            for kind, purpose, ago, lasts in words:
                on = TODAY - ago * DAY
                until = None if lasts is None or kind != "given" else max(on, TODAY + lasts * DAY)
                tx.add(ConsentEvent.checked(contact_id=ref.number, kind=kind, purpose=purpose, happened_on=on, until=until))
    one, other = holds(store, KEEP), holds(store, OTHER)
    with store.change() as tx:
        merging.merge(tx, KEEP, OTHER, take={}, today=TODAY)
    after = holds(store, KEEP)
    assert after.keys() == one.keys() | other.keys()
    for purpose in after:
        said = {each[purpose].state for each in (one, other) if purpose in each}
        assert after[purpose].state in said
        assert ("withdrawn" in said) == (after[purpose].state == "withdrawn")
    store.close()


def test_words_are_for_a_contact_and_a_day_that_was(rehearsal: Rehearsal) -> None:
    """Each kind is checked as it is kept."""
    with rehearsal.change() as tx:
        consents.give(tx, KEEP, ["marketing", "marketing"], consents.Words(), on=date(2026, 11, 30), soft=True)
    assert [(each.kind, each.until) for each in consents_of(Store(rehearsal.connection, SETTINGS), 1)] == [("soft opt-in", None)]
