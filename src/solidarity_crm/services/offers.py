"""Offers of help: from the day they come in to the thanks for what they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from solidarity_crm.errors import BadValue, Refused, Usage
from solidarity_crm.models.base import stored
from solidarity_crm.models.move import Move
from solidarity_crm.models.offer import Ask, AskMatch, Offer, OfferUse
from solidarity_crm.rules import days, lifecycles
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import budgets
from solidarity_crm.services.calendar_days import holidays
from solidarity_crm.services.contacts import set_communities
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx

USABLE = ("accepted", "fulfilled")


def add(
    tx: Tx,
    giver: Ref,
    kind: str,
    about: str,
    *,
    received_on: date,
    today: date,
    organisation: Ref | None = None,
    for_communities: Sequence[str] = (),
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Add an offer of help from a contact, who may speak for an organisation, or from an organisation; give its ref.

    A reply is due after the settings' working days unless ``reply_due`` says otherwise. Raises BadValue or Usage.
    """
    days.happened("day", received_on, today=today)
    usual = {
        "reply_due": reply_due(tx, received_on),
        "confirmed_on": received_on,
        "shelf_life_days": tx.settings.intervals.offer_shelf_life_days,
    }
    offer = Offer.checked(kind=kind, about=about, received_on=received_on, **{**usual, **givers(giver, organisation), **fields})
    _check_reply(offer)
    number = stored(tx.add(offer))
    set_communities(tx, for_communities, offer_id=number)
    return Ref("H", number)


