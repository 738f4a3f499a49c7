"""Groups: named filters of contacts to write to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import contact_options as opt
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.errors import Usage
from solidarity_crm.output import Column
from solidarity_crm.queries.contacts import contact_lines
from solidarity_crm.queries.groups import Group, group, groups
from solidarity_crm.reports.groups import document, members
from solidarity_crm.rules.days import in_days
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.permission import ENGAGEMENT

if TYPE_CHECKING:
    from collections.abc import Sequence


def group_names() -> Sequence[str]:
    """List the groups' names."""
    return [one.name for one in groups(current().store)]


def found_group(text: str | Group) -> Group:
    """Read the name of a group."""
    return text if isinstance(text, Group) else group(current().store, text)


class Listed(NamedTuple):
    """A group as it is listed; ``people`` is how many are in it now."""

    name: str
    filters: str
    reveals: str | None
    people: int


TheGroup = Annotated[
    Any,
    typer.Argument(
        help="The group, by its name.", parser=found_group, autocompletion=given.offering(group_names), metavar="NAME", show_default=False
    ),
]
Purpose = Annotated[
    Any, given.one_of("purpose", lambda: PURPOSES, "--purpose", text="What for; engagement if left out.", metavar="PURPOSE")
]
Tag = Annotated[str | None, typer.Option("--tag", help="Only with this tag.", show_default=False)]
OfMembers = Annotated[bool, typer.Option("--members", help="Only people of network members.")]
Offers = Annotated[
    Any, given.one_of("kind of help", given.kinds, "--offers", text="Only those with an open offer of this kind.", metavar="KIND")
]
NoticeDue = Annotated[bool, typer.Option("--notice-due", help="Only those owed a privacy notice by then.")]

COLUMNS = (
    Column("Group", lambda g: g.name),
    Column("Whoever", lambda g: g.filters),
    Column("People", lambda g: str(g.people)),
)


def add(
    name: Annotated[str, typer.Argument(help="What to call it.", show_default=False)],
    community: given.Community = None,
    tag: Tag = None,
    org: given.InOrg = None,
    members: OfMembers = False,
    offers: Offers = None,
    source: opt.OfSource = None,
    since: given.Since = None,
    quiet_for: given.QuietFor = None,
    notice_due: NoticeDue = False,
) -> None:
    """Keep filters of contacts under a name; who is in the group is found anew each time.

    Example: solidarity outreach group add gp-leads --tag gp-lead --works-with "sex workers"
    """
    filters = {
        "community": community,
        "tag": tag,
        "organisation_id": org and org.number,
        "members": members,
        "offers": offers,
        "source": source,
        "since": since,
        "quiet_days": in_days(quiet_for) if quiet_for else None,
        "notice_due": notice_due,
    }
    if not any(filters.values()):
        sentence = "a group needs a filter, so that not everybody is in it"
        raise Usage(sentence, f'solidarity outreach group add "{name}" --tag TAG')
    with change("outreach group add") as tx:
        made = services.groups.add(tx, name, **filters)
    _show(group(current().store, made), ENGAGEMENT)


def list_() -> None:
    """List the groups, and how many are in each now.

    Example: solidarity outreach group list
    """
    store = current().store
    found = [
        Listed(g.name, g.in_words, g.reveals, len(contact_lines(store, today=today(), wanted=g.wanted(today())))) for g in groups(store)
    ]
    output.show_list(found, COLUMNS, current().style, "no groups")


def show(name: TheGroup, purpose: Purpose = None) -> None:
    """Show a group: who is in it, who would be left out of a message now, and why.

    Example: solidarity outreach group show gp-leads --purpose marketing
    """
    _show(name, purpose or ENGAGEMENT)


def drop(name: TheGroup) -> None:
    """Forget a group; the people in it stay as they are.

    Example: solidarity outreach group drop gp-leads
    """
    with change("outreach group drop") as tx:
        services.groups.drop(tx, name.id)
    list_()


def confirm_revealing(which: str, reveals: str | None, *, yes: bool) -> None:
    """Ask before one message goes to everybody of a group, being in which ``reveals`` something of them.

    Raises Declined or NeedsYes.
    """
    if reveals:
        question = f"being in {which} suggests something of everybody in it ({reveals}); each gets a message of their own"
        confirm(question, "the same command with", yes=yes)


def _show(chosen: Group, purpose: str) -> None:
    """Print a group."""
    found = members(current().store, chosen, purpose, today=today())
    output.show_record(found, document(found), current().style)
