"""The letters that say what came of an introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# the templates: of one that was made, and that it is not pursued; to the two, and to the introducer
OF_MADE, OF_NOT_PURSUED = ("introduction-outcome", "thank-introducer"), ("introduction-not-pursued", "introducer-not-pursued")
TEMPLATES = (*OF_MADE, *OF_NOT_PURSUED)


def waits(letters: Sequence[str]) -> str:
    """Say of letters, by their refs, that they have not left: ``draft D12 waits``."""
    return f"draft {letters[0]} waits" if len(letters) == 1 else f"drafts {', '.join(letters)} wait"
