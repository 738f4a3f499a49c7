"""Contacts as a file, in each form that they can leave in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.disclosed import discreet, for_address_books
from solidarity_crm.exchange.tables import foreign, own
from solidarity_crm.exchange.tables.cells import unguard, write_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from solidarity_crm.exchange.address_book import Entry

FORMATS = ("vcf", "csv", "xlsx", "json")
SHEET = "Contacts"


class Form(NamedTuple):
    """How people's details leave.

    ``layout`` is the program that a CSV file is for, None for our own. ``private`` takes along what was written for
    ourselves. ``plain`` is CSV without a byte-order mark, ``raw`` without guards (exchange.md A8), ``vcard4`` version 4.0.
    """

    format: str
    layout: str | None = None
    private: bool = False
    plain: bool = False
    raw: bool = False
    vcard4: bool = False

    @property
    def in_words(self) -> str:
        """The form as the journal has it: ``vcf``, ``csv for Google``."""
        return f"{self.format} for {self.layout.capitalize()}" if self.layout else self.format


class Written(NamedTuple):
    """A file's content, and what the person must know of it."""

    content: bytes
    warnings: tuple[str, ...] = ()


def leaving(form: Form, entries: Mapping[str, Entry]) -> dict[str, Entry]:
    """Give what of these people leaves in a form, by their refs; those are left out whom the program does not take."""
    kept = {ref: entry if form.private else discreet(entry) for ref, entry in entries.items() if foreign.takes(form.layout, entry)}
    return {ref: for_address_books(entry) for ref, entry in kept.items()} if form.layout else kept


def write(form: Form, entries: Sequence[Entry], *, now: datetime) -> Written:
    """Give one file of what leaves."""
    if form.format == "json":
        from solidarity_crm.exchange.contacts_json import write as write_json  # noqa: PLC0415 - for this format only

        return Written(write_json(entries, exported_at=now, private=form.private))
    if form.format == "vcf":
        from solidarity_crm.exchange import vcard  # noqa: PLC0415 - for this format only

        return Written(vcard.write(entries, version="4.0" if form.vcard4 else "3.0", notes=form.private))
    if form.layout:
        sheet = foreign.sheet(form.layout, entries)
        return Written(_csv(form, sheet.header, sheet.rows), _without_column(form.layout, sheet.left_out))
    header = own.headings(private=form.private)
    rows = [own.row(entry, header) for entry in entries]
    return _workbook(header, rows) if form.format == "xlsx" else Written(_csv(form, header, rows))


def cards(form: Form, entries: Mapping[str, Entry]) -> dict[str, bytes]:
    """Give a vCard for each person, by file names that name nobody."""
    from solidarity_crm.exchange import vcard  # noqa: PLC0415 - for this format only

    return {
        f"{ref}.vcf": vcard.write([entry], version="4.0" if form.vcard4 else "3.0", notes=form.private) for ref, entry in entries.items()
    }


def _csv(form: Form, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    return write_csv(header, rows, bom=not form.plain, guarded=not form.raw).encode()


def _workbook(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Written:
    from solidarity_crm.exchange.tables.workbook_writer import LONGEST, too_long, write_workbook  # noqa: PLC0415 - for this format only

    # no guards, since nothing runs; but an apostrophe that looks like one must not be taken off by who reads it back
    rows = [[f"'{cell}" if unguard(cell) != cell else cell for cell in row] for row in rows]
    cut = too_long(rows)
    warning = f"{cut} {'cell was' if cut == 1 else 'cells were'} longer than the {LONGEST:,} characters of a workbook's cell and cut"
    return Written(write_workbook(SHEET, header, rows, days=own.DAYS), (warning,) if cut else ())


def _without_column(layout: str, left_out: int) -> tuple[str, ...]:
    """Say how much a program has no column for."""
    if not left_out:
        return ()
    details = "1 detail is" if left_out == 1 else f"{left_out:,} details are"
    return (f"{details} not in it, since {layout.capitalize()} has no column for more: further roles, numbers or tags",)
