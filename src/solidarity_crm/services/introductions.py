"""Introductions: proposing, asking each side, keeping their own answers, making, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.models import Contact, Introduction, IntroductionSide
from solidarity_crm.rules import introducing
from solidarity_crm.rules.introducing import SIDES, Answer, Earlier, Person
from solidarity_crm.rules.lifecycles import INTRODUCTION
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import followups
from solidarity_crm.services.contacts import stored
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx


class Proposal(NamedTuple):
    """Two people and why they should meet; without an introducer it is us. ``again``: although they had one before."""

    left: Ref
    right: Ref
    why: str
    introducer: Ref | None = None
    owner: str | None = None
    again: bool = False


class Said(NamedTuple):
    """A side's answer: ``yes`` or ``no``, when, how, in their words, and what may be passed on about them."""

    answer: str
    on: date
    channel: str | None = None
    words: str | None = None
    shares: Sequence[str] = ()


class Made(NamedTuple):
    """An introduction that was made, and the follow-up that asks what came of it."""

    ref: Ref
    check_in: Ref
    due: date


def propose(tx: Tx, proposal: Proposal, *, on: date, today: date) -> Ref:
    """Propose to bring two contacts together; give the introduction's ref.

    Raises BadValue, NotFound, or Refused for people who cannot be introduced or have been before.
    """
    pair = (proposal.left, proposal.right)
    introducer = _person(tx, proposal.introducer.number) if proposal.introducer else None
    introducing.check_people(_person(tx, pair[0].number), _person(tx, pair[1].number), introducer)
    introducing.check_earlier(_earlier(tx, *pair), again=proposal.again)
    introducing.check_day(on, today=today)
    introduction = Introduction.checked(
        why=proposal.why, introducer_id=proposal.introducer and proposal.introducer.number, owner=proposal.owner, proposed_on=on
    )
    number = stored(tx.add(introduction))
    tx.add_all(
        [IntroductionSide.checked(introduction_id=number, side=side, contact_id=ref.number) for side, ref in zip(SIDES, pair, strict=True)]
    )
    return Ref("I", number)


def edit(tx: Tx, ref: Ref, **fields: Any) -> Ref:  # noqa: ANN401 - checked by the model
    """Change an introduction; its outcome only once it is closed.

    Raises BadValue, NotFound, or Refused for an introducer who cannot be.
    """
    introduction = tx.get(Introduction, ref.number)
    if fields.get("introducer_id"):
        left, right = (_person(tx, side.contact_id) for side in _sides(tx, ref).values())
        introducing.check_people(left, right, _person(tx, fields["introducer_id"]))
    if "outcome" in fields and introduction.status != "closed":
        sentence = f"{ref} is {introduction.status}; what came of it is recorded when it is closed"
        raise Refused(sentence, f'solidarity intro close {ref} --outcome "WORDS"')
    introduction.change(**fields)
    return ref


def ask(tx: Tx, ref: Ref, side: str, *, on: date, today: date, channel: str | None = None, again: bool = False) -> Ref:
    """Record that a side was asked; ``again`` puts an answer aside that they have given.

    Raises BadValue, MoveRefused, NotFound, or Refused for a side that has answered or is not to be contacted.
    """
    introduction, own = tx.get(Introduction, ref.number), _sides(tx, ref)[side]
    move(tx, introduction, INTRODUCTION, "reopen" if introduction.status == "agreed" else "ask", on=on)
    introducing.check_day(on, today=today, after=[("it was proposed", introduction.proposed_on), ("they answered", own.answered_on)])
    introducing.check_contactable(_person(tx, own.contact_id))
    if own.answer and not again:
        sentence = f"the {side} side said {own.answer} on {own.answered_on}; asking again puts that answer aside"
        raise Refused(sentence, f"solidarity intro ask {ref} {side} --again")
    own.change(asked_on=on, channel=channel, answer=None, answered_on=None, words=None, shares=None)
    return ref


