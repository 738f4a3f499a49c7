"""Moving a record along its lifecycle: every move is checked, dated and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlmodel import col, select

from solidarity_crm.models.move import Move
from solidarity_crm.rules import lifecycles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.store.transaction import Tx


def move(tx: Tx, record: Any, lifecycle: dict[str, lifecycles.Move], step: str, *, on: date, why: str | None = None) -> None:  # noqa: ANN401 - any record with a status
    """Take a step of the record's lifecycle.

    Raises MoveRefused when the lifecycle does not have it from where the record stands.
    """
    before = record.status
    record.status = lifecycles.after(lifecycle, record.ref, before, step)
    if record.status != before:
        tx.add(Move.checked(ref=record.ref, from_status=before, to_status=record.status, moved_on=on, why=why))


def stop(tx: Tx, record: Any, *, on: date, why: str) -> None:  # noqa: ANN401 - as above
    """Keep why a record goes no further: among its moves, as one from where it stands to there."""
    tx.add(Move.checked(ref=record.ref, from_status=record.status, to_status=record.status, moved_on=on, why=why))


def stopped(tx: Tx, refs: Iterable[str]) -> dict[str, str | None]:
    """Give those of some records that go no further, and why, by their refs."""
    found = select(Move.ref, Move.why).where(col(Move.ref).in_(list(refs)), Move.from_status == Move.to_status)
    return dict(tx.session.exec(found).all())


def days_of(tx: Tx, ref: str, states: Iterable[str]) -> list[date]:
    """Give the days on which a record came to be in any of some states."""
    return list(tx.session.exec(select(col(Move.moved_on)).where(Move.ref == ref, col(Move.to_status).in_(list(states)))))
