"""Taking meetings and answers in from other calendars' files."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.contact_import import Line, placed, say_some, show_imported
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.errors import CannotRead, Exit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.calendar.reading.items import CalendarFile
    from solidarity_crm.services.calendar_import import Report


class Imported(NamedTuple):
    """What became of a file: how many events of each kind, what was read otherwise than written, and each event."""

    file: str
    new: int
    updated: int
    unchanged: int
    skipped: int
    rejected: int
    doubts: tuple[str, ...]
    rows: tuple[Line, ...]


Files = Annotated[
    list[Path],
    typer.Argument(help="Files, or folders of them; - is what another program pipes in.", metavar="FILE...", show_default=False),
]


def import_(
    files: Files,
    owner: given.Owner = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    rows: Annotated[bool, typer.Option("--rows", help="Tell what becomes of each event.")] = False,
    yes: given.Yes = False,
) -> None:
    """Take in the meetings of other calendars' files, or the answers to yours: one step, which undo takes back.

    Contacts are found by their addresses. An event that is here already is changed by a newer version of it, cancelled if that
    says so, and else left alone. Nobody is written to.

    Example: solidarity calendar import invitation.ics --dry-run
    """
    found, unread = _read(files)
    if not dry_run:
        _agree(found, yes=yes)
    with change("calendar import") as tx:
        tx.rehearsed = dry_run
        reports = [services.calendar_import.take_in(tx, one, owner=owner, today=today()) for one in found]
    answer = [_imported(report) for report in reports]
    show_imported(answer, "the files have no events", rows=rows)
    _say(answer, dry_run=dry_run, rows=rows)
    if unread or any(one.rejected for one in answer):
        raise typer.Exit(Exit.PARTIAL)


def _read(files: Sequence[Path]) -> tuple[list[CalendarFile], int]:
    """Read files; give also how many files of folders are no calendars, which is said.

    Raises CannotRead for a file that was named, or a folder without a calendar.
    """
    from solidarity_crm.exchange import incoming  # noqa: PLC0415 - export needs none of it
    from solidarity_crm.exchange.calendar.reading import read  # noqa: PLC0415

    found, problems = [], []
    for named in files:
        inside = incoming.files(named)
        for path in inside:
            try:
                one = incoming.read(path, wanted=incoming.CALENDAR)
                found.append(read(one.name, one.data, usual=current().workspace.settings.zone))
            except CannotRead as problem:
                if inside == [named.expanduser()] or str(named) == incoming.STANDARD_INPUT:
                    raise
                problems.append(problem)
    if problems and not found:
        raise problems[0]
    say_some([problem.sentence for problem in problems])
    return found, len(problems)


def _agree(found: Sequence[CalendarFile], *, yes: bool) -> None:
    """Ask before invitations become meetings: whether to go is somebody's own decision.

    Raises Declined, or NeedsYes where nobody can be asked.
    """
    invitations = [item for one in found if one.method == "REQUEST" for item in one.items]
    if invitations:
        first = invitations[0]
        more = f", and {len(invitations) - 1} more" if len(invitations) > 1 else ""
        when = f"{first.starts:%Y-%m-%d}" if first.all_day else f"{first.starts:%Y-%m-%d %H:%M}"
        confirm(f"this is an invitation to {first.title!r} on {when}{more}, to be planned as a meeting", "the same command with", yes=yes)


def _imported(report: Report) -> Imported:
    """Give a report as the answer has it."""
    lines = tuple(Line(report.file, row.line, row.what, row.ref, row.name, row.reason, row.column) for row in report.lines)
    counts = Counter(line.what for line in lines)
    return Imported(
        report.file,
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        skipped=counts["skipped"],
        rejected=counts["rejected"],
        doubts=tuple(report.doubts),
        rows=lines,
    )


def _say(answer: Sequence[Imported], *, dry_run: bool, rows: bool) -> None:
    """Say what needs somebody's eyes, and what can be done about it."""
    if not rows:
        say_some([f"rejected: {placed(row)}" for one in answer for row in one.rows if row.what == "rejected"])
        say_some([f"skipped: {line}" for one in answer for line in _together([row for row in one.rows if row.what == "skipped"])])
    say_some([doubt for one in answer for doubt in one.doubts])
    if dry_run:
        output.note("this was a rehearsal: nothing changed")
    elif any(one.new or one.updated for one in answer):
        output.note("solidarity undo takes all of it back; nobody was written to")


def _together(rows: Sequence[Line]) -> list[str]:
    """Say what is the matter with events, those with which it is the same in one line."""
    several: dict[tuple[str, str], list[Line]] = {}
    for row in rows:
        several.setdefault((row.column, row.reason), []).append(row)
    return [placed(alike[0]) + (f" (and {len(alike) - 1} more)" if len(alike) > 1 else "") for alike in several.values()]
