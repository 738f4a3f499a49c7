"""What becomes of an introduction: met, closed, told and thanked for, or ended before it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.commands.intro_options import Introduction, say_drafted, say_handed_over, say_still_open, template
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import Exit
from solidarity_crm.rules.introducing import RESULTS
from solidarity_crm.rules.telling import TEMPLATES

if TYPE_CHECKING:
    from solidarity_crm.rules.refs import Ref

Result = Annotated[Any, given.one_of("result", lambda: RESULTS, "--result", text=f"How it went: {', '.join(RESULTS)}.", metavar="RESULT")]


def met(introduction: Introduction, on: given.On = None) -> None:
    """Record that the two have met; thanks are owed from then on.

    Example: solidarity intro met I1 --on yesterday
    """
    with change("intro met") as tx:
        services.introductions.met(tx, introduction, on=on or today(), today=today())
    show(introduction)
    say_still_open(introduction)


def close(
    introduction: Introduction,
    outcome: Annotated[str, typer.Option("--outcome", help="What came of it.", metavar="TEXT", show_default=False)],
    result: Result = None,
    on: given.On = None,
) -> None:
    """Close an introduction that was made, with what came of it.

    Example: solidarity intro close I1 --result fruitful --outcome "They share a drop-in now"
    """
    with change("intro close") as tx:
        services.introductions.close(tx, introduction, outcome, on=on or today(), today=today(), result=result)
    show(introduction)
    say_still_open(introduction)


def tell(introduction: Introduction, by: given.Channel = None, on: given.On = None, owner: given.Owner = None) -> None:
    """Tell both sides and the introducer what came of it, with thanks: write a draft to each.

    They count as told once it has left, exported or sent; until then it is owed, and intro list --owed and today name the
    draft. Of one that was not made, those who said yes hear that it is not pursued, in the same words whatever the reason.
    With --by call or another channel than e-mail, it is recorded and nothing is written; a draft that waited is cancelled.

    Example: solidarity intro tell I1
    """
    with change("intro tell") as tx:
        letters = services.introduction_telling.Letters({name: template(name) for name in TEMPLATES}, owner or current().actor)
        told = services.introduction_telling.tell(tx, introduction, letters, on=on or today(), today=today(), channel=by)
    show(introduction)
    say_drafted(told.made, told.left_out)
    if told.left_out:
        raise typer.Exit(Exit.PARTIAL)


def thank(introduction: Introduction, on: given.On = None) -> None:
    """Record that whoever helped was thanked and told what came of it.

    Example: solidarity intro thank I1
    """
    with change("intro thank") as tx:
        services.introduction_telling.thank(tx, introduction, on=on or today(), today=today())
    show(introduction)


def decline(introduction: Introduction, why: given.Why = None, on: given.On = None) -> None:
    """End an introduction because it is not wanted; when a side said no, use answer.

    Example: solidarity intro decline I1 --why "not the right moment"
    """
    _end(introduction, "decline", why, on)


def withdraw(introduction: Introduction, why: given.Why = None, on: given.On = None) -> None:
    """Take back a proposal of ours that was not made.

    Example: solidarity intro withdraw I1 --why "they know each other"
    """
    _end(introduction, "withdraw", why, on)


def lapse(introduction: Introduction, why: given.Why = None, on: given.On = None) -> None:
    """Let an introduction rest that nobody has answered.

    Example: solidarity intro lapse I1
    """
    _end(introduction, "lapse", why, on)


def _end(introduction: Ref, step: str, why: str | None, on: Any) -> None:
    """End an introduction that was not made."""
    with change(f"intro {step}") as tx:
        services.introductions.end(tx, introduction, step, on=on or today(), today=today(), why=why)
    show(introduction)
    say_still_open(introduction)
    say_handed_over(introduction)
