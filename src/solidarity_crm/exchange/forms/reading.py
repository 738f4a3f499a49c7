"""Replies from whatever is handed in: exports, mails, a folder of them, a maildir, or text that was pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange import incoming
from solidarity_crm.exchange.forms import mail, sheet
from solidarity_crm.exchange.forms.reply import Replies
from solidarity_crm.exchange.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo
    from pathlib import Path

KINDS = ("csv", "xlsx", *incoming.MAIL)
_PASTED = 200_000  # bytes of what somebody pastes


class Reading(NamedTuple):
    """How to read: the time zone of days, a table's layout and mapping, and what to call where the replies come from."""

    zone: tzinfo
    layout: str | None = None
    mapping: Mapping[str, str] | None = None
    origin: str | None = None


def read(path: Path | str, how: Reading) -> tuple[str, Replies]:
    """Give a file's name and its replies.

    Raises CannotRead, or UnknownChoice or BadValue for a layout, heading or field that is not there.
    """
    file = incoming.read(path, wanted=KINDS)
    if file.kind in incoming.MAIL or (file.path and file.path.parent.name in incoming.MAILDIR):
        return file.name, mail.read(file.name, file.data, zone=how.zone, mbox=file.kind == "mbox", origin=how.origin)
    if file.kind == "csv" and not how.layout and not how.mapping and len(file.data) <= _PASTED:
        text = file.data.decode("utf-8", "replace").removeprefix("\ufeff")
        if mail.looks_pasted(text):
            return file.name, mail.pasted(file.name, text, origin=how.origin)
    said = sheet.read(file.name, file.data, layout=how.layout, mapping=how.mapping, origin=how.origin)
    if not said.found and not said.rejected:
        return file.name, Replies([], [Problem(file.name, 0, "", "there is no reply in it")], said.notes)
    return file.name, said
