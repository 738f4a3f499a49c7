"""Whether somebody may be written to, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.outreach import AboutRecord, template_names, template_paths
from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import NotFound
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.asking import excess_of_draft, excesses
from solidarity_crm.queries.drafts import draft, standing
from solidarity_crm.queries.lookup import name_of
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports.permission import checked, document
from solidarity_crm.rules.permission import ENGAGEMENT

if TYPE_CHECKING:
    from solidarity_crm.queries.drafts import Draft
    from solidarity_crm.rules.refs import Ref

Template = Annotated[
    Any, given.one_of("template", template_names, "--template", text="The template, by its name; its purpose decides.", metavar="TEMPLATE")
]


def check(contact: given.Contact, template: Template, about: AboutRecord = None, anyway: given.Anyway = None) -> None:
    """Say whether a template may be written to somebody now, with every reason and what the message must keep to.

    If a draft of it waits already, that one is weighed as it would be on its way out, with the reason that it has.

    Example: solidarity outreach check amina --template request-help
    """
    store = current().store
    name = name_of(store, contact)
    if name is None:
        raise NotFound("contact", str(contact))
    purpose = template_files.read(template_paths()[template]).purpose
    waiting = _waiting(template, contact, about)
    kept = waiting.anyway if waiting else None
    answer = Permissions(store, [contact.number], today=today()).of(
        contact.number,
        purpose,
        asked_too_much=_asked_too_much(contact, about, waiting) if purpose == ENGAGEMENT else None,
        anyway=bool(kept or (anyway and anyway.strip())),
    )
    found = checked(Named(str(contact), name), template, purpose, waiting and waiting.ref, answer)
    output.show_record(found, document(found), current().style)


def _waiting(template: str, contact: Ref, about: Ref | None) -> Draft | None:
    """Give the draft of a template to somebody that has not gone out, or None."""
    ref = standing(current().store, template, about and str(about)).get(contact.number)
    return draft(current().store, ref.number) if ref else None


def _asked_too_much(contact: Ref, about: Ref | None, waiting: Draft | None) -> str | None:
    """Say why somebody should not be asked for one more thing, or None: by a draft that waits, or by a new one."""
    store = current().store
    if waiting:
        return excess_of_draft(store, contact.number, waiting.ref, about and str(about), today=today())
    return excesses(store, [contact.number], about, today=today()).get(contact.number)
