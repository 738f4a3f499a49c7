"""A file of contacts, of whichever kind, as an address book."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.tables.headings.layouts import GENERIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solidarity_crm.exchange.address_book import Book
    from solidarity_crm.exchange.incoming import Incoming
    from solidarity_crm.exchange.tables.columns import Columns

_NAMING = frozenset(("name", "sort_name", "given_name", "family_name", "email", "phone", "organisation"))  # by which somebody is an entry


class As(NamedTuple):
    """How tables are to be read: as which program's, with which field for a heading, with spoilt letters mended, which sheet."""

    layout: str | None = None
    mapping: Mapping[str, str] | None = None
    repair: bool = False
    sheet: str | None = None

    @property
    def said(self) -> bool:
        """Whether anything of it is for tables alone."""
        return bool(self.layout or self.mapping or self.repair or self.sheet)


class Reading(NamedTuple):
    """A file's address book; ``columns`` are a table's, None for vCards."""

    file: Incoming
    book: Book
    columns: Columns | None = None

    @property
    def guessed(self) -> bool:
        """Whether a column's field was told by what it holds."""
        return self.columns is not None and not self.columns.sure

    @property
    def unknown(self) -> bool:
        """Whether it is no known program's file."""
        return self.columns is not None and self.columns.layout == GENERIC


def read(file: Incoming, as_: As) -> Reading:
    """Read a file.

    Raises CannotRead; UnknownChoice or BadValue for a layout, heading, field or sheet that is not there.
    """
    if file.kind == "vcard":
        from solidarity_crm.exchange import vcard  # noqa: PLC0415 - only for these files

        return Reading(file, vcard.read(file.name, file.data))
    from solidarity_crm.exchange.tables.book import book  # noqa: PLC0415 - only for these files
    from solidarity_crm.exchange.tables.columns import recognise  # noqa: PLC0415
    from solidarity_crm.exchange.tables.reading import read as read_table  # noqa: PLC0415

    table = read_table(file.name, file.data, repair=as_.repair, sheet=as_.sheet)
    columns = recognise(table, layout=as_.layout, mapping=as_.mapping)
    if table.rows and columns.layout == GENERIC and not any(column.field in _NAMING for column in columns.columns):
        heading = next((column.heading for column in columns.columns if column.heading), "HEADING")
        raise CannotRead(file.name, "no column of it says who anybody is", f'the same command with --map "{heading}=name"')
    return Reading(file, book(table, columns), columns)
