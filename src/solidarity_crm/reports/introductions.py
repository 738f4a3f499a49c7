"""The report on introductions, as it may be given to a steering group on which the people introduced may sit.

Nobody is in it who has not said that their name may be told, and what was not made is *not pursued*, whoever said no.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.contacts import contact
from solidarity_crm.queries.introductions import Introduction, IntroductionFilter, Side, introduction, introductions
from solidarity_crm.queries.reading import run
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.letter_facts import traits_of
from solidarity_crm.reports.report import Report, figures
from solidarity_crm.reports.wording import day, short_day
from solidarity_crm.rules.introducing import MADE, NOT_PURSUED, RESULTS, UNDER_WAY, outward
from solidarity_crm.rules.sharing import given_away

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from solidarity_crm.queries.contact_links import Link
    from solidarity_crm.queries.reading import Store
    from solidarity_crm.queries.timeline import Happening

SOMEBODY = "somebody"
KINDS = ("ours", "through others")
STATES = (UNDER_WAY, *MADE, NOT_PURSUED)


class Told(NamedTuple):
    """An introduction as the report tells it."""

    ref: str
    left: str
    right: str
    kind: str
    status: str
    result: str | None
    proposed_on: date
    made_on: date | None
    met_on: date | None
    ended_on: date | None
    outcome: str | None


class _Step(NamedTuple):
    """A step of the way: what it is called, and the days on which it began and ended, where they are known."""

    name: str
    begun: date | None
    done: date | None


def introductions_report(store: Store, *, today: date, since: date | None = None) -> Report:
    """Give the report on introductions proposed since a day: by month and kind, how far each got, how long each step took."""
    found = introductions(store, wanted=IntroductionFilter(since=since))
    told = [_told(store, each, today) for each in found]
    stuck_ones = [each for each in found if _stuck_since(each, today, store.settings.intervals.introduction_stuck_days)]
    counts = [
        ("Introductions", len(found)),
        ("Under way", sum(1 for each in told if each.status == UNDER_WAY)),
        ("Made", sum(1 for each in found if each.made_on)),
        ("Met", sum(1 for each in found if each.met_on)),
        ("Not pursued", sum(1 for each in told if each.status == NOT_PURSUED)),
        ("Stuck", len(stuck_ones)),
        ("Thanks owed", sum(1 for each in found if each.owed)),
    ]
    sections = [Section("By month", table=_by_month(found)), Section("How far they got", table=_funnel(found))] if found else []
    sections += _table("How long each step takes", ("Step", "Median days", "Introductions"), _medians(found))
    sections += _table("How they went", ("Result", "Introductions"), _results(found))
    sections += _table("Stuck", ("Ref", "Waits for", "Days"), _stuck(stuck_ones, today))
    sections += _table("By network member", ("Member", "Gives", "Gets", "Waits (days)"), _by_member(store, found, today))
    sections += _table("What came of them", ("Ref", "Who", "What came of it"), [(t.ref, _who(t), t.outcome) for t in told if t.outcome])
    sections += _table("All introductions", ("Ref", "Who", "Through", "State", "Proposed", "Met"), map(_cells, told))
    under = day(today) if since is None else f"{day(today)}, since {day(since)}"
    title = f"Introductions by the {store.settings.name}"
    return Report("introductions", today, Document(title, under, figures(counts), sections), counts, told)


def _told(store: Store, one: Introduction, today: date) -> Told:
    """Give an introduction as the report tells it: names that may be told, and words that tell no others."""
    made = one.made_on is not None
    left, right = (side.contact.name if made and "name" in side.shares else SOMEBODY for side in one.sides)
    kind, status = KINDS[one.introducer is not None], outward(one.status)
    outcome = one.outcome if made else None
    if outcome and any(_gives_away(store, outcome, side, today) for side in one.sides):
        outcome = None
    return Told(one.ref, left, right, kind, status, one.result, one.proposed_on, one.made_on, one.met_on, one.ended_on, outcome)


def _gives_away(store: Store, text: str, side: Side, today: date) -> bool:
    """Say whether a text tells of a side what they do not share."""
    person = contact(store, int(side.contact.ref[1:]), today=today)
    return person is not None and given_away(text, traits_of(person), shared=side.shares) is not None


def without_others(store: Store, links: Sequence[Link], reader: str) -> list[Link]:
    """Give the records that a contact is part of, an introduction under a name that tells of the other no more than they share."""
    return [one._replace(name=_as_told_to(store, one, reader)) if one.link == "introduction" else one for one in links]


def told_without_others(store: Store, happened: Iterable[Happening], reader: str, *, today: date) -> list[Happening]:
    """Give what happened with a contact, without the reason of an introduction where it tells of the other what they do not share."""
    telling: dict[str, bool] = {}
    for one in happened:
        if one.ref.startswith("I") and one.ref not in telling:
            telling[one.ref] = _why_tells(store, one.ref, reader, today)
    return [one._replace(text="") if telling.get(one.ref) else one for one in happened]


def _why_tells(store: Store, ref: str, reader: str, today: date) -> bool:
    """Say whether the reason of an introduction tells a contact of somebody else in it what that one does not share."""
    one, known = introduction(store, int(ref[1:])), contact(store, int(reader[1:]), today=today)
    if one is None or known is None:
        return False
    others = [(side, contact(store, int(side.contact.ref[1:]), today=today)) for side in one.sides if side.contact.ref != reader]
    return any(
        person and given_away(one.why, traits_of(person), shared=side.shares if one.made_on else (), known=traits_of(known))
        for side, person in others
    )


def _as_told_to(store: Store, link: Link, reader: str) -> str:
    """Name an introduction for one contact, by whom they were introduced to if that may be told."""
    one = introduction(store, int(link.ref[1:]))
    others = [side for side in one.sides if side.contact.ref != reader] if one else []
    names = [side.contact.name if one and one.made_on and "name" in side.shares else SOMEBODY for side in others]
    return f"with {names[0]}" if len(names) == 1 else f"of {' and '.join(names)}"


def _who(told: Told) -> str:
    """Name the two, as far as they may be named."""
    return "two people" if told.left == told.right == SOMEBODY else f"{told.left} and {told.right}"


def _cells(told: Told) -> tuple[str, ...]:
    """Give an introduction's line."""
    through = "us" if told.kind == KINDS[0] else "others"
    return told.ref, _who(told), through, told.status, short_day(told.proposed_on), short_day(told.met_on)


