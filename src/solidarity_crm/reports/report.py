"""A report: figures and rows, told as a document and kept as records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from solidarity_crm.reports.document import Document


class Report(NamedTuple):
    """What a report says, as a document for people and as figures and rows for programs."""

    name: str
    on: date
    document: Document
    figures: Sequence[tuple[str, int]]
    rows: Sequence[Any]

    def record(self) -> dict[str, Any]:
        """Give the report as one object."""
        return {"report": self.name, "title": self.document.title, "on": self.on, "figures": dict(self.figures), "rows": list(self.rows)}


def figures(counts: Iterable[tuple[str, int]]) -> list[tuple[str, str]]:
    """Give counts as facts of a document."""
    return [(label, str(count)) for label, count in counts]
