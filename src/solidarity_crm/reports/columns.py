"""How wide text is on a screen, and how wide columns may be."""

from __future__ import annotations

import unicodedata

_LEAST = 8


def cells_wide(text: str) -> int:
    """Give how many cells of a screen ``text`` takes: two for wide letters, none for combining marks."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def fit(widths: list[int], width: int) -> None:
    """Take from the widest column until a line of all of them, two blanks between, is no wider than ``width``."""
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
