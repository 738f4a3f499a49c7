"""Replies in a table: what a form plugin exports, or any table that has a row a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.forms.answers import answer, reply
from solidarity_crm.exchange.forms.questions import DROPPED, asked
from solidarity_crm.exchange.forms.reply import Replies
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables.cleaning import cleaned
from solidarity_crm.exchange.tables.columns import recognise
from solidarity_crm.exchange.tables.headings.layouts import BY_NAME, GENERIC
from solidarity_crm.exchange.tables.reading import read as read_table
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solidarity_crm.exchange.forms.reply import Reply
    from solidarity_crm.exchange.tables.columns import Column, Columns
    from solidarity_crm.exchange.tables.table import TableRow

# the fields of a table's columns that a reply calls otherwise
_RENAMED = {"sort_name": "name", "works_with": "choice", "note": "message", "external_id": "entry_id"}
_PASSED_OVER = frozenset(("personal", "form_title", "source", "status", "uid", "email_label", "phone_label", "address_label"))
_QUESTION, _SHOWN = "question", 60
_SAID = {_QUESTION: "kept as text", DROPPED: "not kept", "choice": "what they ticked", "message": "what they wrote", "entry_id": "entry"}
NOBODY = "nobody to answer: it has no name, no e-mail and no phone"


def read(
    file: str, data: bytes, *, layout: str | None = None, mapping: Mapping[str, str] | None = None, origin: str | None = None
) -> Replies:
    """Give the replies in a CSV file or workbook; a row without anybody in it is rejected.

    Raises CannotRead, or UnknownChoice or BadValue for a layout, heading or field that is not there.
    """
    table = read_table(file, data)
    columns = recognise(table, layout=layout, mapping=mapping)
    fields = {column.position: _field(column) for column in columns.columns}
    found: list[Reply] = []
    rejected = [problem for row in table.rejected for problem in row.problems]
    for row in table.rows:
        said = _reply(row, columns, fields, origin or _origin(columns))
        if said.full_name or said.email or said.phone:
            found.append(said)
        else:
            rejected.append(Problem(file, row.line, "", NOBODY))
    return Replies(found, rejected, (*table.notes, _told(file, columns, fields)))


def _reply(row: TableRow, columns: Columns, fields: Mapping[int, str | None], origin: str) -> Reply:
    """Give a row's reply."""
    answers = [
        answer(column.heading or f"column {column.position + 1}", cleaned(row.cells[column.position]), fields[column.position])
        for column in columns.columns
    ]
    return reply(row.line, origin, answers)


def _origin(columns: Columns) -> str:
    """Say where replies come from: the program whose export it is, or a table."""
    return "table" if columns.layout == GENERIC else f"{columns.layout} export"


def _told(file: str, columns: Columns, fields: Mapping[int, str | None]) -> str:
    """Say in a line what each column that has something in it was taken for."""
    taken: dict[str, list[str]] = {}
    for column in columns.columns:
        if column.filled:
            taken.setdefault(fields[column.position] or _QUESTION, []).append(repr(shorten(column.heading, _SHOWN)))
    said = [f"{_SAID.get(field, field.replace('_', ' '))}: {', '.join(headings)}" for field, headings in taken.items()]
    return f"{file} ({BY_NAME[columns.layout].shown}): {'; '.join(said)}"


def _field(column: Column) -> str | None:
    """Give what a column asks for; a form's own questions are better known to :func:`asked` than to the reader of tables."""
    if column.why in ("personal", "said") or column.field in _PASSED_OVER:
        return DROPPED
    theirs = _RENAMED.get(column.field or "", column.field)
    if column.how in ("said", "content") or (column.how == "layout" and theirs not in (None, "message", "choice")):
        return theirs
    return asked(column.heading) or theirs
