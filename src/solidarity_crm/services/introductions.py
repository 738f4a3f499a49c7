"""Introductions: proposing, keeping each side's own answer, making, and what came of it."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.contact import Contact, ContactPoint
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.introduction import Introduction, IntroductionSide
from solidarity_crm.rules import introducing, lifecycles, reaching
from solidarity_crm.rules.introducing import SIDES, Answer, Earlier, Person
from solidarity_crm.rules.lifecycles import INTRODUCTION
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import followups, introduction_words
from solidarity_crm.services.moves import move, stop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from solidarity_crm.store.transaction import Tx


class Proposal(NamedTuple):
    """Two people and why they should meet; without an introducer it is us. ``again``: although they had one before.

    ``described`` has, by side, who that person is without a name, for the other to read before their own yes.
    """

    left: Ref
    right: Ref
    why: str
    introducer: Ref | None = None
    owner: str | None = None
    again: bool = False
    described: Mapping[str, str] = MappingProxyType({})


class Said(NamedTuple):
    """A side's answer: ``yes``, ``no`` or ``silent``, when, how, in their words, and what may be passed on about them.

    ``one_mail`` says whether they agree to be on one message with the other; None leaves it as it was.
    """

    answer: str
    on: date
    channel: str | None = None
    words: str | None = None
    shares: Sequence[str] = ()
    one_mail: bool | None = None


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
    introducer = person_of(tx, proposal.introducer.number) if proposal.introducer else None
    introducing.check_people(person_of(tx, pair[0].number), person_of(tx, pair[1].number), introducer)
    for ref in pair:
        check_reachable(tx, ref.number)
    introducing.check_earlier(_earlier(tx, *pair), again=proposal.again)
    introducing.check_day(on, today=today)
    introduction = Introduction.checked(
        why=proposal.why, introducer_id=proposal.introducer and proposal.introducer.number, owner=proposal.owner, proposed_on=on
    )
    number = stored(tx.add(introduction))
    tx.add_all(
        [IntroductionSide.checked(introduction_id=number, side=side, contact_id=ref.number) for side, ref in zip(SIDES, pair, strict=True)]
    )
    _describe(tx, Ref("I", number), proposal.described)
    return Ref("I", number)


def edit(tx: Tx, ref: Ref, *, described: Mapping[str, str] = MappingProxyType({}), **fields: Any) -> Ref:  # noqa: ANN401 - checked by the model
    """Change an introduction; its outcome only once it is closed. An empty description takes away what was there.

    Raises BadValue, NotFound, or Refused for an introducer who cannot be and for a description that gives somebody away.
    """
    introduction = tx.get(Introduction, ref.number)
    if fields.get("introducer_id"):
        left, right = (person_of(tx, side.contact_id) for side in sides_of(tx, ref).values())
        introducing.check_people(left, right, person_of(tx, fields["introducer_id"]))
    if "outcome" in fields and introduction.status != "closed":
        sentence = f"{ref} is {introduction.status}; what came of it is recorded when it is closed"
        raise Refused(sentence, f'solidarity intro close {ref} --outcome "WORDS"')
    if "introducer_id" in fields and fields["introducer_id"] != introduction.introducer_id:
        # what was asked of one introducer says nothing of another
        fields |= {"introducer_asked_on": None, "introducer_reminded_on": None, "introducer_told_on": None}
    introduction.change(**fields)
    _describe(tx, ref, described)
    return ref


def answer(tx: Tx, ref: Ref, side: str, said: Said, *, today: date) -> Ref:
    """Record a side's own answer, asked for or not; two yeses agree, one no declines, a silence lapses.

    A yes can be taken back by a no until the introduction is made, and said again to change what may be shared. Messages
    that have not gone out and tell what it no longer allows are cancelled.
    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction, sides = tx.get(Introduction, ref.number), sides_of(tx, ref)
    own = sides[side]
    introducing.check_answerable(str(ref), introduction.status)
    order = [("it was proposed", introduction.proposed_on), ("they were asked", own.asked_on), ("they last answered", own.answered_on)]
    introducing.check_day(said.on, today=today, after=order)
    take_messages_back(tx, ref, on=said.on, to=own.contact_id, asking=True)  # whoever has answered is not asked any more
    taken_back = own.answer == "yes" and said.answer != "yes"
    before = set((own.shares or "").split(", "))
    own.change(**_kept(said, own), withdrawn_on=said.on if taken_back else own.withdrawn_on)
    step = introducing.step(one.answer for one in sides.values())
    if step in ("decline", "lapse") or before - set((own.shares or "").split(", ")) - {""}:
        take_messages_back(tx, ref, on=said.on)
    if (introduction.status, step) != ("agreed", "agree"):
        # no reason goes with a no: what one side said is not for anything that is about the other
        move(tx, introduction, INTRODUCTION, step, on=max(one.answered_on or said.on for one in sides.values()))
    introduction.ended_on = said.on if step in ("decline", "lapse") else None
    return ref


def make(tx: Tx, ref: Ref, *, on: date, today: date) -> Made:
    """Record that the two were introduced, and add the follow-up that asks what came of it.

    Raises ConsentMissing unless both sides' yes stands; BadValue, MoveRefused, NotFound or Refused.
    """
    introduction, sides = tx.get(Introduction, ref.number), sides_of(tx, ref)
    people = {side: person_of(tx, row.contact_id) for side, row in sides.items()}
    if introduction.status in introducing.BEFORE_MADE:
        introducing.check_consent(
            str(ref), [Answer(side, people[side].name, row.answer, row.asked_on, row.answered_on) for side, row in sides.items()]
        )
    move(tx, introduction, INTRODUCTION, "make", on=on)
    introducing.check_day(on, today=today, after=[(f"the {side} side said yes", row.answered_on) for side, row in sides.items()])
    for person in people.values():
        introducing.check_contactable(person)
    introduction.made_on = on
    take_messages_back(tx, ref, on=on, asking=True)
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


