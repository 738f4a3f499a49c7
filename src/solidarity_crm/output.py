"""What the program says: rows and documents as table, plain text, JSON, CSV or Markdown.

stdout is the answer, stderr everything else. Every text passes through :mod:`solidarity_crm.text` on its way; this
module alone imports rich, and only for a terminal.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from solidarity_crm.exchange.tables.cells import write_csv
from solidarity_crm.reports import text_form
from solidarity_crm.reports.columns import cells_wide, fit
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from solidarity_crm.reports.document import Document

T = TypeVar("T")
FORMATS = ("table", "json", "csv", "md")
_MANY = 50  # so many things are done before anybody wonders how far it is
_TOLD = 20  # lines of a kind that are told on stderr
_SHORT = 12  # a column this wide is not broken, and no word that fits in it
_SCREENFUL = 100  # a rich table of more rows is slower than the eye is patient


class Style(NamedTuple):
    """How the answer is wanted: a format, or None for what suits where it goes; colour, width of the screen."""

    format: str | None = None
    terminal: bool = False
    color: bool = False
    width: int = 80


class Column(NamedTuple):
    """A column of a list as people read it: its heading and the text it has for a row."""

    heading: str
    cell: Callable[[Any], str | None]


def show_list(rows: Sequence[Any], columns: Sequence[Column], style: Style, empty: str = "nothing found") -> None:
    """Print rows: all their fields as JSON or CSV, the columns for people otherwise."""
    if style.format == "json":
        write("[" + ",".join("\n" + as_json(row) for row in rows) + "\n]\n" if rows else "[]\n")
    elif style.format == "csv":
        write(csv_of(rows, columns))
    elif not rows:
        note(empty)
    else:
        headings = tuple(column.heading for column in columns)
        cells = [tuple(one_line(column.cell(row) or "") for column in columns) for row in rows]
        if style.format == "md":
            write(text_form.markdown_table(headings, cells))
        elif style.terminal and len(rows) <= _SCREENFUL:
            _rich_table(headings, cells, style)
        else:
            write(padded(headings, cells, style.width if style.terminal else None))


def show_record(record: Any, document: Document, style: Style) -> None:  # noqa: ANN401 - any row type
    """Print one record: its fields as JSON or CSV, its card for people otherwise."""
    if style.format == "json":
        write(f"{as_json(record)}\n")
    elif style.format == "csv":
        write(csv_of([record], ()))
    else:
        show_document(document, style)


def show_document(document: Document, style: Style) -> None:
    """Print a document as Markdown or as text."""
    if style.format == "md":
        write(text_form.markdown(document))
    else:
        write(text_form.text(document, style.width, bold=_bold if style.color else str))


def note(message: str) -> None:
    """Say something that is not the answer, on stderr."""
    sys.stderr.write(f"{safe(message)}\n")


def notes(lines: Sequence[object], where: str = "") -> None:
    """Say the first few lines of a kind, and how many more there are; ``where`` says where all are."""
    for line in lines[:_TOLD]:
        note(str(line))
    if len(lines) > _TOLD:
        note(f"and {len(lines) - _TOLD:,} more{where}")


def watched(items: Sequence[T]) -> Iterable[T]:
    """Go through items, showing on stderr how far it is where that takes a while and somebody looks."""
    if len(items) <= _MANY or not sys.stderr.isatty():
        return items
    from rich.console import Console  # noqa: PLC0415 - 20 ms that only a terminal needs
    from rich.progress import track  # noqa: PLC0415

    return track(items, description="", console=Console(file=sys.stderr, no_color=True, highlight=False), transient=True)


def write(text: str) -> None:
    """Write part of the answer to stdout."""
    sys.stdout.write(text)


def write_bytes(content: bytes) -> None:
    """Write a file's content to stdout as it is, its line ends untouched."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def plain(value: Any) -> Any:  # noqa: ANN401 - any value of a row
    """Give a value as JSON has it: records as objects, days and times in ISO form, UTC with ``Z``."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ") if value.tzinfo is UTC else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return {field: plain(item) for field, item in zip(value._fields, value, strict=True)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def as_json(record: Any) -> str:  # noqa: ANN401 - any row type
    """Give a record as one line of JSON in ASCII, so that nothing in it can steer a terminal."""
    return json.dumps(plain(record), ensure_ascii=True)


def csv_of(rows: Sequence[Any], columns: Sequence[Column]) -> str:
    """Give rows as CSV with a column for each field; the columns' headings when there are no rows to tell."""
    if not rows:
        return write_csv([column.heading.lower() for column in columns], [], newline="\n")
    records = [row if isinstance(row, dict) else dict(zip(row._fields, row, strict=True)) for row in rows]
    return write_csv(list(records[0]), ([flat(value) for value in record.values()] for record in records), newline="\n")


