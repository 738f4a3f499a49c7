"""What cells look like: the form of addresses, numbers and names, no more (exchange.md E1, E2.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.tables.cleaning import cleaned
from solidarity_crm.rules.naming import TITLES
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SHARE = 0.6  # of a column's cells that are not empty
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@(?:[^\s@<>(),;:\"\[\]\\.]+\.)+[^\s@<>(),;:\"\[\]\\.]{2,}\Z")
_PHONE = re.compile(r"\+?[\d\s()./\-\u2010-\u2013]+(?:\s*(?:ext(?:ension)?|x|#|durchwahl|poste)\.?\s*\d{1,6})?\Z", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d@:/\\|_=<>{}]{1,79}\Z")
_SHORTEST, _LONGEST = 5, 20  # digits of a phone
_LONGEST_EMAIL = 254  # characters, RFC 5321 §4.5.3.1.3
_LONGEST_PHONE = 60  # characters, its extension and all
_WORDS = 5  # of a name


def is_email(text: str) -> bool:
    """Say whether a text has the form of an e-mail address: one @, no blanks, a domain of parts."""
    return len(text) <= _LONGEST_EMAIL and _EMAIL.match(text) is not None


def is_phone(text: str) -> bool:
    """Say whether a text has the form of a phone number."""
    return len(text) <= _LONGEST_PHONE and _PHONE.match(text) is not None and _SHORTEST <= sum(map(str.isdigit, text)) <= _LONGEST


def is_name(text: str) -> bool:
    """Say whether a text may be somebody's name."""
    return _NAME.match(text) is not None and len(text.split()) <= _WORDS


def is_honorific(cells: Sequence[str]) -> bool:
    """Say whether most of a column's cells are what stands before a name: Dr, Mrs."""
    return _most(cells, lambda cell: fold(cell) in TITLES)


def guessed(cells: Sequence[str], fields: Sequence[str]) -> str | None:
    """Give the first of these fields that most of a column's cells look like."""
    looks: dict[str, Callable[[str], bool]] = {"email": is_email, "phone": is_phone, "name": is_name}
    return next((field for field in fields if _most(cells, looks[field])), None)


def _most(cells: Sequence[str], looks: Callable[[str], bool]) -> bool:
    """Say whether most cells that are not empty look like something."""
    full = [text for cell in cells if (text := cleaned(cell))]
    return bool(full) and sum(map(looks, full)) > _SHARE * len(full)
