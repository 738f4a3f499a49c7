"""Calendar files."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple
from uuid import uuid4

import typer

from solidarity_crm import output
from solidarity_crm.cli import calendar_leaving as leaving
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import current, today
from solidarity_crm.cli.times import From, UpTo
from solidarity_crm.errors import BadValue, Refused, Usage
from solidarity_crm.exchange.calendar import tasks
from solidarity_crm.exchange.calendar.events import TITLES, Event, Telling, discreet, of_followup, of_meeting
from solidarity_crm.exchange.calendar.tasks import Task
from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.meetings import MeetingFilter, meetings, people
from solidarity_crm.reports.document import Document
from solidarity_crm.store.errors import BadSettings
from solidarity_crm.store.files import placing
from solidarity_crm.store.workspace import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.meetings import Meeting

    Told = Event | Task

app = Noun("Meetings and follow-ups as a file that other calendars import.")

KINDS = ("meetings", "followups")
SAID = {
    "initials": "people are in it by their initials",
    "full": "people are in it by name, with their phones and addresses",
    "busy": "it says nothing but when",
}
ADVICE = (
    "import it into a calendar of its own, and empty that one before you import again: Outlook and others double what they"
    " have, some keep the old; Google leaves the reminders out"
)
ADVICE_SINCE = (
    "it has only what changed, what was done or cancelled too: khal puts it in place of what it has, Google often does,"
    " Thunderbird and Nextcloud keep the old, Outlook doubles it"
)
ADVICE_NEW = "these are new events to every calendar: delete the old ones there first, or you have both"
ADVICE_TASKS = "Google Calendar and Outlook ignore tasks; Apple Reminders, Thunderbird, Nextcloud Tasks and todoman take them"
Titles = Annotated[
    Any,
    given.one_of(
        "kind of title",
        lambda: TITLES,
        "--titles",
        text="initials: no names; full: names and details; busy: only the times. The settings' if left out.",
        metavar="WORD",
    ),
]


class Exported(NamedTuple):
    """A calendar file that was written."""

    file: str
    meetings: int
    followups: int
    titles: str


class Wanted(NamedTuple):
    """What is to be in the file: whose, of which days, and only what changed since one."""

    owner: str | None
    first: date | None
    last: date | None
    since: date | None


@app.command()
def export(
    file: Annotated[
        str | None,
        typer.Argument(help="The file, whose name ends in .ics; - is stdout, exports/calendar.ics if left out.", show_default=False),
    ] = None,
    titles: Titles = None,
    owner: given.Owner = None,
    from_: From = None,
    until: UpTo = None,
    only: Annotated[
        Any, given.one_of("kind of event", lambda: KINDS, "--only", text="meetings or followups; both if left out.", metavar="KIND")
    ] = None,
    redact: revealing.Redact = False,
    since: Annotated[
        Any,
        typer.Option(
            "--since", help="Only what changed from this day on, what ended too.", parser=given.day, metavar="DAY", show_default=False
        ),
    ] = None,
    todo: Annotated[bool, typer.Option("--todo", help="Follow-ups as tasks, in place of meetings and reminders.")] = False,
    new_uids: Annotated[
        bool, typer.Option("--new-uids", help="As new events, for a calendar that refuses what was deleted there.")
    ] = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Write meetings and open follow-ups as a calendar file.

    Example: solidarity calendar export team.ics --titles initials
    """
    path, titles = _path(file, "tasks" if todo else "calendar"), titles or usual_titles()
    if todo and only == "meetings":
        sentence = "a meeting is no task, so --todo and --only meetings leave nothing"
        raise Usage(sentence, "one of them")
    wanted = Wanted(owner, from_, until, since)
    planned = [] if todo or only == "followups" else _meetings(wanted)
    due = [] if only == "meetings" else _followups(wanted)
    telling = telling_of(titles, afresh=new_uids)
    everybody = revealing.known()

    told = _tasks(due, telling) if todo else _events(planned, due, telling)
    told = [discreet(one, everybody) for one in told] if redact else told
    named = revealing.agreed(told, everybody, redact=redact, yes=yes)
    content = _rendered(told, todo=todo)
    done = Exported(str(path or "-"), len(planned), len(due), titles)
    files = {path: content} if path else {}
    recipient = f"a file: {path.name}" if path else "stdout"
    refs = [*(one.ref for one in planned), *(one.ref for one in due)]
    with placing(files, force=force):
        leaving.record(refs, telling, named, command="calendar export", recipient=recipient, form="ics")
    if path is None:
        output.write_bytes(content)
    else:
        output.show_record(done, _document(done), current().style)
    written = f"{count(len(due), 'task')} written" if todo else _counted(len(planned), len(due))
    output.note(f"{written}; {SAID[titles]}")
    output.note(ADVICE_NEW if new_uids else ADVICE_TASKS if todo else ADVICE_SINCE if since else ADVICE)


