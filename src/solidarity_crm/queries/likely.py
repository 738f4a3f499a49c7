"""Which contacts are likely one person: candidates by what they share, never all pairs; the only importer of rapidfuzz for people.

What two people share (an address, a number, an organisation) brings them together; within what many share, only those with
words of a name in common are compared. So the cost grows with the people and not with their pairs.
"""

from __future__ import annotations

import json
from bisect import bisect_left, insort
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from solidarity_crm.queries.reading import sql
from solidarity_crm.rules.duplicates import LIKELY, Likeness, Person, comparable, likeness, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

    from solidarity_crm.store.sqlite import Connection

_CROWD = 40  # more people than this in one place are compared by their names only
_WINDOW = 15  # and of more than twice so many with like names, each only with its neighbours in the alphabet
_SHARED = 3  # from so many names on, an address or a number is not one person's
_FEW = 200  # up to so many contacts, reading each is faster than reading all
_LAST = 2**63 - 1
Found = tuple[Person, Likeness]
Place = tuple[str, object]  # what people may share: its kind, and which
Group = TypeVar("Group", "Circle", "Crowd")


class Known:
    """People who can be asked who of them is like somebody."""

    def __init__(self, people: Iterable[Person] = (), *, not_duplicates: Container[tuple[int, int]] = frozenset()) -> None:
        """Take people in; ``not_duplicates`` has pairs of numbers, the lower first, that are known to be two people."""
        from rapidfuzz.distance import Indel  # noqa: PLC0415 - 20 ms that few commands need

        self._alike: Callable[[str, str], float] = Indel.normalized_similarity  # how alike two words are, 0 to 1
        self._not_duplicates = not_duplicates
        self._people: list[Person] = []
        self._places: dict[Place, list[int]] = {}  # a person is known by the place in the list above
        self._names: dict[tuple[str, ...], list[int]] = {}
        self._circles: dict[Place, Circle] = {}
        self._crowds: dict[Place, Crowd] = {}
        for person in people:
            self.add(person)

    def __contains__(self, key: object) -> bool:
        """Say whether an e-mail or phone key is used by people of several names."""
        names: set[str] = set()
        for place in (("email", key), ("phone", key)):
            for holder in self._places.get(place, ()):
                names.update(self._people[holder].called)
                if len(names) >= _SHARED:
                    return True
        return False

    def add(self, person: Person) -> None:
        """Take one more person in."""
        at = len(self._people)
        self._people.append(person)
        for place in _places(person):
            self._places.setdefault(place, []).append(at)
            if place in self._circles:
                self._circles[place].add(person, at)
            if place in self._crowds:
                self._crowds[place].add(person, at)
        for name in person.names:
            self._names.setdefault(tuple(sorted(spoken(name))), []).append(at)

    def like(self, person: Person, *, least: int = LIKELY) -> list[Found]:
        """List who is likely the same person, the surest and likeliest first; ``least`` is the score from which on they count."""
        beside = set(self._beside(person))
        if least < LIKELY:  # a name alone is not likely, but may be worth a word
            beside.update(at for name in person.names for at in self._names.get(tuple(sorted(spoken(name))), ()))
        found = [*self._weighed(person, beside, least)] if beside else []
        return sorted(found, key=lambda pair: (not pair[1].sure, -pair[1].score, pair[0].number)) if len(found) > 1 else found

    def pairs(self) -> list[tuple[Person, Person, Likeness]]:
        """List every likely pair, the likeliest first, in each the lower number first."""
        found = []
        for at, one in enumerate(self._people):
            for other, how in self._weighed(one, {beside for beside in self._beside(one) if beside > at}, LIKELY):
                found.append((one, other, how) if one.number < other.number else (other, one, how))
        return sorted(found, key=lambda pair: (-pair[2].score, not pair[2].sure, pair[0].number, pair[1].number))

    def _weighed(self, person: Person, beside: Iterable[int], least: int) -> Iterator[Found]:
        """Give those beside a person that are sure to be the same, or score enough."""
        for at in beside:
            other = self._people[at]
            if self._may_be(person, other):
                how = likeness(person, other, shared=self, alike=self._alike)
                if how.sure or how.score >= least:
                    yield other, how

    def _may_be(self, one: Person, other: Person) -> bool:
        """Say whether two records are two, and not known to be two people's."""
        if not one.number:
            return one is not other
        low, high = sorted((one.number, other.number))
        return low != high and (low, high) not in self._not_duplicates

    def _beside(self, person: Person) -> Iterator[int]:
        """Give those who share something with a person, and where several share it words of a name too."""
        for place in _places(person):
            holders = self._places.get(place, ())
            if len(holders) > _CROWD:
                yield from self._crowd(place).near(person)
            elif holders and (place[0] == "organisation" or (len(holders) >= _SHARED and place[1] in self)):
                yield from self._circle(place).near(person)
            else:
                yield from holders

    def _circle(self, place: Place) -> Circle:
        """Give the several in a place by their names."""
        if place not in self._circles:
            self._circles[place] = self._told_apart(place, Circle())
        return self._circles[place]

    def _crowd(self, place: Place) -> Crowd:
        """Give those in a crowded place by their names."""
        if place not in self._crowds:
            self._circles.pop(place, None)
            self._crowds[place] = self._told_apart(place, Crowd())
        return self._crowds[place]

    def _told_apart(self, place: Place, group: Group) -> Group:
        """Take everybody in a place into a group."""
        for at in self._places[place]:
            group.add(self._people[at], at)
        return group


