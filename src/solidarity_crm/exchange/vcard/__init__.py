"""vCards (RFC 2426, RFC 6350, and the versit vCard 2.1): any program's read, ours written."""

from __future__ import annotations

from solidarity_crm.exchange.vcard.reader import count, read
from solidarity_crm.exchange.vcard.writer import card, write

__all__ = ["card", "count", "read", "write"]
