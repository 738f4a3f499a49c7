"""What each column of a table is: by its program's layout, by what its heading says, by its content, or as somebody said (exchange.md E1)."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import BadValue, UnknownChoice
from solidarity_crm.exchange.tables import own
from solidarity_crm.exchange.tables.headings.content import guessed, is_honorific
from solidarity_crm.exchange.tables.headings.layouts import BY_NAME, FORMS, GENERIC, NAMES, OWN, Layout, layout_of
from solidarity_crm.exchange.tables.headings.vocabulary import FIELDS, Meaning, folded, meaning
from solidarity_crm.text import fold, one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.exchange.tables.table import Table

_CHOICE = re.compile(r"(.+) \(([^()]+|[^()]*\([^()]*\)[^()]*)\)\Z")
_NAMES = frozenset(("name", "sort_name", "given_name", "family_name"))
_SHOWN, _LONGEST = 40, 200  # characters of a heading that a note shows, and that are kept
_NEAR = 5  # headings named to who mistyped one
_LOOKED_AT = 500  # rows whose cells tell what a column is


_HOW = {"content": " (guessed from what it holds)", "said": " (as you said)"}
_WHY = {"personal": "passed over, nothing to keep", "unknown": "passed over, not understood", "said": "passed over, as you said"}


class Column(NamedTuple):
    """A column: its place from 0, its heading, its field (None when it is passed over) and how that was found.

    ``how`` is ``layout``, ``heading``, ``content`` or ``said``; ``why`` says why a column is passed over: ``personal``,
    ``unknown``, ``said`` or ``empty`` (no heading). ``filled`` says whether any row has something in it. Columns of one ``group`` make one address, number or role, which is for what ``label`` says.
    """

    position: int
    heading: str
    field: str | None
    how: str = "heading"
    why: str = ""
    group: str = ""
    label: str = ""
    filled: bool = True


class Columns(NamedTuple):
    """A table's columns in order, and the name of its layout."""

    layout: str
    columns: tuple[Column, ...]

    @property
    def sure(self) -> bool:
        """Say whether nothing was guessed: a known layout, or every field by its heading or as somebody said."""
        return not any(column.how == "content" for column in self.columns)

    def of(self, field: str) -> tuple[Column, ...]:
        """Give the columns of a field."""
        return tuple(column for column in self.columns if column.field == field)

    def unknown(self) -> tuple[Column, ...]:
        """Give the columns that nobody knows, which have headings: in a form, its questions."""
        return tuple(column for column in self.columns if column.why == "unknown")

    def notes(self) -> list[str]:
        """Give what was decided, a line each: the layout, the columns of each field, and those passed over that hold something."""
        shown = BY_NAME[self.layout].shown
        lines = [f"layout: {shown}" if self.layout != GENERIC else "layout: no program's that is known"]
        fields: dict[str, list[str]] = {}
        for column in self.columns:
            if column.filled and column.field is not None:
                fields.setdefault(column.field, []).append(f"{_shown(column.heading)}{_HOW.get(column.how, '')}")
        lines += [f"{field}: {', '.join(headings)}" for field, headings in fields.items()]
        for why, said in _WHY.items():
            passed = [_shown(column.heading) for column in self.columns if column.why == why and column.filled]
            if passed:
                lines.append(f"{said}: {', '.join(passed)}")
        return lines


def recognise(table: Table, *, layout: str | None = None, mapping: Mapping[str, str] | None = None) -> Columns:
    """Say what each column of a table is; ``layout`` names its program's, ``mapping`` gives fields to headings.

    A field of ``-`` passes a column over. Raises UnknownChoice for a layout or field that is not there,
    BadValue for a heading that the file has not, or a layout when it has none.
    """
    if layout is not None and layout not in BY_NAME:
        raise UnknownChoice("layout", layout, NAMES)
    chosen = BY_NAME[layout] if layout else layout_of(table.header)
    if not table.header and layout not in (None, GENERIC):
        raise BadValue("layout", layout, "the file has no headings", "leave --layout out")
    headings = table.header or tuple(f"column {number + 1}" for number in range(len(table.rows[0].cells) if table.rows else 0))
    fields = FIELDS if chosen.name != OWN else own.HEADINGS
    said = _said(headings, mapping or {}, tuple(fields))
    found = [
        _column(place, heading, chosen, said)._replace(filled=any(row.cells[place] for row in table.rows))
        for place, heading in enumerate(headings)
    ]
    if chosen.name == GENERIC:
        found = _settled(found)
        found = _by_content(found, table)
    return Columns(chosen.name, tuple(found))


