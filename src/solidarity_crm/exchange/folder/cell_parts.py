"""Cells that hold several values, and values that have parts: addresses, numbers, other programs' names for somebody.

Several values have "; " between them, a label stands in brackets behind its value, and a backslash stands before a sign
that belongs to the value. Reading raises ValueError, with the reason, for a cell that says what it must not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import Identifier, Point, PostalAddress
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

_BETWEEN = " | "  # the parts of a postal address: a street has commas of its own
_SPECIAL = re.compile(r"[\\;|:\[\]*]")
_ESCAPED = re.compile(r"\\([\\;|:\[\]*])")
_IN_WORD, _IN_NAME, _IN_POINT, _IN_ADDRESS = "\\;", "\\;:", "\\;[]*", "\\;|[]"  # what means something where
_VALUES = re.compile(r"((?:\\.|[^;])*)(?:;|\Z)", re.DOTALL)
_NAMED = re.compile(r"((?:\\.|[^:\\])*):(.*)\Z", re.DOTALL)
_PARTS = re.compile(r"((?:\\.|[^|])*)(?:\||\Z)", re.DOTALL)
_LABELLED = re.compile(r"((?:\\.|[^\[\]\\])*)(?:\[((?:\\.|[^\[\]\\])*)\])?\Z", re.DOTALL)


def parted(text: str, *, unescaped: bool = True) -> list[str]:
    """Split a cell at its semicolons, but for those behind a backslash."""
    found = [part[1].strip() for part in _VALUES.finditer(text) if part[1].strip()]
    return [_unescape(part) for part in found] if unescaped else found


def escape(text: str, special: str = _IN_WORD) -> str:
    """Put a backslash before what means something in a cell."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}" if found[0] in special else found[0], text)


def quoted(text: str) -> str:
    """Give a cell as a reason may show it."""
    return repr(shorten(text, 60))


def points(text: str) -> tuple[Point, ...]:
    """Read addresses or numbers: ``*amina@example.org [work]; office@example.org``."""
    found = []
    for part in parted(text, unescaped=False):
        value, label = _labelled(part)
        star, value = value.startswith("*"), value.removeprefix("*").strip()
        if not value:
            problem = f"{quoted(part)} is not an address or number with its label in brackets, like 0113 496 0123 [work]"
            raise ValueError(problem)
        found.append(Point(_unescape(value), label, star))
    return tuple(found)


def write_points(points: Iterable[Point]) -> str:
    """Write addresses or numbers, the preferred one with a star, labels in brackets."""
    return "; ".join(f"{'*' if point.preferred else ''}{_with_label(escape(point.value, _IN_POINT), point.label)}" for point in points)


def identifiers(text: str) -> tuple[Identifier, ...]:
    """Read what other programs call somebody: ``civicrm: 4711; linkedin: https://www.linkedin.com/in/amina``."""
    found = []
    for part in parted(text, unescaped=False):
        said = _NAMED.match(part)
        system, value = (_unescape(said[1]).strip(), _unescape(said[2]).strip()) if said else ("", "")
        if not system or not value:
            problem = f"{quoted(part)} does not say whose number it is, like civicrm: 4711"
            raise ValueError(problem)
        found.append(Identifier(system, value))
    return tuple(found)


def write_identifiers(identifiers: Iterable[Identifier]) -> str:
    """Write what other programs call somebody, each program's name before it."""
    return "; ".join(f"{escape(known.system, _IN_NAME)}: {escape(known.value)}" for known in identifiers)


def addresses(text: str) -> tuple[PostalAddress, ...]:
    """Read postal addresses: ``Unit 4, 12 High Street | Leeds | West Yorkshire | LS1 4AB | United Kingdom [work]``."""
    return tuple(_address(part) for part in parted(text, unescaped=False))


def write_addresses(addresses: Iterable[PostalAddress]) -> str:
    """Write postal addresses: street, town, region, postcode, country with a line between them, the label in brackets."""
    written = []
    for *named, label in addresses:
        while named and not named[-1]:
            named.pop()
        place = _BETWEEN.join(escape(part or "", _IN_ADDRESS) for part in named)
        written.append(_with_label(place, label).strip() or _BETWEEN.strip())
    return "; ".join(written)


def _address(text: str) -> PostalAddress:
    """Read one postal address; one without lines between its parts is all street."""
    value, label = _labelled(text)
    named = [_unescape(part[1].strip()) or None for part in _PARTS.finditer(value)]
    while named and not named[-1]:
        named.pop()
    problem = ""
    if len(named) > len(PostalAddress._fields) - 1:
        problem = f"{quoted(text)} is more than street | town | region | postcode | country"
    elif not value and not label:
        problem = f"{quoted(text)} is not an address with its label in brackets, like 4 Quay Row | Cardiff [work]"
    if problem:
        raise ValueError(problem)
    return PostalAddress(**dict(zip(PostalAddress._fields, named, strict=False)), label=label)


def _labelled(text: str) -> tuple[str, str | None]:
    """Split a value, its backslashes still there, from its label; both are empty when brackets stand where they must not."""
    found = _LABELLED.match(text)
    return (found[1].strip(), _unescape(found[2] or "").strip() or None) if found else ("", None)


def _with_label(value: str, label: str | None) -> str:
    """Write a value with its label behind it."""
    return f"{value} [{escape(label, _IN_POINT)}]" if label else value


def _unescape(text: str) -> str:
    """Take the backslashes of :func:`escape` away."""
    return _ESCAPED.sub(r"\1", text)
