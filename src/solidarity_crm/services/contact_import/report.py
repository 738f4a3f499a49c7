"""What an import did with each line of a file."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

WHAT = ("new", "updated", "unchanged", "skipped", "rejected")


class RowReport(NamedTuple):
    """What became of one line: one of :data:`WHAT`, the record's ref and name if there is one, and why, in words.

    ``raw`` is what the line was, when it was rejected.
    """

    line: int
    what: str
    ref: str | None
    name: str | None
    reason: str
    column: str = ""
    raw: Sequence[str] | str = ()


class FileReport(NamedTuple):
    """What became of a file: its lines in order, what of them was kept otherwise than written, and who may be somebody else.

    ``doubts`` and ``likely`` are lines of text for people.
    """

    file: str
    rows: Sequence[RowReport]
    doubts: Sequence[str]
    likely: Sequence[str]

    def then(self, further: FileReport) -> FileReport:
        """Give what became of the file in the end, where it was gone through once more."""
        stands = ("unchanged", "rejected")
        rows = [row if row.what == "new" or more.what in stands else more for row, more in zip(self.rows, further.rows, strict=True)]
        doubts, likely = (
            list(dict.fromkeys((*one, *more))) for one, more in ((self.doubts, further.doubts), (self.likely, further.likely))
        )
        return FileReport(self.file, rows, doubts, likely)

    def count(self, what: str) -> int:
        """Give how many lines became so."""
        return Counter(row.what for row in self.rows)[what]

    @property
    def rejected(self) -> list[RowReport]:
        """The lines that will not do."""
        return [row for row in self.rows if row.what == "rejected"]


def summary(reports: Sequence[FileReport]) -> str:
    """Give the numbers in a few words: ``12 new, 3 updated``."""
    counts = {what: sum(report.count(what) for report in reports) for what in WHAT}
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "nothing in it"