def _table(heading: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[Section]:
    """Give a part of the report, if it has any rows."""
    listed = list(rows)
    return [Section(heading, table=Table(headings, listed))] if listed else []


def _by_month(found: Sequence[Introduction]) -> Table:
    """Count, by the month of the proposal, those of each kind and those that were made."""
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        months[f"{one.proposed_on:%Y-%m}"].update([KINDS[one.introducer is not None], *(["made"] if one.made_on else [])])
    rows = [(month, *(str(counted[kind]) for kind in (*KINDS, "made"))) for month, counted in sorted(months.items())]
    return Table(("Month", "Ours", "Through others", "Made since"), rows)


def _funnel(found: Sequence[Introduction]) -> Table:
    """Count how many got how far, of each kind; one in which a yes was taken back got no further than being asked."""
    reached = {
        "proposed": found,
        "somebody asked": [one for one in found if _asked(one)],
        "both said yes": [one for one in found if one.status == "agreed" or one.made_on],
        "made": [one for one in found if one.made_on],
        "met": [one for one in found if one.met_on],
        "closed": [one for one in found if one.status == "closed"],
    }
    rows = []
    for step, there in reached.items():
        kinds = Counter(KINDS[one.introducer is not None] for one in there)
        rows.append((step, *(str(kinds[kind]) for kind in KINDS), str(len(there))))
    return Table(("Step", "Ours", "Through others", "All"), rows)


def _asked(one: Introduction) -> bool:
    """Say whether anybody was asked; an answer that nobody asked for counts once both are yes, since an earlier one is told to nobody."""
    return (
        any(side.asked_on for side in one.sides) or one.introducer_asked_on is not None or one.status == "agreed" or one.made_on is not None
    )


def _medians(found: Sequence[Introduction]) -> list[tuple[str, str, str]]:
    """Give the median days of each step, of those that have taken it."""
    days: dict[str, list[int]] = {}
    for one in found:
        for step in _steps(one):
            if step.begun and step.done:
                days.setdefault(step.name, []).append((step.done - step.begun).days)
    return [(name, f"{median(taken):g}", str(len(taken))) for name, taken in days.items()]


def _steps(one: Introduction) -> list[_Step]:
    """Give the steps of an introduction; answers count once both are yes, since an earlier one is told to nobody."""
    asked = min((side.asked_on for side in one.sides if side.asked_on), default=None)
    yeses = [side.answered_on for side in one.sides if side.answer == "yes" and side.answered_on]
    agreed = max(yeses) if len(yeses) == len(one.sides) and (one.status == "agreed" or one.made_on) else None
    return [
        _Step("from the proposal to asking", one.proposed_on, asked),
        _Step("from asking to both yeses", asked, agreed),
        _Step("from both yeses to making it", agreed, one.made_on),
        _Step("from making it to meeting", one.made_on, one.met_on),
        _Step("from meeting to closing", one.met_on, one.ended_on),
    ]


def _results(found: Sequence[Introduction]) -> list[tuple[str, str]]:
    """Count how those that were closed went."""
    counted = Counter(one.result for one in found if one.result)
    return [(result, str(counted[result])) for result in RESULTS if counted[result]]


def _stuck_since(one: Introduction, today: date, limit: int) -> date | None:
    """Give the day since which nothing has moved, when that is longer ago than it should be."""
    waiting = _waits_since(one)
    return waiting if waiting and waiting <= today - timedelta(days=limit) else None


def _waits_since(one: Introduction) -> date | None:
    """Give the day since which an introduction that is under way waits for somebody; for whom of the two is not said."""
    if one.status == "agreed":
        return max((side.answered_on for side in one.sides if side.answered_on), default=one.proposed_on)
    asked = [side.asked_on for side in one.sides if side.asked_on and not side.answer]
    return min(asked, default=one.introducer_reminded_on or one.introducer_asked_on) if outward(one.status) == UNDER_WAY else None


def _stuck(found: Sequence[Introduction], today: date) -> list[tuple[str, str, str]]:
    """List what is stuck, the longest first."""
    listed = sorted(found, key=lambda one: (_waits_since(one) or today, one.ref))
    return [
        (one.ref, "us: to be made" if one.status == "agreed" else "answers", str((today - (_waits_since(one) or today)).days))
        for one in listed
    ]


def _by_member(store: Store, found: Sequence[Introduction], today: date) -> list[tuple[str, ...]]:
    """Say of each network member how many introductions its people gave and got, and how long the oldest under way waits."""
    members: dict[int, list[str]] = defaultdict(list)
    for number, name in run(store, "member_roles", today=today):
        members[number].append(name)
    gives, gets, waits = Counter[str](), Counter[str](), dict[str, int]()
    for one in found:
        sides = {name for side in one.sides for name in _members_of(side.contact.ref, members)}
        if one.made_on:
            gives.update(_members_of(one.introducer.ref, members) if one.introducer else [])
            gets.update(sides)
        elif outward(one.status) == UNDER_WAY:
            for name in sides:
                waits[name] = max(waits.get(name, 0), (today - one.proposed_on).days)
    names = sorted({*gives, *gets, *waits}, key=lambda name: (-waits.get(name, -1), -gives[name], -gets[name], name))
    return [(name, str(gives[name]), str(gets[name]), str(waits[name]) if name in waits else "") for name in names]


def _members_of(ref: str, members: Mapping[int, Sequence[str]]) -> Sequence[str]:
    """Give the network members that a contact belongs to."""
    return members.get(int(ref[1:]), ())
