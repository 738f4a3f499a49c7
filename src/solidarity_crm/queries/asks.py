"""Asks for help as they are read, and the open offers that could meet one."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.offers import Offer, OfferFilter, offers
from solidarity_crm.queries.reading import ALL, Named, by_owner, rows
from solidarity_crm.rules import matching

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.reading import Store


class Ask(NamedTuple):
    """An ask for help; ``offers`` are those that could meet it, or did."""

    ref: str
    uid: str
    kind: str
    about: str
    for_communities: tuple[str, ...]
    wanted_by: date | None
    status: str
    owner: str | None
    offers: tuple[Named, ...]
    outcome: str | None
    ended_on: date | None
    created_at: datetime
    updated_at: datetime


class AskFilter(NamedTuple):
    """Which asks; None asks for any. ``offer`` finds those that an offer is linked to."""

    status: str | None = None
    kind: str | None = None
    community: str | None = None
    owner: str | None = None
    wanted_before: date | None = None
    offer: int | None = None


class Candidate(NamedTuple):
    """An open offer that could meet an ask, and what speaks for and against it."""

    ref: str
    kind: str
    about: str
    contact: Named | None
    organisation: Named | None
    for_communities: tuple[str, ...]
    status: str
    confirmed_on: date
    reasons: tuple[str, ...]


def asks(store: Store, *, wanted: AskFilter | None = None, number: int | None = None, limit: int = ALL) -> list[Ask]:
    """List asks for help, the soonest wanted first."""
    filters: dict[str, Any] = (wanted or AskFilter())._asdict()
    return rows(store, "asks", Ask, _children, **filters, number=number, limit=limit)


def ask(store: Store, number: int) -> Ask | None:
    """Give one ask for help, or None."""
    return next(iter(asks(store, number=number)), None)


def candidates(store: Store, wanted: Ask, *, today: date) -> list[Candidate]:
    """List the open offers that could meet an ask and are not linked to it yet, the likeliest first."""
    linked = {offer.ref for offer in wanted.offers}
    open_ones = {offer.ref: offer for offer in offers(store, today=today, wanted=OfferFilter(open=True)) if offer.ref not in linked}
    need = matching.Need(wanted.kind, wanted.about, wanted.for_communities)
    found = matching.ranked(need, [as_help(offer) for offer in open_ones.values()], today=today)
    return [_candidate(open_ones[match.ref], match.reasons) for match in found]


def as_help(offer: Offer) -> matching.Help:
    """Give an offer as the rule sees it."""
    accepted = offer.status == "accepted"
    return matching.Help(offer.ref, offer.kind, offer.about, offer.for_communities, accepted, offer.confirmed_on, offer.shelf_life)


def _candidate(offer: Offer, reasons: tuple[str, ...]) -> Candidate:
    """Give an offer as it is listed for an ask."""
    return Candidate(
        offer.ref,
        offer.kind,
        offer.about,
        offer.contact,
        offer.organisation,
        offer.for_communities,
        offer.status,
        offer.confirmed_on,
        reasons,
    )


def _children(store: Store, owners: Sequence[int]) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Read what hangs on asks."""
    return {
        "for_communities": by_owner(store, "ask_communities", str, owners),
        "offers": by_owner(store, "ask_offers", Named, owners),
    }
