"""The report on offers of help."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from solidarity_crm.queries.offers import Offer, OfferFilter, offers
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.report import Report, figures
from solidarity_crm.reports.wording import day, short_day
from solidarity_crm.rules.lifecycles import OPEN_OFFER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solidarity_crm.queries.reading import Store

OFFER_STATES = ("offered", "accepted", "fulfilled", "declined", "withdrawn", "lapsed")


def offers_report(store: Store, *, today: date, since: date | None = None, community: str | None = None) -> Report:
    """Give the report on offers of help received since a day, for a community or for all."""
    found = offers(store, today=today, wanted=OfferFilter(since=since, community=community))
    waiting_before = today - timedelta(days=store.settings.intervals.offer_waiting_days)
    waiting = [each for each in found if each.status == "offered" and each.received_on < waiting_before]
    stale = [each for each in found if each.status == "accepted" and each.stale_on is not None and each.stale_on <= today]
    owed = [each for each in found if each.status == "fulfilled" and each.thanked_on is None]
    counts = [
        ("Offers", len(found)),
        ("Open", sum(1 for each in found if each.status in OPEN_OFFER)),
        ("Times they were called on", sum(len(each.uses) for each in found)),
        ("Waiting for an answer from us", len(waiting)),
        ("Stale", len(stale)),
        ("Thanks owed", len(owed)),
    ]
    sections = [Section("By kind and state", table=_by_kind(found, store.settings.help_kinds))] if found else []
    sections += _listed("Waiting for an answer from us", waiting, _offer_cells)
    sections += _listed("Stale: to be confirmed", stale, _offer_cells)
    sections += _listed("Thanks owed", owed, _offer_cells)
    sections += _listed("What came of them", [each for each in found if each.outcome], _outcome_cells)
    sections += _listed("All offers", found, _offer_cells)
    title = f"Offers of help to the {store.settings.name}"
    return Report("offers", today, Document(title, _under(today, since, community), figures(counts), sections), counts, found)


def _by_kind(found: Sequence[Offer], kinds: Sequence[str]) -> Table:
    """Count offers of each kind in each state."""
    counted = Counter((each.kind, each.status) for each in found)
    listed = [*kinds, *sorted({each.kind for each in found} - set(kinds))]
    rows = [(kind, *(str(counted[kind, state]) for state in OFFER_STATES)) for kind in listed]
    return Table(("Kind", *(state.capitalize() for state in OFFER_STATES)), rows)


def _listed(heading: str, found: Sequence[object], cells: Callable[..., dict[str, str]]) -> list[Section]:
    """Give records as a part of the report, if there are any."""
    rows = [cells(each) for each in found]
    return [Section(heading, table=Table(tuple(rows[0]), [tuple(row.values()) for row in rows]))] if rows else []


def _offer_cells(offer: Offer) -> dict[str, str]:
    """Give an offer's line."""
    who = offer.contact or offer.organisation
    return {
        "Ref": offer.ref,
        "From": who.name if who else "",
        "Kind": offer.kind,
        "About": offer.about,
        "State": offer.status,
        "Since": short_day(offer.received_on),
    }


def _outcome_cells(offer: Offer) -> dict[str, str]:
    """Give an offer with what came of it."""
    return {"Ref": offer.ref, "About": offer.about, "What came of it": offer.outcome or ""}


def _under(today: date, since: date | None, community: str | None) -> str:
    """Say what the report is of, under its title."""
    parts = [day(today), f"since {day(since)}" if since else "", f"for {community}" if community else ""]
    return ", ".join(part for part in parts if part)
