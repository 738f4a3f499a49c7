"""Refs: the letter and the number by which people name a record, as in ``P12``."""

from __future__ import annotations

import re
from typing import NamedTuple


class Noun(NamedTuple):
    """A kind of record: its word, its table, its ref's letter and the nouns' order in searches."""

    word: str
    table: str
    letter: str


NOUNS = (
    Noun("contact", "contact", "P"),
    Noun("organisation", "organisation", "O"),
    Noun("offer", "offer", "H"),
    Noun("ask", "ask", "A"),
    Noun("introduction", "introduction", "I"),
    Noun("follow-up", "followup", "F"),
    Noun("meeting", "meeting", "M"),
    Noun("interaction", "interaction", "N"),
    Noun("draft", "draft", "D"),
    Noun("proposal", "proposal", "R"),
)
BY_LETTER = {noun.letter: noun for noun in NOUNS}
BY_TABLE = {noun.table: noun for noun in NOUNS}
# the column by which a row without a ref of its own belongs to a record that has one, most telling first
OWNERS = {
    "offer_id": "H",
    "ask_id": "A",
    "introduction_id": "I",
    "meeting_id": "M",
    "interaction_id": "N",
    "contact_id": "P",
    "organisation_id": "O",
}

_REF = re.compile(r"([A-Za-z])0*([1-9][0-9]{0,17})\Z")


class Ref(NamedTuple):
    """A record's ref; ``str()`` writes it as people type it."""

    letter: str
    number: int

    def __str__(self) -> str:
        """Give the ref as text, as in ``P12``."""
        return f"{self.letter}{self.number}"

    @property
    def noun(self) -> Noun:
        """The kind of record it names."""
        return BY_LETTER[self.letter]


def of(text: str) -> Ref:
    """Give the ref that the program wrote as ``text``."""
    return Ref(text[0], int(text[1:]))


def parse(text: str) -> Ref | None:
    """Give the ref that ``text`` is (``p12`` too), or None when it is none."""
    found = _REF.match(text.strip())
    if found is None or found[1].upper() not in BY_LETTER:
        return None
    return Ref(found[1].upper(), int(found[2]))
