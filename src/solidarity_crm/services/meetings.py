"""Meetings: planning, changing, holding and cancelling them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import select

from solidarity_crm.errors import Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.calendar import Answer
from solidarity_crm.models.meeting import Interaction, Meeting
from solidarity_crm.rules import lifecycles, meeting_times
from solidarity_crm.rules.invitations import NOT_COMING
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import followups, interactions
from solidarity_crm.services import meeting_series as series
from solidarity_crm.services.meeting_parts import by_kind, stored_times, taking_part, times_of
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime, timedelta
    from zoneinfo import ZoneInfo

    from solidarity_crm.rules.meeting_times import Times
    from solidarity_crm.store.transaction import Tx

# a change of one of these makes calendars take the meeting for a newer one (RFC 5545 §3.8.7.4)
REVISING = ("starts", "ends", "time_zone", "place", "link", "all_day", "recurs", "left_out")


class When(NamedTuple):
    """What of a meeting's time is to change; None stays, and of length and end only one is given."""

    starts: datetime | None = None
    length: timedelta | None = None
    ends: datetime | None = None
    zone: ZoneInfo | None = None


class Action(NamedTuple):
    """Something that a meeting agreed on, due on a day."""

    what: str
    due: date


def add(
    tx: Tx,
    title: str,
    times: Times,
    *,
    contacts: Sequence[Ref] = (),
    organisations: Sequence[Ref] = (),
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Plan a meeting; give its ref.

    Raises BadValue.
    """
    number = stored(tx.add(Meeting.checked(title=title, **stored_times(times), **fields)))
    interactions.take_part(tx, contacts, organisations, meeting_id=number)
    return Ref("M", number)


def edit(
    tx: Tx,
    ref: Ref,
    *,
    when: When = When(),
    coming: Sequence[Ref] = (),
    leaving: Sequence[Ref] = (),
    **fields: Any,  # noqa: ANN401 - checked by the model
) -> Ref:
    """Change a meeting; ``coming`` and ``leaving`` are contacts and organisations.

    Raises BadValue, NotFound, or Refused for somebody who does not take part, or for a new time or place of a cancelled one.
    """
    meeting = tx.get(Meeting, ref.number)
    called, before, first = meeting.title, _revision(meeting), meeting.starts
    meeting.change(**fields, **(stored_times(_moved(meeting, when)) if when != When() else {}))
    if meeting.recurs and meeting.starts != first:
        series.check_move(meeting, first, meeting.starts)
        series.follow(tx, meeting, first)
    if _revision(meeting) != before:
        if meeting.status == "cancelled":
            sentence = f"{ref} is cancelled, so it has no other time or place"
            raise Refused(sentence, 'solidarity meeting add TITLE --at "DAY TIME"')
        meeting.sequence += 1
    if coming or leaving:
        _change_people(tx, ref, coming, leaving)
        meeting.updated_at = tx.now
    if meeting.status == "held":
        _record(tx, meeting, called=called)
    return ref


def notes(tx: Tx, ref: Ref, text: str, *, today: date, actions: Sequence[Action] = (), owner: str | None = None) -> list[Ref]:
    """Add notes to a meeting, held from its day on, and follow-ups about it; give the follow-ups' refs.

    Raises BadValue or NotFound.
    """
    meeting = tx.get(Meeting, ref.number)
    meeting.change(notes=f"{meeting.notes}\n\n{text}" if meeting.notes else text)
    day = meeting_times.read(meeting.starts).date()
    if meeting.status == "planned" and day <= today:
        move(tx, meeting, lifecycles.MEETING, "held", on=day)
        meeting.sequence += 1
        _record(tx, meeting, called=meeting.title)
    return [followups.add(tx, a.what, due=a.due, about=str(ref), owner=owner or meeting.owner) for a in actions]


def cancel(tx: Tx, ref: Ref, *, on: date, why: str | None = None) -> Ref:
    """Cancel a meeting.

    Raises MoveRefused or NotFound.
    """
    meeting = tx.get(Meeting, ref.number)
    move(tx, meeting, lifecycles.MEETING, "cancel", on=on, why=why)
    meeting.sequence += 1
    if meeting.recurs:
        series.cancel_dates(tx, ref, on=on, why=why)
    return ref


def add_people(tx: Tx, ref: Ref, *, contacts: Iterable[int], organisations: Iterable[int] = ()) -> bool:
    """Let contacts and organisations take part by their numbers; say whether anybody is new.

    Raises NotFound.
    """
    there = taking_part(tx, meeting_id=ref.number)
    wanted = [*(Ref("P", number) for number in contacts), *(Ref("O", number) for number in organisations)]
    new = by_kind([who for who in wanted if who not in there])
    interactions.take_part(tx, new["contacts"], new["organisations"], meeting_id=ref.number)
    return bool(new["contacts"] or new["organisations"])


def _revision(meeting: Meeting) -> list[Any]:
    """Give what makes a meeting another for calendars when it changes."""
    return [getattr(meeting, field) for field in REVISING]


def _moved(meeting: Meeting, when: When) -> Times:
    """Give a meeting's times with what is to change of them; it takes as long as before unless told otherwise."""
    now = times_of(meeting)
    starts, place = when.starts or now.starts, when.zone or now.zone
    if meeting.all_day:
        days = now.ends - now.starts
        return meeting_times.Times(starts, when.ends or starts + (when.length or days), place)
    if when.ends:
        return meeting_times.between(starts, when.ends, place)
    return meeting_times.lasting(starts, when.length or now.length, place)


def _change_people(tx: Tx, ref: Ref, coming: Iterable[Ref], leaving: Iterable[Ref]) -> None:
    """Let people and organisations join or leave a meeting; one that takes part already stays once."""
    there = taking_part(tx, meeting_id=ref.number)
    for who in leaving:
        if who not in there:
            sentence = f"{who} does not take part in {ref}"
            raise Refused(sentence, f"solidarity show {ref}")
    _settle(tx, [*(who for who in there if who not in leaving), *coming], meeting_id=ref.number)
    for said in tx.session.exec(select(Answer).where(Answer.meeting_id == ref.number)).all():
        if Ref("P", said.contact_id) in (*coming, *leaving):  # what was decided here is newer than what they once answered
            tx.session.delete(said)


def _record(tx: Tx, meeting: Meeting, *, called: str) -> None:
    """Keep one interaction in step with a meeting that was held, so that nobody who came counts as quiet.

    ``called`` is the title it was recorded under; what people logged about the meeting themselves is left alone.
    """
    stayed_away = tx.session.exec(select(Answer.contact_id).where(Answer.meeting_id == meeting.id, Answer.answer == NOT_COMING)).all()
    came = [who for who in taking_part(tx, meeting_id=stored(meeting)) if who.letter != "P" or who.number not in stayed_away]
    on = meeting_times.read(meeting.starts).date()
    ours = select(Interaction).where(Interaction.about == meeting.ref, Interaction.kind == "meeting", Interaction.summary == called)
    there = tx.session.exec(ours).first()
    if there is not None:
        there.change(happened_on=on, summary=meeting.title)
        _settle(tx, came, interaction_id=stored(there))
    elif came:
        interactions.log(tx, meeting.title, on=on, kind="meeting", about=meeting.ref, **by_kind(came))


def _settle(tx: Tx, wanted: Sequence[Ref], **event: int) -> None:
    """Make these the ones who take part in a meeting or an interaction."""
    there = taking_part(tx, **event)
    for who, row in there.items():
        if who not in wanted:
            tx.session.delete(row)
    fresh = by_kind([who for who in wanted if who not in there])
    interactions.take_part(tx, fresh["contacts"], fresh["organisations"], **event)
