"""Where the components of a calendar file begin and end; one that is broken costs only itself (exchange.md E4).

A content line is the same in RFC 5545 and in RFC 6350, so properties are read as those of vCards are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.vcard.cards import RawCard
from solidarity_crm.exchange.vcard.properties import Property, properties

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(rb"[ \t]*(BEGIN|END)[ \t]*:[ \t]*([A-Za-z0-9-]{1,40})[ \t]*\Z", re.IGNORECASE)
_FIRST = frozenset(b"BbEe \t")
_LONGEST = 100  # bytes of a line that may be a mark
_DEEPEST = 8
# two objects put one after the other without a line end between them
_JOINED = re.compile(rb"(END:VCALENDAR)[ \t]*(?=BEGIN:VCALENDAR)", re.IGNORECASE)


class Doubt(NamedTuple):
    """A line of which something could not be read, the property it is, and what is the matter."""

    line: int
    column: str
    reason: str


class Component:
    """A component: ``line`` is that of its BEGIN, ``closed`` whether it has its END."""

    def __init__(self, kind: str, line: int) -> None:
        """Begin with nothing in it."""
        self.kind, self.line, self.closed = kind, line, False
        self.children: list[Component] = []
        self.doubts: list[Doubt] = []
        self._lines: list[bytes] = []
        self._read: dict[str, list[Property]] | None = None

    def take(self, number: int, content: bytes) -> None:
        """Take a line; lines of components within it are left empty."""
        missing = number - self.line - 1 - len(self._lines)
        self._lines.extend([b""] * missing)
        self._lines.append(content)

    @property
    def properties(self) -> dict[str, list[Property]]:
        """The properties by their names, read when they are first asked for."""
        if self._read is None:
            self._read = {}
            for found in properties(RawCard(self.line, self._lines, b""), lambda *doubt: self.doubts.append(Doubt(*doubt))):
                self._read.setdefault(found.name, []).append(found)
        return self._read

    def first(self, name: str) -> Property | None:
        """Give the first property of a name that says something, or None."""
        return next((found for found in self.properties.get(name, ()) if found.value.strip()), None)

    def value(self, name: str) -> str:
        """Give the first such property's value, empty if there is none."""
        found = self.first(name)
        return found.value.strip() if found else ""

    def walk(self, kind: str) -> Iterator[Component]:
        """Give the components of a kind within it."""
        for child in self.children:
            if child.kind == kind:
                yield child
            yield from child.walk(kind)


def components(data: bytes) -> list[Component]:
    """Give the calendars of a file; what stands outside any is taken for one's."""
    lines = _JOINED.sub(rb"\1\n", data).replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    calendars: list[Component] = []
    open_ones: list[Component] = []
    for number, content in enumerate(lines, 1):
        mark = _MARK.match(content) if content and content[0] in _FIRST and len(content) < _LONGEST else None
        if mark is None or (content[:1] in {b" ", b"\t"} and not _indented(open_ones, mark)):
            if open_ones and content:
                open_ones[-1].take(number, content)
        elif mark[1].upper() == b"BEGIN":
            _begin(mark[2].decode().upper(), number, open_ones, calendars)
        else:
            _end(mark[2].decode().upper(), open_ones)
    return calendars


def _indented(open_ones: list[Component], mark: re.Match[bytes]) -> bool:
    """Say whether an indented mark is one: it is in a file that is indented as a whole, and else goes on with the line before."""
    return not open_ones or (len(open_ones) == 1 and not open_ones[0].properties and mark[1].upper() == b"BEGIN")


def _begin(kind: str, number: int, open_ones: list[Component], calendars: list[Component]) -> None:
    """Begin a component; one of a kind that cannot be within the open one ends that."""
    if kind == "VCALENDAR":
        open_ones.clear()
    elif kind in {"VEVENT", "VTODO", "VJOURNAL", "VTIMEZONE", "VFREEBUSY"}:
        del open_ones[1:]
    made = Component(kind, number)
    if kind == "VCALENDAR" or not calendars:
        calendar = made if kind == "VCALENDAR" else Component("VCALENDAR", number)
        calendars.append(calendar)
        open_ones.append(calendar)
        if kind == "VCALENDAR":
            return
    (open_ones[-1] if open_ones else calendars[-1]).children.append(made)
    if len(open_ones) < _DEEPEST:
        open_ones.append(made)


def _end(kind: str, open_ones: list[Component]) -> None:
    """End the open component of a kind, and those within it; an end of what is not open is passed over."""
    place = next((place for place in reversed(range(len(open_ones))) if open_ones[place].kind == kind), None)
    if place is not None:
        open_ones[place].closed = True
        del open_ones[place:]
