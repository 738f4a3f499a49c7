"""What somebody consents to now, derived from what they said over time; nothing that was said is ever overwritten.

Consent is for one purpose and one channel, is as easily withdrawn as given, and may end by itself (UK GDPR Article 7;
ICO, "How should we obtain, record and manage consent"). A soft opt-in is no consent: a charity told somebody, when it
took their details from them, that they could opt out, and they did not (PECR regulation 22(3A)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

GIVEN, WITHDRAWN, SOFT_OPT_IN = "given", "withdrawn", "soft opt-in"
KINDS = (GIVEN, WITHDRAWN, SOFT_OPT_IN)
EXPIRED = "expired"
CHANNELS = ("email", "call", "text", "letter")  # by which messages go, so which consent can be for


class Event(NamedTuple):
    """Something that was said: of which purpose and channel, on which day, until when it holds, in the order it was noted."""

    kind: str
    purpose: str
    channel: str
    on: date
    until: date | None
    number: int


class Standing(NamedTuple):
    """What holds now of one purpose: ``given``, ``withdrawn``, ``expired`` or ``soft opt-in``; the day it was said, and until when."""

    state: str
    on: date
    until: date | None = None


def standings(events: Iterable[Event], *, today: date, channel: str = "email") -> dict[str, Standing]:
    """Give what holds of each purpose that anything was said of, for a channel.

    What was said last holds; of what was said on one day, what was noted last. A soft opt-in is no answer, so it takes
    no answer away. Consent holds through its last day.
    """
    last: dict[str, Event] = {}
    for event in sorted((each for each in events if each.channel == channel), key=lambda each: (each.on, each.number)):
        if event.kind != SOFT_OPT_IN or event.purpose not in last:
            last[event.purpose] = event
    return {purpose: _standing(event, today) for purpose, event in last.items()}


def refused(one: Mapping[str, Standing], other: Mapping[str, Standing]) -> list[str]:
    """Give the purposes that either of two records of one person has a withdrawal of: it holds whatever the other says, and since when."""
    return [purpose for purpose, said in [*one.items(), *other.items()] if said.state == WITHDRAWN]


def _standing(event: Event, today: date) -> Standing:
    """Give what an event says now."""
    over = event.kind == GIVEN and event.until is not None and event.until < today
    return Standing(EXPIRED if over else event.kind, event.on, event.until)
