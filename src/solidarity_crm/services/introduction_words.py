"""Words of ours about the two of an introduction: looked through before anybody reads them who may not be told so much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint
from solidarity_crm.models.identity import FormerName
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.rules import sharing
from solidarity_crm.rules.sharing import Traits

if TYPE_CHECKING:
    from solidarity_crm.models.introduction import IntroductionSide
    from solidarity_crm.store.transaction import Tx


def traits(tx: Tx, number: int) -> Traits:
    """Give what gives a contact away in a text."""
    points = tx.session.exec(select(ContactPoint).where(ContactPoint.contact_id == number)).all()
    names = tx.session.exec(select(Organisation.name).join(Affiliation).where(Affiliation.contact_id == number))
    emails, phones = ([point.value for point in points if point.system == system] for system in ("email", "phone"))
    contact = tx.get(Contact, number)
    former = tx.session.exec(select(FormerName.name).where(FormerName.contact_id == number)).all()
    also = (contact.known_as, contact.given_name, contact.family_name, *former)
    return Traits(contact.name, tuple(names), emails, phones, [name for name in also if name])


def may_be_told(side: IntroductionSide) -> list[str]:
    """List what may be told of a side before both have said yes."""
    shares = (side.shares or "").split(", ") if side.answer == "yes" else []
    return [field for field in shares if field in sharing.BEFORE_BOTH_AGREED]


def check(tx: Tx, what: str, words: str | None, about: IntroductionSide, reader: int) -> None:
    """Refuse words, for a reader, that tell of a side what it has not said may be told.

    Raises Refused.
    """
    if words:
        sharing.check_words(what, words, traits(tx, about.contact_id), shared=may_be_told(about), known=traits(tx, reader))


def describe(tx: Tx, side: IntroductionSide, words: str | None, reader: int) -> None:
    """Keep by which words, without a name, a side is described to the other one.

    Raises BadValue, or Refused for words that give the side away.
    """
    check(tx, "the description", words, side, reader)
    side.change(described_as=words)
