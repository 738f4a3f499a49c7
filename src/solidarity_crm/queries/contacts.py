"""Contacts as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, as_day, by_owner, rows
from solidarity_crm.rules.naming import greeting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.reading import Store


class Point(NamedTuple):
    """An e-mail address or a phone."""

    value: str
    label: str | None = None
    preferred: bool = False


class Affiliation(NamedTuple):
    """A role at an organisation; ``until`` is set once it is past."""

    organisation: Named
    role: str | None
    since: date | None
    until: date | None


class Contact(NamedTuple):
    """A contact; ``cadence`` is in days, ``last_contact_on`` the day of the last interaction."""

    ref: str
    uid: str
    name: str
    given_name: str | None
    family_name: str | None
    known_as: str | None
    pronouns: str | None
    emails: tuple[Point, ...]
    phones: tuple[Point, ...]
    affiliations: tuple[Affiliation, ...]
    works_with: tuple[str, ...]
    tags: tuple[str, ...]
    source: str
    obtained_on: date
    basis: str | None
    notice_given_on: date | None
    cadence: int | None
    do_not_contact: bool
    do_not_contact_reason: str | None
    channels: str | None
    contact_hours: str | None
    no_voicemail: bool
    words_to_avoid: str | None
    note: str | None
    last_contact_on: date | None
    created_at: datetime
    updated_at: datetime

    @property
    def greeting(self) -> str:
        """The name to use when speaking to them."""
        return greeting(self.name, known_as=self.known_as, given_name=self.given_name)

    def current(self, today: date) -> list[Affiliation]:
        """List the roles that are not past."""
        return [a for a in self.affiliations if a.until is None or a.until >= today]


class ContactFilter(NamedTuple):
    """Which contacts; None asks for any."""

    community: str | None = None
    tag: str | None = None
    organisation: int | None = None
    member: bool | None = None
    offers: str | None = None
    source: str | None = None
    since: date | None = None
    do_not_contact: bool | None = None
    notice_before: date | None = None
    quiet_since: date | None = None


def contacts(
    store: Store, *, today: date, wanted: ContactFilter | None = None, number: int | None = None, limit: int = ALL
) -> list[Contact]:
    """List contacts by name."""
    filters: dict[str, Any] = (wanted or ContactFilter())._asdict()
    return rows(store, "contacts", Contact, _children, **filters, today=today, number=number, limit=limit)


def contact(store: Store, number: int, *, today: date) -> Contact | None:
    """Give one contact, or None."""
    return next(iter(contacts(store, today=today, number=number)), None)


def _children(store: Store, owners: Sequence[int]) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Read what hangs on contacts."""
    return {
        "emails": by_owner(store, "contact_points", as_point, owners, system="email"),
        "phones": by_owner(store, "contact_points", as_point, owners, system="phone"),
        "affiliations": by_owner(store, "affiliations", _affiliation, owners),
        "works_with": by_owner(store, "contact_communities", str, owners),
        "tags": by_owner(store, "tags", str, owners),
    }


def as_point(value: str, label: str | None, preferred: int) -> Point:
    """Give an e-mail address or phone as the database keeps it."""
    return Point(value, label, bool(preferred))


def _affiliation(ref: str, name: str, role: str | None, since: str | None, until: str | None) -> Affiliation:
    return Affiliation(Named(ref, name), role, as_day(since), as_day(until))
