"""The daily words: today, search, show and log."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show as show_card
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current
from solidarity_crm.cli.context import today as this_day
from solidarity_crm.output import Column
from solidarity_crm.queries.agenda import agenda
from solidarity_crm.queries.search import search as find
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.agenda import Limits, order

app = Noun("The daily words.")

_FIRST = 40

AGENDA = (
    Column("Ref", lambda line: line.ref),
    Column("What", lambda line: line.what),
    Column("Who", lambda line: line.who),
    Column("When", lambda line: near(line.when)),
    Column("Why", lambda line: line.why),
)
FOUND = (
    Column("Ref", lambda found: found.ref),
    Column("Kind", lambda found: found.kind),
    Column("What", lambda found: found.title),
    Column("Where", lambda found: found.text),
)


@app.command()
def today(
    days: Annotated[int, typer.Option("--days", help="How many days to look ahead.", min=0, max=366)] = 7,
    owner: given.Owner = None,
    all_: Annotated[bool, typer.Option("--all", help="Everything, not only the first lines.")] = False,
) -> None:
    """Show what needs you: one list, most urgent first, each line with its reason.

    Example: solidarity today --days 14
    """
    store = current().store
    intervals = store.settings.intervals
    limits = Limits(intervals.offer_waiting_days, intervals.introduction_stuck_days, days)
    lines = order(agenda(store, today=this_day(), days=days, owner=owner), today=this_day(), limits=limits)
    shown = lines if all_ else lines[:_FIRST]
    output.show_list(shown, AGENDA, current().style, f"nothing needs you today, nor in the next {days} days")
    if len(shown) < len(lines):
        output.note(f"and {len(lines) - len(shown)} more: solidarity today --all")


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(help="The words to find; each may be only a beginning.", show_default=False)],
    limit: given.Limit = 50,
) -> None:
    """Find words in everything that was typed: names, notes, offers, interactions.

    Example: solidarity search "health checks"
    """
    answer = find(current().store, " ".join(words), limit=limit)
    for typed, nearest in answer.instead.items():
        output.note(f"nothing has {typed}; looked for {' or '.join(nearest)}")
    output.show_list(answer.found, FOUND, current().style, "nothing found")


@app.command()
def show(record: given.Anything) -> None:
    """Show the card of any record.

    Example: solidarity show P1
    """
    show_card(record)


@app.command()
def log(
    text: Annotated[str, typer.Argument(help="What happened, in a line; more lines may follow.", show_default=False)],
    with_: given.With = None,
    with_org: given.WithOrg = None,
    kind: given.InteractionKind = None,
    on: given.On = None,
    about: given.About = None,
    direction: Annotated[
        Any,
        given.one_of("direction", lambda: ("in", "out"), "--direction", text="in: they came to us; out: we went to them.", metavar="WORD"),
    ] = None,
    follow_up: Annotated[
        str | None, typer.Option("--follow-up", help="What is to be done next.", metavar="WHAT", show_default=False)
    ] = None,
    due: given.Due = None,
    owner: given.Owner = None,
) -> None:
    """Record something that happened, and what is to be done next.

    Example: solidarity log "Told us about the clinic" --with amina --kind call --follow-up "Send the leaflet" --due friday
    """
    happened = together.not_ahead(on or this_day())
    next_step = together.next_step(follow_up, due)
    summary, _, body = text.strip().partition("\n")
    with change("log") as tx:
        ref = services.interactions.log(
            tx,
            summary,
            body=body or None,
            on=happened,
            contacts=with_ or (),
            organisations=with_org or (),
            kind=kind or "note",
            about=about and str(about),
            direction=direction,
        )
        if next_step:
            who = (with_ or with_org or [None])[0]
            opened = services.followups.add(tx, next_step[0], due=next_step[1], about=str(about or who), owner=owner)
    show_card(ref)
    if next_step:
        output.note(f"to do: {opened}, due {day(next_step[1])}")
