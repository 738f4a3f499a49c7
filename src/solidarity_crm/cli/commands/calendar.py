"""Calendar files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import current, today
from solidarity_crm.cli.times import From, UpTo
from solidarity_crm.errors import BadValue, Refused, Usage
from solidarity_crm.exchange.calendar.events import TITLES, Telling, of_followup, of_meeting, without_people
from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.meetings import MeetingFilter, meetings, people
from solidarity_crm.reports.document import Document
from solidarity_crm.store.errors import BadSettings
from solidarity_crm.store.workspace import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.exchange.calendar.events import Event
    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.meetings import Meeting
    from solidarity_crm.rules.revealing import Beside

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


@app.callback()
def calendar() -> None:
    """Keep the group a group while it has one verb."""


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
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Write meetings and open follow-ups as a calendar file.

    Example: solidarity calendar export team.ics --titles initials
    """
    path, titles = _path(file), titles or _usual_titles()
    planned = _meetings(owner, from_, until) if only != "followups" else []
    due = _followups(owner, from_, until) if only != "meetings" else []
    everybody = revealing.known()

    def less(event: Event, found: Sequence[Beside]) -> Event:
        return without_people(event, everybody.whom(found))

    events, named = revealing.discreet(_events(planned, due, titles), less, everybody, redact=redact, yes=yes)
    content = _rendered(events)
    done = Exported(str(path or "-"), len(planned), len(due), titles)
    files = {path: content} if path else {}
    with revealing.handing_over(files, named, command="calendar export", form="ics", force=force):
        pass
    if path is None:
        output.write_bytes(content)
    else:
        output.show_record(done, _document(done), current().style)
    counted = f"{_count(len(planned), 'meeting')}, {_count(len(due), 'follow-up')}"
    output.note(f"{_count(len(planned) + len(due), 'event')} written: {counted}; {SAID[titles]}")
    output.note(ADVICE)


def _path(file: str | None) -> Path | None:
    """Give where to write, None for stdout.

    Raises BadValue for a name that calendars would not know, or Usage when stdout would have to hold two answers.
    """
    if file == "-":
        if current().format is not None:
            sentence = f"stdout is either the calendar or {current().format}"
            raise Usage(sentence, "solidarity calendar export - , or a file's name in place of -")
        return None
    path = Path(file).expanduser() if file else current().workspace.exports / "calendar.ics"
    if path.suffix.lower() != ".ics":
        raise BadValue(
            "file", str(file), "the name of a calendar file ends in .ics", f"solidarity calendar export {path.name or 'team'}.ics"
        )
    return path


def _usual_titles() -> str:
    """Give the settings' kind of title.

    Raises BadSettings.
    """
    settings = current().workspace.settings
    if settings.calendar_titles not in TITLES:
        raise BadSettings(current().workspace.folder / SETTINGS_FILE, f"[calendar] titles is one of: {', '.join(TITLES)}")
    return settings.calendar_titles


def _meetings(owner: str | None, first: date | None, last: date | None) -> list[Meeting]:
    """List the meetings that were asked for, cancelled ones too, since calendars must hear of it."""
    return meetings(current().store, wanted=MeetingFilter(since=first, until=last, owner=owner))


def _followups(owner: str | None, first: date | None, last: date | None) -> list[FollowUp]:
    """List the open follow-ups that were asked for."""
    return followups(current().store, wanted=FollowUpFilter(status="open", owner=owner, due_after=first, due_before=last))


def _events(planned: Sequence[Meeting], due: Sequence[FollowUp], titles: str) -> list[Event]:
    """Give what goes into the file.

    Raises Refused when there is nothing.
    """
    if not planned and not due:
        sentence = "there is nothing to export: no such meetings or open follow-ups"
        raise Refused(sentence, "solidarity meeting list --all")
    settings = current().workspace.settings
    telling = Telling(titles, settings.uid or settings.domain, people(current().store) if titles == "full" else {})
    return [*(of_meeting(meeting, telling) for meeting in planned), *(of_followup(followup, telling) for followup in due)]


def _rendered(events: Sequence[Event]) -> bytes:
    """Give the calendar file."""
    from solidarity_crm.exchange.calendar import ics  # noqa: PLC0415 - loads icalendar, which --help needs not

    return ics.write(events, name=current().workspace.settings.name, year=today().year)


def _count(number: int, what: str) -> str:
    """Give a number of things: ``1 event``, ``2 events``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _document(done: Exported) -> Document:
    """Say what was written."""
    facts = [("Meetings", str(done.meetings)), ("Follow-ups", str(done.followups)), ("Titles", done.titles)]
    return Document(done.file, "Calendar file", facts)
