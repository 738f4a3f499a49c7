"""Whether an e-mail address is a corporate body's, which PECR lets be sent marketing, or an individual's.

The subscriber is whoever has the contract for the line (PECR regulation 2(1)), so an address counts as a corporate body's
only when it is at that body's own domain. Sole traders, some partnerships and unincorporated groups are individuals, and
so is everybody of whom it is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.rules.domains import domain

if TYPE_CHECKING:
    from collections.abc import Iterable


def subscriber(address: str | None, places: Iterable[str]) -> str | None:
    """Say ``corporate`` for an address at the domain of one of the places, a corporate body's addresses and websites; else None."""
    own = domain(address or "")
    return "corporate" if own and own in {domain(place) for place in places} else None
