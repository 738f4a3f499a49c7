"""Words of ours about the two of an introduction: looked through before anybody reads them who may not be told so much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint
from solidarity_crm.models.identity import FormerName
from solidarity_crm.models.introduction import IntroductionSide
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.rules import sharing
from solidarity_crm.rules.refs import parse
from solidarity_crm.rules.sharing import Traits

if TYPE_CHECKING:
    from solidarity_crm.models.draft import Draft
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


def check_reworded(tx: Tx, draft: Draft, text: str) -> None:
    """Refuse what somebody writes into a letter about an introduction that tells of one of the two what they have not said may be told.

    What was in it before was looked at when it was written. Raises Refused.
    """
    about = parse(draft.about or "")
    if about is None or about.letter != "I":
        return
    before = set(f"{draft.subject}\n{draft.body}".splitlines())
    written = "\n".join(line for line in text.splitlines() if line not in before)
    sides = tx.session.exec(select(IntroductionSide).where(IntroductionSide.introduction_id == about.number)).all()
    agreed = all(side.answer == "yes" for side in sides)
    for side in sides:
        if side.contact_id != draft.contact_id:
            shared = (side.shares or "").split(", ") if agreed else may_be_told(side)
            theirs = tx.get(Contact, side.contact_id).source == f"introduced by P{draft.contact_id}"
            shared += ["name"] if theirs else []
            sharing.check_words("the message", written, traits(tx, side.contact_id), shared=shared, known=traits(tx, draft.contact_id))
