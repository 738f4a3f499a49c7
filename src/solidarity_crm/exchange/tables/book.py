"""People made of a table's rows: each row an entry, or rejected or passed over with its reason (exchange.md E2.6 to E2.8)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import UUID

from solidarity_crm.exchange.address_book import Book, Entry, Identifier, Rejected
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables import own
from solidarity_crm.exchange.tables.cells import unguard
from solidarity_crm.exchange.tables.headings.layouts import BY_NAME, FORMS, OWN
from solidarity_crm.exchange.tables.people.dates import iso_day
from solidarity_crm.exchange.tables.people.naming import name_of, roles, tags, works_with
from solidarity_crm.exchange.tables.people.opting_out import NO, YES, of_file, opted_out
from solidarity_crm.exchange.tables.people.points import addresses, emails, phones, websites
from solidarity_crm.exchange.tables.people.row import Row
from solidarity_crm.text import fold, one_line

if TYPE_CHECKING:
    from solidarity_crm.exchange.tables.columns import Columns
    from solidarity_crm.exchange.tables.table import Table, TableRow

_ANSWER = re.compile(r"(.+) \((.+)\)\Z")
_ORGANISATION = frozenset(("organization", "organisation"))
_TELLING = 16  # characters from which on an identifier of no known program is one in the world
_NOBODY = "no name, e-mail, phone or organisation"


def book(table: Table, columns: Columns) -> Book:
    """Give the people and organisations of a table."""
    make = _Own(table, columns) if columns.layout == OWN else _Foreign(table, columns)
    entries: list[Entry] = []
    rejected = list(table.rejected)
    skipped: list[Problem] = []
    for row in table.rows:
        if row.cells == table.header:
            skipped.append(Problem(table.file, row.line, "", "the headings again"))
            continue
        made = make.entry(row)
        if isinstance(made, Entry):
            entries.append(made)
        elif isinstance(made, Rejected):
            rejected.append(made)
        elif made is not None:
            skipped.append(made)
    rejected.sort(key=lambda row: row.line)
    return Book(table.file, entries, rejected, skipped, [*table.notes, *columns.notes()], table.header or None)


class _Own:
    """Makes entries of rows of our own sheet."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self._file = table.file
        self._columns = [(column.position, column.field) for column in columns.columns if column.field is not None]

    def entry(self, row: TableRow) -> Entry | Rejected:
        """Give a row's entry."""
        cells = {field: unguard(row.cells[position]) for position, field in self._columns}
        made = own.entry(row.line, cells, self._file)._replace(raw=row.cells)
        if made.name or made.emails or made.phones:
            return made
        return Rejected(row.line, (*made.doubts, Problem(self._file, row.line, "name", _NOBODY)), row.cells)


