"""Who an entry is: somebody whom the store or an earlier line of the file has, or somebody new."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries import likely
from solidarity_crm.rules.duplicates import Person, comparable
from solidarity_crm.services.contact_import.joining import adds_nothing
from solidarity_crm.services.merging import OWN_UID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from solidarity_crm.rules.duplicates import Likeness
    from solidarity_crm.services.contact_import.cleaning import Cleaned
    from solidarity_crm.services.contact_import.contacts_there import Contacts
    from solidarity_crm.store.sqlite import Connection

_NAMESAKES = 100  # of more people with one name and nothing else, only so many are looked at


class Who(NamedTuple):
    """A contact's number, None for somebody new; and who they may be, without being sure.

    ``sure`` is False when nothing but a name tells it: then nothing there is overwritten. ``holders`` are all whose own
    address a line without a name has.
    """

    number: int | None
    may_be: Sequence[tuple[int, Likeness]] = ()
    sure: bool = True
    holders: Sequence[int] = ()


class _Known(likely.Known):
    """People, among whom an inbox counts as shared that anybody shares, in the store or anywhere in the file.

    So it does not depend on the order of lines whom a line is taken for, and a second import takes them for the same.
    """

    def __init__(self, people: Sequence[Person], others: Iterable[Person], connection: Connection) -> None:
        self._everybody = [*_as_joined([*people, *others])]
        self._shared = likely.shared(self._everybody)
        super().__init__(people, not_duplicates=likely.not_duplicates(connection))

    def __contains__(self, key: object) -> bool:
        return key in self._shared

    @cached_property
    def of_several(self) -> frozenset[str]:
        """The addresses and numbers with which more than one name is found."""
        return likely.shared(self._everybody, least=2)


class People:
    """Everybody whom an entry may be."""

    def __init__(self, connection: Connection, contacts: Contacts, entries: Sequence[Cleaned]) -> None:
        """Read the store's people; ``entries`` are all that will be asked about."""
        self._contacts = contacts
        stored = [_without_stand_ins(person) for person in likely.people(connection)]
        self._persons = {id(entry): person_of(entry) for entry in entries}
        self._known = _Known(stored, self._persons.values(), connection)
        self._uids = _uids(connection)
        self._nameless = not all(entry.named for entry in entries)  # whether anybody has to be found by an address alone
        self.some_nameless = self._nameless or not all(person.named for person in stored)
        self._namesakes: dict[str, list[int]] = {}
        for number, name in connection.execute("SELECT id, name FROM contact ORDER BY id"):
            self._name(number, [comparable(name) or name.casefold()])
        for person in stored:
            self._name(person.number, self._called_also(person))

    def who(self, entry: Cleaned) -> Who:
        """Say who an entry is (exchange.md E2.9): by its uid of ours, by an address or number, or because they say it all already."""
        if entry.uid in self._uids:
            return Who(self._uids[entry.uid])
        person = self._persons[id(entry)]
        found = self._known.like(person)
        sure = self._sure(person, found) if found else []
        holders = sure if not entry.named else ()
        called = [_called(entry, person)] if entry.named else _addresses(person)
        namesakes = [number for name in called for number in self._namesakes.get(name, ())[:_NAMESAKES]]
        # whoever goes by that name now comes before whoever did once
        for number in sorted((*sure, *namesakes), key=lambda one: self._contacts[one].fields["name_key"] != entry.fields["name_key"]):
            if adds_nothing(self._contacts[number], entry):
                return Who(number, sure=number in sure, holders=holders)
        # what says no name and is more than one person's is nobody's of them
        one = next((number for number in sure if not self._contacts[number].named), None) if len(holders) > 1 else next(iter(sure), None)
        if one is not None:
            return Who(one, holders=holders)
        may_be = {one.number: how for one, how in reversed(found)}
        return Who(None, [(number, how) for number, how in reversed(may_be.items())], holders=holders)

    def _sure(self, person: Person, found: Iterable[likely.Found]) -> list[int]:
        """Give those whom an entry is without doubt.

        A record without a name is whoever has its address only while nobody else does: not one that has got another's name
        since, nor one whose address comes with several.
        """
        sure: dict[int, None] = {}
        for one, how in found:
            if how.sure and (one.names or not person.names or one.identifiers & person.identifiers or self._alone(one, person)):
                sure[one.number] = None
        return [*sure]

    def _alone(self, nameless: Person, person: Person) -> bool:
        """Say whether a record without a name can be somebody who has its address."""
        there = self._contacts[nameless.number]
        return not there.named and self._known.of_several.isdisjoint(nameless.emails & person.emails)

    def add(self, number: int, entry: Cleaned) -> None:
        """Take in that a contact is, or is also, what an entry says."""
        person = self._persons[id(entry)]._replace(number=number)
        self._known.add(person)
        self._name(number, (_called(entry, person), *self._called_also(person)))
        self.same(number, entry)

    def same(self, number: int, entry: Cleaned) -> None:
        """Take in that an entry was a contact's, so that another line with its uid is the same one's."""
        if entry.uid:
            self._uids.setdefault(entry.uid, number)

    def taken(self, uid: str) -> bool:
        """Say whether a contact has a uid already."""
        return uid in self._uids

    def _called_also(self, person: Person) -> Sequence[str]:
        """Give a person's names, and the addresses that stand for a name where a line has none."""
        return (*person.names, *_addresses(person)) if self._nameless else person.names

    def _name(self, number: int, names: Iterable[str]) -> None:
        """Keep by which names somebody goes."""
        for name in names:
            same = self._namesakes.setdefault(name, [])
            if number not in same[-_NAMESAKES:]:
                same.append(number)


