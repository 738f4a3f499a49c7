"""Taking contacts in from other programs' files."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import contact_options as opt
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.commands.contact_import_rejected import left_over
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.errors import BadValue, CannotRead, Exit, Usage
from solidarity_crm.output import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.exchange.contact_reading import As, Reading
    from solidarity_crm.services.contact_import import FileReport

_MANY_CARDS, _MUCH = 5_000, 20 * 1024 * 1024
_LEFT_OVER = re.compile(r".+\.rejected(?:-\d+)?\.(?:csv|vcf)\Z", re.IGNORECASE)


class Line(NamedTuple):
    """What became of a line of a file; ``column`` is the one that its reason is about."""

    file: str
    line: int
    what: str
    ref: str | None
    name: str | None
    reason: str
    column: str


class Imported(NamedTuple):
    """What became of a file: how many lines of each kind, what was kept otherwise than written, who may be somebody else, and lines.

    ``rows`` has each line where it was asked for, else those that need somebody's eyes: the rejected and the skipped.
    """

    file: str
    new: int
    updated: int
    unchanged: int
    skipped: int
    rejected: int
    rejected_file: str | None
    doubts: tuple[str, ...]
    likely: tuple[str, ...]
    rows: tuple[Line, ...]


COUNTS = (
    Column("File", lambda i: i.file),
    Column("New", lambda i: str(i.new)),
    Column("Updated", lambda i: str(i.updated)),
    Column("Unchanged", lambda i: str(i.unchanged)),
    Column("Skipped", lambda i: str(i.skipped)),
    Column("Rejected", lambda i: str(i.rejected)),
)
ROWS = (
    Column("Line", lambda row: str(row.line)),
    Column("What", lambda row: row.what),
    Column("Ref", lambda row: row.ref),
    Column("Name", lambda row: row.name),
    Column("Why", lambda row: ": ".join(filter(None, (row.column, row.reason)))),
)


def _layouts() -> Sequence[str]:
    from solidarity_crm.exchange.tables.headings.layouts import NAMES  # noqa: PLC0415 - other commands about contacts need none of it

    return NAMES


Files = Annotated[
    list[Path], typer.Argument(help="Files, or folders of them; - is what another program pipes in.", metavar="FILE...", show_default=False)
]
Layout = Annotated[Any, given.one_of("layout", _layouts, "--layout", text="The program that wrote the table.", metavar="PROGRAM")]
Mapping_ = Annotated[
    list[str] | None,
    typer.Option("--map", help="What a column is; - passes it over; several times.", metavar="HEADING=FIELD", show_default=False),
]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A tag for everybody in the files.", metavar="TAG", show_default=False)]
Sheet = Annotated[str | None, typer.Option("--sheet", help="The sheet of a workbook.", metavar="NAME", show_default=False)]


def import_(
    files: Files,
    layout: Layout = None,
    mapping: Mapping_ = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    rows: Annotated[bool, typer.Option("--rows", help="Tell what becomes of each line.")] = False,
    update: Annotated[bool, typer.Option("--update", help="Overwrite what differs; else only blanks are filled.")] = False,
    skip_likely: Annotated[bool, typer.Option("--skip-likely", help="Leave out whoever may be somebody that is there.")] = False,
    tag: Tags = None,
    source: opt.Source = None,
    basis: opt.Basis = None,
    obtained_on: opt.Obtained = None,
    repair: Annotated[bool, typer.Option("--repair", help="Mend letters that another program spoilt, like Ã©.")] = False,
    sheet: Sheet = None,
    yes: given.Yes = False,
) -> None:
    """Take in contacts from other programs' CSV files, workbooks and vCards: one step, which undo takes back.

    Somebody who is there already is filled in, never overwritten unless --update says so, and stays asked not to be
    contacted whatever a file says. Lines that will not do are written beside the file, to be corrected and imported.

    Example: solidarity contact import google-contacts.csv --dry-run
    """
    from solidarity_crm.exchange.contact_reading import As  # noqa: PLC0415 - other commands about contacts need none of it

    readings, unread = _read(files, As(layout, _mapping(mapping), repair, sheet))
    _show_decisions(readings)
    if not dry_run:
        _agree(readings, yes=yes)
    wishes = services.contact_import.Wishes(source or "import", basis or None, obtained_on, tag or (), update, skip_likely)
    with change("contact import") as tx:
        tx.rehearsed = dry_run
        reports = services.contact_import.take_in(tx, [reading.book for reading in readings], wishes, today=today(), watch=output.watched)
    left = [] if dry_run else [left_over(reading, report) for reading, report in zip(readings, reports, strict=True)]
    each = rows or current().format == "json"
    answer = [_imported(report, place, each=each) for report, place in zip(reports, left or [None] * len(reports), strict=True)]
    show_imported(answer, "the files have nothing in them", rows=rows)
    _say(answer, dry_run=dry_run, rows=rows)
    if unread or any(one.rejected for one in answer):
        raise typer.Exit(Exit.PARTIAL)


def _mapping(said: Sequence[str] | None) -> Mapping[str, str]:
    """Read which heading is which field.

    Raises BadValue.
    """
    found = {}
    for text in said or ():
        heading, sign, field = text.rpartition("=")
        if not sign or not heading.strip():
            raise BadValue("mapping", text, "it says which heading is which field", "--map 'Their heading=email'")
        found[heading.strip()] = field.strip().lower().replace("-", "_") if field.strip() != "-" else "-"
    return found


def _read(files: Sequence[Path], as_: As) -> tuple[list[Reading], int]:
    """Read files; give also how many files of folders could not be read, which were said.

    Raises CannotRead for a file that was named or a folder of which nothing can be read, Usage for what is for tables
    where there is none.
    """
    from solidarity_crm.exchange import incoming  # noqa: PLC0415 - other commands about contacts need none of it
    from solidarity_crm.exchange.contact_reading import read  # noqa: PLC0415

    readings: list[Reading] = []
    problems: list[CannotRead] = []
    for named in files:
        found = incoming.files(named)
        of_folder = found != [named.expanduser()] and str(named) != incoming.STANDARD_INPUT
        for path in found:
            if of_folder and _LEFT_OVER.match(Path(path).name):
                continue
            try:
                readings.append(read(incoming.read(path), as_))
            except CannotRead as problem:
                if not of_folder:
                    raise
                problems.append(problem)
    if problems and not readings:
        raise problems[0]
    for said in problems:
        output.note(f"{said.sentence}{f'; try: {said.hint}' if said.hint else ''}")
    if not readings:
        raise CannotRead(files[0], "the folder has nothing but files of rejected lines", "name the file, once it is corrected")
    if as_.said and all(reading.columns is None for reading in readings):
        sentence = "--layout, --map, --sheet and --repair are for tables, and these are vCards"
        raise Usage(sentence, "the same command without them")
    return readings, len(problems)


def _show_decisions(readings: Sequence[Reading]) -> None:
    """Say what was decided about each file: its layout, its columns, its letters."""
    for reading in readings:
        for said in reading.book.notes:
            output.note(f"{reading.book.file}: {said}" if len(readings) > 1 else said)


def _agree(readings: Sequence[Reading], *, yes: bool) -> None:
    """Ask before columns are taken for what nobody said they are, and before very much comes in.

    Raises Declined, or NeedsYes where nobody can be asked.
    """
    from solidarity_crm.exchange import vcard  # noqa: PLC0415 - other commands about contacts need none of it

    again = "the same command with"
    doubtful = [reading.book.file for reading in readings if reading.guessed or (reading.unknown and current().interactive)]
    if doubtful:
        confirm(f"the columns of {', '.join(doubtful[:3])} are taken for what is said above", again, yes=yes)
    cards = sum(vcard.count(reading.file.data) for reading in readings if reading.file.kind == "vcard")
    size = sum(len(reading.file.data) for reading in readings)
    if cards > _MANY_CARDS or size > _MUCH:
        much = f"{cards:,} cards" if cards > _MANY_CARDS else f"{size // 1024 // 1024} MB"
        confirm(f"{much} would be imported", again, yes=yes)


def _imported(report: FileReport, rejected_file: str | None, *, each: bool) -> Imported:
    """Give a report as the answer has it, with ``each`` line or those alone that were not taken."""
    lines = tuple(
        Line(report.file, row.line, row.what, row.ref, row.name, row.reason, row.column)
        for row in report.rows
        if each or row.what in ("rejected", "skipped")
    )
    counts = Counter(row.what for row in report.rows)
    return Imported(
        report.file,
        new=counts["new"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        skipped=counts["skipped"],
        rejected=counts["rejected"],
        rejected_file=rejected_file,
        doubts=tuple(report.doubts),
        likely=tuple(report.likely),
        rows=lines,
    )


def show_imported(answer: Sequence[Any], empty: str, *, rows: bool) -> None:
    """Print the numbers of each file, or each of its lines, ``empty`` where there are none; JSON has both."""
    if rows and current().format != "json":
        columns = ROWS if len(answer) == 1 else (Column("File", lambda row: row.file), *ROWS)
        output.show_list([row for one in answer for row in one.rows], columns, current().style, empty)
    elif current().format == "csv":
        numbers = [{name: value for name, value in one._asdict().items() if not isinstance(value, tuple)} for one in answer]
        output.show_list(numbers, COUNTS, current().style)
    else:
        output.show_list(answer, COUNTS, current().style)


def _say(answer: Sequence[Imported], *, dry_run: bool, rows: bool) -> None:
    """Say what needs somebody's eyes, and what can be done about it."""
    say_some([f"rejected: {placed(row)}" for one in answer for row in one.rows if row.what == "rejected" and not rows])
    say_some([f"skipped: {placed(row)}" for one in answer for row in one.rows if row.what == "skipped" and not rows])
    say_some([doubt for one in answer for doubt in one.doubts])
    say_some([f"{one.file}: {line}" if len(answer) > 1 else line for one in answer for line in one.likely])
    for one in answer:
        if one.rejected_file:
            output.note(f"{one.rejected} rejected, kept in {one.rejected_file}; correct and import that file, then delete it")
    if dry_run:
        output.note("this was a rehearsal: nothing changed")
    elif any(one.new or one.updated for one in answer):
        output.note("solidarity undo takes all of it back")


def say_some(lines: Sequence[str]) -> None:
    """Say the first few lines of what the answer as JSON has whole."""
    output.notes(lines, " like these; --json has them all")


def placed(row: Line) -> str:
    """Give a line's place and reason, as ``contacts.csv:12: email: reason``."""
    return ": ".join(filter(None, (f"{row.file}:{row.line}", row.column, row.reason)))
