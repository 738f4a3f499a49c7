"""Parts that several records' cards have: what is to be done about it, how it moved, what was said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.interactions import interactions
from solidarity_crm.queries.moves import moves
from solidarity_crm.reports.document import Section, Table
from solidarity_crm.reports.wording import day, mentions
from solidarity_crm.rules.days import ago

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.queries.reading import Store


def table(heading: str, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> list[Section]:
    """Give rows as a part of a card, if there are any."""
    return [Section(heading, table=Table(headings, rows))] if rows else []


def text(heading: str, words: str | None) -> list[Section]:
    """Give a text of several lines as a part of a card, if there is any."""
    return [Section(heading, text=words)] if words else []


def to_do(store: Store, ref: str, *, today: date) -> list[Section]:
    """Give the open follow-ups about a record."""
    found = followups(store, wanted=FollowUpFilter(status="open", about=ref))
    return table("To do", ("Ref", "Due", "What"), [(f.ref, f"{day(f.due)} ({ago(f.due, today)})", f.what) for f in found])


def moved(store: Store, ref: str) -> list[Section]:
    """Give a record's moves along its lifecycle, each with its day and its reason."""
    rows = [(day(move.on), move.from_status, move.to_status, move.why or "") for move in moves(store, ref)]
    return table("Moves", ("Day", "From", "To", "Why"), rows)


def said(store: Store, ref: str, *, lines: int = 20) -> list[Section]:
    """Give the interactions about a record, the newest first."""
    found = interactions(store, about=ref, limit=lines)
    rows = [(day(n.on), n.ref, n.kind, n.summary + (f" (with {mentions(n.contacts)})" if n.contacts else "")) for n in found]
    return table("What was said", ("Day", "Ref", "How", "What"), rows)
