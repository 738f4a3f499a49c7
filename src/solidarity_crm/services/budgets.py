"""Nobody is asked too often: what goes past somebody's ask budget takes a reason, and the reason is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import Refused
from solidarity_crm.models import Contact, OverBudget
from solidarity_crm.queries.asking import loads
from solidarity_crm.queries.reading import Store
from solidarity_crm.rules import asking

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.transaction import Tx


def spend(tx: Tx, contacts: Sequence[int], about: Ref, *, on: date, anyway: str | None = None) -> None:
    """Count one more ask of each of some contacts on a day; past their budget only with a reason, which is kept.

    What ``about`` itself asks of them is not counted twice: asking once more about the same is no other thing.
    Raises Refused with every reason against it, or BadValue for a reason that will not do.
    """
    tx.session.flush()
    found = loads(Store(tx.connection, tx.settings), contacts, today=on)
    reasons = []
    for number, load in found.items():
        besides = load._replace(asked=tuple(one for one in load.asked if one.ref != str(about)))
        person = tx.get(Contact, number)
        try:
            past = asking.check(f"{person.ref} {person.name}", besides, today=on, anyway=anyway)
        except Refused as problem:
            reasons.append(problem)
            continue
        if past:
            tx.add(OverBudget.checked(contact_id=number, asked_on=on, about=str(about), reason=anyway))
    if reasons:
        raise Refused("; ".join(problem.sentence for problem in reasons), reasons[0].hint)
