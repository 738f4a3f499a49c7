"""Putting drafts into the drafts folder of a mail account, each once, for somebody to send from there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm import output, services
from solidarity_crm.cli.context import change, current, now, today
from solidarity_crm.cli.passwords import password_of, remember
from solidarity_crm.cli.sending import PUT, Run, left_out
from solidarity_crm.errors import CrmError, MoveRefused, NotWritten, Refused
from solidarity_crm.exchange.outreach.imap import DraftsFolder
from solidarity_crm.rules.delivery import Verdict
from solidarity_crm.store.interrupts import finishing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from solidarity_crm.cli.commands.outreach_leaving import Letters
    from solidarity_crm.rules.refs import Ref

_EXPORT = "outreach export"


def put_all(refs: Sequence[Ref], letters: Letters, file: Path | None, *, keep: bool) -> Run:
    """Put drafts into the folder that the settings name; give what became of each.

    Raises Refused without an account in the settings, or what kept it from beginning.
    """
    settings = current().workspace.settings.mail
    server = settings.drafts
    if server is None:
        sentence = "there is no account for drafts in solidarity.toml"
        raise Refused(sentence, 'host = "imap.example.org" and user = "you@example.org" under [mail.imap]; or solidarity outreach export')
    password = password_of(server, file)
    found: dict[Ref, Verdict] = {}
    with DraftsFolder(server, password, settings.folder) as folder:
        if keep:
            remember(server, password)
        for ref in output.watched(refs):
            try:
                found[ref] = _put(folder, ref, letters)
            except (NotWritten, MoveRefused) as reason:
                found[ref] = left_out(ref, reason)
            except CrmError as problem:
                if not found:
                    raise
                return Run(found, problem)
    return Run(found)


def _put(folder: DraftsFolder, ref: Ref, letters: Letters) -> Verdict:
    """Put one draft there, and keep that it was handed over; ended in between, the next time finds it there by its Message-ID."""
    with finishing():
        with change(_EXPORT) as tx:
            tx.rehearsed = True
            (made,) = services.outreach.export(tx, [ref], letters.how, today=today(), unsent=False).files
        fresh = folder.put(made.message_id, made.content, now())
        with change(_EXPORT) as tx:
            services.outreach.export(tx, [ref], letters.how, today=today(), unsent=False)
            letters.record(tx, [str(ref)])
    return Verdict(PUT, "" if fresh else "it was there already")
