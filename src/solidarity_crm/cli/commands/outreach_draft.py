"""Drafting a template to a group of people."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.outreach import AboutRecord, Kind, TemplateName, Values, order_of, partial, show_all
from solidarity_crm.cli.commands.outreach_group import confirm_revealing, found_group, group_names
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.cli.filters import contact_filter
from solidarity_crm.errors import Usage
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.queries.groups import suggested
from solidarity_crm.queries.organisations import organisation

InGroup = Annotated[
    Any,
    typer.Option(
        "--group",
        help="Everybody in this group (outreach group list).",
        parser=found_group,
        autocompletion=given.offering(group_names),
        metavar="NAME",
        show_default=False,
    ),
]


def draft(
    template: TemplateName,
    to: Annotated[list[Any] | None, given.option("P", "--to", text="A contact to write to; several times for several.")] = None,
    community: given.Community = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Everybody with this tag.", show_default=False)] = None,
    org: Annotated[Any, given.option("O", "--org", text="Everybody with a role at this organisation.")] = None,
    members: Annotated[bool, typer.Option("--members", help="Everybody of the network members.")] = False,
    offers: Annotated[
        Any, given.one_of("kind of help", given.kinds, "--offers", text="Everybody with an open offer of this kind.", metavar="KIND")
    ] = None,
    since: given.Since = None,
    quiet_for: given.QuietFor = None,
    notice_due: Annotated[bool, typer.Option("--notice-due", help="Everybody owed a privacy notice by now.")] = False,
    in_group: InGroup = None,
    all_contacts: Annotated[bool, typer.Option("--all-contacts", help="Everybody.")] = False,
    about: AboutRecord = None,
    kind: Kind = None,
    values: Values = None,
    owner: given.Owner = None,
    again: Annotated[bool, typer.Option("--again", help="Also for those who have such a draft already.")] = False,
    anyway: given.Anyway = None,
    yes: given.Yes = False,
) -> None:
    """Draft a message for each person of a group; nothing is sent. It is a group of yours, or named, or chosen as by contact list.

    It asks first where being in it suggests something of somebody: those of one community, or of a place marked as revealing.

    Example: solidarity outreach draft request-help --kind data --community "sex workers"
    """
    wanted = contact_filter(
        community=community, tag=tag, org=org, members=members, offers=offers, since=since, quiet_for=quiet_for, notice_due=notice_due
    )
    filtered = wanted != ContactFilter()
    if sum((bool(to), filtered, all_contacts, in_group is not None)) != 1:
        sentence = "name who it is to (--to), or a group (--group), or choose one by filters, or take --all-contacts: one of the four"
        raise Usage(sentence, f"solidarity outreach draft {template} --to NAME")
    if all_contacts:
        confirm("this drafts a message to every contact", f"solidarity outreach draft {template} --all-contacts", yes=yes)
    if in_group is not None:
        confirm_revealing(f"the group {in_group.name}", in_group.reveals, yes=yes)
        wanted = in_group.wanted(today())
    elif filtered:
        confirm_revealing("this group", _reveals(wanted), yes=yes)
    order = order_of(template, about, kind, values, owner)
    with change("outreach draft") as tx:
        group = services.outreach.Group(to or (), None if to else wanted, in_group and in_group.name)
        done = services.outreach.draft(tx, order, group, today=today(), again=again, anyway=anyway, watched=output.watched)
    show_all(done.made, done.left_out)
    partial(done.left_out)


def _reveals(wanted: ContactFilter) -> str | None:
    """Say what being found by filters suggests of somebody, or None."""
    place = organisation(current().store, wanted.organisation, today=today()) if wanted.organisation else None
    return suggested(wanted.community, place.name if place and place.revealing else None)
