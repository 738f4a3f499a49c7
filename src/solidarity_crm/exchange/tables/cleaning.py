"""A cell made clean: what other programs did to it is undone, nothing in it is run or opened (exchange.md E2.6)."""

from __future__ import annotations

import html
import re
import unicodedata

from solidarity_crm.exchange.tables.cells import unguard
from solidarity_crm.text import safe

# what Jetpack and Flamingo write into a cell that a spreadsheet might run (exchange.md, finding 8)
_ALERT = re.compile(r"\s?\(Security Alert:[^()]{0,500}\)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_HAS_WIDE = re.compile("[\uff01-\uff5e\u3000]")
_NOTHING = frozenset(("NULL", "\\N", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"))


def cleaned(cell: str) -> str:
    """Give a cell as it was typed, safe to show: without guards, warnings and entities that programs added, in NFC.

    Line ends stay; empty for what a database or a spreadsheet writes for nothing.
    """
    if cell.isascii() and cell.isprintable():
        cell = cell.strip()
        return _unspoilt(cell) if "&" in cell or "'" in cell or '"' in cell or "(" in cell or cell in _NOTHING else cell
    return _unspoilt(unicodedata.normalize("NFC", safe(cell)).strip())


def _unspoilt(cell: str) -> str:
    """Undo what programs do to cells."""
    if "(" in cell:
        cell = _ALERT.sub("", cell)
    if "&" in cell:
        cell = safe(_ENTITY.sub(lambda found: html.unescape(found[0]), cell))
    if not cell.isascii() and _HAS_WIDE.search(cell):
        cell = cell.translate(_WIDE)
    if cell.startswith("'"):  # also before a digit, as Excel marks text and Jetpack a number
        cell = cell[1:] if cell[1:2].isdigit() else unguard(cell)
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in cell[1:-1]:
        cell = cell[1:-1]
    cell = cell.strip()
    return "" if cell in _NOTHING else cell