def person_of(entry: Cleaned) -> Person:
    """Give by what an entry's person is recognised."""
    given, family = entry.fields["given_name"], entry.fields["family_name"]
    names = [_comparable(entry)] if entry.named else []
    if given and family:
        names.append(comparable(f"{given} {family}"))
    if entry.former_names:
        names += map(comparable, entry.former_names)
    return Person(
        0,
        tuple(dict.fromkeys(filter(None, names))),
        frozenset(point.key for point in entry.points if point.system == "email"),
        frozenset(point.key for point in entry.points if point.system == "phone"),
        frozenset(role.organisation for role in entry.roles),
        frozenset(map(tuple, entry.identifiers)),  # type: ignore[arg-type] # pairs
        named=entry.named or bool(given and family),
    )


def _comparable(entry: Cleaned) -> str:
    """Give an entry's name as names are compared: its key already, unless something stands in brackets."""
    name = entry.fields["name"]
    return comparable(name) if "(" in name or "[" in name else str(entry.fields["name_key"])


def _called(entry: Cleaned, person: Person) -> str:
    """Give an entry's name for finding who has it; one without letters is compared as it is."""
    return (person.names[0] if person.names and entry.named else comparable(entry.fields["name"])) or str(entry.fields["name"]).casefold()


def _addresses(person: Person) -> list[str]:
    """Give a person's addresses and numbers as names are compared."""
    return [comparable(key) for key in sorted(person.emails | person.phones)]


def _as_joined(people: Sequence[Person]) -> Iterator[Person]:
    """Give people, and each who has an account by every name too that comes with it: the import may make them one."""
    called: dict[tuple[str, str], set[str]] = {}
    for person in people:
        for account in person.identifiers:
            called.setdefault(account, set()).update(person.called)
    for person in people:
        yield person
        names = {name for account in person.identifiers for name in called[account]}
        yield from (person._replace(names=(name,), named=True) for name in sorted(names.difference(person.called)))


def _without_stand_ins(person: Person) -> Person:
    """Give a person without a name that is only their address or number."""
    addresses = {comparable(key) for key in person.emails}
    names = tuple(name for name in person.names if name not in addresses and not _is_number(name, person.phones))
    return person if names == person.names else person._replace(names=names, named=person.names[0] in names)


def _is_number(name: str, phones: Iterable[str]) -> bool:
    """Say whether a name is one of some numbers; these are kept with the code of their country, which a name may lack."""
    digits = name.replace(" ", "").lstrip("0")
    return digits.isdigit() and any(phone.endswith(digits) for phone in phones)


def _uids(connection: Connection) -> dict[str | None, int]:
    """Give every contact's number by its uid, and by those of contacts that were merged into it."""
    merged = connection.execute("SELECT value, contact_id FROM identifier WHERE system = ?", (OWN_UID,))
    return {**dict(merged), **dict(connection.execute("SELECT uid, id FROM contact"))}
