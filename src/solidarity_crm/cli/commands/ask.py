"""Asks for help."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import NotFound
from solidarity_crm.output import Column
from solidarity_crm.queries.asks import AskFilter, ask, asks, candidates
from solidarity_crm.rules import lifecycles

app = Noun("Asks: help that the partnership looks for, and the offers that could meet it.")

STATUSES = ("open", *(move.target for move in lifecycles.ASK.values()))
FEW = 10

Ask = Annotated[Any, given.argument("A", "The ask, by ref or words of it.")]
About = Annotated[str, typer.Argument(help="What is asked for.", show_default=False)]
WantedBy = Annotated[Any, typer.Option("--wanted-by", help="The day it is wanted by.", parser=given.day, metavar="DAY", show_default=False)]
Outcome = Annotated[str | None, typer.Option("--outcome", help="What came of it.", metavar="TEXT", show_default=False)]
Status = Annotated[Any, given.one_of("status", lambda: STATUSES, "--status", text="Only in this state.", metavar="STATE")]

COLUMNS = (
    Column("Ref", lambda a: a.ref),
    Column("Wanted by", lambda a: near(a.wanted_by)),
    Column("Kind", lambda a: a.kind),
    Column("What", lambda a: a.about),
    Column("For", lambda a: ", ".join(a.for_communities)),
    Column("Offers", lambda a: ", ".join(offer.ref for offer in a.offers)),
    Column("Owner", lambda a: a.owner),
    Column("Status", lambda a: a.status),
)
CANDIDATE_COLUMNS = (
    Column("Ref", lambda c: c.ref),
    Column("What", lambda c: c.about),
    Column("From", lambda c: ", ".join(giver.name for giver in (c.contact, c.organisation) if giver)),
    Column("Why", lambda c: "; ".join(c.reasons)),
)


@app.command()
def add(
    kind: given.HelpKind,
    about: About,
    for_: given.ForCommunities = None,
    owner: given.Owner = None,
    wanted_by: WantedBy = None,
) -> None:
    """Add an ask: help that the partnership looks for.

    Example: solidarity ask add practice "GP registration without an address" --for "Gypsies and Travellers" --wanted-by +6w
    """
    with change("ask add") as tx:
        ref = services.asks.add(tx, kind, about, today=today(), for_communities=for_ or (), owner=owner, wanted_by=wanted_by)
    show(ref)


@app.command("list")
def list_(
    kind: given.OfKind = None,
    community: given.Community = None,
    status: Status = None,
    owner: given.Owner = None,
    due: Annotated[
        Any, typer.Option("--due", help="Only those wanted by this day.", parser=given.day, metavar="DAY", show_default=False)
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Met and withdrawn ones too.")] = False,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List open asks, the soonest wanted first.

    Example: solidarity ask list --due +4w
    """
    status = status or (None if all_ else "open")
    wanted = AskFilter(status=status, kind=kind, community=community, owner=owner, wanted_before=due)
    output.show_list(asks(current().store, wanted=wanted, limit=limit), COLUMNS, current().style, "no asks")


@app.command("show")
def show_(ask: Ask) -> None:
    """Show an ask, with the offers that could meet it.

    Example: solidarity ask show A1
    """
    show(ask)


@app.command()
def edit(
    ask: Ask,
    kind: Annotated[Any, given.one_of("kind of help", given.kinds, "--kind", text="The kind of help.", metavar="KIND")] = None,
    about: Annotated[str | None, typer.Option("--about", help="What is asked for.", metavar="TEXT", show_default=False)] = None,
    for_: given.ForCommunities = None,
    owner: given.Owner = None,
    wanted_by: WantedBy = None,
    outcome: Outcome = None,
) -> None:
    """Change an ask; what is not given stays. Communities are given whole; "" empties a text.

    Example: solidarity ask edit A1 --wanted-by +2w
    """
    fields = {"kind": kind, "about": about, "for_communities": for_, "owner": owner, "wanted_by": wanted_by, "outcome": outcome}
    with change("ask edit") as tx:
        services.asks.edit(tx, ask, today=today(), **together.said(fields))
    show(ask)


@app.command()
def match(
    ask: Ask,
    offer: Annotated[Any, given.argument("H", "An open offer that could meet it; left out, they are listed.")] = None,
    limit: Annotated[int, typer.Option("--limit", help="List at most so many.", min=1, metavar="N")] = FEW,
) -> None:
    """Link an open offer that could meet an ask; without one, list those that could, with the reasons.

    Example: solidarity ask match A1
    """
    if offer is None:
        _suggest(ask, limit)
        return
    with change("ask match") as tx:
        wanted, offered = services.asks.match(tx, ask, offer, on=today())
    show(ask)
    if wanted != offered:
        output.note(f"{ask} asks for {wanted} and {offer} offers {offered}; they are linked all the same")


@app.command()
def met(
    ask: Ask,
    with_: Annotated[
        list[Any] | None, given.option("H", "--with", text="An accepted offer that met it; several times for several.")
    ] = None,
    outcome: Outcome = None,
    on: given.On = None,
) -> None:
    """Say that an ask was met; with an offer, its use is recorded too.

    Example: solidarity ask met A1 --outcome "Both surgeries changed their forms"
    """
    with change("ask met") as tx:
        services.asks.met(tx, ask, on=on or today(), today=today(), outcome=outcome, offers=with_ or ())
    show(ask)


@app.command()
def withdraw(ask: Ask, why: given.Why = None, on: given.On = None) -> None:
    """Withdraw an ask that is wanted no longer.

    Example: solidarity ask withdraw A1 --why "the funder answered"
    """
    with change("ask withdraw") as tx:
        services.asks.withdraw(tx, ask, on=on or today(), today=today(), why=why)
    show(ask)


def _suggest(ref: Any, limit: int) -> None:
    """List the open offers that could meet an ask.

    Raises NotFound.
    """
    wanted = ask(current().store, ref.number)
    if wanted is None:
        raise NotFound("ask", str(ref))
    found = candidates(current().store, wanted, today=today())
    output.show_list(found[:limit], CANDIDATE_COLUMNS, current().style, f"no open offer could meet {ref}")
    if len(found) > limit:
        output.note(f"{len(found) - limit} more; --limit {len(found)} lists them all")
