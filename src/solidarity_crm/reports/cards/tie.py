"""A tie's card: who, how close, since when, and how we know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.queries.ties import Tie


def card_of(tie: Tie, *, today: date) -> Document:
    """Give a tie's card."""
    together = f"{day(tie.last_together)} ({ago(tie.last_together, today)})" if tie.last_together else None
    facts = [
        ("How close", tie.strength),
        ("State", tie.state),
        ("Since", day(tie.since)),
        ("Known from", tie.known_from),
        ("Last together", together),
        ("Noted", day(tie.noted_on)),
    ]
    reasons = [Section("Why", text="\n".join(tie.reasons))] if tie.reasons else []
    return Document(f"{tie.contact.ref} {tie.contact.name} and {tie.other.ref} {tie.other.name}", "Tie", filled(facts), reasons)
