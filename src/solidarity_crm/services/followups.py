"""Follow-ups: adding, doing, snoozing and cancelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.errors import BadValue, Refused
from solidarity_crm.models.base import stored
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.rules import days, lifecycles
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services.moves import move

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.store.transaction import Tx


class Done(NamedTuple):
    """A follow-up that was done, and the one that a recurrence opened."""

    ref: Ref
    following: Ref | None
    due: date | None


def add(tx: Tx, what: str, *, due: date, **fields: Any) -> Ref:  # noqa: ANN401 - checked by the model
    """Add a follow-up; give its ref.

    Raises BadValue.
    """
    return Ref("F", stored(tx.add(FollowUp.checked(what=what, due=due, **fields))))


def edit(tx: Tx, ref: Ref, **fields: Any) -> Ref:  # noqa: ANN401 - checked by the model
    """Change a follow-up.

    Raises BadValue or NotFound.
    """
    followup = tx.get(FollowUp, ref.number)
    moved = {"month_day": None} if fields.get("due") not in (None, followup.due) else {}
    followup.change(**fields, **moved)
    return ref


def done(tx: Tx, ref: Ref, *, on: date, today: date) -> Done:
    """Mark a follow-up done; a recurring one opens its next, on its first day after today.

    Raises MoveRefused or NotFound.
    """
    followup = tx.get(FollowUp, ref.number)
    move(tx, followup, lifecycles.FOLLOWUP, "done", on=on)
    followup.ended_on = on
    if not followup.every:
        return Done(ref, None, None)
    every, month_day = days.parse_every(followup.every), followup.month_day or followup.due.day
    due = days.following(followup.due, every, month_day)
    while due <= today:
        due = days.following(due, every, month_day)
    kept = followup.model_dump(include={"what", "about", "owner", "priority", "every", "owed_to_id"})
    return Done(ref, add(tx, due=due, month_day=month_day if month_day > due.day and every.unit in ("m", "y") else None, **kept), due)


def snooze(tx: Tx, ref: Ref, *, until: date, today: date) -> Ref:
    """Hide a follow-up until a day; the day it is due stays as it was.

    Raises MoveRefused, NotFound, or BadValue for a day that is not ahead.
    """
    followup = tx.get(FollowUp, ref.number)
    if followup.status != "open":
        sentence = f"{ref} is {followup.status}, so there is nothing to snooze"
        raise Refused(sentence, f"solidarity show {ref}")
    if until <= today:
        raise BadValue("day", until, "it must be after today", f"solidarity followup snooze {ref} +1w")
    followup.snoozed_until = until
    return ref


def cancel(tx: Tx, ref: Ref, *, on: date, why: str | None = None) -> Ref:
    """Cancel a follow-up.

    Raises MoveRefused or NotFound.
    """
    followup = tx.get(FollowUp, ref.number)
    move(tx, followup, lifecycles.FOLLOWUP, "cancel", on=on, why=why)
    followup.ended_on = on
    return ref
