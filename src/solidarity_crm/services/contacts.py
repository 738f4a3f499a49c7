"""Adding and changing contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import Refused, Usage
from solidarity_crm.models.base import stored
from solidarity_crm.models.communities import WorksWith
from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint, Tag
from solidarity_crm.models.contact_points import clean_email, clean_phone
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.rules.duplicates import Person, comparable
from solidarity_crm.rules.refs import Ref
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx

CLEAN = {"email": clean_email, "phone": clean_phone}


class Reach(NamedTuple):
    """How somebody is reached; the first address or number is the preferred one."""

    emails: Sequence[str] = ()
    phones: Sequence[str] = ()


def add(
    tx: Tx,
    name: str,
    *,
    today: date,
    reach: Reach = Reach(),
    works_with: Sequence[str] = (),
    tags: Sequence[str] = (),
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Add a contact; give its ref.

    Raises BadValue, or Usage for a reason not to contact somebody who may be contacted.
    """
    _check_reason(fields, stands=False)
    contact = tx.add(Contact.checked(name=name, **{"obtained_on": today, **fields}))
    number = stored(contact)
    set_points(tx, "email", reach.emails, contact_id=number)
    set_points(tx, "phone", reach.phones, contact_id=number)
    set_communities(tx, works_with, contact_id=number)
    tag(tx, Ref("P", number), add=tags)
    return Ref("P", number)


def edit(
    tx: Tx,
    ref: Ref,
    *,
    emails: Sequence[str] | None = None,
    phones: Sequence[str] | None = None,
    works_with: Sequence[str] | None = None,
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Change a contact; a list that is given takes the place of what was there.

    Whoever may be contacted again has no reason against it any more.
    Raises BadValue, NotFound, or Usage for a reason not to contact somebody who may be contacted.
    """
    contact = tx.get(Contact, ref.number)
    _check_reason(fields, stands=contact.do_not_contact)
    contact.change(**fields, **({"do_not_contact_reason": None} if fields.get("do_not_contact") is False else {}))
    if emails is not None:
        set_points(tx, "email", emails, contact_id=ref.number)
    if phones is not None:
        set_points(tx, "phone", phones, contact_id=ref.number)
    if works_with is not None:
        set_communities(tx, works_with, contact_id=ref.number)
    return ref


def tag(tx: Tx, ref: Ref, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Ref:
    """Put tags on a contact and take others off; one that is there already, in capitals or not, stays once.

    Raises BadValue, or Refused for a tag to be taken off that is not there.
    """
    there = {row.tag.casefold(): row for row in tx.session.exec(select(Tag).where(Tag.contact_id == ref.number))}
    for word in add:
        fresh = Tag.checked(contact_id=ref.number, tag=word)
        if fresh.tag.casefold() not in there:
            there[fresh.tag.casefold()] = tx.add(fresh)
    for word in {one_line(word).casefold(): word for word in remove}.values():
        gone = there.pop(one_line(word).casefold(), None)
        if gone is None:
            sentence = f"{ref} has no tag {word!r}"
            raise Refused(sentence, f"solidarity show {ref}")
        tx.session.delete(gone)
    return ref


def join(tx: Tx, contact: Ref, organisation: Ref, *, role: str | None, since: date | None = None) -> None:
    """Give a contact a role at an organisation; a present role there is only renamed.

    Raises BadValue or NotFound.
    """
    tx.get(Contact, contact.number)
    tx.get(Organisation, organisation.number)
    present = select(Affiliation).where(
        Affiliation.contact_id == contact.number, Affiliation.organisation_id == organisation.number, col(Affiliation.until).is_(None)
    )
    there = tx.session.exec(present).first()
    if there is not None:
        there.change(role=there.role if role is None else role, since=since or there.since)
        return
    tx.add(Affiliation.checked(contact_id=contact.number, organisation_id=organisation.number, role=role, since=since))


def leave(tx: Tx, contact: Ref, organisation: Ref, *, until: date) -> None:
    """End a contact's present roles at an organisation; they are kept as past ones.

    Raises Refused when there is none, or when it would end before it began.
    """
    present = select(Affiliation).where(
        Affiliation.contact_id == contact.number, Affiliation.organisation_id == organisation.number, col(Affiliation.until).is_(None)
    )
    there = tx.session.exec(present).all()
    if not there:
        sentence = f"{contact} has no present role at {organisation}"
        raise Refused(sentence, f"solidarity show {contact}")
    for role in there:
        if role.since and role.since > until:
            sentence = f"the role of {contact} at {organisation} began on {role.since}, after {until}"
            raise Refused(sentence)
        role.until = until


def set_points(tx: Tx, system: str, values: Sequence[str], **owner: int) -> None:
    """Make these the e-mail addresses or phones of a record, the first one preferred; one that stays keeps its label.

    Raises BadValue.
    """
    there = {row.value_key: row for row in _rows_of(tx, ContactPoint, owner, ContactPoint.system == system)}
    wanted = {key: value for value, key in map(CLEAN[system], values)}
    for key, row in there.items():
        if key not in wanted:
            tx.session.delete(row)
    for position, (key, value) in enumerate(wanted.items()):
        place = {"value": value, "position": position, "preferred": position == 0 and len(wanted) > 1}
        if key in there:
            there[key].change(**place)
        else:
            tx.add(ContactPoint.checked(**owner, system=system, value_key=key, **place))


def set_communities(tx: Tx, communities: Sequence[str], **owner: int) -> None:
    """Make these the communities that a record works with or is for."""
    there = {row.community: row for row in _rows_of(tx, WorksWith, owner)}
    for community, row in there.items():
        if community not in communities:
            tx.session.delete(row)
    tx.add_all([WorksWith.checked(**owner, community=community) for community in dict.fromkeys(communities) if community not in there])


def same_name(tx: Tx, model: type[Contact | Organisation], ref: Ref) -> list[Ref]:
    """List other contacts, or organisations, that have the name of this one; case and accents do not matter."""
    key = tx.get(model, ref.number).name_key
    return _refs(tx, select(model.id).where(model.name_key == key, model.id != ref.number).order_by(col(model.id)), model.LETTER)


def recognised(name: str, reach: Reach, *, organisation: Ref | None = None, parts: str = "") -> Person:
    """Give somebody who is not stored by what they would be recognised by.

    Raises BadValue.
    """
    names = dict.fromkeys(filter(None, map(comparable, (name, parts))))
    emails, phones = (
        frozenset(CLEAN[system](value)[1] for value in values) for system, values in (("email", reach.emails), ("phone", reach.phones))
    )
    return Person(0, tuple(names), emails, phones, frozenset({organisation.number} if organisation else ()))


def _rows_of(tx: Tx, model: Any, owner: dict[str, int], *conditions: Any) -> list[Any]:  # noqa: ANN401 - any table
    """List the rows that belong to a record, in order."""
    ((column, number),) = owner.items()
    return list(tx.session.exec(select(model).where(getattr(model, column) == number, *conditions).order_by(model.id)))


def _refs(tx: Tx, numbers: Any, letter: str = "P") -> list[Ref]:  # noqa: ANN401 - any question
    """Give the refs of the numbers that a question answers with."""
    return [Ref(letter, number) for number in tx.session.exec(numbers) if number is not None]


def _check_reason(fields: Mapping[str, object], *, stands: bool) -> None:
    """Refuse a reason not to contact somebody who may be contacted.

    Raises Usage.
    """
    if fields.get("do_not_contact_reason") and not fields.get("do_not_contact", stands):
        sentence = "a reason goes with somebody who is not to be contacted"
        raise Usage(sentence, '--do-not-contact --reason "asked us to stop"')