def close(tx: Tx, ref: Ref, outcome: str, *, on: date, today: date, result: str | None = None) -> Ref:
    """Close an introduction that was made, with what came of it, in words and as one of rules.introducing.RESULTS.

    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction = tx.get(Introduction, ref.number)
    move(tx, introduction, INTRODUCTION, "close", on=on)
    introducing.check_day(on, today=today, after=[("it was made", introduction.made_on), ("they met", introduction.met_on)])
    introduction.change(outcome=outcome, ended_on=on, result=result)
    return ref


def end(tx: Tx, ref: Ref, step: str, *, on: date, today: date, why: str | None = None) -> Ref:
    """End an introduction that was not made: ``step`` is ``decline``, ``withdraw`` or ``lapse``.

    Raises BadValue, MoveRefused, NotFound, or Refused for a day out of order.
    """
    introduction = tx.get(Introduction, ref.number)
    move(tx, introduction, INTRODUCTION, step, on=on, why=why)
    after: list[tuple[str, date | None]] = [("it was proposed", introduction.proposed_on)]
    for side, row in sides_of(tx, ref).items():
        after += [(f"the {side} side was asked", row.asked_on), (f"the {side} side answered", row.answered_on)]
    introducing.check_day(on, today=today, after=after)
    introduction.ended_on = on
    take_messages_back(tx, ref, on=on)
    return ref


def _describe(tx: Tx, ref: Ref, described: Mapping[str, str]) -> None:
    """Keep how sides are described to each other.

    Raises BadValue, or Refused for words that give somebody away.
    """
    sides = sides_of(tx, ref) if described else {}
    for side, words in described.items():
        introduction_words.describe(
            tx, sides[side], words.strip() or None, next(row.contact_id for name, row in sides.items() if name != side)
        )


def _kept(said: Said, own: IntroductionSide) -> dict[str, Any]:
    """Give a side's fields after an answer; the same answer again keeps what it does not say anew."""
    again = said.answer == own.answer
    return {
        "answer": said.answer,
        "answered_on": said.on,
        "channel": said.channel or (own.channel if again else None),
        "words": said.words or (own.words if again else None),
        "shares": introducing.shared(said.shares, own.shares) if said.answer == "yes" else None,
        "one_mail": (own.one_mail if said.one_mail is None else said.one_mail) if said.answer == "yes" else None,
    }


def sides_of(tx: Tx, ref: Ref) -> dict[str, IntroductionSide]:
    """Give an introduction's two sides by name, the left one first."""
    found = tx.session.exec(select(IntroductionSide).where(IntroductionSide.introduction_id == ref.number))
    return dict(sorted((row.side, row) for row in found))


def person_of(tx: Tx, number: int) -> Person:
    """Give a contact as far as introducing them goes."""
    contact = tx.get(Contact, number)
    return Person(contact.ref, contact.name, contact.do_not_contact, contact.do_not_contact_reason)


def check_reachable(tx: Tx, number: int, channel: str | None = None) -> None:
    """Refuse to ask somebody by a channel that is not safe for them or that we have no address for; without one, by none at all.

    Raises Refused.
    """
    contact = tx.get(Contact, number)
    systems = set(tx.session.exec(select(ContactPoint.system).where(ContactPoint.contact_id == number)))
    channels = [part.strip() for part in contact.channels.split(",")] if contact.channels else None
    reach = reaching.Reach(channels, "email" in systems, "phone" in systems)
    reaching.check(f"{contact.ref} {contact.name}", reach, channel or next(iter(reach.open), None))


def take_messages_back(tx: Tx, ref: Ref, *, on: date, to: int | None = None, asking: bool = False) -> None:
    """Cancel the drafts about an introduction that have not gone out: they tell what no longer stands. What was handed over goes out no more.

    Of all of them those to one contact, when ``to`` is given, and those that ask for something, when ``asking``.
    """
    why = "the introduction does not stand as it did when this was written"
    open_ones = select(Draft).where(Draft.about == str(ref), col(Draft.status).in_(lifecycles.MAY_GO_OUT))
    open_ones = open_ones if to is None else open_ones.where(Draft.contact_id == to)
    for draft in tx.session.exec(open_ones.where(Draft.purpose == "engagement") if asking else open_ones).all():
        if draft.status == "draft":
            move(tx, draft, lifecycles.DRAFT, "cancel", on=on, why=why)
        elif not asking:
            stop(tx, draft, on=on, why=why)


def _earlier(tx: Tx, left: Ref, right: Ref) -> list[Earlier]:
    """List the introductions that the same two have had, in either order."""
    of_left = select(IntroductionSide.introduction_id).where(IntroductionSide.contact_id == left.number)
    of_both = select(IntroductionSide.introduction_id).where(
        IntroductionSide.contact_id == right.number, col(IntroductionSide.introduction_id).in_(of_left)
    )
    found = tx.session.exec(select(Introduction).where(col(Introduction.id).in_(of_both)).order_by(col(Introduction.id)))
    return [Earlier(one.ref, one.status, one.ended_on) for one in found]