def edit(
    tx: Tx,
    ref: Ref,
    *,
    today: date,
    for_communities: Sequence[str] | None = None,
    received_on: date | None = None,
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Change an offer of help; communities that are given take the place of those that were there.

    Raises BadValue, NotFound, or Refused when it would be from nobody.
    """
    offer = tx.get(Offer, ref.number)
    if received_on is not None:
        fields = {**_received_anew(tx, offer, received_on, today=today), **fields}
    offer.change(**fields)
    _check_reply(offer)
    if offer.contact_id is None and offer.organisation_id is None:
        sentence = f"{ref} would be from nobody"
        raise Refused(sentence, f"solidarity offer edit {ref} --contact NAME")
    if for_communities is not None:
        set_communities(tx, for_communities, offer_id=ref.number)
    return ref


def accept(tx: Tx, ref: Ref, *, on: date, today: date, owner: str | None = None) -> Ref:
    """Accept an offer of help: it is ours to use from now on.

    Raises BadValue, MoveRefused or NotFound.
    """
    offer = _moved(tx, ref, "accept", on=on, today=today)
    offer.owner = owner or offer.owner
    return ref


def use(tx: Tx, ref: Ref, what: str, *, on: date, today: date, ask: Ref | None = None, anyway: str | None = None) -> Ref:
    """Record that an accepted offer was called on, and the ask that it helped to meet; ``anyway`` why past an ask budget.

    Raises BadValue, NotFound, or Refused for an offer that is not ours to use or whose giver was asked too often.
    """
    offer = tx.get(Offer, ref.number)
    if offer.status not in USABLE:
        sentence = f"{ref} is {offer.status}, so it cannot be used" + (" yet" if offer.status == "offered" else "")
        raise Refused(sentence, f"solidarity offer accept {ref}" if offer.status == "offered" else f"solidarity show {ref}")
    days.happened("day", on, today=today, since=offer.received_on)
    if ask is not None:
        _check_wanted(tx.get(Ask, ask.number))
        link(tx, ask, ref, on=on)
    if offer.contact_id:
        budgets.spend(tx, [offer.contact_id], ref, on=on, anyway=anyway, once_more=True)
    tx.add(OfferUse.checked(offer_id=ref.number, ask_id=ask and ask.number, used_on=on, what=what))
    return ref


def link(tx: Tx, ask: Ref, offer: Ref, *, on: date) -> bool:
    """Link an ask with an offer, once; say whether the link is new."""
    there = tx.session.exec(select(AskMatch).where(AskMatch.ask_id == ask.number, AskMatch.offer_id == offer.number)).first()
    if there is None:
        tx.add(AskMatch.checked(ask_id=ask.number, offer_id=offer.number, matched_on=on))
    return there is None


def fulfil(tx: Tx, ref: Ref, *, on: date, today: date, outcome: str | None = None) -> Ref:
    """Say that an offer did what it could, and what came of it; thanks are owed from now on.

    Raises BadValue, MoveRefused or NotFound.
    """
    offer = _moved(tx, ref, "fulfil", on=on, today=today)
    offer.change(ended_on=on, outcome=outcome or offer.outcome)
    return ref


def end(tx: Tx, ref: Ref, step: str, *, on: date, today: date, why: str | None = None) -> Ref:
    """End an open offer without its use: ``decline``, ``withdraw`` or ``lapse``.

    Raises BadValue, MoveRefused or NotFound.
    """
    _moved(tx, ref, step, on=on, today=today, why=why).ended_on = on
    return ref


def confirm(tx: Tx, ref: Ref, *, on: date, today: date) -> Ref:
    """Record that an open offer still stands, by the word of whoever made it.

    Raises BadValue, NotFound, or Refused when it has ended.
    """
    offer = tx.get(Offer, ref.number)
    if offer.status not in lifecycles.OPEN_OFFER:
        sentence = f"{ref} is {offer.status}, so there is nothing left to confirm"
        raise Refused(sentence, f"solidarity show {ref}")
    offer.confirmed_on = days.happened("day", on, today=today, since=offer.confirmed_on, began="it was last confirmed")
    return ref


def thank(tx: Tx, ref: Ref, *, on: date, today: date) -> Ref:
    """Record that whoever helped was thanked and told what came of it.

    Raises BadValue, NotFound, or Refused when nothing was done yet or they were thanked before.
    """
    offer = tx.get(Offer, ref.number)
    if offer.status != "fulfilled":
        sentence = f"{ref} is {offer.status}; thanks are recorded once it is fulfilled"
        raise Refused(sentence, f"solidarity offer fulfil {ref}" if offer.status == "accepted" else f"solidarity show {ref}")
    if offer.thanked_on:
        sentence = f"{ref} was thanked for on {offer.thanked_on}"
        raise Refused(sentence, f"solidarity show {ref}")
    offer.thanked_on = days.happened("day", on, today=today, since=offer.ended_on, began="it was fulfilled")
    return ref


def reply_due(tx: Tx, received_on: date) -> date:
    """Give the day by which whoever offers help should have heard from us."""
    return days.plus_working_days(received_on, tx.settings.intervals.reply_working_days, holidays(tx.settings))


def givers(giver: Ref, organisation: Ref | None = None) -> dict[str, int | None]:
    """Say who offers help: a contact, a contact for an organisation, or an organisation.

    Raises Usage for an organisation that speaks for another.
    """
    if giver.letter == "P":
        return {"contact_id": giver.number, "organisation_id": organisation.number if organisation else None}
    if organisation not in (None, giver):
        sentence = f"{giver} is an organisation itself, so it cannot offer help for {organisation}"
        raise Usage(sentence, f"solidarity offer add CONTACT KIND ABOUT --org {organisation}")
    return {"contact_id": None, "organisation_id": giver.number}


def _moved(tx: Tx, ref: Ref, step: str, *, on: date, today: date, why: str | None = None) -> Offer:
    """Take a step of an offer's lifecycle, on a day from its coming in to today."""
    offer = tx.get(Offer, ref.number)
    move(tx, offer, lifecycles.OFFER, step, on=on, why=why)
    days.happened("day", on, today=today, since=offer.received_on)
    return offer


def _check_reply(offer: Offer) -> None:
    """Refuse a reply that is due before there was anything to reply to."""
    if offer.reply_due < offer.received_on:
        raise BadValue("reply by", offer.reply_due, f"it is before {offer.received_on}, when the offer came in")


def _check_wanted(ask: Ask) -> None:
    """Refuse an ask that nobody wants met any more."""
    if ask.status == "withdrawn":
        sentence = f"{ask.ref} was withdrawn, so nothing can help to meet it"
        raise Refused(sentence, f"solidarity show {ask.ref}")


def _received_anew(tx: Tx, offer: Offer, received_on: date, *, today: date) -> dict[str, date]:
    """Give the days that change with the day an offer came in, which nothing that happened to it may precede."""
    moved = list(tx.session.exec(select(col(Move.moved_on)).where(Move.ref == offer.ref)))
    used = list(tx.session.exec(select(col(OfferUse.used_on)).where(OfferUse.offer_id == offer.id)))
    untouched = offer.confirmed_on == offer.received_on
    later = [day for day in (*moved, *used, None if untouched else offer.confirmed_on) if day]
    days.happened("day", received_on, today=today)
    if later and min(later) < received_on:
        raise BadValue(
            "day", received_on, f"something happened with {offer.ref} on {min(later)}, before it", f"solidarity show {offer.ref}"
        )
    due = {"reply_due": reply_due(tx, received_on)} if offer.reply_due == reply_due(tx, offer.received_on) else {}
    return {"received_on": received_on, **due, **({"confirmed_on": received_on} if untouched else {})}
