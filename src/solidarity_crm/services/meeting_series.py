"""Dates of a series of meetings: one that differs from the others becomes a meeting of its own, one that is not is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from solidarity_crm.errors import Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.meeting import Meeting
from solidarity_crm.rules import lifecycles, meeting_times, recurring, series
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import interactions
from solidarity_crm.services.meeting_parts import by_kind, stored_times, taking_part, times_of
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from datetime import date, datetime

    from solidarity_crm.store.transaction import Tx


def on_day(tx: Tx, ref: Ref, day: date) -> Meeting:
    """Give the meeting of its own that stands for the date of a series that is on a day, made when it is not there yet.

    Raises NotFound, Refused for what is no series or is cancelled, or BadValue when it has no date then.
    """
    whole, date_of = _date(tx, ref, day)
    return at_date(tx, ref, date_of) if whole.status != "cancelled" else _refuse_cancelled(ref)


def at_date(tx: Tx, ref: Ref, date_of: datetime) -> Meeting:
    """Give the meeting that stands for a date of a series, made when it is not there yet: like the others, with the same people.

    Raises NotFound.
    """
    whole, written = tx.get(Meeting, ref.number), meeting_times.written(date_of)
    if (there := _there(tx, ref, written)) is not None:
        return there
    times = meeting_times.shifted(times_of(whole), date_of, all_day=whole.all_day)
    kept = whole.model_dump(include={"title", "place", "link", "agenda", "owner", "all_day"})
    made = tx.add(Meeting.checked(**kept, **stored_times(times), series_id=ref.number, date_of=written, sequence=whole.sequence))
    everybody = by_kind(list(taking_part(tx, meeting_id=ref.number)))
    interactions.take_part(tx, everybody["contacts"], everybody["organisations"], meeting_id=stored(made))
    return made


def skip(tx: Tx, ref: Ref, day: date, *, today: date, why: str | None = None) -> Ref:
    """Leave the date of a series out that is on a day; one that is a meeting of its own is cancelled. Give the record that changed.

    Raises NotFound, Refused for what is no series or is cancelled, MoveRefused, or BadValue when it has no date then.
    """
    whole, date_of = _date(tx, ref, day)
    if whole.status == "cancelled":
        _refuse_cancelled(ref)
    return leave_out(tx, ref, date_of, today=today, why=why)


def leave_out(tx: Tx, ref: Ref, date_of: datetime, *, today: date, why: str | None = None) -> Ref:
    """Leave a date of a series out; one that is a meeting of its own is cancelled. Give the record that changed.

    Raises NotFound or MoveRefused.
    """
    whole, written = tx.get(Meeting, ref.number), meeting_times.written(date_of)
    there = _there(tx, ref, written)
    if there is not None:
        move(tx, there, lifecycles.MEETING, "cancel", on=today, why=why)
        there.sequence += 1
        return Ref("M", stored(there))
    whole.change(left_out=f"{whole.left_out or ''} {written}")
    whole.sequence += 1
    return ref


def date_on(tx: Tx, ref: Ref, day: date) -> datetime:
    """Give when the date of a series begins that its rule has on a day, wherever it was moved to.

    Raises NotFound, Refused for what is cancelled, or BadValue when its rule has no date then.
    """
    whole = tx.get(Meeting, ref.number)
    if whole.status == "cancelled":
        _refuse_cancelled(ref)
    return _by_rule(whole, day)


def check_move(whole: Meeting, before: str, after: str) -> None:
    """Refuse another day for the first date of a series whose rule names days, which would no longer be those of that date.

    Raises Refused.
    """
    old, new = meeting_times.read(before), meeting_times.read(after)
    rule = recurring.parse(whole.recurs or "")
    if old.date() != new.date() and (rule.weekdays or rule.monthdays or rule.months):
        sentence = f"{whole.ref} comes {series.said(rule, old.date())}, so its first date cannot go to another day"
        raise Refused(sentence, f"solidarity meeting cancel {whole.ref}, and a new series")


def follow(tx: Tx, whole: Meeting, before: str, *, left_out: bool = True) -> None:
    """Let what was said of a series' dates follow its first one, which began at ``before``; those ``left_out`` too, unless they are new."""
    later = meeting_times.read(whole.starts) - meeting_times.read(before)
    if left_out:
        walls = [meeting_times.written(meeting_times.read(wall) + later) for wall in (whole.left_out or "").split()]
        whole.change(left_out=" ".join(walls) or None)
    for one in tx.session.exec(select(Meeting).where(Meeting.series_id == whole.id)).all():
        one.change(date_of=meeting_times.written(meeting_times.read(one.date_of or one.starts) + later))


def cancel_dates(tx: Tx, ref: Ref, *, on: date, why: str | None) -> None:
    """Cancel the dates of a series that are meetings of their own and still ahead."""
    ahead = select(Meeting).where(Meeting.series_id == ref.number, Meeting.status == "planned", col(Meeting.starts) >= f"{on}")
    for one in tx.session.exec(ahead).all():
        move(tx, one, lifecycles.MEETING, "cancel", on=on, why=why)
        one.sequence += 1


def _date(tx: Tx, ref: Ref, day: date) -> tuple[Meeting, datetime]:
    """Give a series and the date of it that is on a day, also when that was moved to it.

    Raises NotFound, Refused for what is no series, or BadValue when it has no date then.
    """
    whole = tx.get(Meeting, ref.number)
    if not whole.recurs:
        sentence = f"{ref} is one meeting and no series"
        raise Refused(sentence, f'solidarity meeting edit {ref} --at "DAY TIME"')
    moved = select(Meeting).where(Meeting.series_id == ref.number, col(Meeting.starts).startswith(f"{day}"))
    if (there := tx.session.exec(moved).first()) is not None and there.date_of:
        return whole, meeting_times.read(there.date_of)
    return whole, _by_rule(whole, day)


def _by_rule(whole: Meeting, day: date) -> datetime:
    """Give the date that a series' rule has on a day, also when it is a meeting of its own by now.

    Raises BadValue when it has none.
    """
    first = meeting_times.read(whole.starts)
    return series.on(str(whole.ref), recurring.parse(whole.recurs or ""), first, (whole.left_out or "").split(), day)


def _there(tx: Tx, ref: Ref, written: str) -> Meeting | None:
    """Give the meeting of its own that stands for a date, or None."""
    return tx.session.exec(select(Meeting).where(Meeting.series_id == ref.number, Meeting.date_of == written)).first()


def _refuse_cancelled(ref: Ref) -> Meeting:
    sentence = f"the series {ref} is cancelled"
    raise Refused(sentence, 'solidarity meeting add TITLE --at "DAY TIME" --every weekly')
