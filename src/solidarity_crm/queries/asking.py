"""What contacts were asked for lately, and who carries how much of it."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import Named, as_day, grouped, run
from solidarity_crm.rules import asking
from solidarity_crm.rules.asking import Asked, Load
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solidarity_crm.queries.reading import Store


class Excess(NamedTuple):
    """An ask past somebody's budget, and the reason that was given."""

    asked_on: date
    about: str | None
    reason: str


class Carried(NamedTuple):
    """What a contact was asked for lately; ``left`` is how many times more they may be asked, ``excess`` why not now."""

    contact: Named
    asks: int
    budget: int
    left: int
    paused_until: date | None
    excess: str | None
    asked: tuple[Asked, ...]
    over_budget: tuple[Excess, ...]


def loads(store: Store, contacts: Sequence[int], *, today: date) -> dict[int, Load]:
    """Give what contacts were asked for in the settings' ``ask_budget_days``, by their numbers; everybody has one."""
    intervals = store.settings.intervals
    listed = json.dumps(list(contacts))
    since = asking.since(today, intervals.ask_budget_days)
    asked: dict[int, list[Asked]] = defaultdict(list)
    for number, one in _asked(store, listed, since, today):
        asked[number].append(one)
    return {
        number: Load(
            tuple(sorted(asked[number], key=_latest_first)),
            intervals.ask_budget if budget is None else budget,
            intervals.ask_budget_days,
            as_day(paused),
        )
        for number, budget, paused in run(store, "ask_budgets", contacts=listed)
    }


def excesses(store: Store, contacts: Sequence[int], about: Ref | None, *, today: date, once_more: bool = False) -> dict[int, str]:
    """Give why some contacts should not be asked for one more thing, by their numbers; who may be is not in it.

    What ``about`` asks of them counts once, however often they are asked about it, unless it is ``once_more`` something new.
    """
    found = {}
    for number, load in loads(store, contacts, today=today).items():
        asked = tuple(one for one in load.asked if once_more or one.ref != str(about))
        reason = asking.excess(load._replace(asked=asked), today=today)
        if reason:
            found[number] = reason
    return found


def excess_of_draft(store: Store, contact: int, ref: str, about: str | None, *, today: date) -> str | None:
    """Give why a draft to a contact asks for too much now, or None; it never counts itself."""
    load = loads(store, [contact], today=today)[contact]
    return asking.excess(asking.besides(load, ref, about), today=today)


def carried(store: Store, *, today: date) -> list[Carried]:
    """List who was asked for anything lately or is not to be asked, those who carry the most first."""
    named = {number: Named(str(Ref("P", number)), name) for number, name in run(store, "all_names", letter="P")}
    since = asking.since(today, store.settings.intervals.ask_budget_days)
    past = grouped(run(store, "over_budget", since=since), _excess)
    found = {
        number: load
        for number, load in loads(store, list(named), today=today).items()
        if load.asked or number in past or (load.paused_until and load.paused_until > today)
    }
    listed = [_carried(named[number], load, past.get(number, ()), today) for number, load in found.items()]
    return sorted(listed, key=lambda one: (-one.asks, one.left, one.contact.name, one.contact.ref))


def _carried(contact: Named, load: Load, past: tuple[Excess, ...], today: date) -> Carried:
    """Give what one contact carries."""
    too_much = asking.excess(load, today=today)
    return Carried(contact, len(load.asked), load.budget, load.left, load.paused_until, too_much, load.asked, past)


def _asked(store: Store, contacts: str, since: date, today: date) -> Iterator[tuple[int, Asked]]:
    """Give what contacts were asked for with their numbers, in no order, a series of meetings once for each of its dates in those days."""
    found = list(run(store, "asked", contacts=contacts, since=since, today=today))
    dates = _dates(store, {ref for _, _, ref, day, _ in found if day is None}, since, today)
    for number, kind, ref, day, about in found:
        for on in dates[ref] if day is None else (date.fromisoformat(day),):
            yield number, Asked(kind, ref, on, about)


def _dates(store: Store, refs: set[str], since: date, today: date) -> dict[str, list[date]]:
    """Give on which of these days series of meetings come, by their refs."""
    if not refs:
        return {}
    from solidarity_crm.rules import recurring, series  # noqa: PLC0415 - few are asked to series, and every way through the network reads this

    numbers = json.dumps([int(ref[1:]) for ref in refs])
    first, last = datetime.combine(since, time()), datetime.combine(today, time.max)
    return {
        str(Ref("M", number)): [
            moment.date() for moment in series.dates(recurring.parse(rule), datetime.fromisoformat(starts), left_out.split(), first, last)
        ]
        for number, starts, rule, left_out in run(store, "series_rules", meetings=numbers)
    }


def _latest_first(one: Asked) -> tuple[int, str, str]:
    return -one.on.toordinal(), one.kind, one.ref


def _excess(asked_on: str, about: str | None, reason: str) -> Excess:
    return Excess(date.fromisoformat(asked_on), about, reason)
