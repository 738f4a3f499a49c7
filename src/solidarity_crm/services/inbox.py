"""What came back to the partnership's mailbox: kept with whom it is from, once however often it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import col, select

from solidarity_crm.exchange.outreach import inbox
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact, ContactPoint
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.models.meeting import Interaction, Participant
from solidarity_crm.models.post import ReadMail
from solidarity_crm.rules import delivery, lifecycles
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import consents, followups, interactions, sending
from solidarity_crm.services.moves import move
from solidarity_crm.services.outgoing import has_not_arrived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.exchange.outreach.inbox import Arrived
    from solidarity_crm.store.transaction import Tx

IN_DOUBT = "opt-out in doubt"
KNOWN, NOT_OURS, IGNORED, DEAD = "read before", "not ours", "ignored", "dead address"


class Taken(NamedTuple):
    """What became of a mail: whom it is from or about, which draft it answers, and what was done."""

    contact: Ref | None
    draft: Ref | None
    result: str


def take(tx: Tx, mails: Sequence[Arrived], *, today: date) -> list[list[Taken]]:
    """Take mails in; give what became of each, a line for each contact that it concerns.

    A reply is an interaction; who asks to stop is not contacted any more, and whether it was them is a follow-up where that
    is not known; an address that is dead is not written to.
    """
    by_id = _drafts(tx)
    return [_take(tx, mail, by_id, today) for mail in mails]


def _take(tx: Tx, mail: Arrived, by_id: dict[str, int], today: date) -> list[Taken]:
    """Take one mail in."""
    number = next((by_id[answered] for answered in mail.answers if answered in by_id), None)
    draft = tx.get(Draft, number) if number else None
    ref = Ref("D", number) if number else None
    ours = mail.kind in (inbox.AUTOMATIC, inbox.DELAY) or _is_ours(tx, mail)
    if draft and ours:
        return [Taken(Ref("P", draft.contact_id), ref, IGNORED)]
    concerned = _concerned(tx, mail, draft)
    if not concerned or ours:
        return [Taken(None, None, NOT_OURS)]
    return [
        Taken(Ref("P", contact), ref, _kept(tx, mail, draft, contact, theirs=theirs, today=today)) for contact, theirs in concerned.items()
    ]


def _is_ours(tx: Tx, mail: Arrived) -> bool:
    """Say whether one of us wrote it: a mailbox has also what was sent from it."""
    settings = tx.settings
    addresses = (settings.email, settings.mail.sender, *(person.email for person in settings.people))
    return mail.sender in [address.casefold() for address in addresses if address]


def _concerned(tx: Tx, mail: Arrived, draft: Draft | None) -> dict[int, bool]:
    """Give the contacts that a mail concerns, and whether each is who it comes from, or whom a report is about.

    Whoever has one of our messages, since it was sent on to them, can answer it, and ask that they be written to no more;
    that is said for nobody else. Somebody who writes from an address that we do not know may be the person all the same.
    """
    writers = [] if mail.kind == inbox.BOUNCE else _who_has(tx, mail.sender)
    if draft is None:
        return dict.fromkeys(writers, True) if mail.kind == inbox.OPT_OUT else {}
    if mail.kind == inbox.BOUNCE or draft.contact_id in writers or mail.sender == draft.to_address.casefold():
        return {draft.contact_id: True}
    return dict.fromkeys(writers, True) or {draft.contact_id: False}


def _kept(tx: Tx, mail: Arrived, draft: Draft | None, contact: int, *, theirs: bool, today: date) -> str:
    """Keep what a mail says about one contact, unless it was read before; give what was done."""
    there = select(ReadMail).where(ReadMail.mail_key == mail.key, ReadMail.contact_id == contact)
    if tx.session.exec(there).first():
        return KNOWN
    on = min(mail.on or today, today)
    tx.add(ReadMail.checked(contact_id=contact, mail_key=mail.key, kind=mail.kind, received_on=on))
    if draft and draft.status in ("sending", "unsure", "exported"):  # it arrived somewhere, so it was sent
        sending.resolve(tx, Ref("D", stored(draft)), sent=True, today=today)
    if mail.kind == inbox.BOUNCE:
        return _bounced(tx, mail, draft, on) if draft else NOT_OURS
    about = draft.about if draft else None
    summary = mail.subject
    interactions.log(tx, summary, on=on, contacts=[Ref("P", contact)], kind="email", direction="in", about=about, body=mail.words or None)
    if mail.kind == inbox.OPT_OUT and not theirs:
        what = f"Find out whether it was them who asked on {on}, from an address that we do not know, to be written to no more"
        followups.add(tx, what, due=today, about=f"P{contact}", owner=draft and draft.owner, priority=1)
        return IN_DOUBT
    if mail.kind == inbox.OPT_OUT:
        _stop(tx, contact, on)
    return mail.kind


def _stop(tx: Tx, contact: int, on: date) -> None:
    """Keep that somebody asked us to stop; what was written of that before stays."""
    person = tx.get(Contact, contact)
    consents.withdraw(tx, Ref("P", contact), (), consents.Words("email", "asked by e-mail to be written to no more"), on=on)
    if not person.do_not_contact:
        person.change(do_not_contact=True, do_not_contact_reason=f"asked by e-mail on {on} to be written to no more")


def _bounced(tx: Tx, mail: Arrived, draft: Draft, on: date) -> str:
    """Keep that a message did not arrive, nor the privacy notice in it, and that its address is dead if that is why.

    A report that is of another address than the message went to, as of one it was forwarded to, makes none dead.
    """
    if draft.status == "sent":
        _was_not_heard(tx, draft)
        has_not_arrived(tx, draft)
        move(tx, draft, lifecycles.DRAFT, "fail", on=on, why=mail.why or "it could not be delivered")
    theirs = mail.failed == draft.to_address.casefold()
    if theirs and delivery.address_is_dead(0, mail.why) and sending.bury(tx, draft.to_address, on=on, why=mail.why):
        return DEAD
    return inbox.BOUNCE


def _was_not_heard(tx: Tx, draft: Draft) -> None:
    """Take back the interaction that sending wrote, so that its contact's quiet clock runs on from before.

    What somebody has added to it meanwhile, or hung on it, stays, and with it the interaction.
    """
    day = draft.sent_at.astimezone(tx.settings.zone).date() if draft.sent_at else None
    said = {"kind": "email", "direction": "out", "about": draft.about, "summary": draft.subject, "body": None}
    theirs = select(Interaction).filter_by(**said).join(Participant, col(Participant.interaction_id) == col(Interaction.id))
    theirs = theirs.where(Participant.contact_id == draft.contact_id, col(Interaction.happened_on) <= day)
    one = tx.session.exec(theirs.order_by(col(Interaction.id).desc())).first()
    if one is None or tx.session.exec(select(FollowUp).where(FollowUp.about == one.ref)).first():
        return
    for taking_part in tx.session.exec(select(Participant).where(Participant.interaction_id == one.id)).all():
        tx.session.delete(taking_part)
    tx.session.flush()
    tx.session.delete(one)


def _drafts(tx: Tx) -> dict[str, int]:
    """Give the numbers of drafts that were handed over, by their Message-IDs."""
    found = tx.session.exec(select(Draft.message_id, Draft.id).where(col(Draft.message_id).is_not(None)))
    return {message_id: number for message_id, number in found if message_id and number}


def _who_has(tx: Tx, address: str) -> list[int]:
    """List the contacts that have an e-mail address."""
    of = select(ContactPoint.contact_id).where(ContactPoint.system == "email", ContactPoint.value_key == address)
    found = tx.session.exec(of.where(col(ContactPoint.contact_id).is_not(None)).distinct())
    return sorted(number for number in found if number)
