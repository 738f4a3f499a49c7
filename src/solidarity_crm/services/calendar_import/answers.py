"""What people answered to an invitation: kept with the meeting, the newest answer of each."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import select

from solidarity_crm.exchange.calendar.reading.components import Doubt
from solidarity_crm.models.base import stored
from solidarity_crm.models.calendar import Answer
from solidarity_crm.models.meeting import Meeting, Participant
from solidarity_crm.rules import meeting_times, recurring, series
from solidarity_crm.rules.invitations import NOT_COMING
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services.calendar_import.report import Line
from solidarity_crm.services.calendar_import.there import Addresses, Known
from solidarity_crm.services.meeting_series import at_date
from solidarity_crm.services.meetings import add_people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.calendar.reading.items import Attendee, CalendarFile, Reply
    from solidarity_crm.store.transaction import Tx


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
    if not reply.attendees:
        return [Line(reply.line, "rejected", meeting.ref, meeting.title, "it does not say who answers what", "ATTENDEE")]
    if reply.to_a_date:
        numbers = [(addresses.contact(one), one.answer) for one in reply.attendees]
        said = [number for number, answer in numbers if number and (answer != NOT_COMING or _takes_part(tx, meeting, number))]
        date = _date(tx, known, meeting, reply.date_of, said)
        if date is None and said:
            return [Line(reply.line, "skipped", meeting.ref, meeting.title, "an answer to a date that it does not have")]
        meeting = date or meeting  # nobody answers whose answer counts, which is said below
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
    takes_part = _takes_part(tx, meeting, number)
    if not takes_part and one.answer == NOT_COMING:
        return Line(reply.line, "skipped", meeting.ref, meeting.title, f"{who} does not take part, and is not coming")
    if not takes_part:
        add_people(tx, Ref("M", stored(meeting)), contacts=[number])
    if keep(tx, meeting, number, one.answer, reply.version.stamp) or not takes_part:
        meeting.updated_at = tx.now
        return Line(reply.line, "updated", meeting.ref, meeting.title, f"{who}: {one.answer}")
    return Line(reply.line, "unchanged", meeting.ref, meeting.title)


def _date(tx: Tx, known: Known, whole: Meeting, moment: datetime | None, said: Sequence[int]) -> Meeting | None:
    """Give the meeting that stands for a date of a series: made for whose answers differ there, with everybody else's as they are to all.

    None when the series has no such date, or nobody answers.
    """
    if not whole.recurs or moment is None:
        return None
    wall = moment.astimezone(meeting_times.zone(whole.time_zone)).replace(tzinfo=None) if moment.tzinfo else moment
    first = meeting_times.read(whole.starts)
    if not moment.tzinfo:
        wall = datetime.combine(wall, first.time())  # a day alone means the date on that day
    there = known.date(stored(whole), meeting_times.written(wall))
    left_out = (whole.left_out or "").split()
    if there is not None or not said or whole.status == "cancelled":
        return there
    if next(series.dates(recurring.parse(whole.recurs), first, left_out, wall, wall), None) is None:
        return None
    made = at_date(tx, Ref("M", stored(whole)), wall)
    for one in tx.session.exec(select(Answer).where(Answer.meeting_id == whole.id)).all():
        if one.contact_id not in said:
            keep(tx, made, one.contact_id, one.answer, one.answered_at)
    return made


def _takes_part(tx: Tx, meeting: Meeting, contact: int) -> bool:
    """Say whether a contact takes part in a meeting."""
    part = select(Participant).where(Participant.meeting_id == meeting.id, Participant.contact_id == contact)
    return tx.session.exec(part).first() is not None


def _there(tx: Tx, meeting: Meeting, contact: int) -> Answer | None:
    """Give the answer of somebody that is here, or None."""
    tx.session.flush()
    return tx.session.exec(select(Answer).where(Answer.meeting_id == meeting.id, Answer.contact_id == contact)).first()


def _older(at: datetime | None, there: datetime | None) -> bool:
    """Say whether an answer was surely written before another."""
    return at is not None and there is not None and at < there
