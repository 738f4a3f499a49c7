"""What a cell of a workspace's CSV files may say: how each kind of value is written, and read back or refused.

Reading gives None for an empty cell and raises ValueError, with the reason, for one that says what it must not.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity_crm.errors import BadValue
from solidarity_crm.exchange.address_book import Identifier, Point, PostalAddress
from solidarity_crm.exchange.folder import cell_parts as parts
from solidarity_crm.exchange.folder.cell_parts import quoted
from solidarity_crm.rules.days import parse_every
from solidarity_crm.rules.refs import BY_LETTER, Ref, parse
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

# how the questions of queries/sheets join several values, and the parts of one
UNIT, PART = "\x1f", "\x1e"
_UK_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_YES = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
_MINUTES = len("2026-12-01T10:00")
_HIGHEST = 999_999_999


class Cell(NamedTuple):
    """A kind of cell: its name, how a value of the store is written, and how a cell that is not empty is read.

    ``choices`` are the words it may hold, or the letters of the refs; ``stored`` joins what one field keeps of several.
    """

    kind: str
    write: Callable[[Any], str]
    read: Callable[[str], Any]
    choices: Sequence[str] = ()
    stored: str = UNIT


def choice(choices: Sequence[str]) -> Cell:
    """Give the kind of cell that holds one of a list, in any case."""
    return Cell("choice", str, lambda text: _one_of(text, choices), choices)


def several(choices: Sequence[str] | None = None, *, stored: str = UNIT) -> Cell:
    """Give the kind of cell that holds several words, joined with "; "; the store joins them with ``stored``."""

    def read(text: str) -> tuple[str, ...]:
        return tuple(word if choices is None else _one_of(word, choices) for word in parts.parted(text))

    return Cell("several", lambda value: _joined(parts.escape(word) for word in str(value).split(stored)), read, choices or (), stored)


def ref(letters: str) -> Cell:
    """Give the kind of cell that holds the ref of a record, of the nouns with these letters."""
    return Cell("ref", str, lambda text: _ref(text, letters), letters)


def refs(letters: str) -> Cell:
    """Give the kind of cell that holds the refs of several records."""
    return Cell("refs", lambda value: _joined(str(value).split(UNIT)), lambda text: _distinct_refs(text, letters), letters)


def past_ref(letters: str) -> Cell:
    """Give the kind of cell that holds the ref of a record which may be gone; it is not given again."""
    return Cell("past ref", str, lambda text: _ref(text, letters), letters)


def past_refs(letters: str, *, stored: str) -> Cell:
    """Give the kind of cell that holds the refs of several records, some of which may be gone."""
    return Cell("past refs", lambda value: _joined(str(value).split(stored)), lambda text: _distinct_refs(text, letters), letters, stored)


def _joined(words: Iterable[str]) -> str:
    """Write several values in one cell."""
    return "; ".join(words)


def _one_of(text: str, choices: Sequence[str]) -> str:
    """Find a word of a list."""
    found = next((known for known in choices if fold(known) == fold(text)), None) if text not in choices else text
    if found is None:
        problem = f"{quoted(text)} is none of: {', '.join(choices) or '(none are set up in solidarity.toml)'}"
        raise ValueError(problem)
    return found


def _ref(text: str, letters: str) -> Ref:
    """Read a ref."""
    found = parse(text)
    if found is None or found.letter not in letters:
        words = BY_LETTER[letters].word if len(letters) == 1 else "record"
        problem = f"{quoted(text)} is not the ref of a {words}, like {letters[0]}1"
        raise ValueError(problem)
    if found.number > _HIGHEST:
        problem = f"{quoted(text)} is higher than any ref; the highest is {found.letter}{_HIGHEST}"
        raise ValueError(problem)
    return found


def _distinct_refs(text: str, letters: str) -> tuple[Ref, ...]:
    """Read several refs, each there once."""
    return tuple(dict.fromkeys(_ref(part, letters) for part in parts.parted(text)))


def _day(text: str) -> date:
    """Read a day: ISO, or day/month/year as a British spreadsheet makes of it."""
    british = _UK_DAY.match(text.strip())
    try:
        return date(int(british[3]), int(british[2]), int(british[1])) if british else date.fromisoformat(text.strip())
    except ValueError:
        problem = f"{quoted(text)} is not a day, like 2026-11-23"
        raise ValueError(problem) from None


def _moment(text: str) -> datetime:
    """Read a moment; one without an offset is UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        problem = f"{quoted(text)} is not a moment, like 2026-11-23T10:00:00Z"
        raise ValueError(problem) from None


