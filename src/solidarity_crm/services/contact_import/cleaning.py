"""An entry's texts made into values that the store takes; what will not do is kept in the note, and said.

The checks are the models' own. Nothing that a file says of a person is dropped without a word.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from solidarity_crm.errors import BadValue
from solidarity_crm.exchange.address_book import UNSAID, Identifier, PostalAddress
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.models.base import LINE_LIMIT, TEXT_LIMIT
from solidarity_crm.models.contact import Contact, Tag
from solidarity_crm.models.contact_points import clean_email, clean_phone, clean_website
from solidarity_crm.text import fold, one_line, safe, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from solidarity_crm.exchange.address_book import Entry
    from solidarity_crm.exchange.address_book import Point as Written
    from solidarity_crm.services.contact_import.organisations import Organisations

WORDS = ("name", "given_name", "family_name", "known_as", "pronouns")
# further fields of the contact table that our own files carry; others there may be, such as times, are not for us to set
FURTHER = (
    "source",
    "obtained_on",
    "basis",
    "notice_given_on",
    "cadence_days",
    "channels",
    "contact_hours",
    "no_voicemail",
    "words_to_avoid",
)


class Point(NamedTuple):
    """An e-mail address, phone number or web address as the store keeps it."""

    system: str
    value: str
    key: str
    label: str | None
    preferred: bool


class RoleAt(NamedTuple):
    """A role at an organisation, by its number; the days are days."""

    organisation: int
    title: str | None
    since: date | None = None
    until: date | None = None


class Cleaned(NamedTuple):
    """What an entry says of a person, ready to be stored.

    ``fields`` are the contact's columns; ``said`` those of them that the file gave. ``named`` is False when the file has
    no name and an address or number stands for it. ``opted_out`` is the reason, or :data:`UNSAID`.
    """

    entry: Entry
    fields: dict[str, Any]
    said: frozenset[str]
    named: bool
    points: tuple[Point, ...]
    addresses: tuple[PostalAddress, ...]
    roles: tuple[RoleAt, ...]
    tags: tuple[str, ...]
    communities: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    former_names: tuple[str, ...]
    opted_out: str | None
    uid: str | None
    doubts: tuple[Problem, ...]


class Cleaner:
    """Cleans the entries of one file."""

    def __init__(
        self, file: str, organisations: Organisations, communities: Sequence[str], defaults: Mapping[str, Any], tags: Sequence[str]
    ) -> None:
        """``defaults`` are the fields of a new contact of whom the file does not say them; ``tags`` are put on everybody."""
        self._file, self._organisations = file, organisations
        self._communities = {fold(community): community for community in communities}
        self._defaults, self._tags = defaults, tags

    def clean(self, entry: Entry) -> Cleaned | None:
        """Give what an entry says; None when it names nobody."""
        doubts = _Doubts(self._file, entry)
        points = _points(entry, doubts)
        name = entry.name or " ".join(filter(None, (entry.given_name, entry.family_name)))
        stand_in = next((point.value for point in points if point.system != "url"), None)
        if not name and stand_in is None:
            return None
        texts = {"name": name or stand_in, **{field: getattr(entry, field) for field in WORDS[1:]}}
        further = {field: entry.fields[field] for field in FURTHER if field in entry.fields} if entry.fields else {}
        lists = (
            _addresses(entry.addresses, doubts),
            _roles(entry, self._organisations, doubts),
            _tags((*entry.tags, *self._tags), doubts),
            self._known(entry.works_with, doubts) if entry.works_with else (),
            _identifiers(entry.identifiers, doubts),
            tuple(doubts.fit("former name", former) for former in entry.former_names if one_line(former)),
        )
        said = {field: value for field, value in {**texts, **further}.items() if value is not None}
        fields = self._checked(said, doubts)
        fields["note"] = doubts.note()
        opted_out = entry.do_not_contact and (one_line(entry.do_not_contact)[:LINE_LIMIT] or UNSAID)
        uid = _uid(entry.uid)
        return Cleaned(entry, fields, frozenset(said), bool(name), points, *lists, opted_out, uid, (*entry.doubts, *doubts.said))

    def _checked(self, said: dict[str, Any], doubts: _Doubts) -> dict[str, Any]:
        """Give the contact's columns; a value that the model refuses leaves ``said`` and goes into the note."""
        while True:
            try:
                return Contact.checked_values(**{**self._defaults, **said})
            except BadValue as problem:
                field = problem.what.replace(" ", "_")
                value = said.pop(field)
                if field == "name":
                    said["name"] = shorten(str(value), LINE_LIMIT)
                doubts.keep(field, value, problem.reason)

    def _known(self, works_with: Iterable[str], doubts: _Doubts) -> tuple[str, ...]:
        """Give those communities that are the workspace's."""
        found = []
        for community in works_with:
            known = self._communities.get(fold(community))
            if known is None:
                doubts.keep("works_with", community, "not one of the communities in solidarity.toml")
            else:
                found.append(known)
        return tuple(dict.fromkeys(found))


