"""What a letter about an introduction is told of the two people: to each of what the other shares, to the introducer next to nothing.

Whatever words of ours are in it are looked through too: a reason that names somebody who has not said that they may be
named is not told, and the letter that needs it is not written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.reports import letter_facts as facts
from solidarity_crm.rules import introducing, notices
from solidarity_crm.rules.outreach import naming_objection
from solidarity_crm.rules.sharing import BEFORE_BOTH_AGREED, given_away

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from solidarity_crm.queries.contacts import Contact
    from solidarity_crm.queries.introductions import Introduction, Side
    from solidarity_crm.reports.letter_facts import Told


class People(NamedTuple):
    """The two people by ref, on a day."""

    by_ref: Mapping[str, Contact]
    today: date

    def of(self, side: Side) -> Contact:
        """Give the contact of a side."""
        return self.by_ref[side.contact.ref]


class Words(NamedTuple):
    """Words of ours that go into the letter: who the other person is, without a name, and whatever else."""

    description: str | None = None
    own: str | None = None


class Found(NamedTuple):
    """What a template is told, and why it is not told the rest, by field; nothing to whoever has no part in it, with ``""``'s reason."""

    told: Told | None
    reasons: Mapping[str, str]


class _Open(NamedTuple):
    """Which fields of a side may be told, and why no more."""

    side: Side
    fields: Sequence[str]
    why_not: str


def told_to(subject: Introduction, reader: Contact, people: People, words: Words) -> Found:
    """Give what a template is told of an introduction when the letter is to ``reader``."""
    others = [side for side in subject.sides if side.contact.ref != reader.ref]
    if len(others) > 1:
        return _told_to_introducer(subject, reader, people, words)
    other = others[0]
    why_not = _naming_objection(subject, other, people)
    told = facts.told_of_introduction(
        subject,
        None if why_not else facts.told_of_side(people.of(other), other, today=people.today),
        somebody={**_somebody(subject, other, people), "description": _description(subject, other, reader, people, words)},
        both=None if why_not else _both(subject, people),
        words=words.own,
    )
    opened = _open(subject, other, people, why_not)
    reasons = {"other": why_not or "they did not agree to share", "both": why_not or _why_not_both(subject, people)}
    _redact(told, reasons, [opened], reader, people)
    return Found(told, reasons)


def _told_to_introducer(subject: Introduction, reader: Contact, people: People, words: Words) -> Found:
    """Give what is told to whoever introduces the two: a name only where it came to us from them, or may be told."""
    if subject.introducer is None or subject.introducer.ref != reader.ref:
        return Found(None, {"": f"is not theirs: they have no part in {subject.ref}"})
    opened, names = [], []
    for side in subject.sides:
        theirs = people.of(side).source == f"introduced by {reader.ref}"
        one = _open(subject, side, people, "has not said that it may be told")
        fields = ["name"] if theirs else [field for field in one.fields if field == "name"]
        opened.append(one._replace(fields=fields))
        names += [people.of(side).name] if fields else []
    reasons = dict.fromkeys(("other", "both", "somebody"), "is only for the two who are introduced")
    told = facts.told_of_introduction(subject, None, people=tuple(names), words=words.own, both=None)
    _redact(told, reasons, opened, reader, people)
    return Found(told, reasons)


def _naming_objection(subject: Introduction, other: Side, people: People) -> str | None:
    """Say why a person may not be named to the one they are introduced to, or None when they may."""
    return naming_objection(subject.status, [side.answer for side in subject.sides], notice_owed=_notice_owed(people.of(other)))


def _notice_owed(person: Contact) -> bool:
    return notices.due(person.source, person.obtained_on, person.notice_given_on) is not None


def _open(subject: Introduction, side: Side, people: People, why_not: str | None) -> _Open:
    """Give which fields of a side may be told now: all that they share once both agreed, before that not how to reach them."""
    reason = why_not or "did not agree that it is told"
    ended = introducing.outward(subject.status) == introducing.NOT_PURSUED
    if side.answer != "yes" or ended or _notice_owed(people.of(side)):
        return _Open(side, (), reason)
    return _Open(side, [field for field in side.shares if why_not is None or field in BEFORE_BOTH_AGREED], reason)


def _somebody(subject: Introduction, other: Side, people: People) -> Told:
    """Give what somebody who is asked may hear of the other person: who they are, as far as that person's own yes goes."""
    fields = [field for field in _open(subject, other, people, "").fields if field in BEFORE_BOTH_AGREED]
    return facts.told_of_side(people.of(other), other, today=people.today, fields=fields)


def _description(subject: Introduction, other: Side, reader: Contact, people: People, words: Words) -> str | None:
    """Give who the other person is in words without a name, or None when there are none or they tell more by now than may be told."""
    described = words.description or other.described_as
    fields = _open(subject, other, people, "").fields
    telling = given_away(described or "", facts.traits_of(people.of(other)), shared=fields, known=facts.traits_of(reader))
    return None if telling else described


def _both(subject: Introduction, people: People) -> tuple[Told, ...] | None:
    """Give what each of the two shares, for words that are the same to both; only where both agreed to that."""
    if not all(side.one_mail and "name" in side.shares and not _notice_owed(people.of(side)) for side in subject.sides):
        return None
    return tuple(facts.told_of_side(people.of(side), side, today=people.today) for side in subject.sides)


def _why_not_both(subject: Introduction, people: People) -> str:
    """Say why the two are not written to in the same words."""
    if any(_notice_owed(people.of(side)) for side in subject.sides):
        return "cannot be told before both were given the privacy notice"
    return "is for those who both agreed to be written to in the same words"


def _redact(told: Told, reasons: dict[str, str], opened: Sequence[_Open], reader: Contact, people: People) -> None:
    """Leave out words that tell of somebody what they do not share, and say why."""
    known = facts.traits_of(reader)
    for field in ("why", "outcome", "words"):
        for one in opened:
            found = given_away(str(told.get(field) or ""), facts.traits_of(people.of(one.side)), shared=one.fields, known=known)
            if found:
                told[field], reasons[field] = None, f"says {found.words!r}, though the other person {one.why_not}"
