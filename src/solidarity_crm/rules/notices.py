"""When a person must have been told that their details are kept.

UK GDPR Article 14(3): where details did not come from the person, within a reasonable period and at the latest one
month after obtaining them (ICO, "Right to be informed").
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from solidarity_crm.rules.days import plus_months

if TYPE_CHECKING:
    from datetime import date

FROM_THEMSELVES = "self"
SOURCES = ("self", "introduced by", "public page", "event", "partner", "import")
_FROM = {
    "self": "You gave them to us yourself",
    "introduced by": "They came to us from somebody who thought that we should know each other",
    "public page": "They came from a public web page",
    "event": "They came from an event that you were at",
    "partner": "They came to us from a partner organisation",
    "import": "They came to us in a list that we were given",
}
BASES = ("consent", "legitimate interests", "public task", "contract")


def due(source: str, obtained_on: date, given_on: date | None) -> date | None:
    """Give the day by which the privacy notice is due: one calendar month on, or None when it is not owed."""
    if source == FROM_THEMSELVES or given_on is not None:
        return None
    return plus_months(obtained_on, 1)


def obtained_by(today: date) -> date:
    """Give the last day on which details can have been obtained for their notice to be due by ``today``.

    On the 28th of February that is the 31st of January: the month that follows has no such day.
    """
    day = plus_months(today, -1)
    while plus_months(day + timedelta(days=1), 1) <= today:
        day += timedelta(days=1)
    return day


def wording(network: str, source: str, basis: str | None) -> str:
    """Give a short privacy notice: who keeps what, why, from where, and what the person can do about it.

    What it must say is in UK GDPR Article 14(1) and (2).
    """
    begun = next(words for start, words in _FROM.items() if source.startswith(start))
    ground = f" Our legal reason for keeping them is {basis}." if basis else ""
    return (
        f"About your details: {network} keeps your name, your role, how to reach you and a note of what we have talked about, "
        f"so that we can work with you on fairer health.{ground} {begun}. We look at them again from time to time and "
        "delete what we no longer need.\n\n"
        "You can ask us at any time to show you what we keep, to correct or delete it, or to stop writing: a reply to this "
        "message is enough. If you are not happy with what we do, you can complain to the Information Commissioner's Office, "
        "at ico.org.uk.\n"
    )
