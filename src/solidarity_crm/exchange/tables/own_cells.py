"""How our own sheet of contacts writes what is more than a word into one cell, and reads it back.

Several values are joined with "; ", as in the folder form. An address is ``12 Mill Street | Leeds | | LS1 4AB [work]``
(street, town, region, postcode, country), a role ``Outreach lead @ MESMAC [since 2020-01-01]``, another program's
number ``linkedin: https://…``. A backslash goes before a sign that would mean something.

Reading raises ValueError, with the reason, for a cell that will not do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.folder.sheet_cells import DAY, PART, POINTS, UNIT, several
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS, _ROLE, _SYSTEM, _VALUE = r"\|[]", r"\@[]", r"\:", "\\"  # what means something in each
_MEANT = re.compile(r"\\([\\|@\[\]:])")
_BRACKETED = re.compile(r"(.*?)(?:(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\s*)?\Z", re.DOTALL)
_BAR, _AT, _COLON = (re.compile(rf"((?:\\.|[^{sign}])*)(?:{re.escape(sign)}|\Z)", re.DOTALL) for sign in "|@:")
_SPAN = re.compile(r"(?:since (?P<since>\S+)|until (?P<until>\S+)|(?P<first>\S+) to (?P<last>\S+))\Z")
_ADDRESSED = re.compile(r"[^\s,;@\"<>]+@[^\s,;@\"<>]+")
_WORDS = several()
_PARTS = 5  # of an address


def join(values: Iterable[str]) -> str:
    """Give several words as one cell."""
    return _WORDS.write(joined) if (joined := UNIT.join(values)) else ""


def split(cell: str) -> tuple[str, ...]:
    """Read several words."""
    return tuple(_WORDS.read(cell))


def write_points(points: Iterable[Point]) -> str:
    """Give addresses or numbers as one cell: ``*amina@example.org [work]; office@example.org``, a star for the preferred one."""
    stored = UNIT.join(f"{point.value}{PART}{point.label or ''}{PART}{int(point.preferred)}" for point in points)
    return POINTS.write(stored) if stored else ""


def read_points(cell: str) -> tuple[Point, ...]:
    """Read addresses or numbers; e-mail addresses may have commas between them, as people type them."""
    typed = [part.strip() for part in cell.split(",")]
    if len(typed) > 1 and all(map(_ADDRESSED.fullmatch, typed)):
        return tuple(Point(address) for address in typed)
    return tuple(POINTS.read(cell))


def write_addresses(addresses: Iterable[PostalAddress]) -> str:
    """Give postal addresses as one cell."""
    return join(map(_address, addresses))


def read_addresses(cell: str) -> tuple[PostalAddress, ...]:
    """Read postal addresses; one without bars is all street."""
    found = []
    for written in split(cell):
        body, label = _bracketed(written)
        parts = _cut(_BAR, body)
        if len(parts) > _PARTS:
            problem = f"{shorten(written, 60)!r} is more than street | town | region | postcode | country"
            raise ValueError(problem)
        found.append(PostalAddress(*(part or None for part in parts))._replace(label=label))
    return tuple(found)


def write_roles(roles: Iterable[Role]) -> str:
    """Give roles at organisations as one cell."""
    return join(map(_role, roles))


def read_roles(cell: str) -> tuple[Role, ...]:
    """Read roles; one without ``@`` is the organisation alone."""
    found = []
    for written in split(cell):
        body, days = _bracketed(written)
        parts = _cut(_AT, body)
        *title, organisation = parts
        if not organisation or len(title) > 1:
            problem = f"{shorten(written, 60)!r} is not a role, like Trustee @ Leeds GATE"
            raise ValueError(problem)
        found.append(Role(organisation, (title[0] or None) if title else None, *_span(days)))
    return tuple(found)


def write_identifiers(identifiers: Iterable[Identifier]) -> str:
    """Give what other programs call somebody as one cell."""
    return join(f"{_escape(known.system, _SYSTEM)}: {_escape(known.value, _VALUE)}" for known in identifiers)


def read_identifiers(cell: str) -> tuple[Identifier, ...]:
    """Read what other programs call somebody."""
    found = []
    for written in split(cell):
        system = _COLON.match(written)
        value = _unescape(written[system.end() :]).strip() if system else ""
        if not (system and system[1].strip() and value):
            problem = f"{shorten(written, 60)!r} does not say whose number it is, like linkedin: https://www.linkedin.com/in/amina"
            raise ValueError(problem)
        found.append(Identifier(_unescape(system[1]).strip(), value))
    return tuple(found)


def _address(address: PostalAddress) -> str:
    parts = [_escape(part or "", _ADDRESS) for part in address[:_PARTS]]
    while parts and not parts[-1]:
        parts.pop()
    return " | ".join(parts) + (f" [{_escape(address.label, _ADDRESS)}]" if address.label else "")


def _role(role: Role) -> str:
    named = " @ ".join(_escape(part, _ROLE) for part in (role.title, role.organisation) if part)
    if role.since and role.until:
        return f"{named} [{role.since} to {role.until}]"
    span = f"since {role.since}" if role.since else f"until {role.until}" if role.until else ""
    return f"{named} [{span}]" if span else named


def _span(days: str | None) -> tuple[str | None, str | None]:
    """Read since when and until when, as ISO texts."""
    if not days:
        return None, None
    said = _SPAN.match(days)
    if said is None:
        problem = f"[{shorten(days, 60)}] does not say when, like [since 2020-01-01] or [2020-01-01 to 2024-05-31]"
        raise ValueError(problem)
    since, until = said["since"] or said["first"], said["until"] or said["last"]
    return DAY.read(since).isoformat() if since else None, DAY.read(until).isoformat() if until else None


def _bracketed(written: str) -> tuple[str, str | None]:
    """Split what stands in brackets at the end from what is before it."""
    found = _BRACKETED.match(written)
    body, inside = (found[1], found[2]) if found else (written, None)
    return body, _unescape(inside).strip() or None if inside else None


def _cut(sign: re.Pattern[str], text: str) -> list[str]:
    """Split a text at a sign, but for those behind a backslash."""
    parts, place = [], 0
    while found := sign.match(text, place):
        parts.append(_unescape(found[1]).strip())
        if found.end() == len(text) and found.end() == found.end(1):
            break
        place = found.end()
    return parts


def _escape(text: str, special: str) -> str:
    """Put a backslash before each sign that means something."""
    return "".join(f"\\{sign}" if sign in special else sign for sign in text) if set(special) & set(text) else text


def _unescape(text: str) -> str:
    """Take the backslashes away."""
    return _MEANT.sub(r"\1", text)
