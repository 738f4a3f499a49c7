"""A draft on its way out, by whichever door: whether it may go now, and as what message.

Everything that lets a draft leave the program asks :class:`Recipients` first, at that moment: whoever could be written
to when it was drafted may have asked since not to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.exchange.outreach.mail import Mail, address
from solidarity_crm.models import Contact, ContactPoint, Draft
from solidarity_crm.queries.dead_addresses import dead, is_dead
from solidarity_crm.queries.reading import Store
from solidarity_crm.reports.letters import not_written
from solidarity_crm.rules.outreach import WITH_WAY_OUT, objections
from solidarity_crm.services.contacts import stored

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.errors import NotWritten
    from solidarity_crm.store.settings import Settings
    from solidarity_crm.store.transaction import Tx


class Recipients:
    """Everybody that some drafts are to, and what stands against writing to them now."""

    def __init__(self, tx: Tx, drafts: Sequence[Draft]) -> None:
        """Read them once, however many drafts there are."""
        tx.session.flush()
        numbers = {one.contact_id for one in drafts}
        self._people = {stored(person): person for person in tx.session.exec(select(Contact).where(col(Contact.id).in_(numbers)))}
        self._addresses = _addresses(tx, numbers)
        self._dead = dead(Store(tx.connection, tx.settings))

    def of(self, one: Draft) -> Contact:
        """Give whom a draft is to."""
        return self._people[one.contact_id]

    def objection(self, one: Draft) -> NotWritten | None:
        """Give why a draft may not go out now, or None when it may."""
        person, theirs = self.of(one), self._addresses.get(one.contact_id, [])
        why = objections(person, one.purpose, theirs)
        if not why and one.to_address not in theirs:
            why = [f"they no longer have the address {one.to_address}; cancel {one.ref} and draft it again"]
        if not why and is_dead(one.to_address, self._dead):
            why = [f"nothing arrives at {one.to_address} any more"]
        return not_written(person, f"{one.ref}: {'; '.join(why)}") if why else None


def mail(tx: Tx, one: Draft, person: Contact) -> Mail:
    """Give a draft as a message, which keeps its Message-ID however often it is handed over.

    Raises Refused without an address to write from.
    """
    settings = tx.settings
    sender = settings.mail.sender or _sender(settings, one.owner)
    one.message_id = one.message_id or f"<{one.uid}@{address('', settings.email or sender).domain}>"
    return Mail(
        sender_name=one.owner if one.owner and sender != settings.email else settings.name,
        sender=sender,
        to_name=person.name,
        to=one.to_address,
        reply_to=settings.email or sender,
        subject=one.subject,
        body=one.body,
        date=tx.now.astimezone(settings.zone),
        message_id=one.message_id,
        with_way_out=one.purpose in WITH_WAY_OUT,
    )


def notice_given(one: Draft, person: Contact, on: date) -> None:
    """Keep that the privacy notice in a draft has been given."""
    if one.with_notice and person.notice_given_on is None:
        person.notice_given_on = on


def _sender(settings: Settings, owner: str | None) -> str:
    """Give the address that somebody writes from.

    Raises Refused when there is none.
    """
    found = settings.email_of(owner)
    if not found:
        sentence = "there is no address to write from"
        raise Refused(sentence, 'email = "hello@example.org" under [network] in solidarity.toml')
    return found


def _addresses(tx: Tx, numbers: set[int]) -> dict[int, list[str]]:
    """Give the e-mail addresses of contacts, by their numbers."""
    of = col(ContactPoint.contact_id)
    found: dict[int, list[str]] = {}
    for point in tx.session.exec(
        select(ContactPoint).where(ContactPoint.system == "email", of.in_(numbers)).order_by(col(ContactPoint.id))
    ):
        found.setdefault(point.contact_id or 0, []).append(point.value)
    return found
