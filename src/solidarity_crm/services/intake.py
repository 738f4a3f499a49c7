"""The front door: form replies become proposals, and a proposal becomes a contact with all that goes with one, or is rejected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint
from solidarity_crm.models.contact_points import clean_email, clean_phone
from solidarity_crm.models.proposal import Proposal
from solidarity_crm.rules import lifecycles
from solidarity_crm.services import contacts, followups, interactions, offers, organisations
from solidarity_crm.services.moves import move
from solidarity_crm.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from solidarity_crm.exchange.forms.reply import Reply
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.transaction import Tx

SOURCE = "website form"
# what a rejected proposal says of whoever wrote it; it is kept only when that is asked for
PERSONAL = (
    "name",
    "given_name",
    "family_name",
    "pronouns",
    "email",
    "phone",
    "organisation",
    "role",
    "choices",
    "words",
    "consent",
    "body",
)
_SUMMARY = 160  # characters of what they wrote that an offer or an interaction is called by


class Taken(NamedTuple):
    """What became of a reply: the proposal's ref, and whether it was there before."""

    ref: str
    known: bool


class Decision(NamedTuple):
    """What is to be made of a proposal.

    ``contact`` is the one whom it is of, None for a new one. ``organisation`` is where they have a role: one that there
    is, or the name of a new one. ``kinds`` has an offer for each, ``about`` says what is offered in place of their words.
    """

    contact: Ref | None
    name: str | None
    email: str | None
    phone: str | None
    organisation: Ref | str | None
    role: str | None
    kinds: tuple[str, ...]
    communities: tuple[str, ...]
    about: str | None = None
    owner: str | None = None
    basis: str | None = None


class Made(NamedTuple):
    """What accepting a proposal made: the contact and everything beside it, each by its ref."""

    contact: Ref
    offers: tuple[Ref, ...]
    interaction: Ref
    followup: Ref


def take(tx: Tx, replies: Iterable[Reply], *, today: date, owner: str | None = None) -> list[Taken]:
    """Make a proposal of each reply that was not read before, whatever its file or form; say which those were.

    A reply is known again by what its program calls it, or by saying what another said. Raises BadValue.
    """
    known: dict[str, str] = {}
    for number, keys in tx.session.exec(select(Proposal.id, Proposal.reply_key).order_by(col(Proposal.id).desc())):
        known |= dict.fromkeys(keys.split(), f"R{number}")
    found = []
    for reply in replies:
        before = next((known[key] for key in reply.keys if key in known), None)
        ref = before or _proposed(tx, reply, today=today, owner=owner).ref
        known |= dict.fromkeys(reply.keys, ref)
        found.append(Taken(ref, before is not None))
    return found


def accept(tx: Tx, ref: Ref, decided: Decision, *, today: date) -> Made:
    """Make a contact of a proposal, or fill in what an existing one lacks, with the role, offers, interaction and follow-up.

    Raises MoveRefused when it was accepted or rejected before, BadValue or NotFound.
    """
    proposal = tx.get(Proposal, ref.number)
    move(tx, proposal, lifecycles.PROPOSAL, "accept", on=today)
    organisation = _organisation(tx, decided.organisation)
    contact = _contact(tx, proposal, decided, today=today)
    if organisation:
        _join(tx, contact, organisation, decided.role)
    owner = decided.owner or proposal.owner
    offered = _offers(tx, proposal, contact, decided, owner=owner, today=today)
    told = _interaction(tx, proposal, contact, organisation, offered[0] if offered else ref)
    due = followups.add(tx, "Reply to what they wrote in the form", due=proposal.reply_due, about=str(contact), owner=owner)
    proposal.change(contact_id=contact.number, ended_on=today, owner=owner)
    return Made(contact, offered, told, due)


def reject(tx: Tx, ref: Ref, *, today: date, why: str | None = None, keep_text: bool = False) -> Ref:
    """Reject a proposal; what it says of whoever wrote it goes with it, unless the text is to be kept.

    Its key stays, so that the same reply is known again. Raises MoveRefused or NotFound.
    """
    proposal = tx.get(Proposal, ref.number)
    move(tx, proposal, lifecycles.PROPOSAL, "reject", on=today, why=why)
    proposal.change(ended_on=today, **({} if keep_text else dict.fromkeys(PERSONAL)))
    return ref


