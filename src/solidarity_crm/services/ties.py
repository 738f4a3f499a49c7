"""Noting that two contacts know each other, confirming what follows from the records, and dropping what is not so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from solidarity_crm.errors import Refused
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.tie import Tie
from solidarity_crm.queries.reading import Store
from solidarity_crm.queries.ties import reasons_of
from solidarity_crm.rules import ties as rule
from solidarity_crm.rules.ties import CONFIRMED, DROPPED

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.transaction import Tx


def add(
    tx: Tx, one: Ref, other: Ref, *, today: date, strength: str = "knows", since: date | None = None, known_from: str | None = None
) -> None:
    """Note that two contacts know each other; one that was suggested or dropped is confirmed by it.

    Raises BadValue, NotFound, or Refused for one contact twice or a tie that is noted already.
    """
    pair, there = _there(tx, one, other)
    if there is not None and there.state == CONFIRMED:
        sentence = f"{one} and {other} have a tie already: {there.strength}, noted on {there.noted_on}"
        raise Refused(sentence, f'solidarity network confirm {one} {other} --strength "{strength}", to change how close they are')
    said = {"strength": strength, "since": since, "state": CONFIRMED, "known_from": known_from, "noted_on": today}
    if there is not None:
        there.change(**said)
    else:
        tx.add(Tie.checked(contact_id=pair[0], other_id=pair[1], **said))


def confirm(tx: Tx, one: Ref, other: Ref, *, today: date, strength: str | None = None) -> None:
    """Confirm a tie that is suggested, as close as it is said to be; a confirmed one only changes how close.

    Raises NotFound, or Refused when nothing suggests it, it was dropped, or nothing would change.
    """
    pair, there = _there(tx, one, other)
    if there is not None and there.state == DROPPED:
        sentence = f"on {there.noted_on} it was noted that {one} and {other} do not know each other"
        raise Refused(sentence, f"solidarity network add-tie {one} {other}")
    if there is not None and there.state == CONFIRMED and strength in (None, there.strength):
        sentence = f"the tie of {one} and {other} is confirmed already: {there.strength}"
        raise Refused(sentence, f"solidarity network ties {one}")
    if there is not None:
        there.change(state=CONFIRMED, strength=strength or there.strength, noted_on=today)
        return
    likely = _suggested(tx, pair, today, hint=f"solidarity network add-tie {one} {other}")
    tx.add(Tie.checked(contact_id=pair[0], other_id=pair[1], state=CONFIRMED, strength=strength or likely, noted_on=today))


def drop(tx: Tx, one: Ref, other: Ref, *, today: date) -> None:
    """Note that two contacts do not know each other; the tie is not suggested again.

    Raises NotFound, or Refused when there is no tie to drop.
    """
    pair, there = _there(tx, one, other)
    if there is not None and there.state == DROPPED:
        sentence = f"the tie of {one} and {other} was dropped on {there.noted_on}"
        raise Refused(sentence, f"solidarity network add-tie {one} {other}, if they do know each other")
    if there is not None:
        there.change(state=DROPPED, noted_on=today)
        return
    likely = _suggested(tx, pair, today, hint=f"solidarity network ties {one}")
    tx.add(Tie.checked(contact_id=pair[0], other_id=pair[1], state=DROPPED, strength=likely, noted_on=today))


def _there(tx: Tx, one: Ref, other: Ref) -> tuple[tuple[int, int], Tie | None]:
    """Give a pair's numbers in order, and what was noted of the two.

    Raises NotFound or Refused.
    """
    pair = rule.pair(one.number, other.number)
    for number in pair:
        tx.get(Contact, number)
    return pair, tx.session.exec(select(Tie).where(Tie.contact_id == pair[0], Tie.other_id == pair[1])).first()


def _suggested(tx: Tx, pair: tuple[int, int], today: date, *, hint: str) -> str:
    """Give how close the records make two contacts look.

    Raises Refused when nothing in them suggests a tie.
    """
    weighed = rule.weighed(reasons_of(Store(tx.connection, tx.settings), [pair[0]], today=today).get(pair, []))
    if weighed is None:
        sentence = f"nothing says that P{pair[0]} and P{pair[1]} know each other"
        raise Refused(sentence, hint)
    return weighed.strength
