"""A file of rows made a table: which row is the header, and which rows cannot be read (exchange.md E2.1 to E2.5)."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from solidarity_crm.errors import CannotRead
from solidarity_crm.exchange.tables.file.decoding import decode
from solidarity_crm.exchange.tables.file.dialect import HEADER_WITHIN, dialect_of, physical_lines
from solidarity_crm.exchange.tables.file.records import Records
from solidarity_crm.exchange.tables.file.shaping import made, shape_of
from solidarity_crm.exchange.tables.file.workbook import is_workbook, read_workbook

if TYPE_CHECKING:
    from solidarity_crm.exchange.tables.file.dialect import Dialect
    from solidarity_crm.exchange.tables.table import Table

_TEXTS = (".csv", ".tsv", ".tab", ".txt")
_NAMED = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read(name: str, data: bytes, *, repair: bool = False, sheet: str | None = None) -> Table:
    """Give the table of a CSV file or workbook; ``name`` is shown; what it begins with and its name's ending tell which it is.

    ``repair`` mends letters that another program spoiled; ``sheet`` names one of a workbook's.
    Raises CannotRead, and UnknownChoice for a sheet that is not there.
    """
    zipped = data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))  # or an old Excel's
    if zipped and (is_workbook(name) or not name.lower().endswith(_TEXTS)):
        return read_workbook(name, data, sheet=sheet)
    return read_csv(name, data, repair=repair)


def read_csv(name: str, data: bytes, *, repair: bool = False) -> Table:
    """Give the table of a file of text, whose cells commas, semicolons, tabs or bars part.

    Raises CannotRead.
    """
    decoded = decode(name, data, repair=repair)
    lines = physical_lines(decoded.text)
    dialect = dialect_of(lines)
    first = list(islice(Records(lines, dialect, 0).read(dialect.first), HEADER_WITHIN))
    begin = [record for record in first if not record.problem]
    if not begin:
        raise CannotRead(name, first[0].problem if first else "it has no rows", "export it again, or name another file")
    shape = shape_of(begin, dialect.delimiter)
    records = Records(lines, dialect, shape.width).read(dialect.first if shape.at is None else begin[shape.at].line - 1)
    return made(name, records, shape, notes=[*decoded.notes, *_said(dialect)], doubtful=decoded.doubtful)


def _said(dialect: Dialect) -> list[str]:
    """Say what parts the cells, when that is not a comma."""
    return [] if dialect.delimiter == "," else [f"cells parted by {_NAMED.get(dialect.delimiter, repr(dialect.delimiter))}"]
