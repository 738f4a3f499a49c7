"""Contacts."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import contact_options as opt
from solidarity_crm.cli import likely, together
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.cli.filters import filtered
from solidarity_crm.output import Column
from solidarity_crm.queries.contacts import ContactFilter, contact_lines, contacts
from solidarity_crm.reports.wording import short_day

app = Noun("People, how to reach them, and their roles at organisations.")

COLUMNS = (
    Column("Ref", lambda c: c.ref),
    Column("Name", lambda c: c.name),
    Column(
        "Role",
        lambda c: "; ".join(f"{a.role}, {a.organisation.name}" if a.role else a.organisation.name for a in c.affiliations if not a.until),
    ),
    Column("Works with", lambda c: ", ".join(c.works_with)),
    Column("E-mail", lambda c: c.emails[0].value if c.emails else None),
    Column("Last contact", lambda c: "do not contact" if c.do_not_contact else short_day(c.last_contact_on)),
)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Their name.", show_default=False)],
    email: opt.Email = None,
    phone: opt.Phone = None,
    org: opt.Org = None,
    role: opt.Role = None,
    works_with: opt.WorksWith = None,
    tag: opt.Tags = None,
    source: opt.Source = None,
    basis: opt.Basis = None,
    every: opt.Cadence = None,
    note: given.Note = None,
    known_as: opt.KnownAs = None,
    given_name: opt.Given = None,
    family_name: opt.Family = None,
    pronouns: opt.Pronouns = None,
    obtained_on: opt.Obtained = None,
    notice_given_on: opt.NoticeGiven = None,
    do_not_contact: opt.DoNotContact = None,
    reason: opt.DncReason = None,
    channel: opt.Channels = None,
    hours: opt.Hours = None,
    no_voicemail: opt.Voicemail = None,
    avoid: opt.Avoid = None,
) -> None:
    """Add a contact.

    Example: solidarity contact add "Amina Yusuf" --email amina@example.org --org MESMAC --role "Outreach lead"
    """
    opt.check_role(org, role)
    fields = opt.fields(
        source=source,
        basis=basis,
        every=every,
        note=note,
        known_as=known_as,
        given_name=given_name,
        family_name=family_name,
        pronouns=pronouns,
        obtained_on=obtained_on,
        notice_given_on=notice_given_on,
        do_not_contact=do_not_contact,
        reason=reason,
        channel=channel,
        hours=hours,
        no_voicemail=no_voicemail,
        avoid=avoid,
    )
    reach = services.contacts.Reach(opt.filled(email) or (), opt.filled(phone) or ())
    parts = f"{given_name} {family_name}" if given_name and family_name else ""
    alike = likely.beside(services.contacts.recognised(name, reach, organisation=org, parts=parts))
    with change("contact add") as tx:
        communities = opt.filled(works_with) or ()
        ref = services.contacts.add(tx, name, today=today(), reach=reach, works_with=communities, tags=tag or (), **fields)
        if org:
            services.contacts.join(tx, ref, org, role=role)
    show(ref)
    likely.noted(alike, ref)


@app.command("list")
@filtered()
def list_(wanted: ContactFilter, limit: given.Limit = given.EVERYTHING) -> None:
    """List contacts by name.

    Example: solidarity contact list --works-with "sex workers" --quiet-for 6w
    """
    read = contacts if current().format in ("json", "csv") else contact_lines
    output.show_list(read(current().store, today=today(), wanted=wanted, limit=limit), COLUMNS, current().style, "no contacts")


@app.command("show")
def show_(contact: given.Contact) -> None:
    """Show a contact: how to greet and reach them, roles, what is open and owed, and a timeline.

    Example: solidarity contact show amina
    """
    show(contact)


@app.command()
def edit(
    contact: given.Contact,
    name: Annotated[str | None, typer.Option("--name", help="Their name.", show_default=False)] = None,
    email: opt.Email = None,
    phone: opt.Phone = None,
    org: opt.Org = None,
    role: opt.Role = None,
    left: Annotated[Any, given.option("O", "--left", text="The organisation they have left; the role is kept as a past one.")] = None,
    on: given.On = None,
    works_with: opt.WorksWith = None,
    source: opt.Source = None,
    basis: opt.Basis = None,
    every: opt.Cadence = None,
    note: given.Note = None,
    known_as: opt.KnownAs = None,
    given_name: opt.Given = None,
    family_name: opt.Family = None,
    pronouns: opt.Pronouns = None,
    obtained_on: opt.Obtained = None,
    notice_given_on: opt.NoticeGiven = None,
    do_not_contact: opt.DoNotContact = None,
    reason: opt.DncReason = None,
    channel: opt.Channels = None,
    hours: opt.Hours = None,
    no_voicemail: opt.Voicemail = None,
    avoid: opt.Avoid = None,
    ask_budget: opt.AskBudget = None,
    pause_asks: opt.PauseAsks = None,
) -> None:
    """Change a contact; what is not given stays. A list, like e-mails, is given whole; "" empties a text or a list.

    Example: solidarity contact edit amina --org "Leeds GATE" --role Trustee
    """
    fields = opt.fields(
        name=name,
        source=source,
        basis=basis,
        every=every,
        note=note,
        known_as=known_as,
        given_name=given_name,
        family_name=family_name,
        pronouns=pronouns,
        obtained_on=obtained_on,
        notice_given_on=notice_given_on,
        do_not_contact=do_not_contact,
        reason=reason,
        channel=channel,
        hours=hours,
        no_voicemail=no_voicemail,
        avoid=avoid,
        ask_budget=ask_budget,
        pause_asks=pause_asks,
    )
    opt.check_role(org, role, left, on)
    lists = {"emails": opt.filled(email), "phones": opt.filled(phone), "works_with": opt.filled(works_with)}
    together.said({"fields": fields or None, **lists, "org": org, "left": left})
    reach = services.contacts.Reach(lists["emails"] or (), lists["phones"] or ())
    alike = (
        likely.beside_changed(contact, services.contacts.recognised(name or "", reach, organisation=None)) if name or email or phone else []
    )
    with change("contact edit") as tx:
        services.contacts.edit(tx, contact, **lists, **fields)
        if left:
            services.contacts.leave(tx, contact, left, until=on or today())
        if org:
            services.contacts.join(tx, contact, org, role=role, since=on)
    show(contact)
    likely.noted(alike, contact)


@app.command()
def tag(
    contact: given.Contact,
    tags: Annotated[list[str] | None, typer.Argument(help="Tags to put on.", show_default=False)] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", help="A tag to take off.", show_default=False)] = None,
) -> None:
    """Put tags on a contact, or take them off.

    Example: solidarity contact tag amina gp-lead steering-group
    """
    together.said({"tags": tags or None, "remove": remove or None})
    if tags:
        together.not_the_name(contact, tags[0], "contact tag")
    with change("contact tag") as tx:
        services.contacts.tag(tx, contact, add=tags or (), remove=remove or ())
    show(contact)


app.elsewhere("duplicates", "contact_merge", "list_duplicates")
app.elsewhere("merge", "contact_merge", "merge_contacts")
app.elsewhere("consent give", "contact_consent", "give")
app.elsewhere("consent withdraw", "contact_consent", "withdraw")
app.elsewhere("consent list", "contact_consent", "list_")
app.elsewhere("import", "contact_import", "import_")
app.elsewhere("export", "contact_export", "export")
