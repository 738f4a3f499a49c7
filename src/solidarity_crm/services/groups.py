"""Keeping groups: named filters of contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import select

from solidarity_crm.errors import BadValue, Refused
from solidarity_crm.models.group import ContactGroup
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from solidarity_crm.store.transaction import Tx

_LONGEST = 60


def add(tx: Tx, name: str, **filters: Any) -> str:  # noqa: ANN401 - checked by the model
    """Keep a filter under a name; give the name.

    Raises Refused when a group is called so, or BadValue.
    """
    if len(name) > _LONGEST or not fold(name):
        raise BadValue("name", name, f"needs a letter or a figure, and at most {_LONGEST} of them", "a name like gp-leads")
    made = ContactGroup.checked(name=name, **filters)
    if tx.session.exec(select(ContactGroup.id).where(ContactGroup.name_key == fold(name))).first():
        sentence = f"there is a group {made.name!r} already"
        raise Refused(sentence, f"solidarity outreach group drop {made.name!r}, or another name")
    return tx.add(made).name


def drop(tx: Tx, number: int) -> None:
    """Forget a group; nobody who is in it is changed."""
    tx.session.delete(tx.session.get_one(ContactGroup, number))
