"""Whether an e-mail address is a corporate body's, which PECR lets be sent marketing, or an individual's.

The subscriber is whoever has the contract for the line (PECR regulation 2(1)), so an address counts as a corporate body's
only when it is at that body's own domain. Sole traders, some partnerships and unincorporated groups are individuals, and
so is everybody of whom it is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

# at these everybody has an address, so one there says nothing of its organisation
_ANYBODYS = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk", "msn.com"),
        *("yahoo.com", "yahoo.co.uk", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me"),
        *("protonmail.com", "gmx.com", "gmx.co.uk", "mail.com", "zoho.com", "fastmail.com", "btinternet.com", "virginmedia.com"),
        *("sky.com", "talktalk.net", "ntlworld.com", "blueyonder.co.uk", "tiscali.co.uk"),
    )
)


def subscriber(address: str | None, places: Iterable[str]) -> str | None:
    """Say ``corporate`` for an address at the domain of one of the places, a corporate body's addresses and websites; else None."""
    own = _domain(address or "")
    return "corporate" if own and own not in _ANYBODYS and own in {_domain(place) for place in places} else None


def _domain(place: str) -> str:
    """Give the domain of an e-mail address or a website, without www."""
    name = urlsplit(place).hostname if "://" in place else place.rpartition("@")[2]
    return (name or "").lower().removeprefix("www.").rstrip(".")
