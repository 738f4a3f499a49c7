"""The rows of the folder of CSV files, as the store has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.queries.reading import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.queries.reading import Store


def sheet_rows(store: Store, sheet: str) -> Iterator[tuple[Any, ...]]:
    """Give the rows of one file, its columns in order; several values of a cell are joined with U+001F."""
    return run(store, f"sheets/{sheet}")
