"""Offers of help as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, by_owner, named, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.reading import Store


class Use(NamedTuple):
    """One time that an offer was called on, and the ask that it helped to meet."""

    what: str
    on: date
    ask: Named | None


class Offer(NamedTuple):
    """An offer of help; ``shelf_life`` is in days, ``stale_on`` the day from which an open one needs confirming again."""

    ref: str
    uid: str
    kind: str
    contact: Named | None
    organisation: Named | None
    about: str
    for_communities: tuple[str, ...]
    received_on: date
    reply_due: date
    source: str | None
    status: str
    owner: str | None
    capacity: str | None
    uses: tuple[Use, ...]
    confirmed_on: date
    shelf_life: int
    stale_on: date | None
    outcome: str | None
    ended_on: date | None
    thanked_on: date | None
    created_at: datetime
    updated_at: datetime


class OfferFilter(NamedTuple):
    """Which offers; None and False ask for any.

    ``organisation`` finds its own and those of people with a present role there; ``waiting_since`` the unanswered ones
    received before that day; ``ask`` those linked to an ask.
    """

    open: bool = False
    status: str | None = None
    kind: str | None = None
    community: str | None = None
    owner: str | None = None
    contact: int | None = None
    organisation: int | None = None
    since: date | None = None
    waiting_since: date | None = None
    stale: bool = False
    owed: bool = False
    ask: int | None = None


def offers(store: Store, *, today: date, wanted: OfferFilter | None = None, number: int | None = None, limit: int = ALL) -> list[Offer]:
    """List offers of help, the newest first."""
    filters: dict[str, Any] = (wanted or OfferFilter())._asdict()
    return rows(store, "offers", Offer, _children, **filters, today=today, number=number, limit=limit)


def offer(store: Store, number: int, *, today: date) -> Offer | None:
    """Give one offer of help, or None."""
    return next(iter(offers(store, today=today, number=number)), None)


def _children(store: Store, owners: Sequence[int]) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Read what hangs on offers."""
    return {
        "for_communities": by_owner(store, "offer_communities", str, owners),
        "uses": by_owner(store, "offer_uses", _use, owners),
    }


def _use(what: str, used_on: str, ask: str | None, ask_name: str | None) -> Use:
    return Use(what, date.fromisoformat(used_on), named(ask, ask_name))
