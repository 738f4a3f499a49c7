"""The lines of a file that were not taken, as a file of the same kind with the reasons: it is imported when it is corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.tables.cells import write_csv
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REASON = "reason"
_CARD_REASON = "X-SOLIDARITY-REASON"
_FOLDED = 70  # characters


def as_csv(header: Sequence[str] | None, rows: Iterable[tuple[Sequence[str] | str, str]]) -> bytes:
    """Give rows under the file's own headings, each with its reason, as a spreadsheet opens them."""
    listed = [([raw] if isinstance(raw, str) else list(raw), reason) for raw, reason in rows]
    width = max([len(header or ()), *(len(cells) for cells, _ in listed)])
    headings = [*(header or ()), *[""] * (width - len(header or ()))]
    # a file without headings stays one: the reasons are beyond its columns
    first = [*headings, REASON] if header else None
    filled = [[*cells, *[""] * (width - len(cells)), one_line(reason)] for cells, reason in listed]
    if first is None:
        first, filled = filled[0], filled[1:]
    return write_csv(first, filled, bom=True).encode()


def as_cards(cards: Iterable[tuple[Sequence[str] | str, str]]) -> bytes:
    """Give cards as they were, each with its reason as a property that readers pass over."""
    out = []
    for raw, reason in cards:
        text = raw if isinstance(raw, str) else "\r\n".join(raw)
        first, _, rest = text.strip().partition("\n")
        if first.strip().casefold().replace(" ", "") != "begin:vcard":
            first, rest = "BEGIN:VCARD", text
        why = one_line(reason).encode("ascii", "replace").decode()
        lines = "\r\n ".join(why[place : place + _FOLDED] for place in range(0, len(why), _FOLDED))
        out.append(f"{first.strip()}\r\n{_CARD_REASON}:{lines}\r\n{rest.strip()}\r\n")
    return "".join(out).encode("utf-8", "replace")
