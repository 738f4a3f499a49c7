"""What of people leaves in a file, and in which words that is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from solidarity_crm.exchange.address_book import FOR_OURSELVES, UNSAID, Entry
from solidarity_crm.rules.revealing import in_strings, plain, strings, without_names, without_things

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solidarity_crm.rules.revealing import Someone, Thing

T = TypeVar("T")

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


def without(entry: Entry, things: Sequence[Thing], others: Sequence[Someone]) -> Entry:
    """Give an entry without what is revealing of whose it is, and without the names of others beside what is revealing of them.

    A role, community, tag or address that says it goes; in other texts its words go.
    """

    def told(text: str) -> str:
        return without_names(without_things(text, things), others)

    def kept(values: Sequence[T]) -> tuple[T, ...]:
        return tuple(value for value in values if all(without_things(text, things) == plain(text) for text in strings(value)))

    roles = tuple(role for role in entry.roles if kept([role.organisation]))
    less = entry._replace(
        name=None,
        emails=kept(entry.emails),
        websites=kept(entry.websites),
        tags=kept(entry.tags),
        works_with=kept(entry.works_with),
        identifiers=kept(entry.identifiers),
        roles=roles,
        raw=(),
    )
    rest = cast("Entry", in_strings(less, told))
    return rest._replace(name=entry.name, given_name=entry.given_name, family_name=entry.family_name, known_as=entry.known_as)


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
