"""A meeting's card."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.meeting_dates import next_date
from solidarity_crm.queries.meetings import Meeting, meeting
from solidarity_crm.queries.moves import moves
from solidarity_crm.reports.document import Document, Section, Table, filled
from solidarity_crm.reports.wording import day, mention, mentions, moment
from solidarity_crm.rules import recurring, series
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.queries.reading import Store


def card(store: Store, number: int, *, today: date) -> tuple[Meeting, Document] | None:
    """Give a meeting and its card, or None."""
    found = meeting(store, number)
    return (found, document(store, found, today=today)) if found else None


def document(store: Store, found: Meeting, *, today: date) -> Document:
    """Write a meeting's card."""
    ahead = next_date(store, found, today=today) if found.recurs else None
    facts = [
        ("When", f"{when(found)} ({ago(found.starts.date(), today)})"),
        ("Again", often(found) or None),
        ("Next", f"{when(ahead)} ({ago(ahead.starts.date(), today)})" if ahead else None),
        ("Left out", ", ".join(day(date.fromisoformat(wall[:10])) for wall in found.left_out) or None),
        ("Series", _series(found)),
        ("Time zone", found.time_zone if found.time_zone != store.settings.time_zone else None),
        ("Status", _status(store, found)),
        ("Where", found.place),
        ("Link", found.link),
        ("With", _people(found)),
        ("Organisations", mentions(found.organisations)),
        ("Owner", found.owner),
    ]
    return Document(f"{found.ref} {found.title}", "Meeting", filled(facts), [*_sections(store, found, today=today)])


def when(found: Meeting) -> str:
    """Say when a meeting is: ``Tue 1 Dec 2026 10:00 to 11:00``, ``Tue 1 Dec 2026, all day``."""
    if found.all_day:
        first, last = found.starts.date(), found.ends.date() - timedelta(days=1)
        return f"{day(first)}, all day" if first == last else f"{day(first)} to {day(last)}, all day"
    same_day = found.starts.date() == found.ends.date()
    return f"{moment(found.starts)} to {f'{found.ends:%H:%M}' if same_day else moment(found.ends)}"


def often(found: Meeting) -> str:
    """Say how often a series comes; nothing for one meeting."""
    return series.said(recurring.parse(found.recurs), found.starts.date()) if found.recurs else ""


def _series(found: Meeting) -> str | None:
    """Say of which series a meeting is a date, and which."""
    if found.series is None or found.date_of is None:
        return None
    return f"{mention(found.series)}, in place of {moment(datetime.fromisoformat(found.date_of))}"


def _people(found: Meeting) -> str | None:
    """Give who takes part, with what they answered."""
    said = {answer.ref: answer.answer for answer in found.answers}
    return ", ".join(mention(who) + (f" ({said[who.ref]})" if who.ref in said else "") for who in found.contacts) or None


def _status(store: Store, found: Meeting) -> str:
    """Give the state a meeting is in; of a cancelled one since when and why."""
    last = next(iter(reversed(moves(store, found.ref))), None)
    if last is None or found.status != "cancelled":
        return found.status
    return f"cancelled on {day(last.on)}" + (f": {last.why}" if last.why else "")


def _sections(store: Store, found: Meeting, *, today: date) -> Iterator[Section]:
    """Give the parts of the card that have something to say."""
    if found.agenda:
        yield Section("Agenda", text=found.agenda)
    if found.notes:
        yield Section("Notes", text=found.notes)
    to_do = followups(store, wanted=FollowUpFilter(status="open", about=found.ref))
    if to_do:
        rows = [(f.ref, f"{day(f.due)} ({ago(f.due, today)})", f.owner or "", f.what) for f in to_do]
        yield Section("To do", table=Table(("Ref", "Due", "Owner", "What"), rows))