def flat(value: Any) -> str:  # noqa: ANN401 - any value of a row
    """Give a value as one cell: several values joined with "; ", a mention of a record by its ref."""
    value = getattr(value, "in_words", value)  # what has a way to say itself on one line, such as an address
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and "ref" in getattr(value, "_fields", ()):
        return str(value.ref)  # type: ignore[attr-defined] # it has, see the line above
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        first = value[0]
        inner = first if not hasattr(first, "_fields") else first.name
        rest = [flat(item) for item in value[1:2] if item] if hasattr(first, "_fields") else []
        return safe(", ".join([str(inner), *rest]))
    if isinstance(value, (list, tuple)):
        return "; ".join(flat(item) for item in value)
    return safe(str(plain(value)))


def padded(headings: tuple[str, ...], cells: Sequence[tuple[str, ...]], width: int | None = None) -> str:
    """Give rows as columns of plain text, each as wide as it needs; no wider than ``width`` if that is given."""
    columns = list(zip([heading.upper() for heading in headings], *cells, strict=True))
    taken = [list(map(cells_wide, column)) for column in columns]
    widths = [max(each) for each in taken]
    if width is not None:
        fit(widths, width)
    lines = zip(*map(_column, columns, taken, widths), strict=True)
    return "\n".join(["  ".join(line).rstrip() for line in lines]) + "\n"


def _column(cells: Iterable[str], taken: Iterable[int], width: int) -> list[str]:
    """Give a column's cells, each filled up or cut to a width; ``taken`` says how wide each is."""
    return [cell + " " * (width - wide) if wide <= width else _cut(cell, width) for cell, wide in zip(cells, taken, strict=True)]


def _cut(cell: str, width: int) -> str:
    """Give a cell cut to a width, with an ellipsis."""
    kept = cell
    while cells_wide(kept) > width - 1:
        kept = kept[:-1]
    return f"{kept}…" + " " * (width - 1 - cells_wide(kept))


def _bold(text: str) -> str:
    """Give a heading as a terminal shows it."""
    return f"\x1b[1m{text}\x1b[0m"


def _rich_table(headings: tuple[str, ...], cells: Sequence[tuple[str, ...]], style: Style) -> None:
    """Print a table that fits the terminal, long cells folded between words; labelled blocks where it is too narrow."""
    columns = list(zip(headings, *cells, strict=True))
    widths = [max(map(cells_wide, column)) for column in columns]
    words = [max(cells_wide(word) for cell in column for word in cell.split() or [""]) for column in columns]
    least = [widest if widest <= _SHORT else min(longest, _SHORT) for widest, longest in zip(widths, words, strict=True)]
    if not fit(widths, style.width, least):
        write("\n".join(text_form.block(headings, row, style.width) for row in cells))
        return
    from rich.console import Console  # noqa: PLC0415 - 20 ms that a pipe does not need
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading, width in zip(headings, widths, strict=True):
        table.add_column(heading, width=width, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console = Console(file=sys.stdout, width=style.width, no_color=not style.color, highlight=False, markup=False, emoji=False)
    console.print(table)
