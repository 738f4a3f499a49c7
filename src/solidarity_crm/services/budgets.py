"""Nobody is asked too often: what goes past somebody's ask budget takes a reason, and the reason is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.models.contact import Contact
from solidarity_crm.models.tie import OverBudget
from solidarity_crm.queries.asking import excesses
from solidarity_crm.queries.reading import Store
from solidarity_crm.rules import asking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.transaction import Tx


def weigh(tx: Tx, contacts: Sequence[int], about: Ref | None, *, on: date, once_more: bool = False) -> dict[int, str]:
    """Give why some contacts should not be asked for one more thing on a day, by their numbers; who may be is not in it.

    What ``about`` asks of them counts once, however often they are asked about it, unless it is ``once_more`` something new.
    """
    tx.session.flush()
    return excesses(Store(tx.connection, tx.settings), contacts, about, today=on, once_more=once_more)


def keep(tx: Tx, number: int, about: Ref | None, *, on: date, reason: str) -> None:
    """Keep why somebody was asked past their budget.

    Raises BadValue for a reason that will not do.
    """
    tx.add(OverBudget.checked(contact_id=number, asked_on=on, about=about and str(about), reason=reason))


def spend(tx: Tx, contacts: Sequence[int], about: Ref | None, *, on: date, anyway: str | None = None, once_more: bool = False) -> None:
    """Count one more ask of each of some contacts on a day; past their budget only with a reason, which is kept.

    Raises Refused with every reason against it, or BadValue for a reason that will not do.
    """
    found = weigh(tx, contacts, about, on=on, once_more=once_more)
    if found and not (anyway and anyway.strip()):
        people = [(tx.get(Contact, number), why) for number, why in found.items()]
        raise asking.too_often([(f"{person.ref} {person.name}", why) for person, why in people])
    for number in found:
        keep(tx, number, about, on=on, reason=anyway or "")
