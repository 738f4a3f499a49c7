"""What may need somebody, as facts; :mod:`solidarity_crm.rules.agenda` says what follows from them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from solidarity_crm.queries import meeting_dates
from solidarity_crm.queries.reading import rows
from solidarity_crm.rules import telling
from solidarity_crm.rules.agenda import Fact
from solidarity_crm.rules.days import plus_months

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.queries.reading import Store

_LONGEST_MONTH_GAP = timedelta(days=3)  # a month before 28 February is 28 January; what came on the 31st is due then too


def agenda(store: Store, *, today: date, days: int, owner: str | None = None) -> list[Fact]:
    """List every matter that may need somebody within so many days, in no order."""
    horizon = today + timedelta(days=days)
    found = rows(
        store,
        "agenda",
        Fact,
        today=today,
        horizon=horizon,
        after_horizon=horizon + timedelta(days=1),
        stuck_before=today - timedelta(days=store.settings.intervals.introduction_stuck_days),
        notice_before=plus_months(horizon, -1) + _LONGEST_MONTH_GAP,
        owner=owner,
        telling=json.dumps(telling.TEMPLATES),
    )
    return found + meeting_dates.agenda(store, today=today, horizon=horizon, owner=owner)
