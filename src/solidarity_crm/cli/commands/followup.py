"""Follow-ups."""

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
from solidarity_crm.output import Column
from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.reports.wording import day, mention

app = Noun("Follow-ups: what is to be done, by whom and by when.")

PRIORITIES = {"high": 1, "normal": 5, "low": 9}
FollowUp = Annotated[Any, given.argument("F", "The follow-up, by ref or words of it.")]
Priority = Annotated[Any, given.one_of("priority", lambda: tuple(PRIORITIES), "--priority", text="high, normal or low.", metavar="WORD")]
OwedTo = Annotated[Any, given.option("P", "--owed-to", text="The contact it is owed to.")]
What = Annotated[str, typer.Argument(help="What is to be done.", show_default=False)]

COLUMNS = (
    Column("Ref", lambda f: f.ref),
    Column("Due", lambda f: near(f.due)),
    Column("What", lambda f: f.what),
    Column("About", lambda f: mention(f.about)),
    Column("Owner", lambda f: f.owner),
    Column("Status", lambda f: f.status if not f.snoozed_until else f"snoozed until {near(f.snoozed_until)}"),
)


@app.command()
def add(
    what: What,
    due: Annotated[Any, typer.Option("--due", help="The day it is due, like friday or +2w.", parser=given.day, metavar="DAY")],
    about: given.About = None,
    owner: given.Owner = None,
    every: given.Recurs = None,
    priority: Priority = None,
    owed_to: OwedTo = None,
) -> None:
    """Add a follow-up.

    Example: solidarity followup add "Send the guidelines" --due friday --about P1
    """
    with change("followup add") as tx:
        ref = services.followups.add(
            tx,
            what,
            due=due,
            about=str(about) if about else None,
            owner=owner,
            every=str(every) if every else None,
            priority=PRIORITIES[priority or "normal"],
            owed_to_id=owed_to and owed_to.number,
        )
    show(ref)


@app.command("list")
def list_(
    owner: given.Owner = None,
    about: given.About = None,
    due: given.Due = None,
    all_: Annotated[bool, typer.Option("--all", help="Done and cancelled ones too.")] = False,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List open follow-ups, the most urgent first; --due lists those due by a day.

    Example: solidarity followup list --due friday
    """
    wanted = FollowUpFilter(status=None if all_ else "open", owner=owner, about=about and str(about), due_before=due)
    output.show_list(followups(current().store, wanted=wanted, limit=limit), COLUMNS, current().style, "no follow-ups")


@app.command("show")
def show_(followup: FollowUp) -> None:
    """Show a follow-up.

    Example: solidarity followup show F1
    """
    show(followup)


@app.command()
def edit(
    followup: FollowUp,
    what: Annotated[str | None, typer.Option("--what", help="What is to be done.", show_default=False)] = None,
    due: given.Due = None,
    about: given.About = None,
    owner: given.Owner = None,
    every: given.Recurs = None,
    priority: Priority = None,
    owed_to: OwedTo = None,
) -> None:
    """Change a follow-up; what is not given stays.

    Example: solidarity followup edit F1 --due +1w
    """
    fields = {
        "what": what,
        "due": due,
        "about": about and str(about),
        "owner": owner,
        "every": every and str(every),
        "priority": priority and PRIORITIES[priority],
        "owed_to_id": owed_to and owed_to.number,
    }
    with change("followup edit") as tx:
        services.followups.edit(tx, followup, **together.said(fields))
    show(followup)


@app.command()
def done(followup: FollowUp, on: given.On = None) -> None:
    """Mark a follow-up done; a recurring one opens its next.

    Example: solidarity followup done F1
    """
    with change("followup done") as tx:
        ended = services.followups.done(tx, followup, on=on or today(), today=today())
    show(ended.ref)
    if ended.following:
        output.note(f"next: {ended.following}, due {day(ended.due)}")


@app.command()
def snooze(
    followup: FollowUp,
    until: Annotated[Any, typer.Argument(help="The day it comes back, like +1w.", parser=given.day, metavar="DAY", show_default=False)],
) -> None:
    """Hide a follow-up until a day; the day it is due stays as it was.

    Example: solidarity followup snooze F1 +1w
    """
    with change("followup snooze") as tx:
        services.followups.snooze(tx, followup, until=until, today=today())
    show(followup)


@app.command()
def cancel(followup: FollowUp, why: given.Why = None, on: given.On = None) -> None:
    """Cancel a follow-up.

    Example: solidarity followup cancel F1 --why "they wrote first"
    """
    with change("followup cancel") as tx:
        services.followups.cancel(tx, followup, on=on or today(), why=why)
    show(followup)
