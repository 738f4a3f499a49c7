"""A calendar file, or a folder of them, kept in step with the records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import calendar_leaving as leaving
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing
from solidarity_crm.cli.calendar_items import Only, Todo, chosen, records
from solidarity_crm.cli.commands.calendar import SAID, Titles, count, telling_of, usual_titles
from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import CannotRead, Exit, FileExists, Usage
from solidarity_crm.exchange.calendar.events import of_record
from solidarity_crm.reports.document import Document
from solidarity_crm.store.files import placing

if TYPE_CHECKING:
    from solidarity_crm.exchange.calendar.events import Telling
    from solidarity_crm.rules.revealing import Known

COMMAND, SUFFIX = "calendar publish", ".ics"


class Wanted(NamedTuple):
    """What is to be published and how; ``force`` writes over what another program changed.

    ``everybody`` stands beside something revealing: what would newly name them so is agreed to with ``yes``, or by who is asked.
    """

    telling: Telling
    owner: str | None
    only: str | None
    todo: bool
    force: bool
    everybody: Known
    yes: bool


class Published(NamedTuple):
    """What was done to a file, or to the files of a folder; ``changed_elsewhere`` names those that another program changed."""

    place: str
    written: int
    removed: int
    unchanged: int
    changed_elsewhere: tuple[str, ...]
    titles: str


def publish(
    place: Annotated[Path, typer.Argument(help="A file whose name ends in .ics, or a folder for a file each.", metavar="FILE|FOLDER")],
    titles: Titles = None,
    owner: given.Owner = None,
    only: Only = None,
    todo: Todo = False,
    redact: revealing.Redact = False,
    force: Annotated[bool, typer.Option("--force", help="Write over what another program changed, or a file that is not ours.")] = False,
    yes: given.Yes = False,
) -> None:
    """Keep a calendar file, or a folder of them, in step with meetings and open follow-ups.

    A folder is one that khal, todoman and vdirsyncer read. Only what changed is written, and what is no longer there is
    removed; files of others stay as they are. It goes one way: what you change in those files does not come back.

    Example: solidarity calendar publish ~/calendars/network --titles initials
    """
    place, titles = place.expanduser(), titles or usual_titles()
    everybody = revealing.known()
    telling = telling_of(titles)._replace(unnamed=everybody if redact else None)
    wanted = Wanted(telling, owner, only, todo, force, everybody, yes)
    done = _file(place, wanted) if place.suffix.lower() == SUFFIX and not place.is_dir() else _folder(place, wanted)
    output.show_record(done, _document(done), current().style)
    _say(done)
    if done.changed_elsewhere:
        raise typer.Exit(Exit.PARTIAL)


def _file(path: Path, wanted: Wanted) -> Published:
    """Bring one file in step.

    Raises Usage for tasks, FileExists for a file that is not ours.
    """
    telling = wanted.telling
    if wanted.todo:
        sentence = "some programs refuse tasks and events in one file"
        raise Usage(sentence, "solidarity calendar publish FOLDER --todo")
    from solidarity_crm.exchange.calendar import ics, items  # noqa: PLC0415 - loads icalendar, which --help needs not

    before = _before(path)
    if before is not None and not wanted.force and not items.file_is_ours(before, telling.install):
        raise FileExists(path)
    uids = (before or b"").replace(b"\r\n ", b"")
    found = records(telling, lambda uid: f"UID:{uid}\r\n".encode() in uids, owner=wanted.owner, only=wanted.only, todo=False)
    events = [of_record(record, telling) for record in found]
    content = ics.write(events, name=current().workspace.settings.name, year=today().year)
    if content == before:
        return Published(str(path), 0, 0, 1, (), telling.titles)
    named = revealing.agreed(events, wanted.everybody, redact=telling.unnamed is not None, yes=wanted.yes)
    with placing({path: content}, force=True):
        leaving.record((one.ref for one in found), telling, named, command=COMMAND, recipient=f"a file: {path.name}", form="ics")
    return Published(str(path), 1, 0, 0, (), telling.titles)


def _folder(folder: Path, wanted: Wanted) -> Published:
    """Bring a folder in step."""
    from solidarity_crm.exchange.calendar import items, vdir  # noqa: PLC0415 - as above

    telling = wanted.telling
    found = vdir.there(folder, telling.install)
    belong = chosen(telling, lambda uid: items.name(uid) in found, owner=wanted.owner, only=wanted.only, todo=wanted.todo)
    todo_there = vdir.steps(found, belong, current().workspace.settings.zone, force=wanted.force)
    anew = [item.says for item in todo_there.write.values()]
    named = revealing.agreed(anew, wanted.everybody, redact=telling.unnamed is not None, yes=wanted.yes)
    written = (ref for item in todo_there.write.values() for ref in item.refs)
    leaving.record(written, telling, named, command=COMMAND, recipient=f"a folder: {folder.name}", form="ics")
    vdir.take(folder, todo_there)
    kept = tuple(todo_there.changed_elsewhere)
    return Published(str(folder), len(todo_there.write), len(todo_there.remove), todo_there.unchanged, kept, telling.titles)


def _before(path: Path) -> bytes | None:
    """Give what is in a file, None when there is none.

    Raises CannotRead.
    """
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as problem:
        raise CannotRead(path, problem.strerror or "unknown reason") from None


def _say(done: Published) -> None:
    """Say what was done, and what could not be."""
    output.note(f"{count(done.written, 'file')} written, {done.removed} removed, {done.unchanged} unchanged; {SAID[done.titles]}")
    if done.changed_elsewhere:
        output.note(f"{count(len(done.changed_elsewhere), 'file')} left as another program changed it: {', '.join(done.changed_elsewhere)}")
        output.note("try: make the same change here, or --force to write over it")


def _document(done: Published) -> Document:
    """Say what was done."""
    facts = [("Written", str(done.written)), ("Removed", str(done.removed)), ("Unchanged", str(done.unchanged)), ("Titles", done.titles)]
    if done.changed_elsewhere:
        facts.append(("Left", ", ".join(done.changed_elsewhere)))
    return Document(done.place, "Calendar kept in step", facts)
