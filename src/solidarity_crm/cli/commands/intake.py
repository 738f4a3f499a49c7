"""Replies to the web form: taken in, looked at, accepted or rejected."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.columns import near
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.commands.intake_accept import Reply, accept
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import BadValue, CannotRead, Exit, RowsRejected
from solidarity_crm.exchange import incoming
from solidarity_crm.exchange.incoming import STANDARD_INPUT
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.output import Column
from solidarity_crm.queries.proposals import Proposal, Wanted, proposals, sorted_reply
from solidarity_crm.rules import lifecycles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.forms import reply as form
    from solidarity_crm.exchange.forms.reading import Reading

app = Noun("Replies to the web form: each is a proposal, and nothing else is kept of it before you accept it.")
STATUSES = ("waiting", *(move.target for move in lifecycles.PROPOSAL.values()))


class Arrived(NamedTuple):
    """A reply that was read: its proposal, and ``new`` or, when it was read before, ``known``."""

    ref: str
    who: str
    received_on: date
    reply_due: date
    state: str
    file: str
    line: int


def _offers(reply: Proposal) -> str:
    """Say what a waiting reply offers, by its words."""
    if reply.status != "waiting":
        return ""
    return ", ".join(choice.value for choice in sorted_reply(reply, current().workspace.settings).kinds)


ARRIVED = (
    Column("Ref", lambda reply: reply.ref),
    Column("From", lambda reply: reply.who),
    Column("Received", lambda reply: near(reply.received_on)),
    Column("Reply due", lambda reply: near(reply.reply_due)),
    Column("State", lambda reply: reply.state),
)
COLUMNS = (
    Column("Ref", lambda r: r.ref),
    Column("From", lambda r: ", ".join(part for part in (r.who, r.organisation) if part)),
    Column("Offers", _offers),
    Column("Received", lambda r: near(r.received_on)),
    Column("Reply due", lambda r: near(r.reply_due) if r.status == "waiting" else None),
    Column("Owner", lambda r: r.owner),
    Column("Status", lambda r: r.status),
)
Files = Annotated[
    list[str],
    typer.Argument(
        help="Exports (CSV, .xlsx), mails (.eml, .mbox), a folder of them, a maildir; - reads what is piped or pasted.",
        metavar="FILE...",
        show_default=False,
    ),
]
Layout = Annotated[
    str | None,
    typer.Option(
        "--layout",
        help="The program that wrote the export: jetpack, flamingo, gravity, wpforms …, if it is not recognised.",
        show_default=False,
    ),
]
Mapping = Annotated[
    list[str] | None,
    typer.Option("--map", help="What a column is: 'Their heading=field'; several times for several.", metavar="TEXT", show_default=False),
]
Origin = Annotated[str | None, typer.Option("--origin", help="What to call the form or site, if there are several.", show_default=False)]
Status = Annotated[Any, given.one_of("status", lambda: STATUSES, "--status", text="Only in this state.", metavar="STATE")]


@app.command("import")
def import_(
    files: Files,
    layout: Layout = None,
    map_: Mapping = None,
    origin: Origin = None,
    owner: given.Owner = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")] = False,
) -> None:
    """Take replies in: each becomes a proposal that waits for you; one that was read before is recognised.

    Example: solidarity intake import form-replies.csv
    """
    from solidarity_crm.exchange.forms.reading import Reading  # noqa: PLC0415 - loads the mail library

    how = Reading(current().workspace.settings.zone, layout, _mapping(map_ or ()), origin)
    read, problems = _read(files, how)
    if not read:
        raise RowsRejected("no reply to a form was found", [str(problem) for problem in problems], "solidarity intake import --help")
    with change("intake import") as tx:
        tx.rehearsed = dry_run
        taken = services.intake.take(tx, [reply for _, reply in read], today=today(), owner=owner)
        tx.note = f"{sum(not one.known for one in taken)} form replies taken in"
        arrived = [
            _arrived(tx, file, reply, one.ref, "known" if one.known else "new") for (file, reply), one in zip(read, taken, strict=True)
        ]
    output.show_list(arrived, ARRIVED, current().style)
    _tell(arrived, [reply for _, reply in read], problems, dry_run=dry_run)


@app.command("list")
def list_(
    status: Status = None,
    owner: given.Owner = None,
    all_: Annotated[bool, typer.Option("--all", help="Accepted and rejected ones too.")] = False,
    limit: given.Limit = given.EVERYTHING,
) -> None:
    """List the replies that wait for you, by when an answer is due.

    Example: solidarity intake list
    """
    wanted = Wanted(status or (None if all_ else "waiting"), owner)
    output.show_list(proposals(current().store, wanted=wanted, limit=limit), COLUMNS, current().style, "no form replies wait for you")


@app.command("show")
def show_(reply: Reply) -> None:
    """Show a reply: who wrote, who it may be, what they offer and why it looks so, and what accepting it would do.

    Example: solidarity intake show R1
    """
    show(reply)


app.command()(accept)


@app.command()
def reject(
    reply: Reply,
    why: given.Why = None,
    keep_text: Annotated[bool, typer.Option("--keep-text", help="Keep what they wrote; it is emptied otherwise.")] = False,
) -> None:
    """Reject a reply. What it says of whoever wrote it is emptied; undo brings it back.

    Example: solidarity intake reject R1 --why "an advertisement"
    """
    with change("intake reject") as tx:
        services.intake.reject(tx, reply, today=today(), why=why, keep_text=keep_text)
    show(reply)


def _read(files: Sequence[str], how: Reading) -> tuple[list[tuple[str, form.Reply]], list[Problem]]:
    """Read files; one that was named must do, those of a folder are each its own problem.

    Raises CannotRead, UnknownChoice or BadValue.
    """
    from solidarity_crm.exchange.forms import reading  # noqa: PLC0415 - loads the mail library

    read: list[tuple[str, form.Reply]] = []
    problems: list[Problem] = []
    for named in files:
        places = incoming.places(named)
        for place in output.watched(places):
            try:
                name, found = reading.read(place, how)
            except CannotRead as problem:
                if str(place) in (named, str(Path(named).expanduser())) or named == STANDARD_INPUT:
                    raise
                problems.append(Problem(Path(place).name, 0, "", problem.sentence))
                continue
            read += [(name, reply) for reply in found.found]
            problems += found.rejected
            for said in found.notes:
                output.note(said)
    return read, problems


def _mapping(typed: Sequence[str]) -> dict[str, str]:
    """Read ``Their heading=field``; the heading may have ``=`` in it.

    Raises BadValue.
    """
    found = {}
    for text in typed:
        heading, mark, field = text.rpartition("=")
        if not mark or not heading.strip():
            raise BadValue("column", text, "it needs a heading and a field", '--map "How you can help=choice"')
        found[heading.strip()] = field.strip()
    return found


def _arrived(tx: Any, file: str, reply: form.Reply, ref: str, state: str) -> Arrived:
    """Give what is said of a reply that was read."""
    kept = tx.connection.execute("SELECT received_on, reply_due FROM proposal WHERE id = ?", (int(ref[1:]),)).fetchone()
    received, due = (date.fromisoformat(each) for each in kept)
    return Arrived(ref, reply.full_name or reply.email or reply.phone or reply.origin, received, due, state, file, reply.line)


def _tell(arrived: Sequence[Arrived], replies: Sequence[form.Reply], problems: Sequence[Problem], *, dry_run: bool) -> None:
    """Say what came of an import, and end with the code for one that was done in part if it was."""
    new = sum(one.state == "new" for one in arrived)
    known = len(arrived) - new
    kept = "nothing was kept: --dry-run" if dry_run else "next: solidarity intake show REF" if new else "nothing changed"
    output.note(f"{new} new, {known} read before, {len(problems)} not understood; {kept}")
    undated = sum(reply.received_on is None for reply in replies)
    if undated and new:
        output.note(f"replies that name no day that is sure: {undated}; today counts as theirs")
    output.notes(problems)
    if problems:
        raise typer.Exit(Exit.PARTIAL)
