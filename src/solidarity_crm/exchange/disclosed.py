"""What of people leaves in a file, and in which words that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import UNSAID, Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

FOR_OURSELVES = ("words_to_avoid",)
_TECHNICAL = ("uid", "updated_at")
_CALLED = {"cadence_days": "cadence"}  # as every answer calls it


def discreet(entry: Entry) -> Entry:
    """Give an entry without what was written for ourselves: notes, reasons, words to avoid, names they no longer go by."""
    return entry._replace(
        note=None,
        former_names=(),
        do_not_contact=None if entry.do_not_contact is None else UNSAID,
        fields={name: value for name, value in entry.fields.items() if name not in FOR_OURSELVES},
    )


def for_address_books(entry: Entry) -> Entry:
    """Give an entry with what another program's address book has a column for, and nothing of whom they work with or why we know them."""
    return entry._replace(pronouns=None, works_with=(), identifiers=(), former_names=(), do_not_contact=None, fields={}, uid=None)


def kinds(entries: Iterable[Entry]) -> list[str]:
    """List the kinds of details that some of these entries have, in the order of an entry."""
    found: dict[str, None] = {}
    further: dict[str, None] = {}
    for entry in entries:
        for name, value in zip(entry._fields, entry, strict=True):
            if value and name not in ("line", "fields", "doubts", "raw", *_TECHNICAL):
                found[name] = None
        further |= dict.fromkeys(name for name in entry.fields if name not in _TECHNICAL)
    return [_CALLED.get(name, name) for name in (*(name for name in Entry._fields if name in found), *further)]
