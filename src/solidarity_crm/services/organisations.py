"""Adding and changing organisations, and their membership of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.errors import Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services.contacts import same_name, set_communities, set_points

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.services.contacts import Reach
    from solidarity_crm.store.transaction import Tx


def add(
    tx: Tx,
    name: str,
    *,
    reach: Reach | None = None,
    works_with: Sequence[str] = (),
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Add an organisation; give its ref.

    Raises BadValue.
    """
    number = stored(tx.add(Organisation.checked(name=name, **fields)))
    if reach:
        set_points(tx, "email", reach.emails, organisation_id=number)
        set_points(tx, "phone", reach.phones, organisation_id=number)
    set_communities(tx, works_with, organisation_id=number)
    return Ref("O", number)


def edit(
    tx: Tx,
    ref: Ref,
    *,
    emails: Sequence[str] | None = None,
    phones: Sequence[str] | None = None,
    works_with: Sequence[str] | None = None,
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Change an organisation; a list that is given takes the place of what was there.

    Raises BadValue or NotFound.
    """
    tx.get(Organisation, ref.number).change(**fields)
    if emails is not None:
        set_points(tx, "email", emails, organisation_id=ref.number)
    if phones is not None:
        set_points(tx, "phone", phones, organisation_id=ref.number)
    if works_with is not None:
        set_communities(tx, works_with, organisation_id=ref.number)
    return ref


def join(tx: Tx, ref: Ref, *, on: date) -> Ref:
    """Make an organisation a network member from a day on.

    Raises Refused when it is one already.
    """
    organisation = tx.get(Organisation, ref.number)
    if organisation.member_since and not organisation.member_until:
        sentence = f"{ref} {organisation.name} has been a network member since {organisation.member_since}"
        raise Refused(sentence, f"solidarity show {ref}")
    organisation.member_since, organisation.member_until = on, None
    return ref


def leave(tx: Tx, ref: Ref, *, on: date) -> Ref:
    """End an organisation's membership of the network; that it was a member is kept.

    Raises Refused when it is none, or when it would end before it began.
    """
    organisation = tx.get(Organisation, ref.number)
    if not organisation.member_since or organisation.member_until:
        left = f"; its membership ended on {organisation.member_until}" if organisation.member_until else ""
        sentence = f"{ref} {organisation.name} is not a network member{left}"
        raise Refused(sentence, f"solidarity org join {ref}")
    if on < organisation.member_since:
        sentence = f"{ref} joined on {organisation.member_since}, after {on}"
        raise Refused(sentence, f"--on {organisation.member_since}, or a later day")
    organisation.member_until = on
    return ref


def namesakes(tx: Tx, ref: Ref) -> list[Ref]:
    """List other organisations that have the name of this one."""
    return same_name(tx, Organisation, ref)
