"""What people said yes or no to, and what holds of it now."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.reading import as_day, grouped, run
from solidarity_crm.rules import consent
from solidarity_crm.rules.consent import Event, Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.reading import Store


class Said(NamedTuple):
    """Something that somebody said: ``how`` they did, in which ``words``, and what they were ``told`` first."""

    kind: str
    purpose: str
    channel: str
    on: date
    until: date | None
    how: str | None
    words: str | None
    told: str | None
    number: int

    @property
    def event(self) -> Event:
        """What the rule looks at."""
        return Event(self.kind, self.purpose, self.channel, self.on, self.until, self.number)


def consents(store: Store, contacts: Sequence[int]) -> dict[int, tuple[Said, ...]]:
    """Give what contacts said, by their numbers, earliest first; who said nothing is not in it."""
    return grouped(run(store, "consents", contacts=json.dumps(list(contacts))), _said)


def consents_of(store: Store, contact: int) -> tuple[Said, ...]:
    """Give what one contact said, earliest first."""
    return consents(store, [contact]).get(contact, ())


def standings(said: Sequence[Said], *, today: date, channel: str = "email") -> dict[str, Standing]:
    """Give what holds of each purpose."""
    return consent.standings([each.event for each in said], today=today, channel=channel)


def _said(number: int, *values: str | None) -> Said:
    kind, purpose, channel, on, until, *words = values
    return Said._make([kind, purpose, channel, as_day(on), as_day(until), *words, number])
