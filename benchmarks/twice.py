"""Contacts that a made partnership has twice: the known share of duplicates that ``contact duplicates`` should list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EVERY = 50  # one contact in so many is the one before once more
_SHARED = ("email", "phone", "affiliation")  # what the two have in common besides the name, in turn


def again(number: int, contacts: int) -> bool:
    """Say whether a contact is the one before once more; the last one has a name of its own."""
    return number % EVERY == 0 and number != contacts


def in_common(table: str, rows: Sequence[dict[str, Any]], contacts: int) -> Iterator[dict[str, Any]]:
    """Give the rows by which two records of one person have an address, a phone or a role in common."""
    if table not in ("contact_point", "affiliation"):
        return
    first = {row["contact_id"]: row for row in reversed(rows)}
    for number in range(EVERY, contacts, EVERY):
        what = _SHARED[number // EVERY % len(_SHARED)]
        if what == table:
            yield {**first[number - 1], "contact_id": number}
        elif table == "contact_point" and what == "email":
            yield {**first[number - 1], "contact_id": number, "position": 1}
        elif table == "contact_point" and what == "phone":
            key = f"+447700{900000 + number}"
            for contact in (number - 1, number):
                yield {"contact_id": contact, "system": what, "value": key, "value_key": key, "preferred": 0, "position": 1}
