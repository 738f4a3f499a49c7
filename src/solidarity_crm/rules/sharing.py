"""What may be told of one person of an introduction to somebody else, and whether a text tells more than that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import Refused
from solidarity_crm.rules.outreach import name_said
from solidarity_crm.text import fold, without_brackets

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# how somebody can be reached is told when both have said yes; who they are may be told before, as far as their own yes goes
BEFORE_BOTH_AGREED = ("name", "role", "organisation", "communities", "why")
_DIGITS = re.compile(r"\(?\+?\d[\d\s().\-/]{5,}\d")
# words that stand in the field of a name and are nobody's: a "Dr who runs a drop-in" could be any
_NO_NAMES = {
    *("dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "rev", "revd", "cllr", "sir", "dame", "lord", "lady"),
    *("she", "her", "hers", "he", "him", "his", "they", "them", "theirs"),
}
_OWN_DIGITS = 9  # the last digits of a phone number, which are the same however its beginning is written


class Traits(NamedTuple):
    """What gives a person away in a text: their name, where they work, how to reach them, and what else they are or were called."""

    name: str
    organisations: Sequence[str] = ()
    emails: Sequence[str] = ()
    phones: Sequence[str] = ()
    other_names: Sequence[str] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All that they are or were called."""
        return (self.name, *self.other_names)


class GivenAway(NamedTuple):
    """A field of somebody's that a text tells, and the words that tell it."""

    field: str
    words: str


def given_away(text: str, about: Traits, *, shared: Iterable[str] = (), known: Traits | None = None) -> GivenAway | None:
    """Give the first thing that a text tells of somebody and that they did not share, or None.

    ``known`` is whoever reads it: what the two have in common, an organisation or a first name, gives nobody away.
    """
    open_fields, reader = set(shared), known or Traits("")
    found = {
        "email": _within(text, about.emails, reader.emails),
        "phone": _phone_in(text, about.phones, reader.phones),
        "organisation": _words_in(text, about.organisations, reader.organisations),
        "name": _name_in(text, about.names, reader.names),
    }
    return next((GivenAway(field, words) for field, words in found.items() if words and field not in open_fields), None)


def check_words(what: str, text: str | None, about: Traits, *, shared: Iterable[str] = (), known: Traits | None = None) -> None:
    """Refuse words of ours that tell of somebody what they have not shared; ``what`` says which words they are.

    Raises Refused.
    """
    found = given_away(text or "", about, shared=shared, known=known)
    if found:
        sentence = f"{what} has {found.words!r} in it, and the other person's {found.field} may not be told yet"
        raise Refused(sentence, 'say it without, like "a GP who runs a drop-in"')


def _within(text: str, values: Sequence[str], known: Sequence[str]) -> str | None:
    """Give the first of some addresses that a text has, in whatever case."""
    lower, theirs = text.casefold(), {value.casefold() for value in known}
    return next((value for value in values if value.casefold() not in theirs and value.casefold() in lower), None)


def _phone_in(text: str, phones: Sequence[str], known: Sequence[str]) -> str | None:
    """Give the part of a text that has one of some phone numbers, however it is written."""
    wanted = {_own(phone) for phone in phones} - {_own(phone) for phone in known} - {""}
    return next((found for found in _DIGITS.findall(text) if any(digits in _digits(found) for digits in wanted)), None)


def _words_in(text: str, names: Sequence[str], known: Sequence[str]) -> str | None:
    """Give the first of some names that a text has as whole words; case and accents do not matter."""
    padded, theirs = f" {fold(text)} ", {fold(name) for name in known}
    return next((name for name in names if fold(name) and fold(name) not in theirs and f" {fold(name)} " in padded), None)


def _name_in(text: str, names: Sequence[str], known: Sequence[str]) -> str | None:
    """Give the part of a person's names that a text has; a whole one in any case, a part of one as names are written."""
    theirs = {word for name in known for word in fold(name).split()} | _NO_NAMES
    parts = (part for name in names for part in name.split() if not set(fold(part).split()) <= theirs)
    part = next((each for each in parts if name_said(text, each)), None)
    whole = (name for name in names if any(" " in form.strip() and _words_in(text, [form], []) for form in (name, without_brackets(name))))
    return part or next(whole, None)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _own(phone: str) -> str:
    """Give the digits of a phone number that are its own."""
    return _digits(phone)[-_OWN_DIGITS:]
