"""What becomes of one item of a calendar that is kept in step on two sides, since it was last the same on both.

Whatever changed on one side alone has an obvious way to go. What changed on both, or is gone from there, is never guessed:
somebody decides it (exchange.md A1).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME = "="  # the place of a date that is where its series is


class Facts(NamedTuple):
    """What of an item either side may change: moments in UTC, or days, in ISO form; where it is; ``open``, ``done`` or ``cancelled``.

    ``rule`` tells how a series comes again, empty for what happens once; ``dates`` has the facts of its dates that differ, by
    their days. Those are told from the series': without times it is at the usual ones, a place of SAME is the usual one, and
    of a date that was left out or cancelled nothing else is told.
    """

    starts: str
    ends: str
    place: str = ""
    state: str = "open"
    rule: str = ""
    dates: tuple[tuple[str, Facts], ...] = ()

    def on(self, day: str) -> Facts:
        """Give the facts of a series' date."""
        return dict(self.dates).get(day, AS_USUAL)


AS_USUAL = Facts("", "", SAME)


class Ours(NamedTuple):
    """An item as it should be there: its facts, and a digest of everything that it says."""

    facts: Facts
    digest: str
    ended: bool = False


class Known(NamedTuple):
    """What the two sides last agreed on, the digest of what was put, and the server's tag for it."""

    facts: Facts
    digest: str
    etag: str


class Theirs(NamedTuple):
    """An item as it is there; ``facts`` are None as long as it was not read, ``digest`` is of what we put, if it still says."""

    etag: str | None
    facts: Facts | None = None
    digest: str | None = None


class Difference(NamedTuple):
    """A fact that differs: ``when``, ``place``, ``state`` or ``rule``; ``both`` says that it changed here too.

    ``on`` is the day of the date of a series that it is about, empty for the whole.
    """

    what: str
    both: bool
    on: str = ""


class Step(NamedTuple):
    """What to do: put, replace, remove, note (that both are the same), forget, leave, read (there, to know), or ask about differences or a deletion."""

    do: str
    differences: tuple[Difference, ...] = ()


def step(ours: Ours | None, known: Known | None, theirs: Theirs | None) -> Step:
    """Say what becomes of an item.

    ``ours`` is None when the record is gone or no longer belongs there, ``theirs`` when the calendar does not have it,
    ``known`` when it was never put there, or that was forgotten.
    """
    if theirs is None:
        return _absent(ours, known)
    if ours is None and known is None:
        return Step("leave")
    if known is not None and theirs.etag == known.etag:
        if ours is None:
            return Step("remove")
        return Step("leave" if ours.digest == known.digest else "replace")
    return _changed_there(ours, known, theirs)


def differences(agreed: Facts | None, here: Facts, there: Facts) -> tuple[Difference, ...]:
    """List the facts of which the calendar knows something newer than was agreed on: of the whole, then of its dates in order."""
    found = _differences("", agreed, here, there)
    if there.state != "cancelled":
        for day in sorted({day for facts in (agreed, here, there) if facts for day, _ in facts.dates}):
            found += _differences(day, agreed and agreed.on(day), here.on(day), there.on(day))
    return tuple(found)


def written(facts: Facts) -> str:
    """Give facts as they are kept."""
    return json.dumps(facts)


def read(text: str) -> Facts:
    """Give facts that were kept."""
    return _facts(json.loads(text))


def _facts(kept: Sequence[Any]) -> Facts:
    """Give facts of their list."""
    starts, ends, place, state, rule, dates = kept
    return Facts(starts, ends, place, state, rule, tuple((day, _facts(told)) for day, told in dates))


def _differences(on: str, agreed: Facts | None, here: Facts, there: Facts) -> list[Difference]:
    """List what differs of the whole or of a date; when and where something is that was cancelled there is no news."""
    before = None if agreed is None else _parts(agreed)
    now, new = _parts(here), _parts(there)
    return [
        Difference(what, both=before is None or now[what] != before[what], on=on)
        for what, value in new.items()
        if value != now[what] and (before is None or value != before[what]) and (what == "state" or there.state != "cancelled")
    ]


def _parts(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Give facts by the words for them; from when to when is one."""
    return {"when": (facts.starts, facts.ends), "place": (facts.place,), "state": (facts.state,), "rule": (facts.rule,)}


def _absent(ours: Ours | None, known: Known | None) -> Step:
    """Say what becomes of an item that is not there."""
    if known is None:
        return Step("leave" if ours is None or ours.ended else "put")
    # what has ended here was cleared away there
    return Step("forget" if ours is None or ours.ended else "ask")


def _changed_there(ours: Ours | None, known: Known | None, theirs: Theirs) -> Step:
    """Say what becomes of an item that is not as it was put, or of which that is not known."""
    there = theirs.facts
    if there is None:
        return Step("read")
    if ours is None:
        agreed = known.facts if known else None
        return Step("remove") if there == agreed else Step("ask", (Difference("removed", both=True),))
    found = differences(known.facts if known else None, ours.facts, there)
    if found:
        return Step("ask", found)
    same = there == ours.facts and ours.digest in (theirs.digest, known.digest if known else None)
    return Step("note" if same else "replace")