class _Doubts:
    """What of an entry will not do: said, and kept as text."""

    def __init__(self, file: str, entry: Entry) -> None:
        self._file, self._entry = file, entry
        self._kept: list[str] = []
        self.said: list[Problem] = []

    def keep(self, column: str, value: object, reason: str) -> None:
        """Keep a value in the note, and say why."""
        self._kept.append(f"{column.replace('_', ' ')}: {one_line(str(value))}")
        self.say(column, f"{shorten(str(value), 60)!r}: {reason}; it is kept in the note")

    def say(self, column: str, reason: str) -> None:
        """Say that something is not as it was."""
        self.said.append(Problem(self._file, self._entry.line, column, reason))

    def fit(self, column: str, text: str) -> str:
        """Give a text on one line that is not too long."""
        line = text if text.isascii() and text.isprintable() and len(text) <= LINE_LIMIT else one_line(text)
        if len(line) <= LINE_LIMIT:
            return line.strip()
        self.keep(column, line, f"is longer than {LINE_LIMIT} characters")
        return shorten(line, LINE_LIMIT)

    def note(self) -> str | None:
        """Give the entry's note with what could not be kept elsewhere."""
        text = safe("\n".join(filter(None, (self._entry.note, *self._kept)))).strip()
        if len(text) > TEXT_LIMIT:
            self.say("note", f"is longer than {TEXT_LIMIT:,} characters, and was cut there")
            text = text[:TEXT_LIMIT].rstrip()
        return text or None


def _points(entry: Entry, doubts: _Doubts) -> tuple[Point, ...]:
    """Give the addresses and numbers that are some, each once, those of a kind with at most one preferred."""
    found: list[Point] = []
    for system, written in (("email", entry.emails), ("phone", entry.phones), ("url", entry.websites)):
        if written:
            found += _of_kind(system, written, doubts)
    return tuple(found)


def _of_kind(system: str, written: Sequence[Written], doubts: _Doubts) -> list[Point]:
    """Give those of one kind; the first is preferred where there are several and the file prefers none."""
    several: dict[str, Point] = {}
    for point in written:
        if not point.value.strip():
            continue
        try:
            value, key = _CLEAN[system](point.value.strip())
        except BadValue as problem:
            doubts.keep(system, point.value, problem.reason)
            continue
        except ValueError as problem:  # clean_website speaks to pydantic
            doubts.keep("website", point.value, str(problem))
            continue
        if len(value) > LINE_LIMIT:
            doubts.keep(system, value, f"is longer than {LINE_LIMIT} characters")
        elif key not in several:
            several[key] = Point(system, value, key, doubts.fit("label", point.label) if point.label else None, preferred=point.preferred)
    best = next((point.key for point in several.values() if point.preferred), next(iter(several), None)) if len(several) > 1 else None
    return [point if point.preferred is (point.key == best) else point._replace(preferred=point.key == best) for point in several.values()]


def _website(value: str) -> tuple[str, str]:
    """Give a web address as it is kept, and the key by which two spellings of it are the same."""
    address = clean_website(one_line(value))
    return address, address.casefold().rstrip("/")


_CLEAN = {"email": clean_email, "phone": clean_phone, "url": _website}


def _addresses(addresses: Sequence[PostalAddress], doubts: _Doubts) -> tuple[PostalAddress, ...]:
    """Give postal addresses that say something, their lines no longer than a line."""
    found = []
    for address in addresses:
        parts = [doubts.fit("address", part) or None if part else None for part in address[1:]]
        street = safe(address.street or "").strip()[:TEXT_LIMIT] or None
        if street or any(parts[:-1]):  # a label alone is no place
            found.append(PostalAddress(street, *parts))
    return tuple(found)


def _roles(entry: Entry, organisations: Organisations, doubts: _Doubts) -> tuple[RoleAt, ...]:
    """Give the roles, each organisation by its number."""
    found = []
    for role in entry.roles:
        if not one_line(role.organisation):
            if role.title:
                doubts.keep("role", role.title, "has no organisation")
            continue
        title = doubts.fit("role", role.title) if role.title else None
        days = [_day(text, doubts) for text in (role.since, role.until)] if role.since or role.until else (None, None)
        found.append(RoleAt(organisations.number(doubts.fit("organisation", role.organisation)), title or None, *days))
    return tuple(found)


def _day(text: str | None, doubts: _Doubts) -> date | None:
    """Read an ISO day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        doubts.keep("role", text, "not a day like 2026-12-01")
        return None


def _tags(tags: Iterable[str], doubts: _Doubts) -> tuple[str, ...]:
    """Give tags, each once whatever its capitals."""
    found: dict[str, str] = {}
    for tag in tags:
        try:
            word = _tag(tag)
        except BadValue as problem:
            if one_line(tag):
                doubts.keep("tag", tag, problem.reason)
            continue
        found.setdefault(word.casefold(), word)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def _tag(tag: str) -> str:
    """Give a tag as the store keeps it.

    Raises BadValue.
    """
    return str(Tag.checked_values(contact_id=0, tag=tag)["tag"])


def _identifiers(identifiers: Sequence[Identifier], doubts: _Doubts) -> tuple[Identifier, ...]:
    """Give what other programs call them, as far as that fits on a line."""
    found = []
    for identifier in identifiers:
        system, value = one_line(identifier.system)[:LINE_LIMIT], one_line(identifier.value)
        if len(value) > LINE_LIMIT:
            doubts.say(system, f"an identifier longer than {LINE_LIMIT} characters was left out")
        elif system and value:
            found.append(Identifier(system, value))
    return tuple(dict.fromkeys(found))


def _uid(text: str | None) -> str | None:
    """Give a uid in the one way in which we write it, None for what is none."""
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        return None
