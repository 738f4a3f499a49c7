"""Meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import some_of
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.cli.times import From, UpTo, end_of, ending, starting, time_zone, zones
from solidarity_crm.errors import NotFound, Usage
from solidarity_crm.output import Column
from solidarity_crm.queries import meetings as reading
from solidarity_crm.reports.cards.meeting import when
from solidarity_crm.reports.wording import day, moment
from solidarity_crm.rules import days, meeting_times
from solidarity_crm.rules.lifecycles import STATES

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.rules.refs import Ref

app = Noun("Meetings: who meets when and where, a brief before, notes and actions after.")

Meeting = Annotated[Any, given.argument("M", "The meeting, by ref or words of its title.")]
At = Annotated[
    Any, typer.Option("--at", help="When it starts, like 'friday 2pm'.", parser=starting, metavar='"DAY TIME"', show_default=False)
]
For = Annotated[
    Any, typer.Option("--for", help="How long it takes, like 1h or 45m.", parser=given.duration, metavar="TIME", show_default=False)
]
Until = Annotated[
    Any,
    typer.Option(
        "--until", help="When it ends, instead of --for: 15:30, or a day and a time.", parser=ending, metavar="TIME", show_default=False
    ),
]
With = Annotated[list[Any] | None, given.option("P", "--with", text="A contact who comes; several times for several.")]
Orgs = Annotated[list[Any] | None, given.option("O", "--org", text="An organisation that comes; several times for several.")]
Without = Annotated[list[Any] | None, given.option("PO", "--without", text="A contact or an organisation that does not come after all.")]
Place = Annotated[str | None, typer.Option("--where", help="The place.", metavar="PLACE", show_default=False)]
Link = Annotated[str | None, typer.Option("--link", help="The address to join it online.", metavar="URL", show_default=False)]
Agenda = Annotated[str | None, typer.Option("--agenda", help="What is to be talked about.", metavar="TEXT", show_default=False)]
Zone = Annotated[
    Any,
    typer.Option(
        "--zone",
        help="The time zone, if not the workspace's, like America/New_York.",
        parser=time_zone,
        autocompletion=given.offering(zones),
        metavar="ZONE",
        show_default=False,
    ),
]
Actions = Annotated[
    list[str] | None,
    typer.Option("--action", help="Something agreed on, each with a --due; it becomes a follow-up.", metavar="WHAT", show_default=False),
]
Dues = Annotated[
    list[Any] | None, typer.Option("--due", help="The day an action is due.", parser=given.day, metavar="DAY", show_default=False)
]

COLUMNS = (
    Column("Ref", lambda m: m.ref),
    Column("When", lambda m: moment(m.starts) + (f" ({m.time_zone})" if m.time_zone != current().workspace.settings.time_zone else "")),
    Column("Title", lambda m: m.title),
    Column("With", lambda m: some_of([*m.contacts, *m.organisations])),
    Column("Where", lambda m: m.place or m.link),
    Column("Owner", lambda m: m.owner),
    Column("Status", lambda m: m.status),
)


@app.command()
def add(
    title: Annotated[str, typer.Argument(help="What it is called.", show_default=False)],
    at: Annotated[Any, typer.Option("--at", help="When it starts, like 'friday 2pm'.", parser=starting, metavar='"DAY TIME"')],
    for_: For = None,
    until: Until = None,
    with_: With = None,
    org: Orgs = None,
    where: Place = None,
    link: Link = None,
    agenda: Agenda = None,
    owner: given.Owner = None,
    zone: Zone = None,
    anyway: given.Anyway = None,
) -> None:
    """Plan a meeting; it takes an hour unless told otherwise.

    Example: solidarity meeting add "Steering group" --at "friday 2pm" --for 1h30m --where "Carlton Centre"
    """
    place, ends = zone or current().workspace.settings.zone, end_of(at, for_, until)
    times = meeting_times.between(at, ends, place) if ends else meeting_times.lasting(at, for_ or days.parse_duration("1h"), place)
    with change("meeting add") as tx:
        ref = services.meetings.add(
            tx, title, times, contacts=with_ or (), organisations=org or (), place=where, link=link, agenda=agenda, owner=owner
        )
        services.budgets.spend(tx, [who.number for who in with_ or ()], ref, on=today(), anyway=anyway)
    show(ref)
    _remark(_found(ref))


@app.command("list")
def list_(
    from_: From = None,
    until: UpTo = None,
    with_: Annotated[Any, given.option("P", "--with", text="Only with this contact.")] = None,
    org: Annotated[Any, given.option("O", "--org", text="Only with this organisation.")] = None,
    owner: given.Owner = None,
    status: Annotated[
        Any, given.one_of("status", lambda: STATES["M"], "--status", text="planned, held or cancelled.", metavar="STATUS")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Past and cancelled ones too.")] = False,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List meetings, the soonest first: planned ones from today on, or whatever was in the days asked for.

    Example: solidarity meeting list --until +2w
    """
    ahead = not all_ and status is None and from_ is None and (until is None or until >= today())
    wanted = reading.MeetingFilter(
        since=today() if ahead else from_,
        until=until,
        contact=with_ and with_.number,
        organisation=org and org.number,
        owner=owner,
        status="planned" if ahead else status,
    )
    output.show_list(reading.meetings(current().store, wanted=wanted, limit=limit), COLUMNS, current().style, "no meetings")


