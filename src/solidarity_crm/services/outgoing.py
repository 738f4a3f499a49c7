"""A draft on its way out, by whichever door: whether it may go now, and as what message.

Everything that lets a draft leave the program asks :class:`Recipients` first, at that moment: whoever could be written
to when it was drafted may have asked since not to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.exchange.outreach.mail import Mail, address
from solidarity_crm.exchange.outreach.markdown import as_html, as_text
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact
from solidarity_crm.queries.dead_addresses import dead, is_dead
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.queries.reading import Store
from solidarity_crm.reports.letters import network_of, not_written, refused
from solidarity_crm.rules.closings import closed
from solidarity_crm.rules.outreach import WITH_WAY_OUT, words_said
from solidarity_crm.services import introduction_told
from solidarity_crm.services.budgets import Budgets
from solidarity_crm.services.moves import days_of, stopped

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from datetime import date

    from solidarity_crm.errors import NotWritten
    from solidarity_crm.models.draft import Draft
    from solidarity_crm.store.settings import Settings
    from solidarity_crm.store.transaction import Tx


class Seen(NamedTuple):
    """What a draft said, and whether it was approved, when it was looked at."""

    subject: str
    body: str
    approved: bool

    def stands(self, one: Draft) -> bool:
        """Say whether it says the same still, and its approval was not taken back."""
        return (one.subject, one.body) == (self.subject, self.body) and (one.approved_on is not None or not self.approved)


class Leaving(NamedTuple):
    """How drafts leave: which templates' messages are a page too, and which drafts are kept back, since they name somebody beside something revealing.

    ``anyway`` is why those may go whose people were asked for too much since, and which have no reason of their own. ``seen`` are the
    drafts that were looked at, by their refs: no others go, and none that was changed meanwhile. None: whatever is there.
    """

    with_html: Container[str] = ()
    kept_back: Container[str] = ()
    anyway: str | None = None
    seen: Mapping[str, Seen] | None = None


AS_THEY_ARE = Leaving()


class Recipients:
    """Everybody that some drafts are to, what stands against writing to them now, and what goes to each."""

    def __init__(self, tx: Tx, drafts: Sequence[Draft], how: Leaving = AS_THEY_ARE, *, today: date) -> None:
        """Read them once, however many drafts there are."""
        tx.session.flush()
        numbers = {one.contact_id for one in drafts}
        store = Store(tx.connection, tx.settings)
        self._tx, self._how = tx, how
        self._people = {stored(person): person for person in tx.session.exec(select(Contact).where(col(Contact.id).in_(numbers)))}
        self._permissions = Permissions(store, numbers, today=today)
        self._budgets = Budgets(tx, drafts, today=today)
        self._dead = dead(store)
        self._stopped = stopped(tx, [one.ref for one in drafts if one.about])

    def of(self, one: Draft) -> Contact:
        """Give whom a draft is to."""
        return self._people[one.contact_id]

    def objection(self, one: Draft) -> NotWritten | None:
        """Say why a draft may not go out after all, or None: much may have changed since it was written."""
        person = self.of(one)
        allowed = self._permissions.of(
            one.contact_id,
            one.purpose,
            address=one.to_address,
            asked_too_much=self._budgets.excess(one),
            anyway=bool(one.anyway or self._how.anyway),
        )
        if not allowed.allowed:
            return refused(person, allowed, one.ref)
        said = words_said(f"{one.subject}\n{one.body}", person.words_to_avoid)
        again = f"cancel {one.ref} and draft it again"
        if one.to_address not in self._permissions.addresses(one.contact_id):
            why = f"they no longer have the address {one.to_address}; {again}"
        elif is_dead(one.to_address, self._dead):
            why = f"nothing arrives at {one.to_address} any more"
        elif allowed.owes("notice") and not one.with_notice and person.notice_given_on is None:
            why = f"they are owed the privacy notice now, and it does not have it; {again}"
        elif said:
            why = f"it says {said[0]!r}, which is not to be used with them; {again}"
        elif one.ref in self._stopped:
            why = f"{self._stopped[one.ref]}; {again}"
        elif not self._seen(one):
            why = "it was changed after it was looked at; the same command again looks anew"
        elif one.ref in self._how.kept_back:
            why = "it names somebody beside something revealing"
        else:
            return None
        return not_written(person, f"{one.ref}: {why}")

    def _seen(self, one: Draft) -> bool:
        """Say whether a draft is as it was when it was looked at."""
        seen = self._how.seen
        return seen is None or (one.ref in seen and seen[one.ref].stands(one))

    def let_go(self, one: Draft) -> Mail:
        """Give a draft to which there is no objection as a message; what it asks of its person counts for the drafts after it.

        All that must be in it is, and it keeps its Message-ID however often it is handed over. The body of one that is a page
        too is Markdown, and both parts are made of that. Raises Refused without an address to write from.
        """
        self._budgets.spend(one, self._how.anyway)
        settings, html = self._tx.settings, one.template in self._how.with_html
        sender = settings.mail.sender or _sender(settings, one.owner)
        one.message_id = one.message_id or f"<{one.uid}@{address('', settings.email or sender).domain}>"
        body = closed(one.body, network_of(settings, one.owner, markdown=html))
        return Mail(
            sender_name=one.owner if one.owner and sender != settings.email else settings.name,
            sender=sender,
            to_name=self.of(one).name,
            to=one.to_address,
            reply_to=settings.email or sender,
            subject=one.subject,
            body=as_text(body) if html else body,
            date=self._tx.now.astimezone(settings.zone),
            message_id=one.message_id,
            with_way_out=one.purpose in WITH_WAY_OUT,
            html=as_html(body, one.subject) if html else "",
        )


def has_left(tx: Tx, one: Draft, person: Contact, *, on: date) -> None:
    """Keep what a person has been told by a draft that has left: the privacy notice in it, what came of an introduction."""
    if one.with_notice and person.notice_given_on is None:
        person.notice_given_on = on
    introduction_told.told(tx, one, on=on)


def has_not_arrived(tx: Tx, one: Draft) -> None:
    """Keep that a draft which had left did not reach its person: what it told them is owed again, unless something else did."""
    person = tx.get(Contact, one.contact_id)
    if one.with_notice and person.notice_given_on in days_of(tx, one.ref, ("exported", "sent")):
        person.notice_given_on = None
    introduction_told.untold(tx, one)


def _sender(settings: Settings, owner: str | None) -> str:
    """Give the address that somebody writes from.

    Raises Refused when there is none.
    """
    found = settings.email_of(owner)
    if not found:
        sentence = "there is no address to write from"
        raise Refused(sentence, 'email = "hello@example.org" under [network] in solidarity.toml')
    return found
