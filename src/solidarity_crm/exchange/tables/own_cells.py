"""What cells of our own sheet of contacts hold beyond those of the folder form: roles, and e-mails as people type them.

Several values are joined with "; ", as there. A role is ``Outreach lead @ MESMAC [since 2020-01-01]``. A backslash goes
before a sign that would mean something.

Reading raises ValueError, with the reason, for a cell that will not do.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import Point, Role
from solidarity_crm.exchange.folder.cell_parts import escape, parted, points
from solidarity_crm.exchange.folder.sheet_cells import DAY
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

_IN_ROLE = r"\@[]"  # what means something there
_MEANT = re.compile(r"\\([\\@\[\]])")
_BRACKETED = re.compile(r"(.*?)(?:(?<!\\)\[((?:\\.|[^\[\]\\])*)\]\s*)?\Z", re.DOTALL)
_AT = re.compile(r"((?:\\.|[^@])*)(?:@|\Z)", re.DOTALL)
_SPAN = re.compile(r"(?:since (?P<since>\S+)|until (?P<until>\S+)|(?P<first>\S+) to (?P<last>\S+))\Z")
_ADDRESSED = re.compile(r"[^\s,;@\"<>]+@[^\s,;@\"<>]+")


def join(values: Iterable[str]) -> str:
    """Give several words as one cell."""
    return "; ".join(map(escape, values))


def read_points(cell: str) -> tuple[Point, ...]:
    """Read addresses or numbers; e-mail addresses may have commas between them, as people type them."""
    typed = [part.strip() for part in cell.split(",")]
    if len(typed) > 1 and all(map(_ADDRESSED.fullmatch, typed)):
        return tuple(Point(address) for address in typed)
    return points(cell)


def write_roles(roles: Iterable[Role]) -> str:
    """Give roles at organisations as one cell."""
    return join(map(_role, roles))


def read_roles(cell: str) -> tuple[Role, ...]:
    """Read roles; one without ``@`` is the organisation alone."""
    found = []
    for written in parted(cell):
        body, days = _bracketed(written)
        parts = _cut(body)
        *title, organisation = parts
        if not organisation or len(title) > 1:
            problem = f"{shorten(written, 60)!r} is not a role, like Trustee @ Leeds GATE"
            raise ValueError(problem)
        found.append(Role(organisation, (title[0] or None) if title else None, *_span(days)))
    return tuple(found)


def _role(role: Role) -> str:
    named = " @ ".join(_escape(part) for part in (role.title, role.organisation) if part)
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


def _cut(text: str) -> list[str]:
    """Split a text at each ``@``, but for those behind a backslash."""
    parts, place = [], 0
    while found := _AT.match(text, place):
        parts.append(_unescape(found[1]).strip())
        if found.end() == len(text) and found.end() == found.end(1):
            break
        place = found.end()
    return parts


def _escape(text: str) -> str:
    """Put a backslash before each sign that means something."""
    return "".join(f"\\{sign}" if sign in _IN_ROLE else sign for sign in text)


def _unescape(text: str) -> str:
    """Take the backslashes away."""
    return _MEANT.sub(r"\1", text)
