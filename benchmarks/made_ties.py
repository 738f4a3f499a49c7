"""Who knows whom in a made partnership: three ties to a contact, half of them among neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from solidarity_crm.rules.ties import STRENGTHS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

TIES = 3
_NEAR = 40


def ties(random: Random, contacts: int) -> Iterator[dict[str, Any]]:
    """Give the rows of ``tie``, each pair once."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < contacts * TIES:
        one = random.randint(1, contacts)
        other = one + random.randint(1, _NEAR) if random.random() < 1 / 2 else random.randint(1, contacts)
        if one != other <= contacts:
            pairs.add((min(one, other), max(one, other)))
    for number, (contact, other) in enumerate(sorted(pairs), start=1):
        yield {
            "id": number,
            "uid": str(UUID(int=number, version=4)),
            "contact_id": contact,
            "other_id": other,
            "strength": random.choice(STRENGTHS),
            "state": random.choice(("confirmed", "confirmed", "suggested")),
            "noted_on": "2026-03-01",
        }
