"""A row of a table by its fields, and what of it could not be kept where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables.cleaning import cleaned
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solidarity_crm.exchange.tables.columns import Column
    from solidarity_crm.exchange.tables.table import TableRow

_LONGEST = 500  # characters of what stands on one line
_NONE: tuple[tuple[Column, str], ...] = ()


class Row:
    """A row being read: the cells that are not empty, cleaned, by field; ``doubts`` and ``kept`` grow as it is read.

    What will not do is told as a doubt and kept, as text for the note.
    """

    __slots__ = ("_file", "_found", "doubts", "kept", "line")

    def __init__(self, file: str, row: TableRow, columns: Iterable[Column]) -> None:
        """Sort a row's cells by the fields of their columns."""
        self._file, self.line = file, row.line
        self.doubts: list[Problem] = []
        self.kept: list[str] = []
        self._found: dict[str, list[tuple[Column, str]]] = {}
        cells, found = row.cells, self._found
        for column in columns:
            cell = cells[column.position]
            if cell and (text := cleaned(cell)):
                field = column.field or ""
                if field in found:
                    found[field].append((column, text))
                else:
                    found[field] = [(column, text)]

    def __contains__(self, field: str) -> bool:
        """Say whether a field is filled."""
        return field in self._found

    def has(self, fields: frozenset[str]) -> bool:
        """Say whether any of these fields is filled."""
        return not fields.isdisjoint(self._found)

    def fields(self) -> set[str]:
        """Give the fields that are filled."""
        return set(self._found)

    def all(self, field: str) -> Sequence[tuple[Column, str]]:
        """Give the filled columns of a field with their texts, in the file's order."""
        return self._found.get(field, _NONE)

    def first(self, field: str) -> str:
        """Give a field that has one value, on one line; empty when it is not filled or too long for one."""
        for column, text in self._found.get(field, _NONE):
            line = self.short(column, text)
            if line:
                return line
        return ""

    def short(self, column: Column, text: str) -> str:
        """Give a text on one line; a text that is far too long for it is kept, and empty here."""
        if len(text) > _LONGEST:
            self.keep(column, text, f"{len(text):,} characters are too long for it")
            return ""
        return one_line(text)

    def keep(self, column: Column, text: str, reason: str) -> None:
        """Keep a text for the note, and say why it is not where it belongs."""
        self.doubt(column, reason)
        self.kept.append(f"{column.heading or column.field}: {text}")

    def doubt(self, column: Column | None, reason: str) -> None:
        """Say what is wrong with a cell, or with the row as a whole."""
        self.doubts.append(Problem(self._file, self.line, (column.heading or column.field or "") if column else "", reason))
