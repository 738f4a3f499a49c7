"""Recording which counts of people were published, so that the next ones can be compared with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.models.published_count import PublishedCount

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from solidarity_crm.rules.disclosure import Count
    from solidarity_crm.store.transaction import Tx


def record(tx: Tx, counts: Iterable[Count], *, by: str, where: str, today: date) -> None:
    """Record that these counts are published as ``where``, and say so in the journal, which has no count in its words.

    Raises BadValue.
    """
    for one in counts:
        tx.add(
            PublishedCount.checked(
                published_on=today, counted_by=by, category=one.category, ref=one.ref, shown=one.shown, people=one.people
            )
        )
    tx.note = f"counts of people by {by} published as {where}"
