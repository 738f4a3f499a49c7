"""Introductions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.commands.intro_finding import register
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import UnknownChoice, Usage
from solidarity_crm.output import Column
from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.introductions import IntroductionFilter, introductions
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.help_kinds import SHAREABLE
from solidarity_crm.rules.introducing import SIDES
from solidarity_crm.rules.lifecycles import STATES

if TYPE_CHECKING:
    from solidarity_crm.queries.introductions import Side as Asked
    from solidarity_crm.rules.refs import Ref

app = Noun("Introductions of two contacts, each asked separately; made only when both have said yes.")
register(app)

ANSWERS = ("yes", "no")


def fields(text: str) -> tuple[str, ...]:
    """Read what may be shared: field names with commas between them."""
    named = given.word("thing to share", lambda: SHAREABLE)
    found = tuple(named(part.replace("-", "")) for part in text.split(",") if part.strip())
    if not found:
        raise UnknownChoice("thing to share", text, SHAREABLE)
    return found


def chosen(what: str, words: tuple[str, ...], text: str) -> Any:
    """Make an argument that is one of a few words."""
    listed = given.offering(lambda: words)
    parse = given.word(what, lambda: words)
    return typer.Argument(help=text, parser=parse, autocompletion=listed, metavar="|".join(words), show_default=False)


Introduction = Annotated[Any, given.argument("I", "The introduction, by ref or words of its why.")]
Side = Annotated[Any, chosen("side", SIDES, "Which of the two: left or right.")]
YesOrNo = Annotated[Any, chosen("answer", ANSWERS, "What they said: yes or no.")]
Share = Annotated[
    list[Any] | None,
    typer.Option(
        "--share",
        help=f"What may be passed on about them: {', '.join(SHAREABLE)}; commas between several. The name, if left out.",
        parser=fields,
        metavar="FIELD,FIELD",
        show_default=False,
    ),
]
Words = Annotated[
    str | None, typer.Option("--words", help="What they said, in their words; kept private.", metavar="TEXT", show_default=False)
]
Via = Annotated[Any, given.option("P", "--via", text="The contact who introduces them; left out, it is us.")]
Status = Annotated[Any, given.one_of("status", lambda: STATES["I"], "--status", text="Only those that stand so.", metavar="STATUS")]
Again = Annotated[bool, typer.Option("--again", help="Although they have had one, or have answered, before.")]
ForWhat = "What the introduction is for."

COLUMNS = (
    Column("Ref", lambda i: i.ref),
    Column("Status", lambda i: i.status),
    Column("Left", lambda i: f"{i.left.contact.name} ({_so_far(i.left)})"),
    Column("Right", lambda i: f"{i.right.contact.name} ({_so_far(i.right)})"),
    Column("Why", lambda i: i.why),
    Column("Owner", lambda i: i.owner),
    Column("Proposed", lambda i: near(i.proposed_on)),
)


@app.command()
def propose(
    left: Annotated[Any, given.argument("P", "One of the two, by ref or name.")],
    right: Annotated[Any, given.argument("P", "The other, by ref or name.")],
    why: Annotated[str, typer.Option("--why", help=ForWhat, metavar="TEXT", show_default=False)],
    via: Via = None,
    owner: given.Owner = None,
    on: given.On = None,
    again: Again = False,
) -> None:
    """Propose to bring two contacts together.

    Example: solidarity intro propose amina bea --why "Both run drop-ins for asylum seekers"
    """
    with change("intro propose") as tx:
        proposal = services.introductions.Proposal(left, right, why, via, owner, again)
        ref = services.introductions.propose(tx, proposal, on=on or today(), today=today())
    show(ref)


@app.command("list")
def list_(
    status: Status = None,
    owner: given.Owner = None,
    contact: Annotated[Any, given.option("P", "--contact", text="Only those with this contact, on a side or as introducer.")] = None,
    community: given.Community = None,
    since: Annotated[
        Any, typer.Option("--since", help="Only those proposed from this day on.", parser=given.day, metavar="DAY", show_default=False)
    ] = None,
    stuck: Annotated[bool, typer.Option("--stuck", help="Only those in which somebody was asked and is silent, or all agreed.")] = False,
    owed: Annotated[bool, typer.Option("--owed", help="Only those for which thanks are owed, closed ones too.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Those that have ended too.")] = False,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List open introductions, the newest first.

    Example: solidarity intro list --stuck
    """
    wanted = IntroductionFilter(
        status=status,
        open=None if all_ or status or owed else True,
        owner=owner,
        contact=contact and contact.number,
        community=community,
        since=since,
        stuck_before=today() - timedelta(days=current().workspace.settings.intervals.introduction_stuck_days) if stuck else None,
        owed=owed or None,
    )
    output.show_list(introductions(current().store, wanted=wanted, limit=limit), COLUMNS, current().style, "no introductions")


@app.command("show")
def show_(introduction: Introduction) -> None:
    """Show an introduction: who, why, what each side said and may be shared, and every step.

    Example: solidarity intro show I1
    """
    show(introduction)


