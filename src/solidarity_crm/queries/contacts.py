"""Contacts as they are read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries.reading import ALL, Named, R, as_day, by_owner, rows
from solidarity_crm.rules.naming import greeting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from solidarity_crm.queries.reading import Store


class Point(NamedTuple):
    """An e-mail address, a phone or a web address."""

    value: str
    label: str | None = None
    preferred: bool = False


class Address(NamedTuple):
    """Where letters reach somebody, in the parts of a vCard's ADR (RFC 6350 §6.3.1)."""

    street: str | None
    locality: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    label: str | None

    @property
    def in_words(self) -> str:
        """The address on one line."""
        return ", ".join(part.replace("\n", ", ") for part in self[:5] if part)


class Identifier(NamedTuple):
    """What another program calls somebody; ``system`` says which, such as ``linkedin`` or ``vcard``."""

    system: str
    value: str

    @property
    def in_words(self) -> str:
        """The identifier on one line."""
        return f"{self.system}: {self.value}"


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
    websites: tuple[Point, ...]
    addresses: tuple[Address, ...]
    affiliations: tuple[Affiliation, ...]
    works_with: tuple[str, ...]
    tags: tuple[str, ...]
    former_names: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
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


class ContactLine(NamedTuple):
    """A contact as a list for people has it: a third of the fields, read in half the time."""

    ref: str
    name: str
    emails: tuple[Point, ...]
    affiliations: tuple[Affiliation, ...]
    works_with: tuple[str, ...]
    do_not_contact: bool
    last_contact_on: date | None


def contacts(
    store: Store, *, today: date, wanted: ContactFilter | None = None, number: int | None = None, limit: int = ALL
) -> list[Contact]:
    """List contacts by name."""
    return _asked(store, Contact, wanted, today=today, number=number, limit=limit)


def contact_lines(store: Store, *, today: date, wanted: ContactFilter | None = None, limit: int = ALL) -> list[ContactLine]:
    """List contacts by name, with what a list for people shows."""
    return _asked(store, ContactLine, wanted, today=today, number=None, limit=limit)


def contact(store: Store, number: int, *, today: date) -> Contact | None:
    """Give one contact, or None."""
    return next(iter(contacts(store, today=today, number=number)), None)


def _asked(store: Store, kind: type[R], wanted: ContactFilter | None, **params: object) -> list[R]:
    """Ask for contacts as rows of a kind, reading of what hangs on them only what the kind has."""
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined] # a NamedTuple has them
    filters = (wanted or ContactFilter())._asdict()

    def children(store: Store, owners: Sequence[int]) -> dict[str, dict[int, tuple[Any, ...]]]:
        return {
            field: by_owner(store, question, make, owners, **of) for field, (question, make, of) in _CHILDREN.items() if field in fields
        }

    return rows(store, "contacts", kind, children, **filters, **params)


def as_point(value: str, label: str | None, preferred: int) -> Point:
    """Give an e-mail address, phone or web address as the database keeps it."""
    return Point(value, label, bool(preferred))


def _affiliation(ref: str, name: str, role: str | None, since: str | None, until: str | None) -> Affiliation:
    return Affiliation(Named(ref, name), role, as_day(since), as_day(until))


_CHILDREN: dict[str, tuple[str, Callable[..., Any], dict[str, str]]] = {
    "emails": ("contact_points", as_point, {"system": "email"}),
    "phones": ("contact_points", as_point, {"system": "phone"}),
    "websites": ("contact_points", as_point, {"system": "url"}),
    "addresses": ("postal_addresses", Address, {}),
    "affiliations": ("affiliations", _affiliation, {}),
    "works_with": ("contact_communities", str, {}),
    "tags": ("tags", str, {}),
    "former_names": ("former_names", str, {}),
    "identifiers": ("identifiers", Identifier, {}),
}
