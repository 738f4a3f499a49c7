"""What a card, a brief or a report says, before it is written as text, Markdown, HTML or anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Table(NamedTuple):
    """Rows of text under headings; every row has a cell for every heading."""

    headings: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


class Section(NamedTuple):
    """A part of a document: facts with labels, then paragraphs, then a table, whichever there are."""

    heading: str
    facts: Sequence[tuple[str, str]] = ()
    text: str = ""
    table: Table | None = None


class Document(NamedTuple):
    """A title, what stands under it, facts with labels, and sections; a ``mark`` stands on top of all."""

    title: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    mark: str = ""


def filled(facts: Sequence[tuple[str, str | None]]) -> list[tuple[str, str]]:
    """Give the facts that have a value."""
    return [(label, value) for label, value in facts if value]
