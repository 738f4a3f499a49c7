"""Two contacts become one: their ties and what they were asked beyond their budgets come along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rehearsal import TODAY, Rehearsal

from solidarity_crm import services
from solidarity_crm.models.tie import OverBudget
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import merging
from solidarity_crm.store import journal

if TYPE_CHECKING:
    from collections.abc import Iterator

ANN, BOB, CLEO, ANNIE = (Ref("P", number) for number in range(1, 5))


@pytest.fixture
def crm() -> Iterator[Rehearsal]:
    """Give a store with four contacts, of whom the last is the first again."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        for name in ("Ann", "Bob", "Cleo", "Annie"):
            services.contacts.add(tx, name, today=TODAY)
    yield rehearsal
    rehearsal.close()


def ties(crm: Rehearsal) -> list[Any]:
    """List ties as they are stored."""
    return list(crm.connection.execute("SELECT contact_id, other_id, strength, state, known_from FROM tie ORDER BY 1, 2").fetchall())


def merge(crm: Rehearsal, keep: Ref, other: Ref) -> None:
    """Make one of two, and find the journal whole."""
    with crm.change() as tx:
        merging.merge(tx, keep, other, take={}, today=TODAY)
    assert journal.problems(crm.connection) == []


def test_ties_and_asks_past_the_budget_move(crm: Rehearsal) -> None:
    """The lower number stays first, also where the one who stays has the higher."""
    with crm.change() as tx:
        services.ties.add(tx, ANN, BOB, today=TODAY, strength="close")
        tx.add(OverBudget.checked(contact_id=ANN.number, asked_on=TODAY, about="P1", reason="She asked us to"))
    merge(crm, ANNIE, ANN)
    assert ties(crm) == [(2, 4, "close", "confirmed", None)]
    assert crm.connection.execute("SELECT contact_id, about FROM over_budget").fetchall() == [(4, "P4")]
    with crm.change() as tx:
        services.undoing.undo(tx)
    assert ties(crm) == [(1, 2, "close", "confirmed", None)]


def test_one_tie_is_made_of_two_with_the_same_person(crm: Rehearsal) -> None:
    """What is surer stands, a blank is filled; that of the two merged with each other is gone."""
    with crm.change() as tx:
        services.ties.add(tx, ANN, BOB, today=TODAY)
        services.ties.drop(tx, ANN, BOB, today=TODAY)
        services.ties.add(tx, ANNIE, BOB, today=TODAY, strength="close", known_from="Bob told us")
        services.ties.add(tx, ANN, CLEO, today=TODAY, strength="works with")
        services.ties.add(tx, CLEO, ANNIE, today=TODAY, strength="knows")
        services.ties.drop(tx, CLEO, ANNIE, today=TODAY)
        services.ties.add(tx, ANN, ANNIE, today=TODAY)
    before = ties(crm)
    merge(crm, ANN, ANNIE)
    assert ties(crm) == [(1, 2, "close", "confirmed", "Bob told us"), (1, 3, "works with", "confirmed", None)]
    with crm.change() as tx:
        services.undoing.undo(tx)
    assert ties(crm) == before
    assert journal.problems(crm.connection) == []


@pytest.mark.parametrize(
    ("keep", "other", "becomes"),
    [((None, None), (0, None), (0, None)), ((3, None), (1, None), (1, None)), ((0, "2027-01-01"), (5, "2027-02-01"), (0, "2027-02-01"))],
)
def test_what_protects_more_stands(crm: Rehearsal, keep: tuple[Any, Any], other: tuple[Any, Any], becomes: tuple[Any, Any]) -> None:
    """The smaller budget, the longer pause."""
    from datetime import date

    with crm.change() as tx:
        for ref, (budget, pause) in ((ANN, keep), (ANNIE, other)):
            services.contacts.edit(tx, ref, ask_budget=budget, asks_paused_until=pause and date.fromisoformat(pause))
    merge(crm, ANN, ANNIE)
    assert crm.connection.execute("SELECT ask_budget, asks_paused_until FROM contact WHERE id = 1").fetchone() == becomes
