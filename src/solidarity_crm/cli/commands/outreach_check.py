"""Whether somebody may be written to, and why."""

from __future__ import annotations

from typing import Annotated, Any

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.outreach import AboutRecord, template_names, template_paths
from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import NotFound
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.asking import excesses
from solidarity_crm.queries.lookup import name_of
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports.permission import checked, document
from solidarity_crm.rules.permission import ENGAGEMENT

Template = Annotated[
    Any, given.one_of("template", template_names, "--template", text="The template, by its name; its purpose decides.", metavar="TEMPLATE")
]


def check(contact: given.Contact, template: Template, about: AboutRecord = None, anyway: given.Anyway = None) -> None:
    """Say whether a template may be written to somebody now, with every reason and what the message must keep to.

    Example: solidarity outreach check amina --template request-help
    """
    store = current().store
    name = name_of(store, contact)
    if name is None:
        raise NotFound("contact", str(contact))
    purpose = template_files.read(template_paths()[template]).purpose
    asked = excesses(store, [contact.number], about, today=today()) if purpose == ENGAGEMENT else {}
    answer = Permissions(store, [contact.number], today=today()).of(
        contact.number, purpose, asked_too_much=asked.get(contact.number), anyway=bool(anyway and anyway.strip())
    )
    found = checked(Named(str(contact), name), template, purpose, answer)
    output.show_record(found, document(found), current().style)
