"""Sheets of contacts as other programs import them, with exactly their own headings (exchange.md D3, E1).

What a program has no column for is left out and counted: a sixth phone, a second job. Nobody's communities, consent or
safety rules leave in these: only how to reach somebody, where they work, tags, and a note if there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.tables.foreign_layouts import LAYOUTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.address_book import Entry

NAMES = tuple(LAYOUTS)


class Sheet(NamedTuple):
    """A sheet: its header, a row an entry, and how many values had no column in it."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    left_out: int


def sheet(layout: str, entries: Sequence[Entry]) -> Sheet:
    """Give entries as ``layout`` wants them, one of :data:`NAMES`."""
    wanted = LAYOUTS[layout]
    header = wanted.header(entries)
    rows, left_out = [], 0
    for entry in entries:
        cells, without = wanted.cells(entry)
        rows.append([cells.get(heading, "") for heading in header])
        left_out += without
    return Sheet(header, rows, left_out)


def takes(layout: str | None, entry: Entry) -> bool:
    """Say whether a program takes somebody: one that only mails needs an address."""
    return not (layout and LAYOUTS[layout].needs_email and not entry.emails)