@app.command()
def edit(
    introduction: Introduction,
    why: Annotated[str | None, typer.Option("--why", help=ForWhat, metavar="TEXT", show_default=False)] = None,
    via: Via = None,
    by_us: Annotated[bool, typer.Option("--by-us", help="Nobody but us introduces them.")] = False,
    owner: given.Owner = None,
    outcome: Annotated[
        str | None, typer.Option("--outcome", help="What came of it, once it is closed.", metavar="TEXT", show_default=False)
    ] = None,
) -> None:
    """Change an introduction; what is not given stays.

    Example: solidarity intro edit I1 --owner me
    """
    if via and by_us:
        sentence = "--via and --by-us say two different things"
        raise Usage(sentence, "one of them")
    nobody = {"introducer_id": None} if by_us else {}
    changed = {"why": why, "introducer_id": via and via.number, "owner": owner, "outcome": outcome}
    typed = nobody | {field: value for field, value in changed.items() if value is not None}
    given.said({"anything": typed or None})
    with change("intro edit") as tx:
        services.introductions.edit(tx, introduction, **typed)
    show(introduction)


@app.command()
def ask(introduction: Introduction, side: Side, by: given.Channel = None, on: given.On = None, again: Again = False) -> None:
    """Record that one side was asked.

    Example: solidarity intro ask I1 left --by email
    """
    with change("intro ask") as tx:
        services.introductions.ask(tx, introduction, side, on=on or today(), today=today(), channel=by, again=again)
    show(introduction)


@app.command()
def answer(
    introduction: Introduction,
    side: Side,
    said: YesOrNo,
    share: Share = None,
    by: given.Channel = None,
    on: given.On = None,
    words: Words = None,
) -> None:
    """Record one side's own answer; a yes can be taken back with a no until the introduction is made.

    Example: solidarity intro answer I1 left yes --share name,organisation,email --by call
    """
    if share and said == "no":
        sentence = "a no lets nothing be shared"
        raise Usage(sentence, "the same command without --share")
    shares = tuple(field for named in share or () for field in named)
    with change("intro answer") as tx:
        heard = services.introductions.Said(said, on or today(), by, words, shares)
        services.introductions.answer(tx, introduction, side, heard, today=today())
    show(introduction)


@app.command()
def make(introduction: Introduction, on: given.On = None) -> None:
    """Record that the two were introduced; refused until both sides' own yes is recorded.

    Example: solidarity intro make I1
    """
    with change("intro make") as tx:
        made = services.introductions.make(tx, introduction, on=on or today(), today=today())
    show(made.ref)
    output.note(f"next: {made.check_in}, due {day(made.due)}")


@app.command()
def met(introduction: Introduction, on: given.On = None) -> None:
    """Record that the two have met; thanks are owed from then on.

    Example: solidarity intro met I1 --on yesterday
    """
    with change("intro met") as tx:
        services.introductions.met(tx, introduction, on=on or today(), today=today())
    show(introduction)
    _still_open(introduction)


@app.command()
def close(
    introduction: Introduction,
    outcome: Annotated[str, typer.Option("--outcome", help="What came of it.", metavar="TEXT", show_default=False)],
    on: given.On = None,
) -> None:
    """Close an introduction that was made, with what came of it.

    Example: solidarity intro close I1 --outcome "They share a drop-in now"
    """
    with change("intro close") as tx:
        services.introductions.close(tx, introduction, outcome, on=on or today(), today=today())
    show(introduction)
    _still_open(introduction)


@app.command()
def decline(introduction: Introduction, why: given.Why = None, on: given.On = None) -> None:
    """End an introduction because it is not wanted; when a side said no, use answer.

    Example: solidarity intro decline I1 --why "not the right moment"
    """
    _end(introduction, "decline", why, on)


@app.command()
def withdraw(introduction: Introduction, why: given.Why = None, on: given.On = None) -> None:
    """Take back a proposal of ours that was not made.

    Example: solidarity intro withdraw I1 --why "they know each other"
    """
    _end(introduction, "withdraw", why, on)


@app.command()
def lapse(introduction: Introduction, why: given.Why = None, on: given.On = None) -> None:
    """Let an introduction rest that nobody has answered.

    Example: solidarity intro lapse I1
    """
    _end(introduction, "lapse", why, on)


@app.command()
def thank(introduction: Introduction, on: given.On = None) -> None:
    """Record that whoever helped was thanked and told what came of it.

    Example: solidarity intro thank I1
    """
    with change("intro thank") as tx:
        services.introductions.thank(tx, introduction, on=on or today(), today=today())
    show(introduction)


def _end(introduction: Ref, step: str, why: str | None, on: Any) -> None:
    """End an introduction that was not made."""
    with change(f"intro {step}") as tx:
        services.introductions.end(tx, introduction, step, on=on or today(), today=today(), why=why)
    show(introduction)
    _still_open(introduction)


def _still_open(introduction: Ref) -> None:
    """Say which follow-ups about it are still to be done."""
    for left in followups(current().store, wanted=FollowUpFilter(status="open", about=str(introduction))):
        output.note(f"still open: {left.ref} {left.what}, due {day(left.due)}; solidarity followup done {left.ref}")


def _so_far(side: Asked) -> str:
    """Say how far a side is, in a word or two."""
    return side.answer or (f"asked {near(side.asked_on)}" if side.asked_on else "not asked")