@app.command("show")
def show_(meeting: Meeting) -> None:
    """Show a meeting.

    Example: solidarity meeting show M1
    """
    show(meeting)


@app.command()
def edit(
    meeting: Meeting,
    title: Annotated[str | None, typer.Option("--title", help="What it is called.", show_default=False)] = None,
    at: At = None,
    for_: For = None,
    until: Until = None,
    with_: With = None,
    org: Orgs = None,
    without: Without = None,
    where: Place = None,
    link: Link = None,
    agenda: Agenda = None,
    owner: given.Owner = None,
    zone: Zone = None,
) -> None:
    """Change a meeting; what is not given stays, and so does its length. "" empties a text.

    Example: solidarity meeting edit M1 --at "next monday 10am"
    """
    fields = {"title": title, "place": where, "link": link, "agenda": agenda, "owner": owner}
    given.said({**fields, "at": at, "for": for_, "until": until, "with": with_, "org": org, "without": without, "zone": zone})
    ends = end_of(at or _found(meeting).starts, for_, until)
    with change("meeting edit") as tx:
        services.meetings.edit(
            tx,
            meeting,
            when=services.meetings.When(at, for_, ends, zone),
            coming=[*(with_ or ()), *(org or ())],
            leaving=without or (),
            **{field: value for field, value in fields.items() if value is not None},
        )
    show(meeting)
    if at or for_ or until or zone or owner:
        _remark(_found(meeting))


@app.command()
def brief(meeting: Meeting) -> None:
    """Print a brief: the meeting and, for everyone in the room, what their card says.

    Example: solidarity meeting brief M1
    """
    from solidarity_crm.reports.brief import brief as gathered  # noqa: PLC0415 - the other verbs need no cards of contacts

    output.show_record(*gathered(current().store, _found(meeting), today=today()), current().style)


@app.command()
def notes(
    meeting: Meeting,
    text: Annotated[str, typer.Argument(help="What was said and agreed.", show_default=False)],
    action: Actions = None,
    due: Dues = None,
    owner: given.Owner = None,
) -> None:
    """Add notes to a meeting; from its day on, that marks it as held.

    Example: solidarity meeting notes M1 "Agreed on a leaflet" --action "Draft the leaflet" --due +1w
    """
    agreed = _paired(action or [], due or [])
    with change("meeting notes") as tx:
        opened = services.meetings.notes(
            tx, meeting, text, today=today(), actions=[services.meetings.Action(*pair) for pair in agreed], owner=owner
        )
    show(meeting)
    for ref, (what, by) in zip(opened, agreed, strict=True):
        output.note(f"{ref} {what}, due {day(by)}")
    if _found(meeting).status == "planned":
        output.note(f"its day has not come, so {meeting} stays planned")


@app.command()
def cancel(meeting: Meeting, why: given.Why = None, on: given.On = None) -> None:
    """Cancel a meeting; the next calendar file says so.

    Example: solidarity meeting cancel M1 --why "the room was flooded"
    """
    with change("meeting cancel") as tx:
        services.meetings.cancel(tx, meeting, on=on or today(), why=why)
    show(meeting)


def _found(ref: Ref) -> reading.Meeting:
    """Give a meeting.

    Raises NotFound.
    """
    found = reading.meeting(current().store, ref.number)
    if found is None:
        raise NotFound("meeting", str(ref))
    return found


def _remark(found: reading.Meeting) -> None:
    """Say what is odd about a meeting's time: that the clocks show it twice, that its owner is elsewhere."""
    starts, ends = (wall.replace(tzinfo=None) for wall in (found.starts, found.ends))
    for wall in meeting_times.Times(starts, ends, meeting_times.zone(found.time_zone)).twice:
        output.note(f"the clocks go back and show {meeting_times.shown(wall)} twice; the first is meant")
    for other in reading.clashes(current().store, found):
        there = f" ({other.time_zone})" if other.time_zone != found.time_zone else ""
        output.note(f"{found.owner} also has {other.ref} {other.title}, {when(other)}{there}")


def _paired(whats: list[str], dues: list[date]) -> list[tuple[str, date]]:
    """Give each action with its day; one day may be for all.

    Raises Usage when they do not pair.
    """
    if whats and len(dues) == 1:
        dues = dues * len(whats)
    if len(whats) != len(dues):
        sentence = f"{len(whats)} --action and {len(dues)} --due do not pair"
        raise Usage(sentence, '--action "Draft the leaflet" --due +1w')
    return list(zip(whats, dues, strict=True))
