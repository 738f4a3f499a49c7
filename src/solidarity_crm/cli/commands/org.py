"""Organisations and network members."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.contact_options import filled, works_with_option
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.output import Column
from solidarity_crm.queries.organisations import OrganisationFilter, organisations
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.permission import SUBSCRIBERS

app = Noun("Organisations: charities, councils, NHS bodies, funders, universities, groups; and network members.")

Org = Annotated[Any, given.argument("O", "The organisation, by ref or name.")]
Email = Annotated[list[str] | None, typer.Option("--email", help="An e-mail address; several times for several.", show_default=False)]
Phone = Annotated[list[str] | None, typer.Option("--phone", help="A phone number; several times for several.", show_default=False)]
Website = Annotated[str | None, typer.Option("--website", help="Its web address.", metavar="URL", show_default=False)]
Revealing = Annotated[
    bool | None,
    typer.Option(
        "--revealing/--not-revealing", help="Having a role there gives away what could harm somebody, or does not.", show_default=False
    ),
]
Address = Annotated[str | None, typer.Option("--address", help="Its postal address.", metavar="TEXT", show_default=False)]
Subscriber = Annotated[
    Any,
    given.one_of(
        "subscriber",
        lambda: (*SUBSCRIBERS, UNKNOWN),
        "--subscriber",
        text="For marketing by e-mail: corporate (a company, a registered charity, a council), individual or unknown.",
        metavar="WORD",
    ),
]
WorksWith = Annotated[list[Any] | None, works_with_option("A community it works with; several times for several.")]

UNKNOWN = "unknown"

COLUMNS = (
    Column("Ref", lambda o: o.ref),
    Column("Name", lambda o: o.name),
    Column("Kind", lambda o: o.kind),
    Column("Works with", lambda o: ", ".join(o.works_with)),
    Column(
        "Member", lambda o: f"until {day(o.member_until)}" if o.member_until else f"since {o.member_since:%Y}" if o.member_since else None
    ),
    Column("People", lambda o: str(sum(1 for role in o.contacts if not role.until or role.until >= today()))),
)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Its name.", show_default=False)],
    kind: given.OrganisationKind = None,
    works_with: WorksWith = None,
    member: Annotated[bool, typer.Option("--member", help="It belongs to the network.")] = False,
    since: Annotated[
        Any, typer.Option("--since", help="The day it joined; today if left out.", parser=given.day, metavar="DAY", show_default=False)
    ] = None,
    email: Email = None,
    phone: Phone = None,
    website: Website = None,
    address: Address = None,
    revealing: Revealing = None,
    subscriber: Subscriber = None,
    note: given.Note = None,
) -> None:
    """Add an organisation.

    Example: solidarity org add "Leeds GATE" --kind charity --works-with "Gypsies and Travellers" --member
    """
    with change("org add") as tx:
        ref = services.organisations.add(
            tx,
            name,
            reach=services.contacts.Reach(filled(email) or (), filled(phone) or ()),
            works_with=filled(works_with) or (),
            kind=kind or "other",
            member_since=(since or today()) if member or since else None,
            website=website,
            address=address,
            revealing=bool(revealing),
            subscriber=None if subscriber == UNKNOWN else subscriber,
            note=note,
        )
        namesakes = services.organisations.namesakes(tx, ref)
    show(ref)
    for other in namesakes:
        output.note(f"{other} has the same name; if it is the same organisation, solidarity undo takes this back")


@app.command("list")
def list_(
    kind: given.OrganisationKind = None,
    community: given.Community = None,
    members: Annotated[
        bool | None, typer.Option("--members/--not-members", help="Only network members, or only others.", show_default=False)
    ] = None,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List organisations by name.

    Example: solidarity org list --members
    """
    wanted = OrganisationFilter(kind=kind, community=community, member=members)
    output.show_list(
        organisations(current().store, today=today(), wanted=wanted, limit=limit), COLUMNS, current().style, "no organisations"
    )


@app.command("show")
def show_(organisation: Org) -> None:
    """Show an organisation, with the people in it now and before.

    Example: solidarity org show mesmac
    """
    show(organisation)


@app.command()
def edit(
    organisation: Org,
    name: Annotated[str | None, typer.Option("--name", help="Its name.", show_default=False)] = None,
    kind: given.OrganisationKind = None,
    works_with: WorksWith = None,
    email: Email = None,
    phone: Phone = None,
    website: Website = None,
    address: Address = None,
    revealing: Revealing = None,
    subscriber: Subscriber = None,
    note: given.Note = None,
) -> None:
    """Change an organisation; what is not given stays. A list, like communities, is given whole; "" empties a text or a list.

    Example: solidarity org edit mesmac --website https://mesmac.example
    """
    lists = {"emails": filled(email), "phones": filled(phone), "works_with": filled(works_with)}
    told = "" if subscriber == UNKNOWN else subscriber
    fields = {"name": name, "kind": kind, "website": website, "address": address, "revealing": revealing, "subscriber": told, "note": note}
    together.said({**fields, **lists})
    with change("org edit") as tx:
        services.organisations.edit(tx, organisation, **lists, **{field: value for field, value in fields.items() if value is not None})
    show(organisation)


@app.command()
def join(organisation: Org, on: given.On = None) -> None:
    """Make an organisation a network member.

    Example: solidarity org join "Leeds GATE" --on 2021-07-01
    """
    with change("org join") as tx:
        services.organisations.join(tx, organisation, on=on or today())
    show(organisation)


@app.command()
def leave(organisation: Org, on: given.On = None) -> None:
    """End an organisation's membership of the network; that it was a member is kept.

    Example: solidarity org leave "Leeds GATE"
    """
    with change("org leave") as tx:
        services.organisations.leave(tx, organisation, on=on or today())
    show(organisation)


app.elsewhere("merge", "contact_merge", "merge_organisations")
