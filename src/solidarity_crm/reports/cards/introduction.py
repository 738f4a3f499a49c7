"""An introduction's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.queries.followups import FollowUpFilter, followups
from solidarity_crm.queries.introductions import Introduction, Side, introduction
from solidarity_crm.queries.moves import moves
from solidarity_crm.reports.document import Document, Section, Table, filled
from solidarity_crm.reports.wording import day, mention
from solidarity_crm.rules.days import ago
from solidarity_crm.rules.telling import waits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.moves import Move
    from solidarity_crm.queries.reading import Store


def card(store: Store, number: int, *, today: date) -> tuple[Introduction, Document] | None:
    """Give an introduction and its card, or None."""
    found = introduction(store, number)
    if found is None:
        return None
    sections = [_side("left", found.left, today), _side("right", found.right, today)]
    sections += _moves(found, moves(store, found.ref))
    sections += _follow_ups(followups(store, wanted=FollowUpFilter(about=found.ref)), today)
    return found, Document(f"{found.ref} {found.people}", "Introduction", filled(_facts(found)), sections)


def _facts(found: Introduction) -> list[tuple[str, str | None]]:
    """Say what it is for, who does it and how far it is."""
    return [
        ("Why", found.why),
        ("Through", mention(found.introducer) or "us"),
        ("Introducer", _introducer(found)),
        ("Status", found.status),
        ("Owner", found.owner),
        ("How it went", found.result),
        ("What came of it", found.outcome),
        ("A word to the introducer", f"owed since {day(found.word_owed_since)}" if found.word_owed_since else None),
        ("Letters", waits(found.letters_waiting) if found.letters_waiting else None),
        ("Thanks", f"owed to {_helpers(found)}" if found.owed else f"given on {day(found.thanked_on)}" if found.thanked_on else None),
    ]


def _introducer(found: Introduction) -> str | None:
    """Say when whoever introduces them was asked, reminded and told."""
    days = (("asked", found.introducer_asked_on), ("reminded", found.introducer_reminded_on), ("told", found.introducer_told_on))
    return ", ".join(f"{what} {day(on)}" for what, on in days if on) or None


def _helpers(found: Introduction) -> str:
    """Say who is thanked: the introducer, or the two who gave their time."""
    return found.introducer.name if found.introducer else found.people


def _side(name: str, side: Side, today: date) -> Section:
    """Say what a side was asked, what they said and what may be passed on."""
    how, by = (f", by {channel}" if channel else "" for channel in (side.channel, side.asked_by))
    asked = f"{day(side.asked_on)} ({ago(side.asked_on, today)}){by}" if side.asked_on else "not yet"
    answered = f"{side.answer}, {day(side.answered_on)}{how}" if side.answer else "none yet" if side.asked_on else None
    facts = [
        ("Described as", side.described_as),
        ("Asked", asked),
        ("In our words", side.asked_words),
        ("Answer", answered),
        ("May be shared", ", ".join(side.shares)),
        ("One mail to both", None if side.one_mail is None else "yes" if side.one_mail else "no, separately"),
        ("Yes taken back", day(side.withdrawn_on) or None),
        ("In their words", side.words),
        ("Told what came of it", day(side.told_on) or None),
    ]
    return Section(f"{mention(side.contact)} ({name})", filled(facts))


def _moves(found: Introduction, made: Iterable[Move]) -> list[Section]:
    """Give every step with its day, from the proposal on."""
    steps = [(day(found.proposed_on), "proposed", ""), *((day(one.on), one.to_status, one.why or "") for one in made)]
    steps += [(day(found.thanked_on), "thanked", "")] if found.thanked_on else []
    return [Section("Steps", table=Table(("Day", "Step", "Why"), steps))]


def _follow_ups(found: Iterable[FollowUp], today: date) -> list[Section]:
    """Give the follow-ups about it, if there are any."""
    rows = [(f.ref, f.status if f.status != "open" else f"due {day(f.due)} ({ago(f.due, today)})", f.what) for f in found]
    return [Section("Follow-ups", table=Table(("Ref", "State", "What"), rows))] if rows else []