def _said(headings: Sequence[str], mapping: Mapping[str, str], fields: Sequence[str]) -> dict[int, str]:
    """Give the fields that somebody gave to columns, by place.

    Raises BadValue for a heading and UnknownChoice for a field that is not there.
    """
    places = {fold(heading): place for place, heading in reversed(list(enumerate(headings)))}
    said = {}
    for heading, field in mapping.items():
        if fold(heading) not in places:
            near = ", ".join(_shown(known) for known in get_close_matches(heading[:_LONGEST], headings, n=_NEAR, cutoff=0))
            raise BadValue("heading", heading, f"no column has it; nearest: {near}", "one of the file's own headings")
        if field not in ("-", "") and field not in fields:
            raise UnknownChoice("field", field, fields)
        said[places[fold(heading)]] = field
    return said


def _column(place: int, heading: str, layout: Layout, said: Mapping[int, str]) -> Column:
    """Say what a column is by its heading."""
    heading = one_line(heading)[:_LONGEST]
    if place in said:
        field = None if said[place] in ("-", "", "personal") else said[place]
        return Column(place, heading, field, "said", "" if field else "said", f"column {place}")
    if layout.name == OWN:
        return _own(place, heading)
    plain = folded(heading)
    special = layout.meanings.get(plain)
    found = special or (meaning(plain) if plain else None) or _ticked(heading, layout)
    if found is None or found.field == "personal":
        return Column(place, heading, None, why="unknown" if found is None and plain else "personal" if plain else "empty")
    how = "heading" if layout.name == GENERIC else "layout"
    return Column(place, heading, found.field, how, "", found.group or f"column {place}", found.label)


def _own(place: int, heading: str) -> Column:
    """Say what a column of our own sheet is: its heading is its field."""
    field = heading.casefold().replace(" ", "_")
    return Column(place, heading, field if field in own.HEADINGS else None, "layout", "" if field in own.HEADINGS else "unknown")


def _ticked(heading: str, layout: Layout) -> Meaning | None:
    """Read the heading of a box to tick: ``How can you help? (Data)``."""
    return Meaning("choice") if layout.name in FORMS and _CHOICE.match(heading) else None


def _settled(columns: list[Column]) -> list[Column]:
    """Settle headings that mean one thing alone and another beside others: Nom, Nombre, Name beside Vorname."""
    fields = {column.field for column in columns}
    headings = {folded(column.heading) for column in columns}
    turned = {}
    if "given_name" not in fields:
        turned["nom"] = "name"
    if "family_name" not in fields:
        turned["nombre"] = "name"
        if headings & {"vorname", "voornaam"}:
            turned["name"] = "family_name"
    return [
        column._replace(field=turned[plain]) if column.how == "heading" and (plain := folded(column.heading)) in turned else column
        for column in columns
    ]


def _by_content(columns: list[Column], table: Table) -> list[Column]:
    """Give columns that no heading tells a field by what their cells look like, where no other column has it."""
    fields = {column.field for column in columns}
    wanted = [field for field in ("email", "phone") if field not in fields]
    if not fields & _NAMES:
        wanted.append("name")
    settled = []
    for column in columns:
        found, how = None, "heading"
        if column.why in ("unknown", "empty") and column.filled:
            cells = [row.cells[column.position] for row in table.rows[:_LOOKED_AT]]
            if folded(column.heading) == "title":
                found = "prefix" if is_honorific(cells) else "role"
            elif wanted:
                found, how = guessed(cells, wanted), "content"
        if found is None or (how == "heading" and found in fields):
            settled.append(column)
        else:
            wanted = [field for field in wanted if field != found]
            settled.append(column._replace(field=found, how=how, why="", group=f"column {column.position}"))
    return settled


def _shown(heading: str) -> str:
    """Give a heading as a note shows it."""
    return repr(shorten(heading, _SHOWN))
