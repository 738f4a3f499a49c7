"""Outreach: messages from templates, one to a person."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.cli.filters import contact_filter
from solidarity_crm.errors import BadValue, CannotRead, Exit, NotFound, Usage
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.output import Column
from solidarity_crm.queries.contacts import ContactFilter, contact
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
    return tuple(_templates())


def _templates() -> dict[str, Path]:
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
TEMPLATE_COLUMNS = (
    Column("Template", lambda t: t.name),
    Column("Purpose", lambda t: t.purpose),
    Column("What it is for", lambda t: t.about or t.problem),
    Column("From", lambda t: "your own" if t.own else "shipped"),
)


class Listed(NamedTuple):
    """A template as it is listed; ``own`` is one of the workspace's, ``problem`` why it cannot be used."""

    name: str
    purpose: str | None
    about: str | None
    subject: str | None
    own: bool
    problem: str | None


@app.command()
def templates() -> None:
    """List the templates, what each is for, and which are the workspace's own.

    Example: solidarity outreach templates
    """
    own = current().workspace.templates
    listed = [_listed(name, path, own=path.parent == own) for name, path in _templates().items()]
    output.show_list(listed, TEMPLATE_COLUMNS, current().style, "no templates")


@app.command()
def preview(
    template: TemplateName,
    to: Annotated[Any, given.option("P", "--to", text="The contact it would be to.")],
    about: AboutRecord = None,
    kind: Kind = None,
    values: Values = None,
    owner: given.Owner = None,
) -> None:
    """Show the message that a template makes for one person; nothing is kept.

    Example: solidarity outreach preview thank-offer --to amina --about H1
    """
    from solidarity_crm.reports.cards.draft import message  # noqa: PLC0415 - 40 ms of Jinja that the other commands do not need
    from solidarity_crm.reports.letters import Writer  # noqa: PLC0415

    person = contact(current().store, to.number, today=today())
    if person is None:
        raise NotFound("contact", str(to))
    letter = Writer(current().store, _order(template, about, kind, values, owner), today=today()).letter(person)
    output.show_record(letter, message(letter, letter.subject, "Preview; nothing was kept"), current().style)


@app.command()
def draft(
    template: TemplateName,
    to: Annotated[list[Any] | None, given.option("P", "--to", text="A contact to write to; several times for several.")] = None,
    community: given.Community = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Everybody with this tag.", show_default=False)] = None,
    org: Annotated[Any, given.option("O", "--org", text="Everybody with a role at this organisation.")] = None,
    members: Annotated[bool, typer.Option("--members", help="Everybody of the network members.")] = False,
    offers: Annotated[
        Any, given.one_of("kind of help", given.kinds, "--offers", text="Everybody with an open offer of this kind.", metavar="KIND")
    ] = None,
    since: given.Since = None,
    quiet_for: given.QuietFor = None,
    notice_due: Annotated[bool, typer.Option("--notice-due", help="Everybody owed a privacy notice by now.")] = False,
    all_contacts: Annotated[bool, typer.Option("--all-contacts", help="Everybody.")] = False,
    about: AboutRecord = None,
    kind: Kind = None,
    values: Values = None,
    owner: given.Owner = None,
    again: Annotated[bool, typer.Option("--again", help="Also for those who have such a draft already.")] = False,
    anyway: given.Anyway = None,
    yes: given.Yes = False,
) -> None:
    """Draft a message for each person of a group; nothing is sent. The group is named (--to) or chosen as by contact list.

    Example: solidarity outreach draft request-help --kind data --community "sex workers"
    """
    wanted = contact_filter(
        community=community, tag=tag, org=org, members=members, offers=offers, since=since, quiet_for=quiet_for, notice_due=notice_due
    )
    filtered = wanted != ContactFilter()
    if sum((bool(to), filtered, all_contacts)) != 1:
        sentence = "name who it is to (--to), or choose a group by filters, or take --all-contacts: one of the three"
        raise Usage(sentence, f"solidarity outreach draft {template} --to NAME")
    if all_contacts:
        confirm("this drafts a message to every contact", f"solidarity outreach draft {template} --all-contacts", yes=yes)
    order = _order(template, about, kind, values, owner)
    with change("outreach draft") as tx:
        group = services.outreach.Group(to or (), None if to else wanted)
        done = services.outreach.draft(tx, order, group, today=today(), again=again, anyway=anyway, watched=output.watched)
    show_all(done.made, done.left_out)
    partial(done.left_out)


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


def _order(template: str, about: Ref | None, kind: str | None, values: list[tuple[str, str]] | None, owner: str | None) -> Order:
    """Give what is to be written.

    Raises CannotRead for a template that is not one.
    """
    from solidarity_crm.reports.letters import Order  # noqa: PLC0415 - loads Jinja

    return Order(template_files.read(_templates()[template]), owner or current().actor, about, kind, dict(values or ()))


def _listed(name: str, path: Path, *, own: bool) -> Listed:
    """Give a template as it is listed, whether it can be used or not."""
    try:
        read = template_files.read(path)
    except CannotRead as problem:
        return Listed(name, None, None, None, own, problem.sentence)
    return Listed(name, read.purpose, read.about, read.subject, own, None)


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
