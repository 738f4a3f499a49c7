"""An interaction's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.interactions import Interaction, interactions
from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import day, mention, mentions
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.queries.reading import Store


def card(store: Store, number: int, *, today: date) -> tuple[Interaction, Document] | None:
    """Give an interaction and its card, or None."""
    found = next(iter(interactions(store, number=number)), None)
    if found is None:
        return None
    facts = [
        ("On", f"{day(found.on)} ({ago(found.on, today)})"),
        ("How", found.kind + (f", {found.direction}" if found.direction else "")),
        ("With", mentions((*found.contacts, *found.organisations))),
        ("About", mention(found.about)),
    ]
    sections = [Section("What was said", text=found.body)] if found.body else []
    return found, Document(f"{found.ref} {found.summary}", "Interaction", filled(facts), sections)
