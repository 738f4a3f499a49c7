"""What a name gives away: who stands beside something that is marked as revealing, in a text or a file that leaves the program.

A role at an organisation, a community or a tag can suggest a trait that harms somebody when it is known (protection.md P2).
Whether a text puts a name beside such a thing is decided by its words alone, whatever case, accents or marks they have, so
that one rule does for letters, reports, calendars and sheets, and for what people typed into any of them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.text import fold, safe, without_brackets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SOMEBODY, LEFT_OUT = "somebody", "[left out]"
_TOKEN = re.compile(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")  # a word, its apostrophes within; a possessive s is a word of its own
_ADDRESS = re.compile(r"[\w.+-]+@")
_REPEATED = re.compile(rf"{SOMEBODY}(?:[-\s]+{SOMEBODY})+")
_TITLES = frozenset(
    ["dr", "mr", "mrs", "ms", "mx", "miss", "prof", "professor", "rev", "sir", "dame", "lady", "lord", "st", "sister", "father"]
)
_MANY = 50_000  # people, and names of theirs, that are kept taken apart
Words = tuple[str, ...]


class Thing(NamedTuple):
    """Something that is marked as revealing, and what else says that it is meant: former names, the domain of its addresses.

    ``field`` is what of somebody it is, in the words of what may be shared: ``organisation``, ``communities`` or ``tags``.
    """

    name: str
    forms: tuple[str, ...] = ()
    field: str = "organisation"


class Someone(NamedTuple):
    """Somebody who stands beside revealing things: every name that they go by or went by, the present one first."""

    ref: str
    names: tuple[str, ...]
    things: tuple[Thing, ...]

    @property
    def name(self) -> str:
        """Their present name."""
        return self.names[0]


class Beside(NamedTuple):
    """That somebody is named beside something revealing."""

    ref: str
    name: str
    thing: str
    field: str = "organisation"


def beside(text: str, people: Iterable[Someone]) -> list[Beside]:
    """Give who of some people is named in a text beside what of theirs is revealing.

    The whole of a name counts in any case, a part of it where it has a capital: ``hope`` is not Hope.
    """
    return _beside(_read(text), people)


def without_names(text: str, people: Sequence[Someone], *, instead: str = SOMEBODY) -> str:
    """Give a text without the names of some people: whatever :func:`beside` takes for one."""
    text = _replaced(text, {name for one in people for name in _whole(one)}, instead)
    parts = {part for one in people for part in _parts(one)}
    return _REPEATED.sub(SOMEBODY, _replaced(text, {(part,) for part in parts}, instead, capitals=True))


def without_things(text: str, things: Iterable[Thing]) -> str:
    """Give a text without the names, former names and domains of revealing things."""
    return _replaced(text, {_words(form) for thing in things for form in (thing.name, *thing.forms)}, LEFT_OUT)


class Known:
    """Everybody who stands beside something revealing, found in a text by words of their names."""

    def __init__(self, people: Iterable[Someone]) -> None:
        """Keep people by their refs and by each word of their names."""
        self.people = {one.ref: one for one in people}
        self._by_word: dict[str, list[Someone]] = {}
        for one in self.people.values():
            for part in sorted(_parts(one)):
                self._by_word.setdefault(part, []).append(one)

    def beside(self, value: object) -> list[Beside]:
        """Give who is named beside something revealing in a text, or anywhere in a value that holds texts."""
        if not self.people:
            return []
        read = _read("\n".join(strings(value)))
        return _beside(read, {one.ref: one for word in read.words for one in self._by_word.get(word, ())}.values())

    def whom(self, found: Iterable[Beside], *, but: str | None = None) -> list[Someone]:
        """Give the people that were found, without one of them."""
        return [self.people[ref] for ref in dict.fromkeys(one.ref for one in found) if ref != but]

    def things(self, ref: str | None) -> tuple[Thing, ...]:
        """Give what somebody stands beside."""
        return self.people[ref].things if ref in self.people else ()


class _Read(NamedTuple):
    """A text as it is looked through: its words in order, all in one line, and those that may be names."""

    words: dict[str, None]
    line: str
    names: set[str]


def _read(text: str) -> _Read:
    """Take a text apart."""
    tokens = _tokens(plain(text))
    line = f" {' '.join(word for _, _, word, _ in tokens)} "
    return _Read(dict.fromkeys(word for _, _, word, _ in tokens), line, {word for _, _, word, name in tokens if name})


def _beside(read: _Read, people: Iterable[Someone]) -> list[Beside]:
    """Give who of some people is named beside what of theirs is revealing."""
    return [
        Beside(one.ref, one.name, thing.name, thing.field)
        for one in people
        if not read.names.isdisjoint(_parts(one)) or any(_said(name, read) for name in _whole(one))
        for thing in one.things
        if any(_said(_words(form), read) for form in (thing.name, *thing.forms))
    ]


def plain(text: str) -> str:
    """Give a text as it will be read: without what is invisible, each letter with its marks one sign."""
    return unicodedata.normalize("NFC", safe(text))


def _tokens(text: str) -> list[tuple[int, int, str, bool]]:
    """Give the words of a text in NFC: where each begins and ends, how it is compared, and whether it may be a name.

    That is a word with a capital, in a script without capitals, or in an e-mail address.
    """
    addresses = [span.span() for span in _ADDRESS.finditer(text)] if "@" in text else []
    found = [(token.start(), token.end(), fold(token[0]), not token[0][0].islower()) for token in _TOKEN.finditer(text)]
    return [(begin, end, word, name or any(first <= begin < last for first, last in addresses)) for begin, end, word, name in found if word]


@lru_cache(maxsize=_MANY)
def _words(name: str) -> Words:
    """Give the words of a name as they are compared."""
    return tuple(word for _, _, word, _ in _tokens(plain(name)))


@lru_cache(maxsize=_MANY)
def _whole(one: Someone) -> list[Words]:
    """Give the words of each of somebody's names that is more than one word, without titles and what stands in brackets."""
    names = [tuple(word for word in _words(without_brackets(name)) if word not in _TITLES) for name in one.names]
    return [words for words in names if len(words) > 1]