def _write_moment(value: object) -> str:
    """Write a moment as the database keeps it, without a fraction of nothing."""
    moment = datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
    return moment.isoformat().replace("+00:00", "Z")


def _wall_clock(text: str) -> str:
    """Read a time of a meeting's own time zone."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        found = None
    if found is None or found.tzinfo or len(text.strip()) < _MINUTES:
        problem = f"{quoted(text)} is not a day and a time, like 2026-11-23T10:00"
        raise ValueError(problem)
    return found.isoformat(timespec="minutes")


def _zone(text: str) -> str:
    """Read the name of a time zone."""
    try:
        return ZoneInfo(text.strip()).key
    except (KeyError, ValueError, OSError):
        problem = f"{quoted(text)} is not a time zone, like Europe/London"
        raise ValueError(problem) from None


def _yes_no(text: str) -> bool:
    """Read a yes or a no."""
    found = _YES.get(text.strip().lower())
    if found is None:
        problem = f"{quoted(text)} is neither yes nor no"
        raise ValueError(problem)
    return found


def _number(text: str) -> int:
    """Read a whole number."""
    plain = text.strip().removesuffix(".0")
    if not (plain.isascii() and plain.isdigit()):
        problem = f"{quoted(text)} is not a whole number"
        raise ValueError(problem)
    return int(plain)


def _every(text: str) -> str:
    """Read a recurrence."""
    try:
        return str(parse_every(text))
    except BadValue:
        problem = f"{quoted(text)} is not how often something comes back, like 2w"
        raise ValueError(problem) from None


def _uid(text: str) -> str:
    """Read a record's universal identifier."""
    try:
        return str(UUID(text.strip()))
    except ValueError:
        problem = f"{quoted(text)} is not a UUID; leave it empty for a new record"
        raise ValueError(problem) from None


def _split(value: object) -> list[list[str]]:
    """Give the parts of each value as a question joined them."""
    return [part.split(PART) for part in str(value).split(UNIT)]


def _write_points(value: object) -> str:
    """Write addresses or numbers."""
    return parts.write_points(Point(address, label or None, preferred == "1") for address, label, preferred in _split(value))


def _write_addresses(value: object) -> str:
    """Write postal addresses."""
    return parts.write_addresses(PostalAddress(*(part or None for part in place)) for place in _split(value))


def _write_identifiers(value: object) -> str:
    """Write what other programs call somebody."""
    return parts.write_identifiers(Identifier(*known) for known in _split(value))


TEXT = Cell("text", str, str)
BODY = Cell("body", str, str)  # kept to the letter: a message that was written is not tidied
DAY = Cell("day", str, _day)
MOMENT = Cell("moment", _write_moment, _moment)
ZONE = Cell("zone", str, _zone)
WALL_CLOCK = Cell("wall clock", str, _wall_clock)
YES_NO = Cell("yes or no", lambda value: "yes" if value else "no", _yes_no)
NUMBER = Cell("number", str, _number)
EVERY = Cell("every", str, _every)
UID = Cell("uid", str, _uid)
POINTS = Cell("points", _write_points, parts.points)
ADDRESSES = Cell("addresses", _write_addresses, parts.addresses)
IDENTIFIERS = Cell("identifiers", _write_identifiers, parts.identifiers)
