"""Putting people, addresses and domains on the list of those who are not to be written to, and taking them off it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact, ContactPoint
from solidarity_crm.models.identity import Identifier
from solidarity_crm.models.suppression import Suppression
from solidarity_crm.queries.reading import Store
from solidarity_crm.queries.suppressions import suppression_list
from solidarity_crm.rules.refs import Ref
from solidarity_crm.rules.suppression import ADDRESS, DOMAIN, PERSON, digest
from solidarity_crm.services.merging import OWN_UID

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.store.transaction import Tx


def suppress(tx: Tx, what: Ref | str, *, why: str | None, on: date) -> list[int]:
    """Put a contact with all their addresses, an address or a domain (``@example.org``) on the list; give the new entries' numbers.

    A contact is marked do not contact too. Raises Refused when all of it is on the list already, BadValue or NotFound.
    """
    listed = suppression_list(Store(tx.connection, tx.settings))
    key, made = listed.key, []
    for kind, value in _values(tx, what):
        if listed.entry(kind, value) is None:
            row = Suppression.checked(kind=kind, suppressed_on=on, why=why, key=key, digest=digest(key, kind, value))
            made.append(stored(tx.add(row)))
    if not made:
        sentence = "that is on the list already"
        raise Refused(sentence, "solidarity outreach suppressed")
    if isinstance(what, Ref):
        person = tx.get(Contact, what.number)
        person.change(do_not_contact=True, do_not_contact_reason=person.do_not_contact_reason or why)
    return made


def unsuppress(tx: Tx, what: Ref | str | int) -> int:
    """Take a contact with all their addresses, an address, a domain or an entry's number off the list; give how many entries went.

    Whoever is marked do not contact stays so. Raises Refused when nothing of it is on the list, or NotFound.
    """
    listed = suppression_list(Store(tx.connection, tx.settings))
    if isinstance(what, int):
        numbers = {entry.number for entry in listed.found.values()} & {what}
    else:
        numbers = {entry.number for kind, value in _values(tx, what) if (entry := listed.entry(kind, value))}
    if not numbers:
        sentence = "nothing of that is on the list"
        raise Refused(sentence, "solidarity outreach suppressed")
    for row in tx.session.exec(select(Suppression).where(col(Suppression.id).in_(numbers))):
        tx.session.delete(row)
    return len(numbers)


def _values(tx: Tx, what: Ref | str) -> list[tuple[str, str]]:
    """Give what is looked up on the list: kinds and values."""
    if isinstance(what, str):
        return [(DOMAIN if what.startswith("@") else ADDRESS, what)]
    person = tx.get(Contact, what.number)
    points = select(ContactPoint.value).where(ContactPoint.contact_id == what.number, ContactPoint.system == "email")
    known = select(Identifier.value).where(Identifier.contact_id == what.number, Identifier.system == OWN_UID)
    uids = [person.uid, *tx.session.exec(known)]
    return [*((PERSON, uid) for uid in uids), *((ADDRESS, address) for address in tx.session.exec(points))]
