"""Sending drafts so that none goes out twice and none is lost, wherever a command is ended.

That a message is about to be handed over is stored before it is, and what became of it after. One whose end is not
stored was being sent when the program was ended: it is unsure, and only a person can say whether it arrived.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.exchange.outreach.mail import address, eml
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.post import DeadAddress
from solidarity_crm.rules import lifecycles
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import followups, interactions
from solidarity_crm.services.moves import move
from solidarity_crm.services.outgoing import AS_THEY_ARE, Leaving, Recipients, has_left
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from email.headerregistry import Address

    from solidarity_crm.errors import NotWritten
    from solidarity_crm.rules.delivery import Verdict
    from solidarity_crm.store.transaction import Tx

_WHY = 300  # letters of a server's words that are kept


class NextStep(NamedTuple):
    """A follow-up that is set for each person that a message was sent to."""

    what: str
    due: date


class Plan(NamedTuple):
    """What may be sent, in order, and who is left out with the reason, by draft."""

    ready: list[Ref]
    left_out: dict[Ref, NotWritten]


class Outgoing(NamedTuple):
    """One message on its way: from one address, to one address."""

    ref: Ref
    sender: Address
    to: Address
    content: bytes


def approve(tx: Tx, refs: Sequence[Ref], *, today: date, approved: bool = True) -> None:
    """Say of drafts that they were read and may be sent, or take that back.

    Raises NotFound, or MoveRefused for one that cannot be sent.
    """
    for ref in refs:
        _sendable(tx, ref).approved_on = today if approved else None


def plan(tx: Tx, refs: Sequence[Ref], how: Leaving = AS_THEY_ARE, *, today: date) -> Plan:
    """Say which drafts may be sent: the named ones, or without refs all that were approved.

    Raises NotFound, MoveRefused for a named one that cannot be sent, or Refused without an address to write from.
    """
    wanted = [_sendable(tx, ref) for ref in dict.fromkeys(refs)] if refs else _approved(tx)
    recipients, found = Recipients(tx, wanted, how, today=today), Plan([], {})
    for one in wanted:
        why = recipients.objection(one)
        if why:
            found.left_out[Ref("D", stored(one))] = why
        else:
            recipients.let_go(one)
            found.ready.append(Ref("D", stored(one)))
    return found


def claim(tx: Tx, ref: Ref, how: Leaving = AS_THEY_ARE, *, today: date) -> Outgoing:
    """Store that a draft is being sent, and give its message. Naming a draft to be sent approves it.

    Raises NotFound, MoveRefused, or NotWritten when its person may not be written to any more.
    """
    one = _sendable(tx, ref)
    recipients = Recipients(tx, [one], how, today=today)
    why = recipients.objection(one)
    if why:
        raise why
    message = recipients.let_go(one)
    content = eml(message, unsent=False)
    move(tx, one, lifecycles.DRAFT, "send", on=today)
    one.approved_on = one.approved_on or today
    one.sending_at = tx.now
    return Outgoing(ref, address("", message.sender), address("", message.to), content)


def settle(tx: Tx, ref: Ref, verdict: Verdict, *, today: date, then: NextStep | None = None) -> None:
    """Store what became of a message that was being sent.

    Raises NotFound, or MoveRefused for one that was not.
    """
    one = tx.get(Draft, ref.number)
    if verdict.outcome == "sent":
        _arrived(tx, one, today=today, then=then)
        return
    step = {"failed": "fail", "unsure": "lose"}.get(verdict.outcome, "keep")
    move(tx, one, lifecycles.DRAFT, step, on=today, why=shorten(verdict.why, _WHY))
    if verdict.dead:
        bury(tx, one.to_address, on=today, why=shorten(verdict.why, _WHY))


def lost(tx: Tx, *, today: date) -> list[Ref]:
    """Make unsure what a command that was ended was sending; give those. Nothing may be sending meanwhile."""
    found = list(tx.session.exec(select(Draft).where(Draft.status == "sending").order_by(col(Draft.id))))
    for one in found:
        move(tx, one, lifecycles.DRAFT, "lose", on=today, why="the program was ended while it was being sent")
    return [Ref("D", stored(one)) for one in found]


def resolve(tx: Tx, ref: Ref, *, sent: bool, today: date, then: NextStep | None = None) -> None:
    """Say whether an unsure message was sent; also that one which was exported was, by a mail program.

    Raises NotFound or MoveRefused.
    """
    one = tx.get(Draft, ref.number)
    if sent:
        lifecycles.after(lifecycles.DRAFT, one.ref, one.status, "arrive")
        _arrived(tx, one, today=today, then=then)
    else:
        move(tx, one, lifecycles.DRAFT, "stay", on=today)


def bury(tx: Tx, dead: str, *, on: date, why: str) -> bool:
    """Keep that nothing arrives at an address; say whether that is news."""
    key = dead.casefold()
    if tx.session.exec(select(DeadAddress).where(DeadAddress.address == key)).first():
        return False
    tx.add(DeadAddress.checked(address=key, dead_on=on, why=why))
    return True


def revive(tx: Tx, address_: str) -> bool:
    """Keep that an address works after all; say whether it was dead."""
    found = tx.session.exec(select(DeadAddress).where(DeadAddress.address == address_.strip().casefold())).all()
    for each in found:
        tx.session.delete(each)
    return bool(found)


def _arrived(tx: Tx, one: Draft, *, today: date, then: NextStep | None) -> None:
    """Keep that a message was sent: an interaction, from which a cadence counts anew, its notice, and what comes next."""
    move(tx, one, lifecycles.DRAFT, "arrive", on=today)
    one.sent_at = one.sending_at or one.exported_at or tx.now
    has_left(tx, one, tx.get(Contact, one.contact_id), on=today)
    person = Ref("P", one.contact_id)
    day = one.sent_at.astimezone(tx.settings.zone).date()
    interactions.log(tx, one.subject, on=min(day, today), contacts=[person], kind="email", direction="out", about=one.about)
    if then:
        followups.add(tx, then.what, due=then.due, about=str(person), owner=one.owner)


def _sendable(tx: Tx, ref: Ref) -> Draft:
    """Give a draft that may be sent.

    Raises NotFound, MoveRefused, or Refused for one that was sent already, or that a mail program was given to send.
    """
    found = tx.get(Draft, ref.number)
    if found.status == "sent" and found.sent_at:
        sentence = f"{ref} was sent already, on {found.sent_at.astimezone(tx.settings.zone).date()}; nothing is sent twice"
        raise Refused(sentence, f"solidarity show {ref}")
    if found.status == "exported" and found.exported_at:
        day = found.exported_at.astimezone(tx.settings.zone).date()
        sentence = f"{ref} was exported on {day}, for your mail program to send; nothing is sent twice"
        raise Refused(sentence, f"solidarity outreach resolve {ref} --sent, once your mail program has sent it")
    lifecycles.after(lifecycles.DRAFT, found.ref, found.status, "send")
    return found


def _approved(tx: Tx) -> list[Draft]:
    """List the drafts that were approved and have not gone out, in order."""
    wanted = select(Draft).where(Draft.status == "draft", col(Draft.approved_on).is_not(None))
    return list(tx.session.exec(wanted.order_by(col(Draft.id))))
