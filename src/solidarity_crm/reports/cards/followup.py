"""A follow-up's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.followups import FollowUp, followup
from solidarity_crm.reports.document import Document, filled
from solidarity_crm.reports.wording import day, mention
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.queries.reading import Store

PRIORITIES = {1: "high", 5: "normal", 9: "low"}


def card(store: Store, number: int, *, today: date) -> tuple[FollowUp, Document] | None:
    """Give a follow-up and its card, or None."""
    found = followup(store, number)
    if found is None:
        return None
    facts = [
        ("Due", f"{day(found.due)} ({ago(found.due, today)})"),
        ("Status", found.status + (f" on {day(found.ended_on)}" if found.ended_on else "")),
        ("About", mention(found.about)),
        ("Owner", found.owner),
        ("Owed to", mention(found.owed_to)),
        ("Priority", PRIORITIES.get(found.priority, str(found.priority))),
        ("Every", found.every),
        ("Snoozed until", day(found.snoozed_until)),
    ]
    return found, Document(f"{found.ref} {found.what}", "Follow-up", filled(facts))
