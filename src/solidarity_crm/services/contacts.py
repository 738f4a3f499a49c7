"""Adding and changing contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.models import Affiliation, Contact, ContactPoint, Organisation, Tag, WorksWith
from solidarity_crm.models.contact_points import clean_email, clean_phone
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.models import Row
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

    Raises BadValue.
    """
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

    Raises BadValue or NotFound.
    """
    tx.get(Contact, ref.number).change(**fields)
    if emails is not None:
        set_points(tx, "email", emails, contact_id=ref.number)
    if phones is not None:
        set_points(tx, "phone", phones, contact_id=ref.number)
    if works_with is not None:
        set_communities(tx, works_with, contact_id=ref.number)
    return ref


def tag(tx: Tx, ref: Ref, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Ref:
    """Put tags on a contact and take others off; one that is there already stays once.

    Raises BadValue, or Refused for a tag to be taken off that is not there.
    """
    there = {row.tag: row for row in tx.session.exec(select(Tag).where(Tag.contact_id == ref.number))}
    for word in dict.fromkeys(add):
        fresh = Tag.checked(contact_id=ref.number, tag=word)
        if fresh.tag not in there:
            there[fresh.tag] = tx.add(fresh)
    for word in remove:
        if word not in there:
            sentence = f"{ref} has no tag {word!r}"
            raise Refused(sentence, f"solidarity show {ref}")
        tx.session.delete(there.pop(word))
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
        there.change(role=role or there.role, since=since or there.since)
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
    """Make these the e-mail addresses or phones of a record, the first one preferred.

    Raises BadValue.
    """
    there = _rows_of(tx, ContactPoint, owner, ContactPoint.system == system)
    for row in there:
        tx.session.delete(row)
    fresh = []
    for position, typed in enumerate(dict.fromkeys(values)):
        value, key = CLEAN[system](typed)
        fresh.append(
            ContactPoint.checked(
                **owner, system=system, value=value, value_key=key, position=position, preferred=position == 0 and len(values) > 1
            )
        )
    tx.add_all(fresh)


def set_communities(tx: Tx, communities: Sequence[str], **owner: int) -> None:
    """Make these the communities that a record works with or is for."""
    there = {row.community: row for row in _rows_of(tx, WorksWith, owner)}
    for community, row in there.items():
        if community not in communities:
            tx.session.delete(row)
    tx.add_all([WorksWith.checked(**owner, community=community) for community in dict.fromkeys(communities) if community not in there])


def sharing(tx: Tx, ref: Ref) -> list[Ref]:
    """List other contacts that have an e-mail or phone of this one; two people may share info@charity."""
    own = select(ContactPoint.value_key).where(ContactPoint.contact_id == ref.number)
    others = (
        select(ContactPoint.contact_id).where(col(ContactPoint.value_key).in_(own), col(ContactPoint.contact_id).is_not(None)).distinct()
    )
    return [Ref("P", number) for number in tx.session.exec(others) if number is not None and number != ref.number]


def stored(row: Row) -> int:
    """Give the number of a row that is stored."""
    return int(row.id or 0)


def _rows_of(tx: Tx, model: Any, owner: dict[str, int], *conditions: Any) -> list[Any]:  # noqa: ANN401 - any table
    """List the rows that belong to a record, in order."""
    ((column, number),) = owner.items()
    return list(tx.session.exec(select(model).where(getattr(model, column) == number, *conditions).order_by(model.id)))
