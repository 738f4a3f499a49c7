"""What people answered to an invitation: kept with the meeting, the newest answer of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from solidarity_crm.exchange.calendar.reading.components import Doubt
from solidarity_crm.models import Answer, Meeting, Participant
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services.calendar_import.report import Line
from solidarity_crm.services.calendar_import.there import Addresses, Known
from solidarity_crm.services.contacts import stored
from solidarity_crm.services.meetings import add_people

if TYPE_CHECKING:
    from datetime import datetime

    from solidarity_crm.exchange.calendar.reading.items import Attendee, CalendarFile, Reply
    from solidarity_crm.store.transaction import Tx

LEFT = "not coming"


def take_in(tx: Tx, file: CalendarFile) -> list[Line]:
    """Take the answers of a file; a meeting that is not here is never made of one (exchange.md E4)."""
    known = Known(tx, (reply.uid for reply in file.replies))
    addresses = Addresses(tx, (one for reply in file.replies for one in reply.attendees))
    return [line for reply in file.replies for line in _reply(tx, file, reply, known, addresses)]


def keep(tx: Tx, meeting: Meeting, contact: int, answer: str, at: datetime | None) -> bool:
    """Keep somebody's answer unless a newer one is here; say whether anything changed."""
    there = _there(tx, meeting, contact)
    if there is None:
        tx.add(Answer.checked(meeting_id=stored(meeting), contact_id=contact, answer=answer, answered_at=at))
        return True
    if (there.answer == answer and there.answered_at == at) or _older(at, there.answered_at):
        return False
    changed = there.answer != answer
    there.change(answer=answer, answered_at=at)
    return changed


def _reply(tx: Tx, file: CalendarFile, reply: Reply, known: Known, addresses: Addresses) -> list[Line]:
    """Take one answer."""
    meeting = known.meeting(reply.uid)
    if meeting is None:
        return [Line(reply.line, "skipped", None, reply.title, "an answer to a meeting that is not here")]
    if reply.date_of:
        return [Line(reply.line, "skipped", meeting.ref, meeting.title, f"an answer to one date of it only, {reply.date_of}")]
    if not reply.attendees:
        return [Line(reply.line, "rejected", meeting.ref, meeting.title, "it does not say who answers what", "ATTENDEE")]
    lines = []
    for one in reply.attendees:
        number = addresses.contact(one)
        if number is None:
            file.doubts.append(Doubt(reply.line, "ATTENDEE", f"no contact has {one.address}"))
            lines.append(Line(reply.line, "skipped", meeting.ref, meeting.title, f"{one.answer}: somebody who is no contact"))
        else:
            lines.append(_answer(tx, reply, meeting, one, number))
    return lines


def _answer(tx: Tx, reply: Reply, meeting: Meeting, one: Attendee, number: int) -> Line:
    """Take what one contact answered."""
    assert one.answer is not None  # noqa: S101 - a reply has no others
    who, there = f"P{number}", _there(tx, meeting, number)
    if there is not None and _older(reply.version.stamp, there.answered_at):
        return Line(reply.line, "skipped", meeting.ref, meeting.title, f"{who}'s answer is older than the one that is here")
    part = select(Participant).where(Participant.meeting_id == meeting.id, Participant.contact_id == number)
    takes_part = tx.session.exec(part).first() is not None
    if not takes_part and one.answer == LEFT:
        return Line(reply.line, "skipped", meeting.ref, meeting.title, f"{who} does not take part, and is not coming")
    if not takes_part:
        add_people(tx, Ref("M", stored(meeting)), contacts=[number])
    if keep(tx, meeting, number, one.answer, reply.version.stamp) or not takes_part:
        meeting.updated_at = tx.now
        return Line(reply.line, "updated", meeting.ref, meeting.title, f"{who}: {one.answer}")
    return Line(reply.line, "unchanged", meeting.ref, meeting.title)


def _there(tx: Tx, meeting: Meeting, contact: int) -> Answer | None:
    """Give the answer of somebody that is here, or None."""
    tx.session.flush()
    return tx.session.exec(select(Answer).where(Answer.meeting_id == meeting.id, Answer.contact_id == contact)).first()


def _older(at: datetime | None, there: datetime | None) -> bool:
    """Say whether an answer was surely written before another."""
    return at is not None and there is not None and at < there
