"""The columns of the folder's CSV files: what one is, and those that several files have."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.folder import sheet_cells as cells
from solidarity_crm.rules.lifecycles import STATES

if TYPE_CHECKING:
    from solidarity_crm.exchange.folder.sheet_cells import Cell


class Column(NamedTuple):
    """A column: its heading, its kind of cell, and the field of ``part`` that it holds.

    A ``part`` of "" is the sheet's own row; any other is what hangs on it, such as ``email`` or an introduction's ``left``.
    An ``optional`` column counts as empty in a file that lacks it, as one of an earlier version or made by hand does.
    """

    heading: str
    cell: Cell
    field: str
    part: str = ""
    optional: bool = False

    @property
    def required(self) -> bool:
        """Whether a file without the column is refused."""
        return bool(self.field) and not self.optional


class Sheet(NamedTuple):
    """One file: its name without ``.csv``, the letter of the refs of its records if they have one, its table, its columns."""

    name: str
    letter: str
    table: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"


def text(*headings: str) -> tuple[Column, ...]:
    """Give columns of text."""
    return tuple(Column(heading, cells.TEXT, heading) for heading in headings)


def days(*headings: str) -> tuple[Column, ...]:
    """Give columns of days."""
    return tuple(Column(heading, cells.DAY, heading) for heading in headings)


def mention(heading: str, letters: str, field: str, part: str = "", *, shown: str = "name") -> tuple[Column, ...]:
    """Give the column of a record's ref, and beside it how the record is called."""
    return Column(heading, cells.ref(letters), field, part), Column(f"{heading}_{shown}", cells.TEXT, "")


def people(heading: str, letter: str) -> tuple[Column, ...]:
    """Give the column of those who took part, and beside it their names."""
    return Column(f"{heading}s", cells.refs(letter), heading, heading), Column(f"{heading}_names", cells.several(), "")


def status(letter: str) -> Column:
    """Give the column of a record's state."""
    return Column("status", cells.choice(STATES[letter]), "status")


def record(letter: str, *columns: Column) -> tuple[Column, ...]:
    """Give the columns of a record: its ref first, what only the program needs last."""
    return (
        Column("ref", cells.ref(letter), "id"),
        *columns,
        Column("uid", cells.UID, "uid", optional=True),
        Column("created_at", cells.MOMENT, "created_at", optional=True),
        Column("updated_at", cells.MOMENT, "updated_at", optional=True),
    )
