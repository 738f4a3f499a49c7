"""When a person must have been told that their details are kept.

UK GDPR Article 14(3): where details did not come from the person, within a reasonable period and at the latest one
month after obtaining them (ICO, "Right to be informed").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.rules.days import plus_months

if TYPE_CHECKING:
    from datetime import date

FROM_THEMSELVES = "self"
SOURCES = ("self", "introduced by", "public page", "event", "partner", "import")
BASES = ("consent", "legitimate interests", "public task", "contract")


def due(source: str, obtained_on: date, given_on: date | None) -> date | None:
    """Give the day by which the privacy notice is due: one calendar month on, or None when it is not owed."""
    if source == FROM_THEMSELVES or given_on is not None:
        return None
    return plus_months(obtained_on, 1)
