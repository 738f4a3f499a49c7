"""Asks: help the partnership looks for, the offers that could meet it, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.errors import BadValue, Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.offer import Ask, Offer
from solidarity_crm.rules import days, lifecycles
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services.contacts import set_communities
from solidarity_crm.services.moves import move
from solidarity_crm.services.offers import link, use

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx


def add(
    tx: Tx,
    kind: str,
    about: str,
    *,
    today: date,
    for_communities: Sequence[str] = (),
    wanted_by: date | None = None,
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Add an ask for help; give its ref.

    Raises BadValue.
    """
    _check_ahead(wanted_by, today)
    number = stored(tx.add(Ask.checked(kind=kind, about=about, wanted_by=wanted_by, **fields)))
    set_communities(tx, for_communities, ask_id=number)
    return Ref("A", number)


def edit(
    tx: Tx,
    ref: Ref,
    *,
    today: date,
    for_communities: Sequence[str] | None = None,
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Change an ask for help; communities that are given take the place of those that were there.

    Raises BadValue or NotFound.
    """
    ask = tx.get(Ask, ref.number)
    _check_ahead(fields.get("wanted_by"), today)
    ask.change(**fields)
    if for_communities is not None:
        set_communities(tx, for_communities, ask_id=ref.number)
    return ref


def match(tx: Tx, ref: Ref, offer: Ref, *, on: date) -> tuple[str, str]:
    """Link an open ask with an open offer that could meet it; give both kinds of help, which may differ.

    Raises NotFound, or Refused when either has ended or they are linked already.
    """
    wanted, offered = tx.get(Ask, ref.number), tx.get(Offer, offer.number)
    for record, open_states in ((wanted, ("open",)), (offered, lifecycles.OPEN_OFFER)):
        if record.status not in open_states:
            sentence = f"{record.ref} is {record.status}, so there is nothing left to match"
            raise Refused(sentence, f"solidarity show {record.ref}")
    if not link(tx, ref, offer, on=on):
        sentence = f"{ref} and {offer} are linked already"
        raise Refused(sentence, f"solidarity show {ref}")
    return wanted.kind, offered.kind


def met(tx: Tx, ref: Ref, *, on: date, today: date, outcome: str | None = None, offers: Sequence[Ref] = ()) -> Ref:
    """Say that an ask was met, what came of it and with which offers, each of which was thereby used.

    Raises BadValue, MoveRefused, NotFound, or Refused for an offer that is not ours to use.
    """
    ask = _moved(tx, ref, "met", on=on, today=today)
    ask.change(outcome=outcome or ask.outcome)
    for offer in dict.fromkeys(offers):
        use(tx, offer, ask.about, on=on, today=today, ask=ref)
    return ref


def withdraw(tx: Tx, ref: Ref, *, on: date, today: date, why: str | None = None) -> Ref:
    """Withdraw an ask that is wanted no longer.

    Raises BadValue, MoveRefused or NotFound.
    """
    _moved(tx, ref, "withdraw", on=on, today=today, why=why)
    return ref


def _moved(tx: Tx, ref: Ref, step: str, *, on: date, today: date, why: str | None = None) -> Ask:
    """End an ask by a step of its lifecycle, on a day that has come."""
    ask = tx.get(Ask, ref.number)
    move(tx, ask, lifecycles.ASK, step, on=on, why=why)
    ask.ended_on = days.happened("day", on, today=today)
    return ask


def _check_ahead(wanted_by: date | None, today: date) -> None:
    """Refuse a day that has passed."""
    if wanted_by is not None and wanted_by < today:
        raise BadValue("wanted by", wanted_by, "it has passed already", "--wanted-by +4w")