def _proposed(tx: Tx, reply: Reply, *, today: date, owner: str | None) -> Proposal:
    """Store a reply as a proposal; one from the future came today."""
    received = min(reply.received_on or today, today)
    same = {field: getattr(reply, field) for field in ("given_name", "family_name", "pronouns", "email", "phone", "organisation", "role")}
    return tx.add(
        Proposal.checked(
            origin=reply.origin,
            reply_key=" ".join(reply.keys),
            received_on=received,
            reply_due=offers.reply_due(tx, received),
            name=reply.full_name,
            choices="\n".join(reply.choices),
            words=reply.words,
            consent=reply.consent,
            body=reply.body,
            owner=owner,
            **same,
        )
    )


def _organisation(tx: Tx, wanted: Ref | str | None) -> Ref | None:
    """Give the organisation, made when it is new."""
    return organisations.add(tx, wanted) if isinstance(wanted, str) else wanted


def _contact(tx: Tx, proposal: Proposal, decided: Decision, *, today: date) -> Ref:
    """Give the contact: a new one, or the existing one with what it lacked filled in."""
    reach = contacts.Reach([decided.email] if decided.email else (), [decided.phone] if decided.phone else ())
    parts = {field: getattr(proposal, field) for field in ("given_name", "family_name", "pronouns")}
    basis = decided.basis or ("consent" if proposal.consent else None)
    if decided.contact is None:
        told = {**parts, "source": "self", "obtained_on": proposal.received_on, "basis": basis}
        if decided.name != proposal.name:
            told |= {"given_name": None, "family_name": None}
        return contacts.add(tx, decided.name or decided.email or "", today=today, reach=reach, **told)
    contact = tx.get(Contact, decided.contact.number)
    lacking: dict[str, Any] = {field: value for field, value in {**parts, "basis": basis}.items() if value and not getattr(contact, field)}
    if lacking:
        contact.change(**lacking)
    for system, clean, values in (("email", clean_email, reach.emails), ("phone", clean_phone, reach.phones)):
        _add_points(tx, decided.contact, system, [(value, clean(value)[1]) for value in values])
    return decided.contact


def _add_points(tx: Tx, contact: Ref, system: str, values: Sequence[tuple[str, str]]) -> None:
    """Add addresses or numbers that a contact does not have, after those that it has."""
    there = select(ContactPoint).where(ContactPoint.contact_id == contact.number, ContactPoint.system == system)
    kept = list(tx.session.exec(there.order_by(col(ContactPoint.position), col(ContactPoint.id))))
    for value, key in values:
        if all(key != row.value_key for row in kept):
            contacts.set_points(tx, system, [*(row.value for row in kept), value], contact_id=contact.number)


def _join(tx: Tx, contact: Ref, organisation: Ref, role: str | None) -> None:
    """Give the contact a role there; one that they have there now keeps its title."""
    present = select(Affiliation).where(
        Affiliation.contact_id == contact.number, Affiliation.organisation_id == organisation.number, col(Affiliation.until).is_(None)
    )
    there = tx.session.exec(present).first()
    if there is None or not there.role:
        contacts.join(tx, contact, organisation, role=role)


def _offers(tx: Tx, proposal: Proposal, contact: Ref, decided: Decision, *, owner: str | None, today: date) -> tuple[Ref, ...]:
    """Add an offer of each kind."""
    said = decided.about or proposal.words or (proposal.choices or "").replace("\n", "; ")
    about = shorten(said, _SUMMARY) or "what they wrote in the form"
    return tuple(
        offers.add(
            tx,
            contact,
            kind,
            about,
            received_on=proposal.received_on,
            today=today,
            for_communities=decided.communities,
            source=SOURCE,
            owner=owner,
            reply_due=proposal.reply_due,
        )
        for kind in decided.kinds
    )


def _interaction(tx: Tx, proposal: Proposal, contact: Ref, organisation: Ref | None, about: Ref) -> Ref:
    """Keep what they wrote as it was, and the wording that they agreed to."""
    consent = f"They agreed to: {proposal.consent}" if proposal.consent else "They ticked no consent."
    return interactions.log(
        tx,
        shorten(f"Wrote through the form: {one_line(proposal.words or proposal.choices or 'no message')}", _SUMMARY),
        on=proposal.received_on,
        contacts=[contact],
        organisations=[organisation] if organisation else (),
        kind="form",
        direction="in",
        about=str(about),
        body=f"{proposal.body or ''}\n\n{consent}",
    )
