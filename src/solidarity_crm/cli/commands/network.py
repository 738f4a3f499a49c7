"""The network: who knows whom, and what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.output import Column
from solidarity_crm.queries import ties as known
from solidarity_crm.queries.asking import carried
from solidarity_crm.queries.network import who
from solidarity_crm.reports.cards.tie import card_of
from solidarity_crm.reports.network import document
from solidarity_crm.rules import ties as rule
from solidarity_crm.text import some

if TYPE_CHECKING:
    from solidarity_crm.queries.ties import Tie
    from solidarity_crm.rules.refs import Ref

app = Noun("The network: who knows whom, who carries how much, and who holds it together.")

Left = Annotated[Any, given.argument("P", "One of the two, by ref or name.")]
Right = Annotated[Any, given.argument("P", "The other, by ref or name.")]
HowClose = Annotated[
    Any, given.one_of("strength", lambda: rule.STRENGTHS, "--strength", text="How close: knows, works with or close.", metavar="STRENGTH")
]
State = Annotated[
    Any,
    given.one_of("state", lambda: rule.STATES, "--state", text="Only so: suggested, confirmed or dropped.", metavar="STATE"),
]
Since = Annotated[
    Any,
    typer.Option(
        "--since",
        help="The day since which they know each other.",
        parser=lambda text: together.not_ahead(given.day(text)),
        metavar="DAY",
        show_default=False,
    ),
]
FEW = 10
From = Annotated[str | None, typer.Option("--from", help="Where we know it from.", metavar="TEXT", show_default=False)]


def why(tie: Tie) -> str:
    """Give a tie's first reasons in one cell."""
    return some(tie.reasons, 2, "; ")


COLUMNS = (
    Column("Contact", lambda t: f"{t.contact.ref} {t.contact.name}"),
    Column("Knows", lambda t: f"{t.other.ref} {t.other.name}"),
    Column("How close", lambda t: t.strength),
    Column("State", lambda t: t.state),
    Column("Together", lambda t: near(t.last_together)),
    Column("Why", why),
)
LOAD_COLUMNS = (
    Column("Contact", lambda c: f"{c.contact.ref} {c.contact.name}"),
    Column("Asks", lambda c: f"{c.asks} of {c.budget}"),
    Column("For", lambda c: "; ".join(f"{asked.kind} {asked.ref}, {near(asked.on)}" for asked in c.asked)),
    Column("Paused until", lambda c: near(c.paused_until)),
    Column("Past it", lambda c: "; ".join(f"{near(one.asked_on)}: {one.reason}" for one in c.over_budget)),
)


@app.command("add-tie")
def add_tie(left: Left, right: Right, strength: HowClose = None, since: Since = None, from_: From = None) -> None:
    """Note that two contacts know each other.

    Example: solidarity network add-tie amina bea --strength close --from "Amina told us"
    """
    with change("network add-tie") as tx:
        services.ties.add(tx, left, right, today=today(), strength=strength or rule.STRENGTHS[0], since=since, known_from=from_)
    _show(left, right)


@app.command("ties")
def ties_(
    contact: Annotated[Any, given.argument("P", "Only this contact's, by ref or name; left out, everybody's.")] = None,
    state: State = None,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List who knows whom, the closest first; what follows from roles, meetings and introductions is suggested until confirmed.

    Example: solidarity network ties amina --state suggested
    """
    found = known.ties(current().store, today=today(), contact=contact and contact.number, state=state)
    output.show_list(found[:limit], COLUMNS, current().style, "no ties")


@app.command()
def confirm(left: Left, right: Right, strength: HowClose = None) -> None:
    """Confirm a suggested tie, or say how close a confirmed one is.

    Example: solidarity network confirm amina bea --strength "works with"
    """
    with change("network confirm") as tx:
        services.ties.confirm(tx, left, right, today=today(), strength=strength)
    _show(left, right)


@app.command("drop-tie")
def drop_tie(left: Left, right: Right) -> None:
    """Say that two contacts do not know each other; the tie is not suggested again.

    Example: solidarity network drop-tie amina bea
    """
    with change("network drop-tie") as tx:
        services.ties.drop(tx, left, right, today=today())
    _show(left, right)


@app.command("who")
def who_(
    load: Annotated[bool, typer.Option("--load", help="Who was asked for how much lately, and may be asked for how much more.")] = False,
    limit: Annotated[int, typer.Option("--limit", help="Of each list at most so many.", min=1, metavar="N")] = FEW,
) -> None:
    """Say who knows the most people, who holds the network together, and whom nobody is known to know.

    Example: solidarity network who --load
    """
    if load:
        found = carried(current().store, today=today())
        output.show_list(found[:limit], LOAD_COLUMNS, current().style, "nobody was asked for anything lately")
        if len(found) > limit:
            output.note(f"{len(found) - limit} more; --limit {len(found)} lists them all")
        return
    network = who(current().store, today=today(), limit=limit)
    output.show_record(network, document(network), current().style)


def _show(left: Ref, right: Ref) -> None:
    """Print a tie that was just written."""
    found = known.tie(current().store, left.number, right.number, today=today())
    if found:
        output.show_record(found, card_of(found, today=today()), current().style)


app.elsewhere("map", "network_map", "map_")
