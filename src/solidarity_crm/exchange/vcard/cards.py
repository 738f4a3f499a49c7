"""Where each card of a file begins and ends; a card that is broken off costs only itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = re.compile(
    rb"(?:\xef\xbb\xbf)?(?P<indent>[ \t]*)(?P<agent>(?:[\w-]+\.)?AGENT[^:]*:)?(?P<word>BEGIN|END)[ \t]*:[ \t]*VCARD[ \t]*(?P<next>BEGIN[ \t]*:[ \t]*VCARD[ \t]*)?\Z",
    re.IGNORECASE,
)
_FIRST = frozenset(b"BbEeAa \t\xef")
_GROUPED_AGENT = re.compile(rb"[\w-]+\.AGENT", re.IGNORECASE)
_LONGEST = 200  # bytes of a line that may be a mark
_AGENT = re.compile(rb"(?:[\w-]+\.)?AGENT(?:;[^:]*)?:[ \t]*\Z", re.IGNORECASE)
_BEGIN = re.compile(rb"(?:^|[\r\n]|(?<=:VCARD))(?:\xef\xbb\xbf)?[ \t]*BEGIN[ \t]*:[ \t]*VCARD", re.IGNORECASE)

NOT_CLOSED, NO_END = "has no END:VCARD before the next card begins", "has no END:VCARD: the file ends within it"


class RawCard(NamedTuple):
    """A card's lines between BEGIN and END, the first of them on the physical line after ``line``.

    Lines of other cards within it (2.1's AGENT) are empty. ``raw`` is all of it as it was; ``problem`` is what is wrong with its end.
    """

    line: int
    lines: list[bytes]
    raw: bytes
    problem: str | None = None


def count(data: bytes) -> int:
    """Give how many cards begin in a file, without reading them."""
    return sum(1 for _ in _BEGIN.finditer(data))


def split(data: bytes) -> Iterator[RawCard]:
    """Give the cards of a file; what stands between cards is passed over (exchange.md E3).

    A line that begins with a blank within a card goes on with the line before, whatever it says, unless the whole card is indented:
    no text of ours that happens to be folded before ``END:VCARD`` ends a card.
    """
    # CR CR LF is what a file gets that is copied as text twice
    scan = _Scan(data.replace(b"\r\r\n", b"\n").replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    for index, content in enumerate(scan.lines):
        if not content or len(content) > _LONGEST or (content[0] not in _FIRST and not _GROUPED_AGENT.match(content)):
            continue
        if mark := _MARK.match(content):
            yield from scan.marked(index, mark)
    if scan.begun is not None:
        yield scan.card(len(scan.lines), NO_END)


class _Scan:
    """A file's lines, and the card that is open where the scan stands."""

    def __init__(self, lines: list[bytes]) -> None:
        """Stand before the first line, with no card open."""
        self.lines = lines
        self.begun: int | None = None
        self._indent = b""
        self._agents: list[int] = []  # where cards within the open one begin
        self._others: list[tuple[int, int]] = []  # and where those that ended stand

    def marked(self, index: int, mark: re.Match[bytes]) -> Iterator[RawCard]:
        """Take a line that begins or ends a card; give the cards that end by it."""
        if self.begun is not None and mark["indent"] and not self._indent:
            return
        if mark["word"].upper() == b"END":
            yield from self._ended(index)
            if mark["next"]:  # a file without a last line end, and another put after it
                self._begin(index, mark["indent"])
        elif self.begun is not None and (mark["agent"] or self._after_agent(index)):
            self._agents.append(index)
        elif not mark["agent"]:
            if self.begun is not None:
                yield self.card(index, NOT_CLOSED)
            self._begin(index, mark["indent"])

    def _begin(self, index: int, indent: bytes) -> None:
        """Open a card."""
        self.begun, self._indent, self._agents, self._others = index, indent, [], []

    def _ended(self, index: int) -> Iterator[RawCard]:
        """Give the open card, unless it is a card within it that ends."""
        if self._agents:
            self._others.append((self._agents.pop(), index))
        elif self.begun is not None:
            yield self.card(index)

    def _after_agent(self, index: int) -> bool:
        """Say whether the line before asks for a card within the card."""
        before = next((line for line in reversed(self.lines[max(index - 3, 0) : index]) if line.strip()), b"")
        return bool(_AGENT.match(before.removeprefix(self._indent)))

    def card(self, end: int, problem: str | None = None) -> RawCard:
        """Give the open card as ending before the line ``end``."""
        begun = self.begun or 0
        self.begun = None
        raw = self.lines[begun : end if problem else end + 1]
        inside = [line.removeprefix(self._indent) for line in self.lines[begun + 1 : end]] if self._indent else self.lines[begun + 1 : end]
        others = [*self._others, *((at, end - 1) for at in self._agents[:1])]
        for first, last in others:
            inside[first - begun - 1 : last - begun] = [b""] * (last - first + 1)
        return RawCard(begun + 1, inside, b"\n".join(raw) + b"\n", problem)
