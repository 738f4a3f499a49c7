"""What becomes of one item of a calendar that is kept in step on two sides, since it was last the same on both.

Whatever changed on one side alone has an obvious way to go. What changed on both, or is gone from there, is never guessed:
somebody decides it (exchange.md A1).
"""

from __future__ import annotations

from typing import NamedTuple


class Facts(NamedTuple):
    """What of an item either side may change: moments in UTC, or days, in ISO form; where it is; ``open``, ``done`` or ``cancelled``.

    ``dates`` tells a series' rule and its single dates, empty for what happens once.
    """

    starts: str
    ends: str
    place: str = ""
    state: str = "open"
    dates: str = ""


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
    """A fact that differs: ``when``, ``place``, ``state`` or ``dates``; ``both`` says that it changed here too."""

    what: str
    both: bool


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
    """List the facts of which the calendar knows something newer than was agreed on."""
    before = None if agreed is None else _parts(agreed)
    now, new = _parts(here), _parts(there)
    return tuple(
        Difference(what, both=before is None or now[what] != before[what])
        for what, value in new.items()
        if value != now[what] and (before is None or value != before[what])
    )


def _parts(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Give facts by the words for them; from when to when is one."""
    return {"when": (facts.starts, facts.ends), "place": (facts.place,), "state": (facts.state,), "dates": (facts.dates,)}


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