@lru_cache(maxsize=_MANY)
def _parts(one: Someone) -> frozenset[str]:
    """Give the single words of somebody's names, but for titles and initials."""
    words = {word for name in one.names for word in _words(without_brackets(name)) or _words(name)}
    return frozenset(word for word in words if word not in _TITLES and len(word) > 1)


def _said(words: Words, read: _Read) -> bool:
    """Say whether words stand in a text one after the other; looking whether they stand in it at all is quicker, and first."""
    return bool(words) and all(word in read.words for word in words) and f" {' '.join(words)} " in read.line


def _replaced(text: str, wanted: set[Words], by: str, *, capitals: bool = False) -> str:
    """Put something else in the place of some runs of words, the longest first; only where each is written as names are, if asked."""
    text = plain(text)
    tokens = _tokens(text)
    begins: dict[str, list[Words]] = {}
    for words in sorted((words for words in wanted if words), key=lambda words: (-len(words), words)):
        begins.setdefault(words[0], []).append(words)
    parts, end, place = [], 0, 0
    while place < len(tokens):
        begin, _, word, capital = tokens[place]
        runs = begins.get(word, ()) if capital or not capitals else ()
        run = next((words for words in runs if words == tuple(token[2] for token in tokens[place : place + len(words)])), ())
        if run:
            parts += [text[end:begin], by]
            end = tokens[place + len(run) - 1][1]
        place += len(run) or 1
    return "".join([*parts, text[end:]])


def in_strings(value: object, change: Callable[[str], str]) -> object:
    """Give a value of tuples, lists, mappings and texts with each text in it changed; what is none of these stays."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: in_strings(item, change) for key, item in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return value._make(in_strings(item, change) for item in value)  # type: ignore[attr-defined] # a NamedTuple has it
    if isinstance(value, (list, tuple)):
        return type(value)(in_strings(item, change) for item in value)
    return value


def strings(value: object) -> Sequence[str]:
    """Give every text in a value, in order."""
    found: list[str] = []
    in_strings(value, lambda text: found.append(text) or text)  # type: ignore[func-returns-value] # append's nothing is passed over
    return found
