"""Planning a meeting, or a series of them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.commands import meeting as other
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.cli.times import end_of, ending_or_last, starting_or_day, timed
from solidarity_crm.errors import BadValue, Usage
from solidarity_crm.rules import days, meeting_times, recurring, series

if TYPE_CHECKING:
    from datetime import time
    from zoneinfo import ZoneInfo

    from solidarity_crm.rules.meeting_times import Times
    from solidarity_crm.rules.series import Often

_DAY = timedelta(days=1)


def often(text: str | Often) -> Often:
    """Read how often."""
    return series.parse(text) if isinstance(text, str) else text


def add(
    title: Annotated[str, typer.Argument(help="What it is called.", show_default=False)],
    at: Annotated[Any, typer.Option("--at", help="When it starts, like 'friday 2pm'.", parser=starting_or_day, metavar='"DAY TIME"')],
    for_: other.For = None,
    until: Annotated[
        Any,
        typer.Option(
            "--until",
            help="When it ends, instead of --for: 15:30; or the last day, of a series or of whole days.",
            parser=ending_or_last,
            metavar="TIME|DAY",
            show_default=False,
        ),
    ] = None,
    every: Annotated[
        Any,
        typer.Option(
            "--every",
            help="How often it comes again: weekly, 2w, monthly, 'monthly on the same weekday', yearly.",
            parser=often,
            metavar="HOW-OFTEN",
            show_default=False,
        ),
    ] = None,
    times: Annotated[
        int | None, typer.Option("--times", help="How many times it comes.", min=1, max=999, metavar="N", show_default=False)
    ] = None,
    all_day: Annotated[bool, typer.Option("--all-day", help="It takes whole days; --at is the first.")] = False,
    with_: other.With = None,
    org: other.Orgs = None,
    where: other.Place = None,
    link: other.Link = None,
    agenda: other.Agenda = None,
    owner: given.Owner = None,
    zone: other.Zone = None,
    anyway: given.Anyway = None,
) -> None:
    """Plan a meeting; it takes an hour unless told otherwise. With --every it is a series.

    Example: solidarity meeting add "Steering group" --at "friday 2pm" --for 1h30m --where "Carlton Centre"
    """
    last = until if every and _is_day(until) else None
    place = zone or current().workspace.settings.zone
    when = _days(at, for_, None if last else until, place) if all_day else _times(timed(at), for_, None if last else until, place)
    recurs = _rule(every, when.starts, last, times)
    with change("meeting add") as tx:
        ref = services.meetings.add(
            tx, title, when, contacts=with_ or (), organisations=org or (), place=where, link=link, agenda=agenda, owner=owner,
            all_day=all_day, recurs=recurs,
        )  # fmt: skip
        services.budgets.spend(tx, [who.number for who in with_ or ()], ref, on=today(), anyway=anyway)
    show(ref)
    other.remark(other.found_by(ref))
    if recurs and series.passes_over(recurring.parse(recurs), when.starts.date()):
        output.note(f"a month without a day {when.starts.day} has no such meeting")


def _is_day(until: object) -> bool:
    """Say whether a day was typed without a time of day."""
    return isinstance(until, date) and not isinstance(until, datetime)


def _times(at: datetime, length: timedelta | None, until: date | time | None, place: ZoneInfo) -> Times:
    """Give the times of a meeting.

    Raises BadValue or Usage.
    """
    if _is_day(until):
        raise BadValue(
            "end", until, "it is a day alone, and that is for a series or for whole days", "--every weekly, or a time such as 15:30"
        )
    ends = end_of(at, length, until)  # type: ignore[arg-type] # a day alone is refused above
    return meeting_times.between(at, ends, place) if ends else meeting_times.lasting(at, length or days.parse_duration("1h"), place)


def _days(at: date, length: timedelta | None, until: date | time | None, place: ZoneInfo) -> Times:
    """Give the times of a meeting that takes whole days, up to and with the last.

    Raises BadValue or Usage.
    """
    first = datetime(at.year, at.month, at.day)  # noqa: DTZ001 - a day of the place
    if length is not None or (until is not None and not _is_day(until)):
        sentence = "what takes whole days has no time of day"
        raise Usage(sentence, "--all-day --at DAY --until DAY")
    last = datetime.combine(until, first.time()) if isinstance(until, date) else first
    if last < first:
        raise BadValue("end", until, f"it must not be before the first day, {first:%Y-%m-%d}", "a later day")
    return meeting_times.Times(first, last + _DAY, place)


def _rule(every: Often | None, starts: datetime, last: date | None, times: int | None) -> str | None:
    """Give the recurrence rule that was asked for, or None.

    Raises Usage for half of one, or BadValue when it would end before it begins.
    """
    if every is None:
        if times is not None:
            sentence = "--times says how often a series comes, and --every is missing"
            raise Usage(sentence, "--every weekly --times 10")
        return None
    if last is not None and times is not None:
        sentence = "--until and --times both say when the series ends"
        raise Usage(sentence, "one of them")
    if last is not None and last < starts.date():
        raise BadValue("last day", last, f"it is before the first, {starts:%Y-%m-%d}", "a later day")
    return str(series.rule(every, starts.date(), until=last, times=times))
