"""Meetings."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import some_of
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.cli.times import From, UpTo, end_of, ending, starting, time_zone, zones
from solidarity_crm.errors import NotFound, Refused, Usage
from solidarity_crm.output import Column
from solidarity_crm.queries import meetings as reading
from solidarity_crm.queries.meeting_dates import clashes, dates
from solidarity_crm.reports.cards.meeting import often, when
from solidarity_crm.reports.wording import day, moment
from solidarity_crm.rules import meeting_times, recurring, series
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from datetime import date

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
    Column(
        "When",
        lambda m: (
            (f"{day(m.starts.date())}, all day" if m.all_day else moment(m.starts))
            + (f" ({m.time_zone})" if m.time_zone != current().workspace.settings.time_zone else "")
        ),
    ),
    Column("Title", lambda m: f"{m.title} ({often(m)})" if m.recurs else m.title),
    Column("With", lambda m: some_of([*m.contacts, *m.organisations])),
    Column("Where", lambda m: m.place or m.link),
    Column("Owner", lambda m: m.owner),
    Column("Status", lambda m: m.status),
)


app.elsewhere("add", "meeting_add", "add")


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

    A series is there at its next date, with --until at each.

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
    output.show_list(dates(current().store, wanted=wanted)[:limit], COLUMNS, current().style, "no meetings")


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
    together.said({**fields, "at": at, "for": for_, "until": until, "with": with_, "org": org, "without": without, "zone": zone})
    ends = end_of(at or found_by(meeting).starts, for_, until)
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
        remark(found_by(meeting))


@app.command()
def brief(meeting: Meeting) -> None:
    """Print a brief: the meeting and, for everyone in the room, what their card says.

    Example: solidarity meeting brief M1
    """
    from solidarity_crm.reports.brief import brief as gathered  # noqa: PLC0415 - the other verbs need no cards of contacts

    output.show_record(*gathered(current().store, found_by(meeting), today=today()), current().style)


@app.command()
def notes(
    meeting: Meeting,
    text: Annotated[str, typer.Argument(help="What was said and agreed.", show_default=False)],
    action: Actions = None,
    due: Dues = None,
    owner: given.Owner = None,
    on: Annotated[
        Any,
        typer.Option("--on", help="The date of a series; the last one if left out.", parser=given.day, metavar="DAY", show_default=False),
    ] = None,
) -> None:
    """Add notes to a meeting; from its day on, that marks it as held. Of a series it is a date that was held.

    Example: solidarity meeting notes M1 "Agreed on a leaflet" --action "Draft the leaflet" --due +1w
    """
    together.not_the_name(meeting, text, "meeting notes")
    agreed = _paired(action or [], due or [])
    held_on = _date_held(meeting, on)
    with change("meeting notes") as tx:
        if held_on:
            meeting = Ref("M", int(services.meeting_series.on_day(tx, meeting, held_on).ref[1:]))
        opened = services.meetings.notes(
            tx, meeting, text, today=today(), actions=[services.meetings.Action(*pair) for pair in agreed], owner=owner
        )
    show(meeting)
    for ref, (what, by) in zip(opened, agreed, strict=True):
        output.note(f"{ref} {what}, due {day(by)}")
    if found_by(meeting).status == "planned":
        output.note(f"its day has not come, so {meeting} stays planned")


@app.command()
def cancel(meeting: Meeting, why: given.Why = None, on: given.On = None) -> None:
    """Cancel a meeting; the next calendar file says so.

    Example: solidarity meeting cancel M1 --why "the room was flooded"
    """
    with change("meeting cancel") as tx:
        services.meetings.cancel(tx, meeting, on=on or today(), why=why)
    show(meeting)


def _date_held(ref: Ref, on: date | None) -> date | None:
    """Give the date of a series that notes are about: the last one that has begun, unless another is said; None for one meeting.

    Raises Refused for a series that has not begun, Usage for a date of what is none.
    """
    found = found_by(ref)
    if not found.recurs:
        if on is not None and on != found.starts.date():
            sentence = f"{ref} is one meeting, on {found.starts:%Y-%m-%d}"
            raise Usage(sentence, "the same command without --on")
        return None
    if on is not None:
        return on
    first = found.starts.replace(tzinfo=None)
    past = series.dates(recurring.parse(found.recurs), first, found.left_out, first, datetime.combine(today(), time(23, 59)))
    last = max(past, default=None)
    if last is None:
        sentence = f"no date of {ref} has come yet"
        raise Refused(sentence, f"solidarity meeting notes {ref} TEXT --on {found.starts:%Y-%m-%d}")
    return last.date()


def found_by(ref: Ref) -> reading.Meeting:
    """Give a meeting.

    Raises NotFound.
    """
    found = reading.meeting(current().store, ref.number)
    if found is None:
        raise NotFound("meeting", str(ref))
    return found


def remark(found: reading.Meeting) -> None:
    """Say what is odd about a meeting's time: that the clocks show it twice, that its owner is elsewhere."""
    starts, ends = (wall.replace(tzinfo=None) for wall in (found.starts, found.ends))
    for wall in meeting_times.Times(starts, ends, meeting_times.zone(found.time_zone)).twice:
        output.note(f"the clocks go back and show {meeting_times.shown(wall)} twice; the first is meant")
    for other in clashes(current().store, found):
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


app.elsewhere("move", "meeting_series", "move")
app.elsewhere("skip", "meeting_series", "skip")
