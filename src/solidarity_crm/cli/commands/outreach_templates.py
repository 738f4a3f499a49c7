"""The templates of outreach: which there are, what they can ask for, whether they are in order, what one makes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.outreach import AboutRecord, Kind, TemplateName, Values, order_of, template_names, template_paths
from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import CannotRead, Exit, NotFound, RowsRejected
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.output import Column
from solidarity_crm.queries.contacts import contact

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = (
    Column("Template", lambda t: t.name),
    Column("Purpose", lambda t: t.purpose),
    Column("What it is for", lambda t: t.about or t.problem),
    Column("From", lambda t: "your own" if t.own else "shipped"),
)
PROBLEM_COLUMNS = (Column("Where", lambda p: p.where), Column("Problem", lambda p: p.problem))
FIELD_COLUMNS = (
    Column("Field", lambda f: f.field),
    Column("Example", lambda f: f.example),
    Column("Comes from", lambda f: f.comes_from),
)
Named = Annotated[
    list[Any] | None,
    typer.Argument(
        help="Templates by their names; all if left out.",
        parser=given.word("template", template_names),
        autocompletion=given.offering(template_names),
        metavar="TEMPLATE...",
        show_default=False,
    ),
]


class Listed(NamedTuple):
    """A template as it is listed; ``own`` is one of the workspace's, ``problem`` why it cannot be used."""

    name: str
    purpose: str | None
    about: str | None
    subject: str | None
    own: bool
    problem: str | None


def templates(
    names: Named = None,
    check: Annotated[bool, typer.Option("--check", help="Fill each in with invented values, and list only what is wrong.")] = False,
) -> None:
    """List the templates, what each is for, and which are the workspace's own; or what is wrong with them, line by line.

    Example: solidarity outreach templates --check
    """
    paths = template_paths()
    wanted = {name: paths[name] for name in dict.fromkeys(names or paths)}
    if check:
        _check(wanted)
        return
    own = current().workspace.templates
    listed = [_listed(name, path, own=path.parent == own) for name, path in wanted.items()]
    output.show_list(listed, COLUMNS, current().style, "no templates")


def fields(
    template: Annotated[
        Any,
        typer.Argument(
            help="Only what this template asks for; all that there is if left out.",
            parser=given.word("template", template_names),
            autocompletion=given.offering(template_names),
            metavar="TEMPLATE",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List what a template can ask for, each with an invented example and where it comes from.

    Example: solidarity outreach fields thank-offer
    """
    from solidarity_crm.reports import letter_examples  # noqa: PLC0415 - only where they are shown

    if template is None:
        found = letter_examples.fields()
    else:
        from solidarity_crm.exchange.outreach.templates import Form  # noqa: PLC0415 - loads Jinja

        found = letter_examples.fields_of(Form(template_files.read(template_paths()[template])).fields)
    output.show_list(found, FIELD_COLUMNS, current().style, "no fields: it says the same to everybody")


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
    letter = Writer(current().store, order_of(template, about, kind, values, owner), today=today()).letter(person)
    output.show_record(letter, message(letter, letter.subject, "Preview; nothing was kept"), current().style)


def _check(wanted: Mapping[str, Path]) -> None:
    """Print what is wrong with templates, each on a line.

    Raises RowsRejected when none of them is in order.
    """
    from solidarity_crm.reports.letter_checks import problems  # noqa: PLC0415 - loads Jinja

    kinds = current().workspace.settings.help_kinds
    found = {name: problems(path, kinds) for name, path in wanted.items()}
    wrong = [problem for of_one in found.values() for problem in of_one]
    if wrong and all(found.values()):
        raise RowsRejected("no template is in order", [f"{one.where}: {one.problem}" for one in wrong], "correct them in a text editor")
    output.show_list(
        wrong, PROBLEM_COLUMNS, current().style, f"{len(found)} {'template' if len(found) == 1 else 'templates'}, all in order"
    )
    if wrong:
        raise typer.Exit(Exit.PARTIAL)


def _listed(name: str, path: Path, *, own: bool) -> Listed:
    """Give a template as it is listed, whether it can be used or not."""
    try:
        read = template_files.read(path)
    except CannotRead as problem:
        return Listed(name, None, None, None, own, problem.sentence)
    return Listed(name, read.purpose, read.about, read.subject, own, None)
