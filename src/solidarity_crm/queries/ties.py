"""Who knows whom: ties that were noted, and those that follow from roles, meetings and introductions."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import Named, as_day, run
from solidarity_crm.rules import ties as rule
from solidarity_crm.rules.refs import Ref
from solidarity_crm.rules.ties import Reason, Weighed
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solidarity_crm.queries.reading import Store

Pair = tuple[int, int]  # two contacts' numbers


class Tie(NamedTuple):
    """That two contacts know each other; ``uid``, ``since``, ``known_from`` and ``noted_on`` are only of one that was noted."""

    contact: Named
    other: Named
    strength: str
    state: str
    since: date | None
    known_from: str | None
    last_together: date | None
    reasons: tuple[str, ...]
    noted_on: date | None
    uid: str | None


class _Noted(NamedTuple):
    """A tie as it was noted."""

    uid: str
    strength: str
    state: str
    since: date | None
    known_from: str | None
    noted_on: date | None


def ties(store: Store, *, today: date, contact: int | None = None, state: str | None = None) -> list[Tie]:
    """List ties, of one contact or of everybody, the strongest first; dropped ones only where they are asked for."""
    noted = _noted(store, contact)
    if state == rule.DROPPED:
        found = {pair: None for pair, row in noted.items() if row.state == rule.DROPPED}
        return _listed(store, _sided(found, contact), noted)
    answer = reasons_of(store, [contact], today=today) if contact else all_reasons(store, today=today)
    weighed = {pair: tie for pair, reasons in answer.items() for tie in [rule.weighed(reasons)] if tie and state in (None, tie.state)}
    return _listed(store, weighed, noted)


def tie(store: Store, one: int, other: int, *, today: date) -> Tie | None:
    """Give what two contacts' tie is, a dropped one too; None when nothing speaks for one."""
    first, second = rule.pair(one, other)
    noted = {pair: row for pair, row in _noted(store, first).items() if pair == (first, second)}
    reasons = reasons_of(store, [first], today=today).get((first, second), [])
    weighed = rule.weighed(reasons)
    return _listed(store, {(first, second): weighed}, noted)[0] if weighed or noted else None


def reasons_of(store: Store, contacts: Sequence[int], *, today: date) -> dict[Pair, list[Reason]]:
    """Give what speaks for each tie of some contacts, by the contact and whoever is at the other end."""
    return _by_pair(run(store, "tie_reasons", contacts=json.dumps(contacts), today=today, most=rule.MOST_TOGETHER))


def all_reasons(store: Store, *, today: date) -> dict[Pair, list[Reason]]:
    """Give what speaks for every tie that there is, by the two numbers, the lower first."""
    return _by_pair(run(store, "all_tie_reasons", today=today, most=rule.MOST_TOGETHER))


def names(store: Store, contacts: Iterable[int]) -> dict[int, Named]:
    """Give how contacts are mentioned, by their numbers."""
    answer = run(store, "contact_names", contacts=json.dumps(sorted(set(contacts))))
    return {number: Named(str(Ref("P", number)), name) for number, name in answer}


def _by_pair(answer: Iterator[tuple[Any, ...]]) -> dict[Pair, list[Reason]]:
    """Make reasons of an answer's rows; two roles at one organisation are one reason."""
    found: dict[Pair, dict[tuple[str, str | None], Reason]] = {}
    for one, other, kind, ref, place, last, strength, state in answer:
        reason = Reason(kind, None, place, None, strength, state) if kind == "tie" else rule.derived(kind, ref, place, as_day(last))
        found.setdefault((one, other), {})[kind, ref] = reason
    return {pair: list(reasons.values()) for pair, reasons in found.items()}


def _noted(store: Store, contact: int | None) -> dict[Pair, _Noted]:
    """Give the ties that were noted, by pair."""
    return {
        (one, other): _Noted(uid, strength, state, as_day(since), known_from, as_day(noted_on))
        for one, other, uid, strength, state, since, known_from, noted_on in run(store, "noted_ties", contact=contact)
    }


def _sided(found: Mapping[Pair, None], contact: int | None) -> dict[Pair, Weighed | None]:
    """Put the contact that was asked about first."""
    return {(other, one) if other == contact else (one, other): None for one, other in found}


def _listed(store: Store, found: Mapping[Pair, Weighed | None], noted: Mapping[Pair, _Noted]) -> list[Tie]:
    """Make ties of what was weighed and noted, in their order."""
    named = names(store, {number for pair in found for number in pair})
    listed = [_tie(named, pair, weighed, noted.get(rule.pair(*pair))) for pair, weighed in found.items()]
    return sorted(listed, key=_order)


def _tie(named: Mapping[int, Named], pair: Pair, weighed: Weighed | None, noted: _Noted | None) -> Tie:
    """Make a tie."""
    return Tie(
        named[pair[0]],
        named[pair[1]],
        weighed.strength if weighed else noted.strength if noted else rule.STRENGTHS[0],
        weighed.state if weighed else rule.DROPPED,
        noted.since if noted else None,
        noted.known_from if noted else None,
        weighed.last_together if weighed else None,
        tuple(reason.said for reason in weighed.reasons) if weighed else (),
        noted.noted_on if noted else None,
        noted.uid if noted else None,
    )


def _order(found: Tie) -> tuple[Any, ...]:
    """Put the strongest first, then those last together most lately, then by name."""
    day = found.last_together.toordinal() if found.last_together else 0
    return -rule.STRENGTHS.index(found.strength), -day, fold(found.contact.name), fold(found.other.name), found.contact.ref, found.other.ref