class _Foreign:
    """Makes entries of rows of other programs' files."""

    def __init__(self, table: Table, columns: Columns) -> None:
        self._file, self._doubtful = table.file, table.doubtful
        self._layout = BY_NAME[columns.layout]
        self._columns = [column for column in columns.columns if column.field is not None and column.filled]
        self._opted_out = of_file(table.file, columns.layout)

    def entry(self, row: TableRow) -> Entry | Rejected | Problem | None:
        """Give a row's entry, why it is none, or nothing for what is no row at all."""
        read = Row(self._file, row, self._columns)
        if self._layout.name == "linkedin":
            if row.cells[0].startswith("Notes:"):
                return None
            if read.fields() <= {"connected_on"}:
                return Problem(self._file, row.line, "", "LinkedIn withholds who this is")
        made = self._made(read)
        if made is None:
            return Rejected(row.line, tuple(read.doubts) or (Problem(self._file, row.line, "", _NOBODY),), row.cells)
        return made._replace(raw=row.cells)

    def _made(self, row: Row) -> Entry | None:
        """Give what a row says; None when it says nothing of anybody."""
        name, affiliations = name_of(row), roles(row)
        mails, numbers = emails(row), phones(row)
        only = not (name or mails or numbers)
        organisation = (only and bool(affiliations)) or fold(row.first("contact_type")) in _ORGANISATION
        if only and not organisation:
            return None
        if organisation:
            name, affiliations = (affiliations[0].organisation if affiliations else name), ()
        if row.line in self._doubtful:
            row.doubt(None, "its letters are not in UTF-8 and were read as Windows-1252")
        webs, places = websites(row), addresses(row)
        day = iso_day(row.first("received_on")) if self._layout.name in FORMS and "received_on" in row else None
        uid, identifiers = self._identifiers(row)
        return Entry(
            row.line,
            name=name or None,
            given_name=None if organisation else row.first("given_name") or None,
            family_name=None if organisation else row.first("family_name") or None,
            known_as=row.first("known_as") or None,
            pronouns=row.first("pronouns") or None,
            emails=mails,
            phones=numbers,
            websites=webs,
            addresses=places,
            roles=affiliations,
            tags=tags(row),
            works_with=works_with(row),
            do_not_contact=opted_out(row, self._opted_out),
            uid=uid,
            identifiers=identifiers,
            is_organisation=organisation,
            fields={"obtained_on": day} if day else {},
            note=_note(row, undated=day is None),
            doubts=tuple(row.doubts),
        )

    def _identifiers(self, row: Row) -> tuple[str | None, tuple[Identifier, ...]]:
        """Give our own uid where somebody said that a column has it, and what other programs call them.

        A form's entry number is of a reply and not of a person; a short number of an unknown program may be anybody's.
        """
        uid, found = None, []
        for column, text in row.all("uid"):
            if column.how == "said" and (own_uid := _uuid(text)):
                uid = own_uid
            elif len(text) >= _TELLING:
                found.append(Identifier("import", one_line(text)))
        found += [Identifier(self._layout.system or "profile", _page(text)) for _, text in row.all("profile")]
        for column, text in row.all("external_id"):
            if self._layout.system is not None:
                found.append(Identifier(self._layout.system, one_line(text)))
            elif self._layout.name not in FORMS and (len(text) >= _TELLING or column.how == "said"):
                found.append(Identifier("import", one_line(text)))
        return uid, tuple(dict.fromkeys(found))


def _uuid(text: str) -> str | None:
    """Give a uid in its usual form; None when it is none."""
    try:
        return str(UUID(text.strip()))
    except ValueError:
        return None


def _page(text: str) -> str:
    """Give a web address as one tells pages apart: without what was asked of it, nor the bar at its end."""
    return one_line(text).partition("?")[0].rstrip("/")


def _note(row: Row, *, undated: bool) -> str | None:
    """Give the note: what the file has as such, what was answered in a form, and what could not be kept elsewhere."""
    parts: list[str] = []
    for column, text in row.all("note"):
        parts.append(f"{column.heading}: {text}" if parts else text)
    if "message" in row:
        parts += [f"{column.heading}: {text}" for column, text in row.all("message")]
    if "choice" in row:
        parts += _choices(row)
    for field in ("consent", "form_title", "source", *(("received_on",) if undated else ())):
        if field in row:
            parts += [f"{column.heading}: {one_line(text)}" for column, text in row.all(field)]
    if "connected_on" in row:
        when = row.first("connected_on")
        parts.append(f"Connected on LinkedIn: {iso_day(when) or when}")
    return "\n".join((*parts, *row.kept)) or None


def _choices(row: Row) -> list[str]:
    """Give what was ticked, a line for each question."""
    answers: dict[str, list[str]] = {}
    for column, text in row.all("choice"):
        found = _ANSWER.match(column.heading)
        question, box = (found[1], found[2]) if found else (column.heading, text)
        if fold(text) not in NO:
            answers.setdefault(question, []).append(box if fold(text) in YES else one_line(text))
    return [f"{question}: {', '.join(given)}" for question, given in answers.items()]
