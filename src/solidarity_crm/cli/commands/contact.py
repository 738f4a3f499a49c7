"""Contacts."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.cli.filters import contact_filter
from solidarity_crm.output import Column
from solidarity_crm.queries.contacts import contacts
from solidarity_crm.reports.wording import day
from solidarity_crm.rules import days
from solidarity_crm.rules.notices import BASES

app = Noun("People, how to reach them, and their roles at organisations.")

Email = Annotated[list[str] | None, typer.Option("--email", help="An e-mail address; several times for several.", show_default=False)]
Phone = Annotated[list[str] | None, typer.Option("--phone", help="A phone number; several times for several.", show_default=False)]
Org = Annotated[Any, given.option("O", "--org", text="The organisation where they have a role.")]
Role = Annotated[str | None, typer.Option("--role", help="Their role there.", metavar="TITLE", show_default=False)]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A tag; several times for several.", show_default=False)]
Source = Annotated[
    Any,
    typer.Option(
        "--source",
        help="Where the details come from: self, 'introduced by P4', public page, event, partner, import.",
        parser=given.source,
        metavar="SOURCE",
        show_default=False,
    ),
]
Basis = Annotated[
    Any,
    given.one_of(
        "lawful basis",
        lambda: BASES,
        "--basis",
        text="The lawful basis: consent, legitimate interests, public task or contract.",
        metavar="BASIS",
    ),
]
Cadence = Annotated[
    Any, typer.Option("--every", help="Keep in touch so often, like 6w.", parser=given.every, metavar="TIME", show_default=False)
]
KnownAs = Annotated[str | None, typer.Option("--known-as", help="The name to greet them by.", show_default=False)]
Given = Annotated[str | None, typer.Option("--given-name", help="Given name.", show_default=False)]
Family = Annotated[str | None, typer.Option("--family-name", help="Family name.", show_default=False)]
Pronouns = Annotated[str | None, typer.Option("--pronouns", help="Their pronouns, if they told you.", show_default=False)]
Obtained = Annotated[
    Any,
    typer.Option(
        "--obtained-on", help="The day the details were obtained; today if left out.", parser=given.day, metavar="DAY", show_default=False
    ),
]
NoticeGiven = Annotated[
    Any,
    typer.Option(
        "--notice-given-on", help="The day they were given the privacy notice.", parser=given.day, metavar="DAY", show_default=False
    ),
]
DoNotContact = Annotated[
    bool | None, typer.Option("--do-not-contact/--may-contact", help="Whether they asked not to be contacted.", show_default=False)
]
DncReason = Annotated[str | None, typer.Option("--reason", help="Why they are not to be contacted.", metavar="TEXT", show_default=False)]
Channels = Annotated[
    list[Any] | None,
    given.one_of(
        "channel",
        lambda: given.CHANNELS,
        "--channel",
        text="A channel that is safe for them; several times for several.",
        metavar="CHANNEL",
    ),
]
Hours = Annotated[
    str | None, typer.Option("--hours", help="When it is safe to reach them, like 'weekdays 10 to 2'.", metavar="TEXT", show_default=False)
]
Voicemail = Annotated[
    bool | None, typer.Option("--no-voicemail/--voicemail", help="Whether a voicemail could harm them.", show_default=False)
]
Avoid = Annotated[str | None, typer.Option("--avoid", help="Words not to use with them.", metavar="WORDS", show_default=False)]

COLUMNS = (
    Column("Ref", lambda c: c.ref),
    Column("Name", lambda c: c.name),
    Column(
        "Role",
        lambda c: "; ".join(f"{a.role}, {a.organisation.name}" if a.role else a.organisation.name for a in c.affiliations if not a.until),
    ),
    Column("Works with", lambda c: ", ".join(c.works_with)),
    Column("E-mail", lambda c: c.emails[0].value if c.emails else None),
    Column("Last contact", lambda c: "do not contact" if c.do_not_contact else day(c.last_contact_on)),
)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="Their name.", show_default=False)],
    email: Email = None,
    phone: Phone = None,
    org: Org = None,
    role: Role = None,
    works_with: given.WorksWith = None,
    tag: Tags = None,
    source: Source = None,
    basis: Basis = None,
    every: Cadence = None,
    note: given.Note = None,
    known_as: KnownAs = None,
    given_name: Given = None,
    family_name: Family = None,
    pronouns: Pronouns = None,
    obtained_on: Obtained = None,
    notice_given_on: NoticeGiven = None,
    do_not_contact: DoNotContact = None,
    reason: DncReason = None,
    channel: Channels = None,
    hours: Hours = None,
    no_voicemail: Voicemail = None,
    avoid: Avoid = None,
) -> None:
    """Add a contact.

    Example: solidarity contact add "Amina Yusuf" --email amina@example.org --org MESMAC --role "Outreach lead"
    """
    reach = (email or (), phone or ())
    fields = _fields(
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
    with change("contact add") as tx:
        ref = services.contacts.add(
            tx, name, today=today(), reach=services.contacts.Reach(*reach), works_with=works_with or (), tags=tag or (), **fields
        )
        shared = services.contacts.sharing(tx, ref)
        if org:
            services.contacts.join(tx, ref, org, role=role)
    show(ref)
    for other in shared:
        output.note(f"{other} has the same e-mail or phone; if it is the same person, solidarity undo takes this back")


@app.command("list")
def list_(
    community: given.Community = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Only with this tag.", show_default=False)] = None,
    org: given.InOrg = None,
    members: Annotated[bool | None, typer.Option("--members", help="Only people of network members.", show_default=False)] = None,
    offers: Annotated[
        Any, given.one_of("kind of help", given.kinds, "--offers", text="Only those with an open offer of this kind.", metavar="KIND")
    ] = None,
    source: Source = None,
    since: given.Since = None,
    quiet_for: given.QuietFor = None,
    notice_due: Annotated[bool, typer.Option("--notice-due", help="Only those owed a privacy notice by now.")] = False,
    do_not_contact: DoNotContact = None,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List contacts by name.

    Example: solidarity contact list --works-with "sex workers" --quiet-for 6w
    """
    wanted = contact_filter(
        community=community,
        tag=tag,
        org=org,
        members=members,
        offers=offers,
        source=source,
        since=since,
        quiet_for=quiet_for,
        notice_due=notice_due,
        do_not_contact=do_not_contact,
    )
    output.show_list(contacts(current().store, today=today(), wanted=wanted, limit=limit), COLUMNS, current().style, "no contacts")


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
    email: Email = None,
    phone: Phone = None,
    org: Org = None,
    role: Role = None,
    left: Annotated[Any, given.option("O", "--left", text="The organisation they have left; the role is kept as a past one.")] = None,
    on: given.On = None,
    works_with: given.WorksWith = None,
    source: Source = None,
    basis: Basis = None,
    every: Cadence = None,
    note: given.Note = None,
    known_as: KnownAs = None,
    given_name: Given = None,
    family_name: Family = None,
    pronouns: Pronouns = None,
    obtained_on: Obtained = None,
    notice_given_on: NoticeGiven = None,
    do_not_contact: DoNotContact = None,
    reason: DncReason = None,
    channel: Channels = None,
    hours: Hours = None,
    no_voicemail: Voicemail = None,
    avoid: Avoid = None,
) -> None:
    """Change a contact; what is not given stays. A list, like e-mails, is given whole; "" empties a text.

    Example: solidarity contact edit amina --org "Leeds GATE" --role Trustee
    """
    fields = _fields(
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
    )
    lists = {"emails": email, "phones": phone, "works_with": works_with}
    given.said({**fields, **lists, "org": org, "left": left})
    with change("contact edit") as tx:
        services.contacts.edit(tx, contact, **lists, **fields)
        if left:
            services.contacts.leave(tx, contact, left, until=on or today())
        if org:
            services.contacts.join(tx, contact, org, role=role, since=on)
    show(contact)


@app.command()
def tag(
    contact: given.Contact,
    tags: Annotated[list[str] | None, typer.Argument(help="Tags to put on.", show_default=False)] = None,
    remove: Annotated[list[str] | None, typer.Option("--remove", help="A tag to take off.", show_default=False)] = None,
) -> None:
    """Put tags on a contact, or take them off.

    Example: solidarity contact tag amina gp-lead steering-group
    """
    given.said({"tags": tags or None, "remove": remove or None})
    with change("contact tag") as tx:
        services.contacts.tag(tx, contact, add=tags or (), remove=remove or ())
    show(contact)


def _fields(
    *, every: days.Every | None, reason: str | None, channel: list[str] | None, hours: str | None, avoid: str | None, **same: Any
) -> dict[str, Any]:
    """Give what was typed by the names of the record's fields."""
    renamed = {
        "cadence_days": days.in_days(every) if every else None,
        "do_not_contact_reason": reason,
        "channels": ", ".join(channel) if channel else None,
        "contact_hours": hours,
        "words_to_avoid": avoid,
    }
    return {field: value for field, value in {**same, **renamed}.items() if value is not None}
