"""An organisation's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.organisations import Organisation, organisation
from solidarity_crm.reports.document import Document, Section, Table, filled
from solidarity_crm.reports.wording import mention, span

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.queries.reading import Store


def card(store: Store, number: int, *, today: date) -> tuple[Organisation, Document] | None:
    """Give an organisation and its card, or None."""
    found = organisation(store, number, today=today)
    if found is None:
        return None
    facts = [
        ("Kind", found.kind),
        ("Network member", span(found.member_since, found.member_until)),
        ("Works with", ", ".join(found.works_with)),
        ("E-mail", ", ".join(point.value for point in found.emails)),
        ("Phone", ", ".join(point.value for point in found.phones)),
        ("Website", found.website),
        ("Address", found.address),
        ("Revealing", "yes: a name beside it is asked about before it leaves" if found.revealing else None),
        ("For marketing", f"{found.subscriber} subscriber" if found.subscriber else None),
    ]
    sections = []
    present = [role for role in found.contacts if role.until is None or role.until >= today]
    past = [role for role in found.contacts if role not in present]
    for heading, roles in (("People", present), ("People before", past)):
        if roles:
            rows = [(mention(r.contact), r.role or "", span(r.since, r.until)) for r in roles]
            sections.append(Section(heading, table=Table(("Who", "Role", "When"), rows)))
    if found.note:
        sections.append(Section("Note", text=found.note))
    return found, Document(f"{found.ref} {found.name}", "Organisation", filled(facts), sections)
