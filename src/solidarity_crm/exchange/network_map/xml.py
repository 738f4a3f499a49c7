"""Text in XML and in HTML: what people typed is text there, never markup."""

from __future__ import annotations

from xml.sax.saxutils import escape

from solidarity_crm.exchange.network_map.network import clean

_QUOTES = {'"': "&quot;", "'": "&#39;"}


def text(value: str) -> str:
    """Give a text as it stands between tags or in a quoted attribute (XML 1.0 §2.4)."""
    return escape(clean(value), _QUOTES)
