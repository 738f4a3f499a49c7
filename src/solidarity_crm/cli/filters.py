"""The filters by which a group of contacts is chosen, for listing and for writing to."""

from __future__ import annotations

from typing import Any

from solidarity_crm.cli.context import today
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.rules.days import Every, in_days, shift
from solidarity_crm.rules.notices import obtained_by


def contact_filter(
    *, org: Any = None, members: bool | None = None, quiet_for: Every | None = None, notice_due: bool = False, **same: Any
) -> ContactFilter:
    """Give the filter that was typed."""
    return ContactFilter(
        organisation=org.number if org else None,
        member=members or None,
        quiet_since=shift(today(), Every(-in_days(quiet_for), "d")) if quiet_for else None,
        notice_before=obtained_by(today()) if notice_due else None,
        **same,
    )
