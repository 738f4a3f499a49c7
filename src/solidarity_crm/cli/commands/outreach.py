"""Outreach: messages from templates, one to a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import BadValue, Exit
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.output import Column
from solidarity_crm.queries.drafts import DraftFilter, drafts
from solidarity_crm.reports.letter_facts import ABOUT
from solidarity_crm.reports.wording import mention
from solidarity_crm.resources import folder
from solidarity_crm.rules.lifecycles import STATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.errors import NotWritten
    from solidarity_crm.reports.letters import Order
    from solidarity_crm.rules.refs import Ref

app = Noun("Messages from templates: one to a person, read before they go out.")


def template_names() -> Sequence[str]:
    """List the templates: the workspace's own, and the shipped ones that none of them replaces."""
    return tuple(template_paths())


def template_paths() -> dict[str, Path]:
    """Give the templates' files by name."""
    return template_files.paths(folder("templates"), current().workspace.templates)


def setting(text: str) -> tuple[str, str]:
    """Read a value for a template: ``name=value``."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip().isidentifier():
        raise BadValue("--set", text, "not a name and a value", "--set place='the town hall'")
    return name.strip(), value.strip()


TemplateName = Annotated[
    Any,
    typer.Argument(
        help="The template, by its name.",
        parser=given.word("template", template_names),
        autocompletion=given.offering(template_names),
        metavar="TEMPLATE",
        show_default=False,
    ),
]
DraftRef = Annotated[Any, given.argument("D", "The draft, by ref or words of its subject.")]
AboutRecord = Annotated[Any, given.option(ABOUT, "--about", text="The offer, ask, introduction or meeting it is about.")]
Kind = Annotated[Any, given.one_of("kind of help", given.kinds, "--kind", text="The kind of help it is about.", metavar="KIND")]
Values = Annotated[
    list[Any] | None,
    typer.Option(
        "--set",
        help="A value that the template asks for; several times for several.",
        parser=setting,
        metavar="NAME=VALUE",
        show_default=False,
    ),
]
OfTemplate = Annotated[Any, given.one_of("template", template_names, "--template", text="Only of this template.", metavar="TEMPLATE")]
Status = Annotated[Any, given.one_of("status", lambda: STATES["D"], "--status", text="Only with this status.", metavar="WORD")]

COLUMNS = (
    Column("Ref", lambda d: d.ref),
    Column("To", lambda d: mention(d.to)),
    Column("Template", lambda d: d.template),
    Column("Subject", lambda d: d.subject),
    Column("Status", lambda d: d.status),
    Column("Owner", lambda d: d.owner),
    Column("Written", lambda d: near(d.created_at.date())),
)
app.elsewhere("templates", "outreach_templates", "templates")
app.elsewhere("fields", "outreach_templates", "fields")
app.elsewhere("preview", "outreach_templates", "preview")
app.elsewhere("draft", "outreach_draft", "draft")


@app.command("list")
def list_(
    status: Status = None,
    template: OfTemplate = None,
    contact: Annotated[Any, given.option("P", "--contact", text="Only to this contact.")] = None,
    owner: given.Owner = None,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List drafts, the newest first.

    Example: solidarity outreach list --status draft
    """
    wanted = DraftFilter(status=status, template=template, contact=contact and contact.number, owner=owner)
    output.show_list(drafts(current().store, wanted=wanted, limit=limit), COLUMNS, current().style, "no drafts")


@app.command("show")
def show_(draft: DraftRef) -> None:
    """Show a draft: the message as it will be read.

    Example: solidarity outreach show D1
    """
    show(draft)


@app.command()
def cancel(draft: DraftRef, why: given.Why = None, on: given.On = None) -> None:
    """Cancel a draft.

    Example: solidarity outreach cancel D1 --why "we met instead"
    """
    with change("outreach cancel") as tx:
        services.outreach.cancel(tx, draft, on=on or today(), why=why)
    show(draft)


app.elsewhere("export", "outreach_export", "export")
app.elsewhere("review", "outreach_review", "review")
app.elsewhere("approve", "outreach_send", "approve")
app.elsewhere("send", "outreach_send", "send")
app.elsewhere("resolve", "outreach_send", "resolve")
app.elsewhere("inbox", "outreach_inbox", "inbox")
app.elsewhere("dead", "outreach_inbox", "dead")


app.elsewhere("check", "outreach_check", "check")
app.elsewhere("group add", "outreach_group", "add")
app.elsewhere("group list", "outreach_group", "list_")
app.elsewhere("group show", "outreach_group", "show")
app.elsewhere("group drop", "outreach_group", "drop")
app.elsewhere("suppress", "outreach_suppress", "suppress")
app.elsewhere("suppressed", "outreach_suppress", "list_suppressed")
app.elsewhere("unsuppress", "outreach_suppress", "unsuppress")


def order_of(template: str, about: Ref | None, kind: str | None, values: list[tuple[str, str]] | None, owner: str | None) -> Order:
    """Give what is to be written.

    Raises CannotRead for a template that is not one.
    """
    from solidarity_crm.reports.letters import Order  # noqa: PLC0415 - loads Jinja

    return Order(template_files.read(template_paths()[template]), owner or current().actor, about, kind, dict(values or ()))


def show_all(refs: Sequence[Ref], left_out: Sequence[NotWritten]) -> None:
    """Print drafts by the order of their refs, and say who was left out and why."""
    found = {one.ref: one for one in drafts(current().store)}
    output.show_list([found[str(ref)] for ref in refs], COLUMNS, current().style, "no drafts")
    for reason in left_out:
        output.note(f"left out: {reason.who}: {reason.why}")


def partial(left_out: Sequence[NotWritten]) -> None:
    """End with the code for work that was done in part, if it was."""
    if left_out:
        raise typer.Exit(Exit.PARTIAL)
