"""Introductions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.commands.intro_finding import register
from solidarity_crm.cli.commands.intro_options import Again, DescribeLeft, DescribeRight, Introduction, Via, described
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import Usage
from solidarity_crm.output import Column
from solidarity_crm.queries.introductions import IntroductionFilter, introductions
from solidarity_crm.rules.days import ago
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.telling import waits

if TYPE_CHECKING:
    from solidarity_crm.queries.introductions import Introduction as Shown
    from solidarity_crm.queries.introductions import Side as Asked

app = Noun("Introductions of two contacts, each asked separately; made only when both have said yes.")
Status = Annotated[Any, given.one_of("status", lambda: STATES["I"], "--status", text="Only those that stand so.", metavar="STATUS")]
ForWhat = "What the introduction is for."


def _owed_to(found: Shown) -> str:
    """Say to whom something is owed: the introducer, or the two who gave their time."""
    return found.introducer.name if found.introducer else found.people


def _owed(found: Shown) -> str:
    """Say what is owed, and since when."""
    thanks = [f"thanks since {near(found.met_on)} ({ago(found.met_on, today())})"] if found.owed and found.met_on else []
    since = found.word_owed_since
    word = [f"a word on what came of it since {near(since)} ({ago(since, today())})"] if since else []
    return "; ".join([*thanks, *word, *([waits(found.letters_waiting)] if found.letters_waiting else [])])


COLUMNS = (
    Column("Ref", lambda i: i.ref),
    Column("Status", lambda i: i.status),
    Column("Left", lambda i: f"{i.left.contact.name} ({_so_far(i.left)})"),
    Column("Right", lambda i: f"{i.right.contact.name} ({_so_far(i.right)})"),
    Column("Why", lambda i: i.why),
    Column("Owner", lambda i: i.owner),
    Column("Proposed", lambda i: near(i.proposed_on)),
)
OWED_COLUMNS = (
    *COLUMNS[:2],
    Column("Who", lambda i: i.people),
    Column("Owed to", _owed_to),
    Column("What", _owed),
)


@app.command()
def propose(
    left: Annotated[Any, given.argument("P", "One of the two, by ref or name.")],
    right: Annotated[Any, given.argument("P", "The other, by ref or name.")],
    why: Annotated[str, typer.Option("--why", help=ForWhat, metavar="TEXT", show_default=False)],
    via: Via = None,
    describe_left: DescribeLeft = None,
    describe_right: DescribeRight = None,
    owner: given.Owner = None,
    on: given.On = None,
    again: Again = False,
) -> None:
    """Propose to bring two contacts together.

    Example: solidarity intro propose amina bea --why "Both run drop-ins for asylum seekers"
    """
    with change("intro propose") as tx:
        proposal = services.introductions.Proposal(left, right, why, via, owner, again, described(describe_left, describe_right))
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
    owed: Annotated[
        bool,
        typer.Option(
            "--owed", help="Only those for which thanks are owed, or their introducer a word on what came of it; the oldest first."
        ),
    ] = False,
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
    found = introductions(current().store, wanted=wanted, limit=limit)
    if owed:
        found.sort(key=lambda one: (one.owed_since or today(), one.ref))
    output.show_list(found, OWED_COLUMNS if owed else COLUMNS, current().style, "no introductions")


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
    describe_left: DescribeLeft = None,
    describe_right: DescribeRight = None,
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
    words = described(describe_left, describe_right)
    together.said({"anything": typed or words or None})
    with change("intro edit") as tx:
        services.introductions.edit(tx, introduction, described=words, **typed)
    show(introduction)


for name, module in (
    ("ask", "intro_consent"),
    ("remind", "intro_consent"),
    ("answer", "intro_consent"),
    ("make", "intro_consent"),
    ("met", "intro_after"),
    ("close", "intro_after"),
    ("tell", "intro_after"),
    ("thank", "intro_after"),
    ("decline", "intro_after"),
    ("withdraw", "intro_after"),
    ("lapse", "intro_after"),
):
    app.elsewhere(name, module, name)
register(app)


def _so_far(side: Asked) -> str:
    """Say how far a side is, in a word or two."""
    return side.answer or (f"asked {near(side.asked_on)}" if side.asked_on else "not asked")
