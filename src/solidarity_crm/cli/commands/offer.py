"""Offers of help."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.commands.offer_options import Offer, Outcome
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import BadValue
from solidarity_crm.output import Column
from solidarity_crm.queries.offers import Offer as OfferRow
from solidarity_crm.queries.offers import OfferFilter, offers
from solidarity_crm.rules import days, lifecycles

app = Noun("Offers of help: who offers what, for whom, and what came of it.")

STATUSES = ("offered", *(move.target for move in lifecycles.OFFER.values()))
LONGEST = 3650  # days


def shelf_life(text: str | int) -> int:
    """Read for how long an offer stands, in days: ``180``, ``26w``.

    Raises BadValue.
    """
    found = int(text) if str(text).isdecimal() else days.in_days(given.every(str(text)))
    if not 1 <= found <= LONGEST:
        raise BadValue("shelf life", text, "it must be from a day to ten years", "--shelf-life 26w")
    return found


Giver = Annotated[Any, given.argument("PO", "Who offers it: a contact or an organisation, by ref or name.", metavar="CONTACT")]
About = Annotated[str, typer.Argument(help="What is offered.", show_default=False)]
Speaking = Annotated[Any, given.option("O", "--org", text="The organisation that they speak for.")]
Source = Annotated[str | None, typer.Option("--source", help="How it came in, like 'web form'.", metavar="TEXT", show_default=False)]
Capacity = Annotated[
    str | None, typer.Option("--capacity", help="How much of it there is, like 'two talks a year'.", metavar="TEXT", show_default=False)
]
ShelfLife = Annotated[
    Any,
    typer.Option(
        "--shelf-life", help="How long it stands without being confirmed, like 26w.", parser=shelf_life, metavar="TIME", show_default=False
    ),
]
Received = Annotated[
    Any, typer.Option("--on", help="The day it came in; today if left out.", parser=given.day, metavar="DAY", show_default=False)
]
ReplyBy = Annotated[
    Any,
    typer.Option("--reply-by", help="The day an answer is due, if not the usual one.", parser=given.day, metavar="DAY", show_default=False),
]
Status = Annotated[Any, given.one_of("status", lambda: STATUSES, "--status", text="Only in this state.", metavar="STATE")]
From = Annotated[Any, given.option("P", "--contact", text="Only from this contact.")]
FromOrg = Annotated[Any, given.option("O", "--org", text="Only from this organisation, or from people with a role there.")]


def _giver(offer: OfferRow) -> str:
    """Say who offers help, as a list has it."""
    return ", ".join(giver.name for giver in (offer.contact, offer.organisation) if giver)


COLUMNS = (
    Column("Ref", lambda h: h.ref),
    Column("Kind", lambda h: h.kind),
    Column("What", lambda h: h.about),
    Column("From", _giver),
    Column("For", lambda h: ", ".join(h.for_communities)),
    Column("Received", lambda h: near(h.received_on)),
    Column("Owner", lambda h: h.owner),
    Column("Status", lambda h: h.status),
)


@app.command()
def add(
    contact: Giver,
    kind: given.HelpKind,
    about: About,
    for_: given.ForCommunities = None,
    org: Speaking = None,
    on: Received = None,
    owner: given.Owner = None,
    source: Source = None,
    capacity: Capacity = None,
    shelf_life: ShelfLife = None,
    reply_by: ReplyBy = None,
) -> None:
    """Add an offer of help, from a contact or from an organisation.

    Example: solidarity offer add amina practice "Outreach with women who sell sex" --for "sex workers"
    """
    typed = {"owner": owner, "source": source, "capacity": capacity, "shelf_life_days": shelf_life, "reply_due": reply_by}
    with change("offer add") as tx:
        ref = services.offers.add(
            tx,
            contact,
            kind,
            about,
            organisation=org,
            received_on=on or today(),
            today=today(),
            for_communities=for_ or (),
            **{field: value for field, value in typed.items() if value is not None},
        )
    show(ref)


@app.command("list")
def list_(
    kind: given.OfKind = None,
    community: given.Community = None,
    status: Status = None,
    owner: given.Owner = None,
    org: FromOrg = None,
    contact: From = None,
    since: given.Since = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that have waited too long for an answer.")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="Only open ones that should be confirmed again.")] = False,
    owed: Annotated[bool, typer.Option("--owed", help="Only those for which thanks are owed.")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List open offers of help, the newest first.

    Example: solidarity offer list --kind practice --community "sex workers"
    """
    patience = timedelta(days=current().workspace.settings.intervals.offer_waiting_days)
    wanted = OfferFilter(
        open=not (all_ or status or owed),
        kind=kind,
        community=community,
        status=status,
        owner=owner,
        organisation=org and org.number,
        contact=contact and contact.number,
        since=since,
        waiting_since=today() - patience if waiting else None,
        stale=stale,
        owed=owed,
    )
    found = offers(current().store, today=today(), wanted=wanted, limit=limit)
    output.show_list(found, COLUMNS, current().style, "no offers")


@app.command("show")
def show_(offer: Offer) -> None:
    """Show an offer of help, with its uses and every move.

    Example: solidarity offer show H1
    """
    show(offer)


@app.command()
def edit(
    offer: Offer,
    kind: Annotated[Any, given.one_of("kind of help", given.kinds, "--kind", text="The kind of help.", metavar="KIND")] = None,
    about: Annotated[str | None, typer.Option("--about", help="What is offered.", metavar="TEXT", show_default=False)] = None,
    for_: given.ForCommunities = None,
    contact: Annotated[Any, given.option("P", "--contact", text="The contact who offers it.")] = None,
    no_contact: Annotated[bool, typer.Option("--no-contact", help="No contact: the organisation alone offers it.")] = False,
    org: Speaking = None,
    no_org: Annotated[bool, typer.Option("--no-org", help="No organisation: the contact offers it for themselves.")] = False,
    on: Annotated[Any, typer.Option("--on", help="The day it came in.", parser=given.day, metavar="DAY", show_default=False)] = None,
    owner: given.Owner = None,
    source: Source = None,
    capacity: Capacity = None,
    shelf_life: ShelfLife = None,
    reply_by: ReplyBy = None,
    outcome: Outcome = None,
) -> None:
    """Change an offer of help; what is not given stays. Communities are given whole; "" empties a text.

    Example: solidarity offer edit H1 --capacity "two talks a year" --owner me
    """
    fields = together.said(
        {
            "kind": kind,
            "about": about,
            "for_communities": for_,
            "contact_id": contact and contact.number,
            "organisation_id": org and org.number,
            "received_on": on,
            "owner": owner,
            "source": source,
            "capacity": capacity,
            "shelf_life_days": shelf_life,
            "reply_due": reply_by,
            "outcome": outcome,
            "no_contact": no_contact or None,
            "no_org": no_org or None,
        }
    )
    nobody = {field: None for flag, field in (("no_contact", "contact_id"), ("no_org", "organisation_id")) if fields.pop(flag, False)}
    with change("offer edit") as tx:
        services.offers.edit(tx, offer, today=today(), **{**fields, **nobody})
    show(offer)


for name in ("accept", "use", "fulfil", "decline", "withdraw", "lapse", "confirm", "thank"):
    app.elsewhere(name, "offer_after", name)
