"""What is written about an introduction once it is decided: the introduction itself, what came of it, and thanks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import NobodyWrittenTo, NotWritten, Refused
from solidarity_crm.models.introduction import Introduction
from solidarity_crm.reports.letters import Order
from solidarity_crm.rules import introducing, telling
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import introduction_told, outreach
from solidarity_crm.services.introductions import sides_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from solidarity_crm.exchange.outreach.template_files import Template
    from solidarity_crm.store.transaction import Tx


class Letters(NamedTuple):
    """The templates by name, and who writes."""

    templates: Mapping[str, Template]
    owner: str


class Written(NamedTuple):
    """The drafts that were written, and to whom none was, with the reason."""

    made: list[Ref]
    left_out: list[NotWritten]


def introduce(tx: Tx, ref: Ref, letters: Letters, *, today: date) -> Written:
    """Write the introduction itself: one message to each of the two, in the same words where both agreed to that.

    Raises NotFound.
    """
    sides = sides_of(tx, ref).values()
    together = all(side.one_mail and "name" in (side.shares or "").split(", ") for side in sides)
    written = Written([], [])
    for side in sides:
        _write(tx, ref, side.contact_id, "introduce-together" if together else "introduce", letters, written, today=today)
    return written


def tell(tx: Tx, ref: Ref, letters: Letters, *, on: date, today: date, channel: str | None = None) -> Written:
    """Write to both sides and the introducer what came of it, with thanks; they are told once the letter has left.

    By another channel than e-mail, record that they were told; letters that wait are cancelled. Of one that was not made,
    those hear who said yes themselves, and the introducer who was asked; all that they hear is that it is not pursued. Who has
    been told, or has a letter that waits, is not written to again. Raises BadValue, NotFound, or Refused while it is open or
    when there is nobody left.
    """
    introduction, sides = tx.get(Introduction, ref.number), sides_of(tx, ref)
    if introduction.ended_on is None:
        sentence = f"{ref} is {introduction.status}; there is nothing to tell until it is closed"
        raise Refused(sentence, f'solidarity intro close {ref} --outcome "WORDS"' if introduction.made_on else f"solidarity show {ref}")
    introducing.check_day(on, today=today, after=[("it ended", introduction.ended_on)])
    closed, waiting, by_mail = introduction.made_on is not None, introduction_told.waiting(tx, ref), channel in (None, "email")
    owed = [side.contact_id for side in sides.values() if side.answer == "yes" and side.told_on is None]
    if introduction.introducer_id and introduction.introducer_told_on is None and (closed or introduction.introducer_asked_on):
        owed.append(introduction.introducer_id)
    left = [number for number in owed if not (by_mail and number in waiting)]
    if not left:
        letters_wait = f"what came of {ref} is written; {telling.waits([waiting[number].ref for number in owed])}"
        sentence = letters_wait if owed else f"nobody is left to be told what came of {ref}"
        raise Refused(sentence, "solidarity outreach review" if owed else f"solidarity show {ref}")
    if not by_mail:
        introduction_told.take_back(tx, [waiting[number] for number in left if number in waiting], on=on)
        for number in left:
            introduction_told.hear(introduction, list(sides.values()), number, on)
        return Written([], [])
    written, names = Written([], []), telling.OF_MADE if closed else telling.OF_NOT_PURSUED
    for number in left:
        _write(tx, ref, number, names[number == introduction.introducer_id], letters, written, today=today)
    if written.left_out and not written.made:
        raise written.left_out[0] if len(written.left_out) == 1 else NobodyWrittenTo(written.left_out)
    return written


def thank(tx: Tx, ref: Ref, *, on: date, today: date) -> Ref:
    """Record that whoever helped was thanked and told what came of it.

    Raises BadValue, NotFound, or Refused when nothing is owed.
    """
    introduction = tx.get(Introduction, ref.number)
    if introduction.met_on is None:
        sentence = f"{ref} is {introduction.status}; thanks are owed once the two have met"
        raise Refused(sentence, f"solidarity show {ref}")
    if introduction.thanked_on is not None:
        sentence = f"thanks for {ref} were given on {introduction.thanked_on}"
        raise Refused(sentence, f"solidarity show {ref}")
    introducing.check_day(on, today=today, after=[("they met", introduction.met_on)])
    introduction.thanked_on = on
    if introduction.introducer_id and introduction.status == "closed" and not introduction.introducer_told_on:
        introduction.introducer_told_on = on
    return ref


def _write(tx: Tx, ref: Ref, number: int, template: str, letters: Letters, written: Written, *, today: date) -> None:
    """Write one message about an introduction, if it can be."""
    order = Order(letters.templates[template], letters.owner, ref, None, {})
    try:
        written.made.append(outreach.write(tx, order, Ref("P", number), today=today))
    except NotWritten as problem:
        written.left_out.append(problem)
