"""Which records belong in a calendar that is kept in step, each as one of its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.calendar import KINDS
from solidarity_crm.cli.context import current, today
from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.meetings import MeetingFilter, meetings

if TYPE_CHECKING:
    from collections.abc import Callable

    from solidarity_crm.exchange.calendar.events import Telling
    from solidarity_crm.exchange.calendar.items import Item
    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.meetings import Meeting

Only = Annotated[
    Any, given.one_of("kind of item", lambda: KINDS, "--only", text="meetings or followups; both if left out.", metavar="KIND")
]
Todo = Annotated[bool, typer.Option("--todo", help="Follow-ups as tasks, not as reminders of a day.")]


def records(telling: Telling, there: Callable[[str], bool], *, owner: str | None, only: str | None, todo: bool) -> list[Meeting | FollowUp]:
    """Give the records that belong in a calendar: what is planned or open, and what has ended where the calendar still has it.

    ``there`` says whether it has the item of an id.
    """
    found: list[Meeting | FollowUp] = []
    if only != "followups":
        found += _meetings(telling, there, owner)
    if only != "meetings":
        # a task that was done stays where it is, ticked; a reminder of it goes
        due = followups(current().store, wanted=FollowUpFilter(status=None if todo else "open", owner=owner))
        found += [one for one in due if one.status == "open" or there(telling.uid("followup", one.uid))]
    return found


def _meetings(telling: Telling, there: Callable[[str], bool], owner: str | None) -> list[Meeting]:
    """Give the meetings that belong in a calendar; a series' dates come and go with it, since a cancelled one must be told of."""
    planned = meetings(current().store, wanted=MeetingFilter(owner=owner))
    on = {one.uid for one in planned if one.status != "cancelled" or there(telling.uid("meeting", one.uid))}
    every = {one.uid for one in planned}
    return [one for one in planned if (one.series_uid if one.series_uid in every else one.uid) in on]


def chosen(telling: Telling, there: Callable[[str], bool], *, owner: str | None, only: str | None, todo: bool) -> list[Item]:
    """Give what :func:`records` does as items of a calendar."""
    from solidarity_crm.exchange.calendar import items  # noqa: PLC0415 - loads icalendar, which --help needs not

    zone = current().workspace.settings.zone
    several: dict[str, list[Meeting | FollowUp]] = {}
    for record in records(telling, there, owner=owner, only=only, todo=todo):
        series = getattr(record, "series_uid", None)
        several.setdefault(series or record.uid, []).insert(0 if series is None else len(several.get(series, [])), record)
    return [items.of(group, telling, year=today().year, zone=zone, todo=todo) for group in several.values()]
