"""vCard files of any program, as address-book entries: one card after the other, each for itself (exchange.md A9, E3)."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.address_book import Book, Entry, Rejected
from solidarity_crm.exchange.vcard import cards
from solidarity_crm.exchange.vcard.card_reader import CardReader
from solidarity_crm.exchange.vcard.charsets import unified

if TYPE_CHECKING:
    from solidarity_crm.exchange.problems import Problem

_EXPORT = "a .vcf file, as address books export it"


def count(data: bytes) -> int:
    """Give how many cards a file has, much sooner than reading them."""
    return cards.count(unified(data)[0])


def read(name: str, data: bytes) -> Book:
    """Give what a vCard file says; ``name`` is the file's, for what is reported.

    A card that is broken off or holds what cannot be read costs only that; one that names nobody is rejected, and groups are passed over.
    Raises CannotRead for a file without any card.
    """
    content, note = unified(data)
    entries: list[Entry] = []
    rejected: list[Rejected] = []
    skipped: list[Problem] = []
    for card in cards.split(content):
        found = CardReader(card, name).read()
        if isinstance(found, Entry):
            entries.append(found)
        elif isinstance(found, Rejected):
            rejected.append(found)
        else:
            skipped.append(found)
    if not (entries or rejected or skipped):
        raise CannotRead(name, _no_card(data, content), _EXPORT)
    return Book(name, tuple(entries), tuple(rejected), tuple(skipped), tuple(filter(None, (note, *_closed_badly(entries)))))


def _closed_badly(entries: list[Entry]) -> list[str]:
    """Say it once when several cards have the same end."""
    problems = sorted(doubt.reason for entry in entries for doubt in entry.doubts if doubt.column == "END")
    return [f"{number} cards: {reason}" for reason, each in groupby(problems) if (number := len(list(each))) > 1]


def _no_card(data: bytes, content: bytes) -> str:
    """Say what a file without cards is instead."""
    start = content[:1000].strip().lower()
    if not start:
        return "it is empty"
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "it is a web page, perhaps one that asks to log in, and no vCard"
    if data.startswith(b"PK\x03\x04"):
        return "it is a workbook or a zip file, and no vCard"
    return "it is no vCard: nothing in it begins with BEGIN:VCARD"
