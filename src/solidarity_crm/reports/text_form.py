"""A document as text for a screen or a pipe, or as Markdown."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from solidarity_crm.reports.columns import cells_wide, fit
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from solidarity_crm.reports.document import Document, Section, Table

_MARKS = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_START = re.compile(r"(\s*)([#+=-]|\d+(?=[.)]))")


def text(document: Document, width: int = 80, bold: Callable[[str], str] = str) -> str:
    """Give a document as text: labels before values, long values wrapped under themselves."""
    lines = [bold(one_line(document.mark)), ""] if document.mark else []
    lines.append(bold(one_line(document.title)))
    if document.subtitle:
        lines.append(one_line(document.subtitle))
    lines += _facts(document.facts, width)
    for section in document.sections:
        lines += ["", bold(one_line(section.heading))]
        lines += _facts(section.facts, width)
        lines += _paragraphs(section.text, width)
        lines += _table(section.table, width) if section.table else []
    return "\n".join(lines) + "\n"


def markdown(document: Document) -> str:
    """Give a document as Markdown; what people typed stays text, whatever marks are in it."""
    parts = [f"**{escaped(document.mark)}**"] if document.mark else []
    parts.append(f"# {escaped(document.title)}")
    if document.subtitle:
        parts.append(escaped(document.subtitle))
    if document.facts:
        parts.append(_bullets(document.facts))
    for section in document.sections:
        parts += [f"## {escaped(section.heading)}", *_markdown_section(section)]
    return "\n\n".join(parts) + "\n"


def markdown_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Give rows as a Markdown table."""
    lines = [f"| {' | '.join(headings)} |", f"|{'|'.join(' --- ' for _ in headings)}|"]
    lines += [f"| {' | '.join(escaped(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def escaped(value: str) -> str:
    """Give one line of text in which Markdown sees no marks, wherever it stands."""
    line = _MARKS.sub(r"\\\1", one_line(value))
    start = _AT_START.match(line)
    if start is None:
        return line
    # a number is no mark, the dot after it is
    place = start.end() if start[2].isdigit() else start.start(2)
    return f"{line[:place]}\\{line[place:]}"


def block(headings: Sequence[str], row: Sequence[str], width: int) -> str:
    """Give a row as lines with labels, for a screen too narrow for its columns; empty cells are left out."""
    named = [(heading, cell) for heading, cell in zip(headings[1:], row[1:], strict=True) if cell]
    return "\n".join([one_line(row[0]), *_facts(named, width)]) + "\n"


def _markdown_section(section: Section) -> Iterator[str]:
    """Give a section's blocks."""
    if section.facts:
        yield _bullets(section.facts)
    if section.text:
        yield "\n\n".join(escaped(paragraph) for paragraph in safe(section.text).split("\n") if paragraph.strip())
    if section.table:
        yield markdown_table(section.table.headings, section.table.rows).rstrip("\n")


def _bullets(facts: Sequence[tuple[str, str]]) -> str:
    """Give facts as a list."""
    return "\n".join(f"- **{escaped(label)}:** {escaped(value)}" for label, value in facts)


def _facts(facts: Sequence[tuple[str, str]], width: int) -> list[str]:
    """Give facts one under the other, their values in line."""
    if not facts:
        return []
    facts = [(one_line(label), value) for label, value in facts]
    indent = max(cells_wide(label) for label, _ in facts) + 4
    lines: list[str] = []
    for label, value in facts:
        wrapped = _wrapped(one_line(value), max(width - indent, 20))
        lines.append(f"  {label}: ".ljust(indent) + wrapped[0])
        lines += [" " * indent + line for line in wrapped[1:]]
    return lines


def _paragraphs(value: str, width: int) -> list[str]:
    """Give text of several lines, each wrapped and set in."""
    return [f"  {line}".rstrip() for paragraph in safe(value).split("\n") for line in _wrapped(paragraph, width - 2)] if value else []


def _table(table: Table, width: int) -> list[str]:
    """Give rows in columns under their headings; what is too wide for the line wraps in its column."""
    rows = [[one_line(cell) for cell in row] for row in (table.headings, *table.rows)]
    widths = [max(cells_wide(row[place]) for row in rows) for place in range(len(table.headings))]
    fit(widths, width - 2)
    return [line for row in rows for line in _row(row, widths)]


def _row(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Give one row, in as many lines as its longest cell needs."""
    cells = [textwrap.wrap(cell, max(wide, 1), break_on_hyphens=False) or [""] for cell, wide in zip(row, widths, strict=True)]
    lines = []
    for place in range(max(map(len, cells))):
        parts = [cell[place] if place < len(cell) else "" for cell in cells]
        lines.append("  " + "  ".join(part + " " * (wide - cells_wide(part)) for part, wide in zip(parts, widths, strict=True)).rstrip())
    return lines


def _wrapped(line: str, width: int) -> list[str]:
    """Break a line at blanks; an empty line stays one."""
    return textwrap.wrap(line, max(width, 20), break_long_words=True, break_on_hyphens=False) or [""]
