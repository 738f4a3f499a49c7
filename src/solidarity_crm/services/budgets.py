"""Nobody is asked too often: what goes past somebody's ask budget takes a reason, and the reason is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.models.contact import Contact
from solidarity_crm.models.tie import OverBudget
from solidarity_crm.queries.asking import excesses, loads
from solidarity_crm.queries.reading import Store
from solidarity_crm.rules import asking
from solidarity_crm.rules.permission import ENGAGEMENT
from solidarity_crm.rules.refs import parse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.models.draft import Draft
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


def spend(
    tx: Tx, contacts: Sequence[int], about: Ref | None, *, on: date, anyway: str | None = None, once_more: bool = False
) -> str | None:
    """Count one more ask of each of some contacts on a day; past their budget only with a reason, which is kept.

    Gives the reason if it took one. Raises Refused with every reason against it, or BadValue for a reason that will not do.
    """
    found = weigh(tx, contacts, about, on=on, once_more=once_more)
    if found and not (anyway and anyway.strip()):
        people = [(tx.get(Contact, number), why) for number, why in found.items()]
        raise asking.too_often([(f"{person.ref} {person.name}", why) for person, why in people])
    for number in found:
        keep(tx, number, about, on=on, reason=anyway or "")
    return anyway if found else None


class Budgets:
    """What the people that drafts are to were asked for lately, for weighing each draft that asks for more when it leaves."""

    def __init__(self, tx: Tx, drafts: Sequence[Draft], *, today: date) -> None:
        """Read it once for all of them."""
        asking_for = {one.contact_id for one in drafts if one.purpose == ENGAGEMENT}
        self._tx, self._today = tx, today
        self._loads = loads(Store(tx.connection, tx.settings), list(asking_for), today=today) if asking_for else {}

    def excess(self, one: Draft) -> str | None:
        """Say why a draft asks its person for too much now, or None; a draft never counts itself."""
        if one.purpose != ENGAGEMENT:
            return None
        return asking.excess(asking.besides(self._loads[one.contact_id], one.ref, one.about), today=self._today)

    def spend(self, one: Draft, anyway: str | None) -> None:
        """Count a draft that leaves, and keep the reason with which it goes past its person's budget, if none was kept before."""
        if one.purpose != ENGAGEMENT:
            return
        if anyway and not one.anyway and self.excess(one):
            excuse(self._tx, one, on=self._today, reason=anyway)
        self._loads[one.contact_id] = asking.after(self._loads[one.contact_id], one.ref, one.about, one.subject, today=self._today)


def excuse(tx: Tx, draft: Draft, *, on: date, reason: str) -> None:
    """Keep why a draft may ask somebody past their budget, with the draft and with what they were asked.

    Raises BadValue for a reason that will not do.
    """
    draft.change(anyway=reason)
    keep(tx, draft.contact_id, parse(draft.about or ""), on=on, reason=reason)
