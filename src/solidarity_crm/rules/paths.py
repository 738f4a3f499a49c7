"""What it costs to be introduced by way of somebody: how close each link is, and what stands in the way of asking.

The costs are plain small numbers that are added up, each with its reason; the cheapest chain is the best one.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules import notices
from solidarity_crm.rules.ties import CONFIRMED

if TYPE_CHECKING:
    from solidarity_crm.rules.ties import Weighed

_CLOSENESS = {"close": 1, "works with": 2, "knows": 3}
_ONE_MORE, _NOT_CONFIRMED, _LONG_AGO = 2, 1, 1
LEAST_LINK = _ONE_MORE + min(_CLOSENESS.values())
_LONG_DAYS = 365
# how close we are to those we know: in touch so many days ago at most, so many times in the past year at least
_OURS = ((90, 3, 1, "in close touch"), (180, 1, 2, "in touch"), (730, 0, 3, "in touch now and then"))
_LONG_SILENT = 4
_DO_NOT_CONTACT, _ASKED_TOO_OFTEN, _SAID_NO, _NOTICE_DUE = 20, 6, 4, 2


class Part(NamedTuple):
    """A part of a cost, and what it is for."""

    cost: int
    said: str


class Standing(NamedTuple):
    """What could stand in the way of asking somebody: ``said_no`` is the introduction that they last said no to."""

    do_not_contact: bool
    reason: str | None
    source: str
    obtained_on: date
    notice_given_on: date | None
    said_no: str | None
    said_no_on: date | None


def link_cost(strength: str, state: str, last_together: date | None, *, today: date) -> int:
    """Give what the link of two people who know each other costs."""
    return _ONE_MORE + _CLOSENESS[strength] + _NOT_CONFIRMED * (state != CONFIRMED) + _LONG_AGO * _is_long_ago(last_together, today)


def link_parts(tie: Weighed, *, today: date) -> tuple[Part, ...]:
    """Give the parts of what a link costs."""
    parts = [Part(_ONE_MORE, "one more to ask"), Part(_CLOSENESS[tie.strength], tie.strength)]
    if tie.state != CONFIRMED:
        parts.append(Part(_NOT_CONFIRMED, "not confirmed"))
    if _is_long_ago(tie.last_together, today):
        parts.append(Part(_LONG_AGO, "not together for over a year"))
    return tuple(parts)


def ours(last: date, in_a_year: int, *, today: date) -> Part:
    """Give what our own link to somebody costs whom we were in touch with: by how lately and how often."""
    days = (today - last).days
    for most, least, cost, said in _OURS:
        if days <= most and in_a_year >= least:
            return Part(cost, said)
    return Part(_LONG_SILENT, "not in touch for long")


def blockers(standing: Standing, excess: str | None, *, today: date) -> tuple[Part, ...]:
    """Give what stands in the way of asking somebody, the gravest first; ``excess`` is what rules.asking says of them."""
    found = []
    if standing.do_not_contact:
        found.append(Part(_DO_NOT_CONTACT, f"do not contact{f': {standing.reason}' if standing.reason else ''}"))
    if excess:
        found.append(Part(_ASKED_TOO_OFTEN, excess))
    if standing.said_no:
        found.append(Part(_SAID_NO, f"said no to {standing.said_no} on {standing.said_no_on}"))
    due = notices.due(standing.source, standing.obtained_on, standing.notice_given_on)
    if due:
        found.append(Part(_NOTICE_DUE, f"privacy notice {'was ' if due < today else ''}due by {due}"))
    return tuple(found)


def _is_long_ago(day: date | None, today: date) -> bool:
    """Say whether a day is more than a year ago; one that nobody knows is not."""
    return day is not None and (today - day).days > _LONG_DAYS
