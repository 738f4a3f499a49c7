"""Drafts as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, rows, run
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store


class Draft(NamedTuple):
    """One message to one person; ``with_notice`` says that the privacy notice is in it, ``anyway`` why it may ask somebody once too often."""

    ref: str
    uid: str
    to: Named
    to_address: str
    template: str
    about: Named | None
    purpose: str
    subject: str
    body: str
    with_notice: bool
    status: str
    owner: str | None
    message_id: str | None
    approved_on: date | None
    exported_at: datetime | None
    sending_at: datetime | None
    sent_at: datetime | None
    anyway: str | None
    created_at: datetime
    updated_at: datetime


class DraftFilter(NamedTuple):
    """Which drafts; None asks for any."""

    status: str | None = None
    template: str | None = None
    contact: int | None = None
    owner: str | None = None


def drafts(store: Store, *, wanted: DraftFilter | None = None, number: int | None = None, limit: int = ALL) -> list[Draft]:
    """List drafts, the newest first."""
    filters: dict[str, Any] = (wanted or DraftFilter())._asdict()
    return rows(store, "drafts", Draft, **filters, number=number, limit=limit)


def draft(store: Store, number: int) -> Draft | None:
    """Give one draft, or None."""
    return next(iter(drafts(store, number=number)), None)


def standing(store: Store, template: str, about: str | None) -> dict[int, Ref]:
    """Give the drafts of a template about a record that have not gone out, by the number of the contact they are to."""
    return {contact: Ref("D", number) for contact, number in run(store, "standing_drafts", template=template, about=about)}