def _counted(planned: int, due: int) -> str:
    """Say how many events were written, and of what: ``3 events written: 2 meetings, 1 follow-up``."""
    return f"{count(planned + due, 'event')} written: {count(planned, 'meeting')}, {count(due, 'follow-up')}"


def _path(file: str | None, usual: str) -> Path | None:
    """Give where to write, None for stdout; ``usual`` is the file's name in the folder of exports.

    Raises BadValue for a name that calendars would not know, or Usage when stdout would have to hold two answers.
    """
    if file == "-":
        if current().format is not None:
            sentence = f"stdout is either the calendar or {current().format}"
            raise Usage(sentence, "solidarity calendar export - , or a file's name in place of -")
        return None
    path = Path(file).expanduser() if file else current().workspace.exports / f"{usual}.ics"
    if path.suffix.lower() != ".ics":
        raise BadValue(
            "file", str(file), "the name of a calendar file ends in .ics", f"solidarity calendar export {path.stem or 'team'}.ics"
        )
    return path


def usual_titles() -> str:
    """Give the settings' kind of title.

    Raises BadSettings.
    """
    titles = current().workspace.settings.calendar.titles
    if titles not in TITLES:
        raise BadSettings(current().workspace.folder / SETTINGS_FILE, f"[calendar] titles is one of: {', '.join(TITLES)}")
    return titles


def _meetings(wanted: Wanted) -> list[Meeting]:
    """List the meetings that were asked for, cancelled ones too, since calendars must hear of it."""
    found = meetings(current().store, wanted=MeetingFilter(since=wanted.first, until=wanted.last, owner=wanted.owner))
    return [one for one in found if _changed(one.updated_at, wanted.since)]


def _followups(wanted: Wanted) -> list[FollowUp]:
    """List the follow-ups that were asked for: open ones, and of what changed lately those that ended too."""
    status = None if wanted.since else "open"
    chosen = FollowUpFilter(status=status, owner=wanted.owner, due_after=wanted.first, due_before=wanted.last)
    return [one for one in followups(current().store, wanted=chosen) if _changed(one.updated_at, wanted.since)]


def _changed(moment: datetime, since: date | None) -> bool:
    """Say whether a record changed on a day or after it, by the workspace's clocks."""
    return since is None or moment.astimezone(current().workspace.settings.zone).date() >= since


def telling_of(titles: str, *, afresh: bool = False) -> Telling:
    """Give how records are told."""
    settings = current().workspace.settings
    named = people(current().store) if titles == "full" else {}
    return Telling(titles, settings.uid or settings.domain, named, uuid4() if afresh else None)


def _events(planned: Sequence[Meeting], due: Sequence[FollowUp], telling: Telling) -> Sequence[Told]:
    """Give what goes into the calendar file.

    Raises Refused when there is nothing.
    """
    if not planned and not due:
        sentence = "there is nothing to export: no such meetings or open follow-ups"
        raise Refused(sentence, "solidarity meeting list --all")
    return [*(of_meeting(meeting, telling) for meeting in planned), *(of_followup(followup, telling) for followup in due)]


def _rendered(told: Sequence[Told], *, todo: bool) -> bytes:
    """Give the calendar file."""
    from solidarity_crm.exchange.calendar import ics  # noqa: PLC0415 - loads icalendar, which --help needs not

    name = current().workspace.settings.name
    if todo:
        return ics.write_tasks([one for one in told if isinstance(one, Task)], name=name)
    return ics.write([one for one in told if isinstance(one, Event)], name=name, year=today().year)


def _tasks(due: Sequence[FollowUp], telling: Telling) -> Sequence[Told]:
    """Give what goes into the file of tasks.

    Raises Refused when there is nothing.
    """
    if not due:
        sentence = "there is nothing to export: no such follow-ups"
        raise Refused(sentence, "solidarity followup list")
    return [tasks.of_followup(one, telling) for one in due]


def count(number: int, what: str) -> str:
    """Give a number of things: ``1 event``, ``2 events``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _document(done: Exported) -> Document:
    """Say what was written."""
    facts = [("Meetings", str(done.meetings)), ("Follow-ups", str(done.followups)), ("Titles", done.titles)]
    return Document(done.file, "Calendar file", facts)


app.elsewhere("import", "calendar_import", "import_")
app.elsewhere("publish", "calendar_publish", "publish")
app.elsewhere("sync", "calendar_sync", "sync")
