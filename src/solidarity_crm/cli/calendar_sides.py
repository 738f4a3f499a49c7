"""Both sides of a calendar on a server: the items as they should be there, as they last were, and as they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.cli.calendar_items import chosen
from solidarity_crm.cli.context import current
from solidarity_crm.queries.calendar_items import remembered
from solidarity_crm.rules import calendar_steps as rule
from solidarity_crm.rules.refs import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.exchange.caldav.collection import Collection, Listing
    from solidarity_crm.exchange.calendar.events import Telling
    from solidarity_crm.exchange.calendar.item_reading import Read
    from solidarity_crm.exchange.calendar.items import Item
    from solidarity_crm.queries.calendar_items import Remembered
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.rules.revealing import Known

UNREADABLE = rule.Step("ask", (rule.Difference("unreadable", both=True),))


class Wanted(NamedTuple):
    """Which records belong in the calendar, and how they are told."""

    telling: Telling
    owner: str | None
    only: str | None
    todo: bool

    def discreet(self, people: Known | None) -> Wanted:
        """Give the same, without the names of those of some people who would stand beside something revealing."""
        return self._replace(telling=self.telling._replace(unnamed=people))


class Calendar(NamedTuple):
    """A calendar on a server, what was in it when it was looked at, and what belongs there."""

    collection: Collection
    listing: Listing
    wanted: Wanted


class Pair(NamedTuple):
    """One item on both sides: ours, what is remembered of it, its tag there and what was read there; and what becomes of it."""

    uid: str
    ref: Ref
    path: str
    ours: Item | None
    known: Remembered | None
    etag: str | None
    read: Read | None
    step: rule.Step

    @property
    def gone(self) -> bool:
        """Whether it was there and is no longer."""
        return self.step.do == "ask" and not self.step.differences


def look(calendar: Calendar) -> list[Pair]:
    """Compare the two sides; what changed there is read.

    Raises what the connection does.
    """
    collection, listing = calendar.collection, calendar.listing
    known = remembered(current().store, collection.url)
    ours = {item.uid: item for item in _items(calendar, known)}
    uids = [*ours, *(uid for uid in known if uid not in ours)]
    paths = {uid: _path(collection, uid) for uid in uids}
    steps = {uid: _step(ours.get(uid), known.get(uid), _theirs(listing, paths[uid], None)) for uid in uids}
    reads = _read(collection, [paths[uid] for uid in uids if steps[uid].do == "read"])
    found = []
    for uid in uids:
        step, path = steps[uid], paths[uid]
        etag, read = listing.tags.get(path), None
        if step.do == "read":
            if path not in reads:
                continue  # it went this very moment
            etag, read = reads[path]
            theirs = rule.Theirs(etag, read.told.facts, read.digest) if read else None
            step = _step(ours.get(uid), known.get(uid), theirs) if theirs else UNREADABLE
        ref = parse(ours[uid].ref if uid in ours else known[uid].ref)
        if ref is not None:
            found.append(Pair(uid, ref, path, ours.get(uid), known.get(uid), etag, read, step))
    return found


def anew(calendar: Calendar, pairs: Sequence[Pair]) -> list[Pair]:
    """Compare items again after their records took over what was changed there, and give those that are new; the server is not asked."""
    known = remembered(current().store, calendar.collection.url)
    ours = {item.uid: item for item in _items(calendar, known)}
    return [pair._replace(ours=ours.get(pair.uid), known=known.get(pair.uid), step=_after(pair, ours.get(pair.uid))) for pair in pairs]


def opened(calendar: Calendar, pairs: Sequence[Pair]) -> list[Pair]:
    """Give the items that belong in the calendar now and did not before: the next of a follow-up that was ticked off there."""
    known = remembered(current().store, calendar.collection.url)
    there = {pair.uid for pair in pairs}
    fresh = [item for item in _items(calendar, known) if item.uid not in there and not item.ended]
    made = [(item, parse(item.ref)) for item in fresh]
    return [
        Pair(item.uid, ref, _path(calendar.collection, item.uid), item, None, None, None, rule.Step("put")) for item, ref in made if ref
    ]


def _after(pair: Pair, ours: Item | None) -> rule.Step:
    """Say what becomes of an item whose record took over what was changed there."""
    if pair.etag is None:
        return rule.Step("leave")
    if ours is None:
        return rule.Step("remove")
    untouched = pair.ours is not None and pair.known is not None and pair.ours.digest == pair.known.digest
    same = pair.read is not None and ours.told.facts == pair.read.told.facts
    return rule.Step("note" if same and untouched else "replace")


def _items(calendar: Calendar, known: Mapping[str, Remembered]) -> list[Item]:
    """Give the items that belong in the calendar, of the kinds that it takes."""
    collection, listing, wanted = calendar

    def there(uid: str) -> bool:
        return uid in known or _path(collection, uid) in listing.tags

    only = wanted.only if listing.events else "followups"
    return chosen(wanted.telling, there, owner=wanted.owner, only=only, todo=wanted.todo)


def _path(collection: Collection, uid: str) -> str:
    """Give the path at which an item of ours is kept."""
    from solidarity_crm.exchange.calendar.items import name  # noqa: PLC0415 - loads icalendar, which --help needs not

    return collection.path(name(uid))


def _theirs(listing: Listing, path: str, read: Read | None) -> rule.Theirs | None:
    """Give an item as it is there, or None."""
    if path not in listing.tags:
        return None
    return rule.Theirs(listing.tags[path], read.told.facts if read else None, read.digest if read else None)


def _step(ours: Item | None, known: Remembered | None, theirs: rule.Theirs | None) -> rule.Step:
    """Say what becomes of an item."""
    mine = rule.Ours(ours.told.facts, ours.digest, ours.ended) if ours else None
    return rule.step(mine, known.known if known else None, theirs)


def _read(collection: Collection, paths: Sequence[str]) -> dict[str, tuple[str | None, Read | None]]:
    """Read items at the server: each one's tag, and what it says unless it cannot be understood."""
    from solidarity_crm.exchange.calendar.item_reading import read  # noqa: PLC0415 - as above

    found: dict[str, tuple[str | None, Read | None]] = {}
    for path, there in collection.fetched(paths).items():
        try:
            found[path] = there.etag, read(there.content, current().workspace.settings.zone)
        except ValueError:
            found[path] = there.etag, None
    return found
