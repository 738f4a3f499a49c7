"""Offers of help and asks as services: what each call leaves in the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from solidarity_crm.errors import BadValue, MoveRefused, Refused, Usage
from solidarity_crm.models.move import Move
from solidarity_crm.models.offer import Ask, AskMatch, Offer, OfferUse
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import asks, contacts, offers, organisations
from solidarity_crm.store.transaction import By, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.store.transaction import Tx
    from solidarity_crm.store.workspace import Workspace

TODAY = date(2026, 12, 1)
EARLIER = date(2026, 11, 20)


@pytest.fixture
def tx(workspace: Workspace) -> Iterator[Tx]:
    """Open a transaction in a store of the test's own."""
    by = By("Robin Marsh", "test", datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    with transaction(workspace.store, workspace.settings, by) as opened:
        yield opened


@pytest.fixture
def offer(tx: Tx) -> Ref:
    """Add an offer that came in on 20 November."""
    amina = contacts.add(tx, "Amina Yusuf", today=TODAY)
    return offers.add(tx, amina, "practice", "Talks", received_on=EARLIER, today=TODAY)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 12, 1), date(2026, 12, 3)),  # within a week
        (date(2026, 11, 27), date(2026, 12, 1)),  # over a weekend
        (date(2026, 11, 28), date(2026, 12, 1)),  # on a Saturday
        (date(2026, 12, 24), date(2026, 12, 30)),  # over Christmas, whose Boxing Day holiday moves to Monday
        (date(2026, 4, 2), date(2026, 4, 8)),  # over Easter, which England keeps on Friday and Monday
    ],
)
def test_a_reply_is_due_after_two_working_days(tx: Tx, received: date, due: date) -> None:
    """England's bank holidays are known."""
    assert offers.reply_due(tx, received) == due


def test_settings_say_how_long_a_reply_and_an_offer_last(tx: Tx) -> None:
    """The intervals of the workspace are used, unless the offer has its own."""
    tx.settings = tx.settings._replace(intervals=tx.settings.intervals._replace(reply_working_days=5, offer_shelf_life_days=30))
    giver = organisations.add(tx, "MESMAC", kind="charity")
    usual = tx.get(Offer, offers.add(tx, giver, "data", "A survey", received_on=TODAY, today=TODAY).number)
    own = tx.get(Offer, offers.add(tx, giver, "data", "A survey", received_on=TODAY, today=TODAY, shelf_life_days=7).number)
    assert (usual.reply_due, usual.shelf_life_days, own.shelf_life_days) == (date(2026, 12, 8), 30, 7)


def test_who_offers() -> None:
    """A contact, a contact for an organisation, or an organisation alone."""
    assert offers.givers(Ref("P", 4)) == {"contact_id": 4, "organisation_id": None}
    assert offers.givers(Ref("P", 4), Ref("O", 2)) == {"contact_id": 4, "organisation_id": 2}
    assert offers.givers(Ref("O", 2)) == offers.givers(Ref("O", 2), Ref("O", 2)) == {"contact_id": None, "organisation_id": 2}
    with pytest.raises(Usage, match="O2 is an organisation itself"):
        offers.givers(Ref("O", 2), Ref("O", 3))


def test_every_move_is_kept_with_its_day_and_reason(tx: Tx, offer: Ref) -> None:
    """In the order in which they were made."""
    offers.accept(tx, offer, on=date(2026, 11, 23), today=TODAY)
    offers.end(tx, offer, "withdraw", on=TODAY, today=TODAY, why="changed jobs")
    moves = [(m.ref, m.from_status, m.to_status, m.moved_on, m.why) for m in tx.session.exec(select(Move))]
    assert moves == [
        ("H1", "offered", "accepted", date(2026, 11, 23), None),
        ("H1", "accepted", "withdrawn", TODAY, "changed jobs"),
    ]
    assert tx.get(Offer, 1).ended_on == TODAY


def test_accepting_keeps_the_owner_unless_there_is_another(tx: Tx, offer: Ref) -> None:
    """An owner once named stays."""
    offers.edit(tx, offer, today=TODAY, owner="Robin Marsh")
    offers.accept(tx, offer, on=TODAY, today=TODAY)
    assert tx.get(Offer, 1).owner == "Robin Marsh"


def test_a_refused_move_raises_with_the_moves_there_are(tx: Tx, offer: Ref) -> None:
    """The facts are on the error."""
    with pytest.raises(MoveRefused) as refused:
        offers.fulfil(tx, offer, on=TODAY, today=TODAY)
    assert refused.value.possible == ("accepted", "declined", "withdrawn", "lapsed")


def test_fulfilling_keeps_an_outcome_written_before(tx: Tx, offer: Ref) -> None:
    """Unless another is given."""
    offers.edit(tx, offer, today=TODAY, outcome="Two talks so far")
    offers.accept(tx, offer, on=TODAY, today=TODAY)
    offers.fulfil(tx, offer, on=TODAY, today=TODAY)
    assert tx.get(Offer, 1).outcome == "Two talks so far"


def test_linking_is_done_once(tx: Tx, offer: Ref) -> None:
    """However often an offer helps to meet an ask."""
    ask = asks.add(tx, "practice", "Talks", today=TODAY)
    assert asks.match(tx, ask, offer, on=TODAY) == ("practice", "practice")
    with pytest.raises(Refused, match="A1 and H1 are linked already"):
        asks.match(tx, ask, offer, on=TODAY)
    offers.accept(tx, offer, on=TODAY, today=TODAY)
    offers.use(tx, offer, "A talk", on=TODAY, today=TODAY, ask=ask)
    asks.met(tx, ask, on=TODAY, today=TODAY, offers=[offer, offer])
    assert len(tx.session.exec(select(AskMatch)).all()) == 1
    assert [use.what for use in tx.session.exec(select(OfferUse))] == ["A talk", "Talks"]


def test_an_ask_without_a_day_may_be_edited_at_any_time(tx: Tx) -> None:
    """Only a day that is given is checked."""
    ask = asks.add(tx, "data", "A survey", today=TODAY)
    asks.edit(tx, ask, today=TODAY, owner="Sam Adeyemi", for_communities=["sex workers"])
    assert (tx.get(Ask, 1).owner, tx.get(Ask, 1).wanted_by) == ("Sam Adeyemi", None)
    with pytest.raises(BadValue, match="it has passed already"):
        asks.edit(tx, ask, today=TODAY, wanted_by=EARLIER)
