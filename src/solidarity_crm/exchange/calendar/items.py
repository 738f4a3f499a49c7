"""One record as one object of a calendar that is kept in step: of a vdir's files, or of a CalDAV collection.

An object carries a digest of what was written, so that what another program has changed since is told from what it only
wrote in its own way, wherever the object went meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple, cast

from solidarity_crm.exchange.calendar import ics, tasks
from solidarity_crm.exchange.calendar.events import discreet, of_record
from solidarity_crm.exchange.calendar.item_reading import DIGEST, Told, read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from solidarity_crm.exchange.calendar.events import Event, Telling
    from solidarity_crm.exchange.calendar.tasks import Task
    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.meetings import Meeting

ENDED = ("held", "done", "cancelled")
_STAMP = b"\r\nDTSTAMP"  # every event and task has one, and no line of text begins so
_PROGRAM = re.compile(rb"\r\nPRODID:[^\r]*")
_WRITTEN = re.compile(rf"\r\n{DIGEST}:([0-9a-f]+)".encode())
_LENGTH = 16
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._@+-]")


class Item(NamedTuple):
    """A record as an object: what it says of what either side may change, its bytes, and a digest of all that they say.

    One that has ended is not brought to a calendar that does not have it, and may be cleared away there. ``says`` is what is
    in it, before it was written as bytes; of a series' ``refs`` those of its dates that are meetings of their own come after its.
    """

    refs: tuple[str, ...]
    uid: str
    told: Told
    content: bytes
    digest: str
    ended: bool
    says: tuple[Event | Task, ...] = ()

    @property
    def ref(self) -> str:
        """The record's ref."""
        return self.refs[0]


def of(records: Sequence[Meeting | FollowUp], telling: Telling, *, year: int, zone: ZoneInfo, todo: bool) -> Item:
    """Give a meeting, a series with its dates that are meetings of their own, or a follow-up as a reminder or a task (``todo``).

    ``zone`` is whose clocks a time without a zone is of.
    """
    first = records[0]
    if todo and first.ref.startswith("F"):
        task = discreet(tasks.of_followup(cast("FollowUp", first), telling), telling.unnamed)
        return _made(records, (task,), ics.task_item(task), zone, ended=first.status != "open")
    events = [of_record(record, telling) for record in records]
    return _made(records, events, ics.item(events, year=year), zone, ended=first.status in ENDED)


def name(uid: str) -> str:
    """Give the file name of an object, the same in a folder and at a server."""
    return f"{_NOT_IN_NAMES.sub('-', uid)}.ics"


def ours(file_name: str, install: str) -> bool:
    """Say whether a file is named as this workspace's objects are."""
    return file_name.startswith(("meeting-", "followup-")) and file_name.endswith(name(f"@{install}"))


def file_is_ours(content: bytes, install: str) -> bool:
    """Say whether a calendar file was written by this workspace, with nothing in it of anybody else's."""
    lines = content.replace(b"\r\n ", b"").splitlines()
    program = any(line.startswith(b"PRODID:-//Solidarity CRM//") for line in lines)
    return program and all(line.endswith(f"@{install}".encode()) for line in lines if line.startswith(b"UID:"))


def untouched(content: bytes) -> bool:
    """Say whether an object is byte for byte as we wrote it."""
    found = _WRITTEN.search(content)
    return found is not None and found[1].decode() == digest(_WRITTEN.sub(b"", content, count=1))


def digest(content: bytes) -> str:
    """Give a digest of an object, whichever version of the program writes it."""
    return hashlib.sha256(_PROGRAM.sub(b"", content)).hexdigest()[:_LENGTH]


def _made(records: Sequence[Meeting | FollowUp], says: Sequence[Event | Task], content: bytes, zone: ZoneInfo, *, ended: bool) -> Item:
    """Give an object with its digest in it."""
    found = digest(content)
    written = content.replace(_STAMP, f"\r\n{DIGEST}:{found}".encode() + _STAMP, 1)
    return Item(tuple(one.ref for one in records), says[0].uid, read(written, zone).told, written, found, ended, tuple(says))
