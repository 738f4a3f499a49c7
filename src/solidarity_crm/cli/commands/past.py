"""Looking back, and taking back: history and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.output import Column
from solidarity_crm.queries.history import Entry
from solidarity_crm.queries.history import history as entries
from solidarity_crm.queries.permission import Permissions
from solidarity_crm.reports.document import Document
from solidarity_crm.reports.wording import moment
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.refs import parse
from solidarity_crm.text import shorten, some

if TYPE_CHECKING:
    from collections.abc import Sequence

app = Noun("What was done, and taking it back.")

_NAMED = 6
_LONG = 60  # letters of a value in a list of all that was done
_MOST = 200  # contacts of whom it is told what taking back an entry opens

Which = Annotated[
    int | None, typer.Argument(help="The journal's entry; the last one if left out.", min=1, metavar="ENTRY", show_default=False)
]


@app.command()
def undo(entry: Which = None, yes: given.Yes = False) -> None:
    """Take back the last command, or an earlier entry of the history; that is an entry too, and can be taken back.

    Example: solidarity undo --yes
    """
    from solidarity_crm.services.undoing import described  # noqa: PLC0415 - with SQLModel, which history does without

    taken = described(current().store.connection, entry)
    named = some(taken.refs, _NAMED)
    what = f"entry {taken.entry}, {taken.command}" + (f" ({named})" if named else "")
    confirm(f"{what}, would be taken back", f"solidarity undo {taken.entry}", yes=yes)
    before = _written_to(taken.refs)
    with change("undo") as tx:
        taken = services.undoing.undo(tx, taken.entry)
    output.show_record(taken, Document(f"taken back: {what}"), current().style)
    for ref, purposes in _written_to(taken.refs).items():
        again = [purpose for purpose in purposes if ref in before and purpose not in before[ref]]
        if again:
            output.note(f"{ref} may be written to again ({', '.join(again)})")
    output.note("to have it again: solidarity undo; to go further back: solidarity history")


def _written_to(refs: Sequence[str]) -> dict[str, list[str]]:
    """Give what each of some contacts may be written to for; undoing may take back an objection, which should be seen."""
    numbers = [ref.number for ref in map(parse, refs[:_MOST]) if ref and ref.letter == "P"]
    if not numbers:
        return {}
    permissions = Permissions(current().store, numbers, today=today())
    return {
        f"P{number}": [purpose for purpose in PURPOSES if permissions.of(number, purpose).allowed] for number in permissions.known(numbers)
    }


@app.command()
def history(
    record: Annotated[
        Any,
        typer.Argument(
            help="Only what was done to this record.",
            parser=given.record(),
            autocompletion=given.completing(),
            metavar="[REF]",
            show_default=False,
        ),
    ] = None,
    limit: given.Limit = 20,
) -> None:
    """Show who changed what and when, before and after, the newest first. Of one record, long texts are shown whole.

    Example: solidarity history P1
    """
    found = entries(current().store, ref=str(record) if record else None, limit=limit)
    zone = current().workspace.settings.zone
    columns = (
        Column("Entry", lambda e: str(e.entry)),
        Column("When", lambda e: moment(e.at.astimezone(zone))),
        Column("Who", lambda e: e.who),
        Column("Command", lambda e: e.command + (f" of entry {e.undoes}" if e.undoes else "")),
        Column("What", lambda e: _told(e, whole=record is not None)),
    )
    output.show_list(found, columns, current().style, "nothing has been recorded yet")


def _told(entry: Entry, *, whole: bool) -> str:
    """Say an entry's changes in one line: what its command said of it, or each record with its fields."""

    def value(of: object) -> str:
        return str(of) if whole else shorten(str(of), _LONG)

    if entry.note:
        return entry.note
    told: dict[str, list[str]] = {}
    for field in entry.changes:
        words = field.field.replace("_", " ")
        if field.before is None:
            said = f"{words}: {value(field.after)}"
        elif field.after is None:
            said = f"{words}: no longer {value(field.before)}"
        else:
            said = f"{words}: {value(field.before)} → {value(field.after)}"
        told.setdefault(field.ref or "", []).append(said)
    lines = [f"{ref} {', '.join(said)}" for ref, said in told.items()]
    return "; ".join([*lines, f"and {entry.more} rows more"] if entry.more else lines)
