"""What all that is done to meetings needs: their times as they are kept, and who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from solidarity_crm.models.meeting import Meeting, Participant
from solidarity_crm.rules import meeting_times
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.rules.meeting_times import Times
    from solidarity_crm.store.transaction import Tx


def times_of(meeting: Meeting) -> Times:
    """Give when a meeting is."""
    starts, ends = meeting_times.read(meeting.starts), meeting_times.read(meeting.ends)
    return meeting_times.Times(starts, ends, meeting_times.zone(meeting.time_zone))


def stored_times(times: Times) -> dict[str, str]:
    """Give times as a meeting keeps them."""
    return {"starts": meeting_times.written(times.starts), "ends": meeting_times.written(times.ends), "time_zone": times.zone.key}


def by_kind(who: Sequence[Ref]) -> dict[str, list[Ref]]:
    """Give refs as contacts and organisations."""
    return {"contacts": [ref for ref in who if ref.letter == "P"], "organisations": [ref for ref in who if ref.letter == "O"]}


def taking_part(tx: Tx, **event: int) -> dict[Ref, Participant]:
    """Give who takes part in a meeting or an interaction, in order."""
    ((column, number),) = event.items()
    tx.session.flush()
    found = tx.session.exec(select(Participant).where(getattr(Participant, column) == number).order_by(col(Participant.id))).all()
    return {Ref("P", row.contact_id) if row.contact_id else Ref("O", row.organisation_id or 0): row for row in found}
