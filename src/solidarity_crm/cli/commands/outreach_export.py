"""Drafts as files, for a mail program to send."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing
from solidarity_crm.cli.commands.outreach import partial, show_all
from solidarity_crm.cli.commands.outreach_leaving import Letters
from solidarity_crm.cli.context import change, current, now, today
from solidarity_crm.errors import CannotWrite
from solidarity_crm.rules.refs import Ref, parse

_FORMATS = ("eml", "mbox", "maildir")


def export(
    refs: Annotated[list[Any] | None, given.argument("D", "The drafts; all that have not gone out if left out.")] = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The folder; the workspace's drafts folder if left out.", metavar="FOLDER", show_default=False),
    ] = None,
    form: Annotated[
        Any,
        given.one_of(
            "format",
            lambda: _FORMATS,
            "--format",
            text="eml: a file each, which opens ready to send (the usual); mbox: one file; maildir: for mutt, notmuch and the like.",
            metavar="FORMAT",
        ),
    ] = "eml",
    anyway: given.Anyway = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Write drafts as files that a mail program opens ready to send; one message, one person.

    Example: solidarity outreach export D1
    """
    from solidarity_crm.exchange.outreach import mailboxes  # noqa: PLC0415 - loads the mail library
    from solidarity_crm.store.staging import staged  # noqa: PLC0415 - only where files are written

    where = (to or current().workspace.drafts / ("maildir" if form == mailboxes.MAILDIR else "")).expanduser().resolve()
    settings = current().workspace.settings
    letters = Letters(refs, redact=redact, yes=yes, anyway=anyway)
    with staged(where, force=force) as staging:
        with change("outreach export") as tx:
            done = services.outreach.export(tx, refs or (), letters.how, today=today(), unsent=form == mailboxes.EML)
            letters.record(tx, [str(file.ref) for file in done.files])
            messages = [(str(file.ref), file.content) for file in done.files]
            moment = now().astimezone(settings.zone)
            staging.add(mailboxes.files(form, messages, sender=settings.email or f"drafts@{settings.domain}", moment=moment))
        failed = staging.publish()
    if failed:
        _not_written(mailboxes.named(form, messages, on=moment.date()), failed)
    if form == mailboxes.MAILDIR:
        for name in mailboxes.MAILDIR_FOLDERS:
            (where / name).mkdir(mode=0o700, exist_ok=True)
    show_all([file.ref for file in done.files], done.left_out)
    if done.files:
        count = 1 if form == mailboxes.MBOX else len(done.files)
        output.note(f"{count} {'file' if count == 1 else 'files'} in {where}")
    partial(done.left_out)


def _not_written(names: dict[str, list[str]], failed: dict[str, CannotWrite]) -> None:
    """Make those drafts whose files could not be written drafts again.

    Raises CannotWrite.
    """
    lost: list[Ref] = [ref for name, refs in names.items() if Path(name).name in failed for ref in map(parse, refs) if ref]
    with change("outreach export") as tx:
        services.outreach.put_back(tx, lost, today=today())
    raise next(iter(failed.values()))
