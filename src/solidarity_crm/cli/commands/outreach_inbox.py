"""What came back to the partnership's mailbox, and addresses at which nothing arrives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli.columns import near, some_of
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import CannotRead, Exit, Refused, RowsRejected
from solidarity_crm.exchange import incoming
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.output import Column
from solidarity_crm.queries import lookup
from solidarity_crm.queries.dead_addresses import dead_addresses
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports.wording import mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.outreach.inbox import Arrived
    from solidarity_crm.services.inbox import Taken

_NAMED = 20  # problems that are listed one by one


class Received(NamedTuple):
    """A mail that concerns somebody: whom, which draft it answers, and what was done."""

    contact: Named
    draft: str | None
    result: str
    subject: str
    file: str


COLUMNS = (
    Column("From", lambda r: mention(r.contact)),
    Column("Answers", lambda r: r.draft),
    Column("Result", lambda r: r.result),
    Column("Subject", lambda r: r.subject),
)
DEAD_COLUMNS = (
    Column("Address", lambda d: d.address),
    Column("Since", lambda d: near(d.dead_on)),
    Column("Whose", lambda d: some_of(d.contacts)),
    Column("Why", lambda d: d.why),
)


def inbox(
    files: Annotated[
        list[str],
        typer.Argument(
            help="Mails (.eml, .mbox), a folder of them, a maildir; - reads what is piped.", metavar="FILE...", show_default=False
        ),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and keep nothing.")] = False,
) -> None:
    """Take in what came back to your mailbox: replies, wishes to be left alone, and addresses that are dead.

    A mail is known by the message that it answers; what answers none of yours is passed over, and the same mail again changes nothing.

    Example: solidarity outreach inbox ~/Downloads/replies.mbox
    """
    read, problems = _read(files)
    if not read and problems:
        raise RowsRejected("no mail could be read", [str(problem) for problem in problems], "the mails as .eml or .mbox files")
    with change("outreach inbox") as tx:
        tx.rehearsed = dry_run
        taken = services.inbox.take(tx, [mail for _, mail in read], today=today())
    _tell(read, taken, problems, dry_run=dry_run)


def dead(
    works: Annotated[
        str | None, typer.Option("--works", help="An address that works after all.", metavar="ADDRESS", show_default=False)
    ] = None,
) -> None:
    """List the addresses at which nothing arrives any more; nothing is drafted or sent to them.

    Example: solidarity outreach dead --works amina@example.org
    """
    if works:
        with change("outreach dead") as tx:
            if not services.sending.revive(tx, works):
                sentence = f"{works!r} is not on the list"
                raise Refused(sentence, "solidarity outreach dead")
    output.show_list(dead_addresses(current().store), DEAD_COLUMNS, current().style, "no dead addresses")


def _read(files: Sequence[str]) -> tuple[list[tuple[str, Arrived]], list[Problem]]:
    """Read files; one that was named must do, those of a folder are each its own problem.

    Raises CannotRead.
    """
    from solidarity_crm.exchange.outreach import inbox as mailbox  # noqa: PLC0415 - loads the mail library

    zone = current().workspace.settings.zone
    read: list[tuple[str, Arrived]] = []
    problems: list[Problem] = []
    for named in files:
        for place in output.watched(incoming.places(named)):
            try:
                file = _mail(place)
            except CannotRead as problem:
                if str(place) in (named, str(Path(named).expanduser())):
                    raise
                problems.append(Problem(Path(place).name, 0, "", problem.sentence))
                continue
            found, rejected = mailbox.read(file.name, file.data, zone=zone, mbox=file.kind == "mbox")
            read += [(file.name, mail) for mail in found]
            problems += rejected
    return read, problems


def _mail(place: Path | str) -> incoming.Incoming:
    """Give a file that has mail in it; what a maildir has is mail however it begins.

    Raises CannotRead.
    """
    file = incoming.read(place, wanted=(*incoming.MAIL, "csv"))
    if file.kind == "csv" and not (file.path and file.path.parent.name in incoming.MAILDIR):
        raise CannotRead(file.path or file.name, "it is no mail", "the mails as .eml or .mbox files, or a maildir")
    return file


def _tell(read: Sequence[tuple[str, Arrived]], taken: Sequence[list[Taken]], problems: Sequence[Problem], *, dry_run: bool) -> None:
    """Print whom the mails concern, say what else there was, and end with the code for work done in part if it was."""
    rows = [
        Received(
            Named(str(one.contact), lookup.name_of(current().store, one.contact) or ""),
            str(one.draft) if one.draft else None,
            one.result,
            mail.subject,
            file,
        )
        for (file, mail), several in zip(read, taken, strict=True)
        for one in several
        if one.contact
    ]
    output.show_list(rows, COLUMNS, current().style, "no mail that answers one of yours")
    others = sum(not one.contact for several in taken for one in several)
    if others:
        output.note(f"passed over, as answering none of your messages: {others}")
    for doubtful in [row for row in rows if row.result == services.inbox.IN_DOUBT]:
        person = doubtful.contact.ref
        output.note(
            f"{person} or somebody else asks to be written to no more, from an address that we do not know; a follow-up is due today"
        )
        output.note(f"try: if it was them: solidarity contact edit {person} --do-not-contact")
    if dry_run:
        output.note("nothing was kept: --dry-run")
    for problem in problems[:_NAMED]:
        output.note(str(problem))
    if len(problems) > _NAMED:
        output.note(f"and {len(problems) - _NAMED} more")
    if problems:
        raise typer.Exit(Exit.PARTIAL)
