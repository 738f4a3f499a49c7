"""What is wrong in a file that somebody gave us, and where."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Why something in a file will not do; ``str()`` writes it as ``contacts.csv:12: email: reason``.

    ``line`` is the physical line, from 1; 0 for the file as a whole.
    """

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        """Give it as one line."""
        return ": ".join(part for part in (f"{self.file}:{self.line}" if self.line else self.file, self.column, self.reason) if part)
