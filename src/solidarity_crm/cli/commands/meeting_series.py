"""Single dates of a series: moved, or left out."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.commands.meeting import For, Meeting, Place, found_by, remark
from solidarity_crm.cli.context import change, today
from solidarity_crm.cli.times import starting
from solidarity_crm.reports.wording import day
from solidarity_crm.rules.refs import Ref

On = Annotated[Any, typer.Option("--on", help="The day of the date.", parser=given.day, metavar="DAY", show_default=False)]


def move(
    meeting: Meeting,
    on: On,
    to: Annotated[Any, typer.Option("--to", help="When it is instead.", parser=starting, metavar='"DAY TIME"', show_default=False)],
    for_: For = None,
    where: Place = None,
) -> None:
    """Move one date of a series; it becomes a meeting of its own, and all the others stay.

    Example: solidarity meeting move M5 --on 2026-12-22 --to "2026-12-21 10:00"
    """
    with change("meeting move") as tx:
        made = services.meeting_series.on_day(tx, meeting, on)
        place: dict[str, Any] = {} if where is None else {"place": where}
        services.meetings.edit(tx, Ref("M", int(made.ref[1:])), when=services.meetings.When(to, for_), **place)
        ref = Ref("M", int(made.ref[1:]))
    show(ref)
    remark(found_by(ref))


def skip(meeting: Meeting, on: On, why: given.Why = None) -> None:
    """Leave one date of a series out; all the others stay.

    Example: solidarity meeting skip M5 --on 2026-12-29
    """
    with change("meeting skip") as tx:
        ref = services.meeting_series.skip(tx, meeting, on, today=today(), why=why)
    show(ref)
    output.note(f"{meeting} is not on {day(on)}")
