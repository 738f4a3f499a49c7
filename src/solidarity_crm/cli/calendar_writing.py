"""Bringing a calendar on a server in step: what was taken from it, in one transaction; then item by item what differs there.

After each item that the server took, what it now has is remembered before the next is sent, so that whatever ends the
program in between loses nothing and repeats nothing: an item that was sent and not remembered is known by its digest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm import output, services
from solidarity_crm.cli import calendar_decisions as decisions
from solidarity_crm.cli.calendar_decisions import Matter
from solidarity_crm.cli.calendar_sides import anew, opened
from solidarity_crm.cli.context import change, today
from solidarity_crm.exchange.caldav.errors import CutShort, ItemRefused, ServerProblem
from solidarity_crm.services.calendar_sync import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.cli.calendar_sides import Calendar, Pair
    from solidarity_crm.exchange.caldav.collection import Collection
    from solidarity_crm.exchange.calendar.events import Event
    from solidarity_crm.exchange.calendar.items import Item
    from solidarity_crm.exchange.calendar.tasks import Task

COMMAND = "calendar sync"
_SEQUENCE = re.compile(rb"\r\nSEQUENCE:(\d+)")


def taken_over(calendar: Calendar, everything: Sequence[Pair], taken: Sequence[Pair]) -> list[Pair]:
    """Let the records take over what was changed there, all of it or nothing; give what is to become of those items then.

    Raises BadValue, Refused or MoveRefused for what the records do not allow.
    """
    kept = [pair for pair in taken if pair.read is not None and pair.ours is not None]
    with change(COMMAND) as tx:
        services.calendar_sync.take(
            tx, [change for pair in taken if pair.ours is not None for change in decisions.changes(pair)], today=today()
        )
        services.calendar_sync.remember(tx, calendar.collection.url, [_agreed(pair) for pair in kept])
        services.calendar_sync.forget(tx, calendar.collection.url, [pair.uid for pair in taken if pair not in kept])
    return [*anew(calendar, kept), *opened(calendar, everything)]


class Writing:
    """What is to be written to a calendar, and what became of it."""

    def __init__(self, collection: Collection) -> None:
        """Begin with nothing to do."""
        self._collection = collection
        self._puts: list[Pair] = []
        self._removals: list[Pair] = []
        self._notes: list[Pair] = []
        self._forgotten: list[str] = []
        self._unchanged = self._added = self._updated = self._removed = 0
        self.failed: list[Matter] = []

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """How many items were added, updated, removed and right as they were."""
        return self._added, self._updated, self._removed, self._unchanged

    @property
    def planned(self) -> tuple[int, int, int, int]:
        """How many would be."""
        added = sum(pair.etag is None for pair in self._puts)
        return added, len(self._puts) - added, len(self._removals), self._unchanged

    @property
    def refs(self) -> set[str]:
        """The records that are to be written."""
        return {ref for pair in self._puts if pair.ours for ref in pair.ours.refs}

    @property
    def says(self) -> list[tuple[Event | Task, ...]]:
        """What is to be written says."""
        return [pair.ours.says for pair in self._puts if pair.ours]

    def plan(self, pairs: Sequence[Pair]) -> None:
        """Plan what the rule says of items that nobody need decide about."""
        for pair in pairs:
            do = pair.step.do
            if do in ("put", "replace"):
                self._puts.append(pair)
            elif do == "remove":
                self._removals.append(pair)
            elif do == "forget":
                self._forgotten.append(pair.uid)
            elif pair.ours is not None and pair.etag is not None:
                self._unchanged += 1
                if do == "note":
                    self._notes.append(pair)

    def plan_ours(self, pairs: Sequence[Pair]) -> None:
        """Plan to have it there as it is here."""
        self._removals += [pair for pair in pairs if pair.ours is None]
        self._puts += [pair for pair in pairs if pair.ours is not None]

    def run(self) -> None:
        """Do it.

        Raises what the server's connection does, CutShort once something has been done.
        """
        self._remember([_told(pair, pair.ours, pair.etag, _floor(pair)) for pair in self._notes if pair.ours], self._forgotten)
        for pair in output.watched([*self._puts, *self._removals]):
            try:
                if pair.ours is None:
                    self._remove(pair)
                else:
                    self._put(pair, pair.ours)
            except ItemRefused as problem:
                self.failed.append(Matter(str(pair.ref), problem.sentence))
            except ServerProblem as problem:
                done = self._added + self._updated + self._removed
                if done:
                    raise CutShort(problem, done) from None
                raise

    def _put(self, pair: Pair, ours: Item) -> None:
        """Put or replace an item, and remember it."""
        floor = _floor(pair)
        etag = self._collection.put(pair.path, _numbered(ours.content, floor), instead_of=pair.etag)
        if etag is None:  # the server may have changed it, and does not say (RFC 4791 §5.3.4)
            there = self._collection.fetched([pair.path]).get(pair.path)
            etag = there.etag if there else None
        self._remember([_told(pair, ours, etag, floor)], [])
        if pair.etag is None:
            self._added += 1
        else:
            self._updated += 1

    def _remove(self, pair: Pair) -> None:
        """Remove an item, and forget it."""
        self._collection.remove(pair.path, pair.etag or "*")
        self._remember([], [pair.uid])
        self._removed += 1

    def _remember(self, told: Sequence[Told], forgotten: Sequence[str]) -> None:
        """Keep what the calendar now has."""
        if told or forgotten:
            with change(COMMAND) as tx:
                services.calendar_sync.remember(tx, self._collection.url, told)
                services.calendar_sync.forget(tx, self._collection.url, forgotten)


def _told(pair: Pair, ours: Item, etag: str | None, sequence: int) -> Told:
    """Give what the calendar has of an item that is as it is here."""
    return Told(pair.uid, str(pair.ref), etag or "", ours.digest, ours.told.facts, sequence)


def _agreed(pair: Pair) -> Told:
    """Give what both sides agree on when the record takes over what is there; the rest of it may differ still, which no digest says."""
    if pair.read is None:
        raise AssertionError
    return Told(pair.uid, str(pair.ref), pair.etag or "", "", pair.read.told.facts, pair.read.sequence)


def _floor(pair: Pair) -> int:
    """Give the number of changes that an item must have to count as newer than what is there (RFC 5545 §3.8.7.4)."""
    return max(pair.known.sequence if pair.known else 0, pair.read.sequence + 1 if pair.read else 0)


def _numbered(content: bytes, floor: int) -> bytes:
    """Give an item with a number of changes that is no lower than that."""
    return _SEQUENCE.sub(lambda found: b"\r\nSEQUENCE:%d" % max(int(found[1]), floor), content)
