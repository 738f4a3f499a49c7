"""Contacts as they are while an import looks at them: what the store has, and what the file has added so far."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.exchange.address_book import Identifier, PostalAddress
from solidarity_crm.services.contact_import.cleaning import Point, RoleAt
from solidarity_crm.store import bulk
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solidarity_crm.store.sqlite import Connection

_DAYS, _YES_NO = ("obtained_on", "notice_given_on"), ("do_not_contact", "no_voicemail")
_MANY = 200  # from so many entries on, reading everybody at once is faster than each when it is asked for
Key = tuple[Any, ...]


class There:
    """One contact. What hangs on it is kept by keys under which two spellings are one; what is new has no row yet."""

    def __init__(self, number: int, fields: dict[str, Any], *, named: bool = True) -> None:
        """Begin with the contact's columns; ``named`` is False while an address or a number stands for the name."""
        self.number, self.fields, self.named = number, fields, named
        self.points: dict[Key, Point] = {}
        self.addresses: dict[Key, PostalAddress] = {}
        self.roles: dict[Key, tuple[RoleAt, int | None]] = {}  # with the affiliation's number
        self.tags: dict[str, str] = {}
        self.communities: dict[str, str] = {}
        self.identifiers: dict[Key, Identifier] = {}
        self.former_names: dict[str, str] = {}
        self.before: Before | None = None

    @property
    def lists(self) -> tuple[dict[Any, Any], ...]:
        """All that there may be several of, but for roles."""
        return self.points, self.addresses, self.tags, self.communities, self.identifiers, self.former_names

    def remember(self) -> None:
        """Keep what is stored, to tell later what is new."""
        keys = tuple(frozenset(several) for several in self.lists)
        self.before = Before(dict(self.fields), {number: role for role, number in self.roles.values()}, keys)


class Before(NamedTuple):
    """A stored contact as it was: its columns, its roles by their rows, and the keys of all else that hangs on it."""

    fields: dict[str, Any]
    roles: dict[int | None, RoleAt]
    keys: tuple[frozenset[Any], ...]


class Contacts:
    """Every contact that an import touches, read when it is asked for: one by one, or all at once for a long file."""

    def __init__(self, connection: Connection, *, entries: int) -> None:
        """``entries`` is how many entries will ask."""
        self._connection = connection
        self._there: dict[int, There] = {}
        if entries > _MANY:
            self._read([number for (number,) in connection.execute("SELECT id FROM contact")])

    def __getitem__(self, number: int) -> There:
        """Give a contact."""
        if number not in self._there:
            self._read([number])
        return self._there[number]

    def add(self, contact: There) -> None:
        """Take in one that is new."""
        self._there[contact.number] = contact

    def known(self) -> list[There]:
        """List those that were read or are new, by number."""
        return [self._there[number] for number in sorted(self._there)]

    def _read(self, numbers: list[int]) -> None:
        """Read contacts with all that hangs on them."""
        for number, image in bulk.images(self._connection, "contact", numbers).items():
            for field in _DAYS:
                image[field] = image[field] and date.fromisoformat(image[field])
            for field in _YES_NO:
                image[field] = bool(image[field])
            self._there[number] = There(number, image)
        for table, keep in _PARTS.items():
            for row in bulk.belonging(self._connection, table, "contact_id", numbers):
                keep(self._there[row["contact_id"]], row)
        for number in numbers:
            contact = self._there[number]
            contact.named = contact.fields["name"] not in {point.value for point in contact.points.values()}
            contact.remember()


def keep_point(contact: There, point: Point) -> bool:
    """Keep an address or number; say whether it is a new one."""
    return _new(contact.points, (point.system, point.key), point)


def keep_address(contact: There, address: PostalAddress) -> bool:
    """Keep a postal address; say whether it is a new one."""
    return _new(contact.addresses, tuple(fold(part or "") for part in address[:-1]), address)


def keep_words(there: dict[str, str], words: Iterable[str], key: Callable[[str], str]) -> list[str]:
    """Keep words; give those that are new."""
    return [word for word in words if _new(there, key(word), word)]


def keep_identifier(contact: There, identifier: Identifier) -> bool:
    """Keep what another program calls them; say whether it is new."""
    return _new(contact.identifiers, identifier, identifier)


def role_key(role: RoleAt) -> Key:
    """Give the key of a role: a past one is another than a present one."""
    return role.organisation, fold(role.title or ""), role.until


def _new(there: dict[Any, Any], key: object, value: object) -> bool:
    if key in there:
        return False
    there[key] = value
    return True


def _role(contact: There, row: dict[str, Any]) -> None:
    days = (date.fromisoformat(row[day]) if row[day] else None for day in ("since", "until"))
    role = RoleAt(row["organisation_id"], row["role"], *days)
    contact.roles[role_key(role)] = role, row["id"]


_PARTS: dict[str, Callable[[There, dict[str, Any]], object]] = {
    "contact_point": lambda contact, row: keep_point(
        contact,
        Point(
            row["system"],
            row["value"],
            row["value_key"] if row["system"] != "url" else row["value"].casefold().rstrip("/"),
            row["label"],
            bool(row["preferred"]),
        ),
    ),
    "postal_address": lambda contact, row: keep_address(
        contact, PostalAddress(row["street"], row["locality"], row["region"], row["postal_code"], row["country"], row["label"])
    ),
    "affiliation": _role,
    "tag": lambda contact, row: contact.tags.setdefault(row["tag"].casefold(), row["tag"]),
    "works_with": lambda contact, row: contact.communities.setdefault(row["community"], row["community"]),
    "identifier": lambda contact, row: keep_identifier(contact, Identifier(row["system"], row["value"])),
    "former_name": lambda contact, row: contact.former_names.setdefault(fold(row["name"]), row["name"]),
}
