"""The arguments and options that the commands of introductions share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import current
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.queries.drafts import DraftFilter, drafts
from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.moves import moves
from solidarity_crm.reports.wording import day
from solidarity_crm.resources import folder
from solidarity_crm.rules.introducing import SIDES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.errors import NotWritten
    from solidarity_crm.exchange.outreach.template_files import Template
    from solidarity_crm.rules.refs import Ref


def chosen(what: str, words: tuple[str, ...], text: str) -> Any:
    """Make an argument that is one of a few words."""
    listed = given.offering(lambda: words)
    parse = given.word(what, lambda: words)
    return typer.Argument(help=text, parser=parse, autocompletion=listed, metavar="|".join(words), show_default=False)


Introduction = Annotated[Any, given.argument("I", "The introduction, by ref or words of its why.")]
Via = Annotated[Any, given.option("P", "--via", text="The contact who introduces them; left out, it is us.")]
Again = Annotated[bool, typer.Option("--again", help="Although they have had one, or have answered, before.")]
SideOption = Annotated[Any, given.one_of("side", lambda: SIDES, "--side", text="Which of the two: left or right.", metavar="left|right")]
OurWords = Annotated[
    str | None,
    typer.Option("--words", help="A word of yours to go with it; it may not say who the other is.", metavar="TEXT", show_default=False),
]


def describing(which: str, other: str) -> Any:
    """Make the option that describes one side to the other."""
    text = f"Who the {which} one is, without a name, for the {other} one to read before a yes."
    return typer.Option(f"--describe-{which}", help=text, metavar="TEXT", show_default=False)


DescribeLeft = Annotated[str | None, describing("left", "right")]
DescribeRight = Annotated[str | None, describing("right", "left")]


def described(left: str | None, right: str | None) -> dict[str, str]:
    """Give the descriptions that were given, by side."""
    return {side: words for side, words in (("left", left), ("right", right)) if words is not None}


def template(name: str) -> Template:
    """Read a template: the workspace's own, or else the shipped one.

    Raises CannotRead for one that is not in order.
    """
    return template_files.read(template_files.paths(folder("templates"), current().workspace.templates)[name])


def say_drafted(made: Sequence[Ref], left_out: Sequence[NotWritten] = ()) -> None:
    """Say which drafts there are now, and who got none and why."""
    for ref in made:
        output.note(f"drafted: {ref}; solidarity show {ref}, then solidarity outreach export {ref}")
    for reason in left_out:
        output.note(f"no draft: {reason.who}: {reason.why}")


def say_still_open(introduction: Ref) -> None:
    """Say which follow-ups about it are still to be done."""
    for left in followups(current().store, wanted=FollowUpFilter(status="open", about=str(introduction))):
        output.note(f"still open: {left.ref} {left.what}, due {day(left.due)}; solidarity followup done {left.ref}")


def say_handed_over(introduction: Ref) -> None:
    """Say which messages about it were handed over, may not have been sent yet, and tell what no longer stands."""
    store = current().store
    for one in drafts(store, wanted=DraftFilter(status="exported")):
        if one.about and one.about.ref == str(introduction) and any(move.stays for move in moves(store, one.ref)):
            output.note(f"{one.ref} was handed over, and tells what no longer stands: if it was not sent yet, delete its file")
