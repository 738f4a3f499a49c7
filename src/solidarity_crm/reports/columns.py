"""How wide text is on a screen, and how wide columns may be."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 8


def cells_wide(text: str) -> int:
    """Give how many cells of a screen ``text`` takes: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def fit(widths: list[int], width: int, least: Sequence[int] | None = None) -> bool:
    """Take from the widest column that has room until a line of all, two blanks between, is no wider than ``width``.

    ``least`` says how narrow each may become. Gives whether the line fits now.
    """
    floors = least or [_LEAST] * len(widths)
    while (over := sum(widths) + 2 * (len(widths) - 1) > width) and any(now > floor for now, floor in zip(widths, floors, strict=True)):
        place = max(range(len(widths)), key=lambda place: widths[place] if widths[place] > floors[place] else 0)
        widths[place] -= 1
    return not over
