"""Whether a row says that somebody is not to be written to: what is doubtful counts as a yes (exchange.md E1, E2.9)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import UNSAID
from solidarity_crm.exchange.tables.headings.vocabulary import folded
from solidarity_crm.exchange.tables.people.dates import iso_day
from solidarity_crm.text import fold, one_line, shorten

if TYPE_CHECKING:
    from solidarity_crm.exchange.tables.people.row import Row

YES = frozenset(("yes", "y", "true", "1", "x", "on", "checked", "ja", "oui", "si", "t"))
NO = frozenset(("no", "n", "false", "0", "off", "unchecked", "none", "non", "nein", "f"))
_GONE = re.compile(
    r"\b(?:unsubscribed?|cleaned|opt(?:ed)? ?out|do not contact|do not email|complained|complaint|spam|suppressed|blacklisted|blocklisted|removed)\b"
)
_UNSUBSCRIBED, _CLEANED = re.compile(r"unsubscribed(?:[_\- .]|\Z)", re.IGNORECASE), re.compile(r"cleaned(?:[_\- .]|\Z)", re.IGNORECASE)
_LONGEST = 200


def opted_out(row: Row, file_says: str | None) -> str | None:
    """Give why somebody is not to be contacted: what the row says, else what its whole file does; None when neither does."""
    if "do_not_contact" not in row and "status" not in row:
        return file_says
    reasons = dict.fromkeys(filter(None, [*(_said(column.heading, text) for column, text in row.all("do_not_contact")), _by_status(row)]))
    given = [reason for reason in reasons if reason != UNSAID]
    return shorten("; ".join(given), _LONGEST) if given else next(iter(reasons), file_says)


def of_file(file: str, layout: str) -> str | None:
    """Give why nobody of a file is to be contacted, as the names of Mailchimp's exports say (exchange.md E1)."""
    name = re.split(r"[/\\]", file)[-1]
    if _UNSUBSCRIBED.match(name):
        return "unsubscribed"
    return "their e-mail bounced (Mailchimp: cleaned)" if layout == "mailchimp" and _CLEANED.match(name) else None


def _said(heading: str, text: str) -> str | None:
    """Give what a cell under a heading like ``Do Not Email`` says."""
    word, plain = fold(text), folded(heading)
    if word in NO or text.strip() in ("-", "0000-00-00 00:00:00"):
        return None
    if plain in ("do not contact", "do not contact reason", "no contact") or not plain:
        return UNSAID if word in YES else one_line(text)
    if word in YES:
        return one_line(heading)
    day = iso_day(text)
    return f"unsubscribed on {day}" if day else one_line(text)


def _by_status(row: Row) -> str | None:
    """Give what a column like ``Status`` says; what it says otherwise is no matter of ours."""
    for column, text in row.all("status"):
        word = fold(text)
        if _GONE.search(word):
            return one_line(f"{column.heading}: {text}")
        if folded(column.heading) == "subscribed" and word in NO:
            return "unsubscribed"
    return None
