"""Whether somebody may be written to, with the reasoning, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.wording import mention

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Named
    from solidarity_crm.rules.permission import Duty, Permission, Reason


class Checked(NamedTuple):
    """The answer for one person and one template; ``draft`` is the one of it that waits, and that the answer is for."""

    contact: Named
    template: str
    purpose: str
    draft: str | None
    allowed: bool
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...]


def checked(contact: Named, template: str, purpose: str, draft: str | None, answer: Permission) -> Checked:
    """Give the answer with whom and what it is for; hints name the person."""
    reasons = tuple(reason._replace(hint=reason.hint and reason.hint.replace("REF", contact.ref)) for reason in answer.reasons)
    return Checked(contact, template, purpose, draft, answer.allowed, reasons, answer.duties)


def document(found: Checked) -> Document:
    """Write the answer, a line for each reason."""
    against = sum(1 for reason in found.reasons if not reason.allows)
    count = f"{against} reasons against it" if against > 1 else "1 reason against it"
    sections = [Section("Why", table=Table(("Allows", "Reason"), [("yes" if r.allows else "NO", r.says) for r in found.reasons]))]
    if found.duties:
        sections.append(Section("Keep to", table=Table(("What", "How"), [(duty.code, duty.says) for duty in found.duties])))
    tries = [(hint,) for hint in dict.fromkeys(reason.hint for reason in found.reasons if reason.hint)]
    if tries:
        sections.append(Section("To change that, when it is true", table=Table(("Command",), tries)))
    waiting = [("Draft", f"{found.draft} waits; this is what stands for and against its going out now")] if found.draft else []
    return Document(
        f"{mention(found.contact)}: {'yes' if found.allowed else 'no'}",
        f"{found.template} ({found.purpose}) {'may be written to them' if found.allowed else f'may not be written to them: {count}'}",
        waiting,
        sections=sections,
    )
