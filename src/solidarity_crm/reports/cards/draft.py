"""A draft's card: the message as it will be read, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.drafts import Draft, draft
from solidarity_crm.queries.moves import moves
from solidarity_crm.reports.document import Document, Section, filled
from solidarity_crm.reports.wording import day, mention, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.queries.reading import Store
    from solidarity_crm.reports.letters import Letter


def card(store: Store, number: int, *, today: date) -> tuple[Draft, Document] | None:  # noqa: ARG001 - every card is asked for so
    """Give a draft and its card, or None."""
    found = draft(store, number)
    if found is None:
        return None
    zone = store.settings.zone
    written = day(found.created_at.astimezone(zone).date())
    state = [
        ("Status", found.status),
        ("Written", f"{written} by {found.owner}" if found.owner else written),
        ("Why", _why(store, found)),
        ("Anyway", found.anyway),
        ("Approved", day(found.approved_on) if found.approved_on else None),
        ("Exported", moment(found.exported_at and found.exported_at.astimezone(zone))),
        ("Sent", moment(found.sent_at and found.sent_at.astimezone(zone))),
    ]
    return found, message(found, f"{found.ref} {found.subject}", "Draft", state)


def _why(store: Store, found: Draft) -> str | None:
    """Give why a draft stands where it does: what a mail server said of it, or whoever cancelled it."""
    last = next(iter(moves(store, found.ref)[::-1]), None)
    return last.why if last else None


def message(one: Draft | Letter, title: str, subtitle: str, state: Sequence[tuple[str, str | None]] = ()) -> Document:
    """Write a message as a document: its head, then its text."""
    head = [
        ("To", f"{mention(one.to)} <{one.to_address}>"),
        ("Subject", one.subject),
        ("Template", f"{one.template} ({one.purpose})"),
        ("About", mention(one.about)),
        ("Notice", "the privacy notice is in it" if one.with_notice else None),
        *state,
    ]
    return Document(title, subtitle, filled(head), [Section("Message", text=one.body.rstrip("\n"))])
