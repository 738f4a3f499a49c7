"""Organisations as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.contacts import Point, as_point
from solidarity_crm.queries.reading import ALL, Named, as_day, by_owner, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.reading import Store


class Role(NamedTuple):
    """Somebody's role at an organisation; ``until`` is set once it is past."""

    contact: Named
    role: str | None
    since: date | None
    until: date | None


class Organisation(NamedTuple):
    """An organisation and the people in it."""

    ref: str
    uid: str
    name: str
    kind: str
    works_with: tuple[str, ...]
    member_since: date | None
    member_until: date | None
    emails: tuple[Point, ...]
    phones: tuple[Point, ...]
    website: str | None
    address: str | None
    note: str | None
    revealing: bool
    subscriber: str | None
    contacts: tuple[Role, ...]
    created_at: datetime
    updated_at: datetime

    def is_member(self, today: date) -> bool:
        """Say whether it belongs to the network on a day."""
        return self.member_since is not None and self.member_since <= today and (self.member_until is None or self.member_until >= today)


class OrganisationFilter(NamedTuple):
    """Which organisations; None asks for any."""

    kind: str | None = None
    community: str | None = None
    member: bool | None = None


def organisations(
    store: Store, *, today: date, wanted: OrganisationFilter | None = None, number: int | None = None, limit: int = ALL
) -> list[Organisation]:
    """List organisations by name."""
    filters: dict[str, Any] = (wanted or OrganisationFilter())._asdict()
    return rows(store, "organisations", Organisation, _children, **filters, today=today, number=number, limit=limit)


def organisation(store: Store, number: int, *, today: date) -> Organisation | None:
    """Give one organisation, or None."""
    return next(iter(organisations(store, today=today, number=number)), None)


def _children(store: Store, owners: Sequence[int]) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Read what hangs on organisations."""
    return {
        "emails": by_owner(store, "organisation_points", as_point, owners, system="email"),
        "phones": by_owner(store, "organisation_points", as_point, owners, system="phone"),
        "works_with": by_owner(store, "organisation_communities", str, owners),
        "contacts": by_owner(store, "organisation_people", _role, owners),
    }


def _role(ref: str, name: str, role: str | None, since: str | None, until: str | None) -> Role:
    return Role(Named(ref, name), role, as_day(since), as_day(until))
