"""Asking about an introduction: each of the two on their own, and whoever introduces them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import NotWritten, Refused
from solidarity_crm.models.introduction import Introduction
from solidarity_crm.reports.letters import Order
from solidarity_crm.rules import introducing
from solidarity_crm.rules.lifecycles import INTRODUCTION
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import budgets, introduction_words, outreach
from solidarity_crm.services.introductions import check_reachable, person_of, sides_of, take_messages_back
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.exchange.outreach.template_files import Template
    from solidarity_crm.store.transaction import Tx


class Asking(NamedTuple):
    """When, how and with which words somebody is asked; with a template, a draft is written to whom it is by e-mail.

    ``description`` says who the other person is without naming them, in place of what is kept of them; ``again`` puts an answer aside that was given;
    ``anyway`` is the reason for asking past a budget.
    """

    on: date
    channel: str | None = None
    words: str | None = None
    description: str | None = None
    again: bool = False
    anyway: str | None = None
    template: Template | None = None
    owner: str = ""


def ask(tx: Tx, ref: Ref, side: str, asking: Asking, *, today: date) -> Ref | None:
    """Record that a side was asked, and write the draft that asks them; give the draft.

    Raises BadValue, MoveRefused, NotFound, NotWritten, or Refused for a side that has answered, is not to be contacted, cannot
    be reached or was asked too often, and for words that give the other person away.
    """
    introduction, sides = tx.get(Introduction, ref.number), sides_of(tx, ref)
    own, on = sides[side], asking.on
    move(tx, introduction, INTRODUCTION, "reopen" if introduction.status == "agreed" else "ask", on=on)
    introducing.check_day(on, today=today, after=[("it was proposed", introduction.proposed_on), ("they answered", own.answered_on)])
    introducing.check_contactable(person_of(tx, own.contact_id))
    if own.answer and not asking.again:
        sentence = f"the {side} side said {own.answer} on {own.answered_on}; asking again puts that answer aside"
        raise Refused(sentence, f"solidarity intro ask {ref} {side} --again")
    channel, other = asking.channel or "email", next(row for name, row in sides.items() if name != side)
    check_reachable(tx, own.contact_id, channel)
    asking = asking._replace(channel=channel, description=asking.description or other.described_as)
    for what, text in (("the description", asking.description), ("the wording", asking.words)):
        introduction_words.check(tx, what, text, other, own.contact_id)
    asking = asking._replace(anyway=budgets.spend(tx, [own.contact_id], ref, on=on, anyway=asking.anyway))
    take_messages_back(tx, ref, on=on, to=None if own.answer == "yes" else own.contact_id)
    said = "; ".join(words for words in (asking.description, asking.words) if words) or None
    own.change(asked_on=on, asked_by=channel, asked_words=said, channel=None, answer=None, answered_on=None, words=None, shares=None)
    own.change(one_mail=None)
    return _written(tx, ref, own.contact_id, asking, today=today)


def ask_introducer(tx: Tx, ref: Ref, asking: Asking, *, today: date) -> Ref | None:
    """Record that whoever introduces the two was asked to, and write the note that they can forward; give the draft.

    Raises BadValue, MoveRefused, NotFound, NotWritten or Refused.
    """
    introduction, number = _introduced(tx, ref)
    if introduction.introducer_asked_on:
        sentence = f"the introducer of {ref} was asked on {introduction.introducer_asked_on}"
        raise Refused(sentence, f"solidarity intro remind {ref}")
    if introduction.status not in introducing.BEFORE_MADE:
        sentence = f"{ref} is {introduction.status}, so there is nothing left to ask its introducer"
        raise Refused(sentence, f"solidarity show {ref}")
    introducing.check_day(asking.on, today=today, after=[("it was proposed", introduction.proposed_on)])
    written = _approach(tx, ref, number, asking, today=today)
    if introduction.status == "proposed":
        move(tx, introduction, INTRODUCTION, "ask", on=asking.on)
    introduction.introducer_asked_on = asking.on
    return written


def remind_introducer(tx: Tx, ref: Ref, asking: Asking, *, today: date) -> Ref | None:
    """Record that the introducer was reminded, and write the reminder; give the draft. A second one is refused.

    Raises BadValue, NotFound, NotWritten or Refused.
    """
    introduction, number = _introduced(tx, ref)
    introducing.check_remindable(str(ref), introduction.status, introduction.introducer_asked_on, introduction.introducer_reminded_on)
    introducing.check_day(asking.on, today=today, after=[("they were asked", introduction.introducer_asked_on)])
    written = _approach(tx, ref, number, asking, today=today)
    introduction.introducer_reminded_on = asking.on
    return written


def _approach(tx: Tx, ref: Ref, number: int, asking: Asking, *, today: date) -> Ref | None:
    """Check that an introducer may be asked, and write to them."""
    introducing.check_contactable(person_of(tx, number))
    channel = asking.channel or "email"
    check_reachable(tx, number, channel)
    for side in sides_of(tx, ref).values():
        introduction_words.check(tx, "the wording", asking.words, side, number)
    asking = asking._replace(channel=channel, anyway=budgets.spend(tx, [number], ref, on=asking.on, anyway=asking.anyway))
    return _written(tx, ref, number, asking, today=today)


def _introduced(tx: Tx, ref: Ref) -> tuple[Introduction, int]:
    """Give an introduction and the number of its introducer.

    Raises NotFound, or Refused when it is we who introduce the two.
    """
    introduction = tx.get(Introduction, ref.number)
    if introduction.introducer_id is None:
        sentence = f"{ref} has no introducer but us"
        raise Refused(sentence, f"solidarity intro edit {ref} --via CONTACT")
    return introduction, introduction.introducer_id


def _written(tx: Tx, ref: Ref, number: int, asking: Asking, *, today: date) -> Ref | None:
    """Write the draft to whoever is asked by e-mail; give it, or None when they are asked in another way."""
    if asking.template is None or asking.channel != "email":
        return None
    order = Order(asking.template, asking.owner, ref, None, {}, asking.description, asking.words)
    try:
        return outreach.write(tx, order, Ref("P", number), today=today, anyway=asking.anyway)
    except NotWritten as problem:
        hint = problem.hint or "the same command with --by call, once you have asked"
        raise NotWritten(problem.who, problem.why, hint) from None