class Circle:
    """The several in one place, by each word of their names and by their initials."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._called: dict[str, list[int]] = {}

    def add(self, person: Person, at: int) -> None:
        """Take a person in."""
        for name in person.names:
            for mark in _marks(name):
                self._called.setdefault(mark, []).append(at)

    def near(self, person: Person) -> Iterator[int]:
        """Give those with a word of a name in common, or its initials."""
        for name in person.names:
            for mark in _marks(name):
                yield from self._called.get(mark, ())


class Crowd:
    """The many in one place, by parts of their names."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._blocks: dict[tuple[str, str], list[tuple[str, int]]] = {}

    def add(self, person: Person, at: int) -> None:
        """Take a person in."""
        for name in person.names:
            ordered = _ordered(name)
            for block in _blocks(name):
                insort(self._blocks.setdefault(block, []), (ordered, at))

    def near(self, person: Person) -> Iterator[int]:
        """Give those with like names: all of a few, of many the neighbours in the alphabet (sorted neighbourhood)."""
        for name in person.names:
            ordered = _ordered(name)
            for block in _blocks(name):
                there = self._blocks.get(block, ())
                middle = bisect_left(there, (ordered, 0)) if len(there) > 2 * _WINDOW else _WINDOW
                for _, at in there[max(middle - _WINDOW, 0) : middle + _WINDOW]:
                    yield at


def people(connection: Connection, *, first: int = 0, last: int = _LAST) -> list[Person]:
    """Give every contact, or those numbered so, by what they are recognised by."""
    found: dict[int, dict[str, list[str]]] = {}
    for number, kind, value in connection.execute(sql("likely_people"), {"first": first, "last": last}):
        found.setdefault(number, {}).setdefault(kind, []).append(value)
    return [_person(number, by_kind) for number, by_kind in sorted(found.items())]


def known(connection: Connection) -> Known:
    """Give all contacts of a store, and which of them were found to be two people."""
    return Known(people(connection), not_duplicates=not_duplicates(connection))


def known_beside(connection: Connection, person: Person) -> Known:
    """Give the contacts that share something with one person: what a question about that one alone needs."""
    asked = {
        "keys": json.dumps([*person.emails, *person.phones]),
        "organisations": json.dumps([*person.organisations]),
        "identifiers": json.dumps([*person.identifiers]),
        "names": json.dumps([spoken(name) for name in person.names]),
    }
    numbers = [number for (number,) in connection.execute(sql("likely_beside"), asked)]
    if len(numbers) > _FEW:
        beside = set(numbers)
        there = [one for one in people(connection) if one.number in beside]
    else:
        there = [one for number in numbers for one in people(connection, first=number, last=number)]
    return Known(there, not_duplicates=not_duplicates(connection))


def shared(people: Iterable[Person], *, least: int = _SHARED) -> frozenset[str]:
    """Give the e-mail and phone keys that people of ``least`` names use; without it as a :class:`Known` of them all would say."""
    names: dict[str, set[str]] = {}
    for person in people:
        for key in (*person.emails, *person.phones):
            names.setdefault(key, set()).update(person.called)
    return frozenset(key for key, called in names.items() if len(called) >= least)


def not_duplicates(connection: Connection) -> frozenset[tuple[int, int]]:
    """Give the pairs that somebody found to be two people, the lower number first."""
    return frozenset((low, high) for low, high in connection.execute(sql("not_duplicates")))


def _person(number: int, kinds: dict[str, list[str]]) -> Person:
    """Make a person of what is kept of them."""
    names = dict.fromkeys(comparable(name) for kind in ("name", "parts", "former") for name in kinds.get(kind, ()))
    return Person(
        number,
        tuple(name for name in names if name),
        frozenset(kinds.get("email", ())),
        frozenset(kinds.get("phone", ())),
        frozenset(map(int, kinds.get("organisation", ()))),
        frozenset((kind.removeprefix("identifier "), value) for kind, values in kinds.items() if " " in kind for value in values),
    )


def _places(person: Person) -> Iterator[Place]:
    """Give everything that a person may share with others."""
    for kind, keys in (
        ("identifier", person.identifiers),
        ("email", person.emails),
        ("phone", person.phones),
        ("organisation", person.organisations),
    ):
        for key in keys:
            yield kind, key


def _ordered(name: str) -> str:
    """Give a name with its words in the order of the alphabet."""
    return " ".join(sorted(spoken(name)))


def _initials(words: tuple[str, ...]) -> str:
    """Give the first letters of a name's first and last word, in the order of the alphabet."""
    return "".join(sorted(words[0][0] + words[-1][0])) if words else ""


@lru_cache(maxsize=65536)
def _marks(name: str) -> frozenset[str]:
    """Give by what a name is found among those of several people: its words, and after a blank its initials."""
    words = spoken(name)
    return frozenset((*words, f" {_initials(words)}"))


@lru_cache(maxsize=65536)
def _blocks(name: str) -> frozenset[tuple[str, str]]:
    """Give where a name stands in a crowd: by each word with another's first or last letter, and by its initials.

    Two spellings of a name agree in a word but for the other's end or beginning, or in their initials.
    """
    words = spoken(name)
    others = {(word, letter) for word in words if len(word) > 1 for other in words if other != word for letter in (other[0], other[-1])}
    return frozenset((*others, ("", _initials(words))))