def answer(tx: Tx, ref: Ref, side: str, said: Said, *, today: date) -> Ref:
    """Record a side's own answer, asked for or not; two yeses agree, one no declines.

    A yes can be taken back until the introduction is made, and said again to change what may be shared.
    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction, sides = tx.get(Introduction, ref.number), _sides(tx, ref)
    own = sides[side]
    introducing.check_answerable(str(ref), introduction.status)
    before = [("it was proposed", introduction.proposed_on), ("they were asked", own.asked_on), ("they last answered", own.answered_on)]
    introducing.check_day(said.on, today=today, after=before)
    own.change(**_kept(said, own))
    step = introducing.step(one.answer for one in sides.values())
    if (introduction.status, step) != ("agreed", "agree"):
        # no reason goes with a no: what one side said is not for anything that is about the other
        move(tx, introduction, INTRODUCTION, step, on=max(one.answered_on or said.on for one in sides.values()))
    introduction.ended_on = said.on if step == "decline" else None
    return ref


def make(tx: Tx, ref: Ref, *, on: date, today: date) -> Made:
    """Record that the two were introduced, and add the follow-up that asks what came of it.

    Raises ConsentMissing unless both sides' yes stands; BadValue, MoveRefused, NotFound or Refused.
    """
    introduction, sides = tx.get(Introduction, ref.number), _sides(tx, ref)
    people = {side: _person(tx, row.contact_id) for side, row in sides.items()}
    if introduction.status in introducing.BEFORE_MADE:
        introducing.check_consent(
            str(ref), [Answer(side, people[side].name, row.answer, row.asked_on, row.answered_on) for side, row in sides.items()]
        )
    move(tx, introduction, INTRODUCTION, "make", on=on)
    introducing.check_day(on, today=today, after=[(f"the {side} side said yes", row.answered_on) for side, row in sides.items()])
    for person in people.values():
        introducing.check_contactable(person)
    introduction.made_on = on
    due = on + timedelta(days=tx.settings.intervals.introduction_check_in_days)
    return Made(ref, followups.add(tx, introducing.CHECK_IN, due=due, about=str(ref), owner=introduction.owner), due)


def met(tx: Tx, ref: Ref, *, on: date, today: date) -> Ref:
    """Record that the two have met.

    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction = tx.get(Introduction, ref.number)
    move(tx, introduction, INTRODUCTION, "met", on=on)
    introducing.check_day(on, today=today, after=[("it was made", introduction.made_on)])
    introduction.met_on = on
    return ref


def close(tx: Tx, ref: Ref, outcome: str, *, on: date, today: date) -> Ref:
    """Close an introduction that was made, with what came of it.

    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction = tx.get(Introduction, ref.number)
    move(tx, introduction, INTRODUCTION, "close", on=on)
    introducing.check_day(on, today=today, after=[("it was made", introduction.made_on), ("they met", introduction.met_on)])
    introduction.change(outcome=outcome, ended_on=on)
    return ref


def end(tx: Tx, ref: Ref, step: str, *, on: date, today: date, why: str | None = None) -> Ref:
    """End an introduction that was not made: ``step`` is ``decline``, ``withdraw`` or ``lapse``.

    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction = tx.get(Introduction, ref.number)
    move(tx, introduction, INTRODUCTION, step, on=on, why=why)
    after: list[tuple[str, date | None]] = [("it was proposed", introduction.proposed_on)]
    for side, row in _sides(tx, ref).items():
        after += [(f"the {side} side was asked", row.asked_on), (f"the {side} side answered", row.answered_on)]
    introducing.check_day(on, today=today, after=after)
    introduction.ended_on = on
    return ref


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
    return ref


def _kept(said: Said, own: IntroductionSide) -> dict[str, Any]:
    """Give a side's fields after an answer; the same answer again keeps what it does not say anew."""
    again = said.answer == own.answer
    return {
        "answer": said.answer,
        "answered_on": said.on,
        "channel": said.channel or own.channel,
        "words": said.words or (own.words if again else None),
        "shares": introducing.shared(said.shares, own.shares) if said.answer == "yes" else None,
    }


def _sides(tx: Tx, ref: Ref) -> dict[str, IntroductionSide]:
    """Give an introduction's two sides by name, the left one first."""
    found = tx.session.exec(select(IntroductionSide).where(IntroductionSide.introduction_id == ref.number))
    return dict(sorted((row.side, row) for row in found))


def _person(tx: Tx, number: int) -> Person:
    """Give a contact as far as introducing them goes."""
    contact = tx.get(Contact, number)
    return Person(contact.ref, contact.name, contact.do_not_contact, contact.do_not_contact_reason)


def _earlier(tx: Tx, left: Ref, right: Ref) -> list[Earlier]:
    """List the introductions that the same two have had, in either order."""
    of_left = select(IntroductionSide.introduction_id).where(IntroductionSide.contact_id == left.number)
    of_both = select(IntroductionSide.introduction_id).where(
        IntroductionSide.contact_id == right.number, col(IntroductionSide.introduction_id).in_(of_left)
    )
    found = tx.session.exec(select(Introduction).where(col(Introduction.id).in_(of_both)).order_by(col(Introduction.id)))
    return [Earlier(one.ref, one.status, one.ended_on) for one in found]
