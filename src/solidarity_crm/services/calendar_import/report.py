"""What became of a calendar file, event by event."""

from __future__ import annotations

from typing import NamedTuple


class Line(NamedTuple):
    """What became of an event: ``what`` is new, updated, unchanged, skipped or rejected; ``column`` is the property it is about."""

    line: int
    what: str
    ref: str | None
    name: str
    reason: str = ""
    column: str = ""


class Report(NamedTuple):
    """What became of a file; ``doubts`` are what was read otherwise than written, by lines."""

    file: str
    lines: list[Line]
    doubts: list[str]
