"""The properties of one card: lines put together again, names, parameters and values told apart, values decoded."""

from __future__ import annotations

import binascii
import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.vcard.charsets import decoded
from solidarity_crm.exchange.vcard.values import from_carets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from solidarity_crm.exchange.vcard.cards import RawCard

MOST = 5000  # properties of one card; nobody has more
_NAME = re.compile(r"(?:([\w-]+)\.)?([A-Za-z][\w/-]*)\Z")
_HEAD = re.compile(r'(?:[^":]|"[^"]*+")*+(?=:)')
_PARAMETER = re.compile(r';((?:[^";]|"[^"]*+")*+)')
_VALUE = re.compile(r'("[^"]*+"|[^",]*+)(?:,|\Z)')
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]+={0,2}[ \t]*\Z")
_BASE64 = re.compile(rb"BASE64|ENCODING=B\b", re.IGNORECASE)
_QUOTED = re.compile(rb"QUOTED-PRINTABLE", re.IGNORECASE)
_HEAD_BYTES = 500  # within which a property says how it is encoded
_ENCODINGS = frozenset(("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"))
# what is not kept of anybody, and what says nothing of a person (design.md §3; RFC 6350, RFC 2426, RFC 6474, RFC 6715, RFC 9554)
LEFT_OUT = frozenset((
    "PHOTO", "SOUND", "LOGO", "KEY", "AGENT", "BDAY", "ANNIVERSARY", "DEATHDATE", "BIRTHPLACE", "DEATHPLACE", "GEO", "GENDER",
    "GRAMGENDER", "TZ", "LANG", "LANGUAGE", "MAILER", "CLASS", "REV", "SORT-STRING", "SOURCE", "NAME", "PROFILE", "RELATED",
    "MEMBER", "CALURI", "CALADRURI", "FBURL", "XML", "CLIENTPIDMAP", "EXPERTISE", "HOBBY", "INTEREST", "ORG-DIRECTORY",
    "CREATED", "CONTACT-URI", "JSPROP", "BEGIN", "END",
))  # fmt: skip


class Property(NamedTuple):
    """A property: ``group`` and ``name`` in capitals, parameters by their names in capitals, the value decoded but not unescaped."""

    line: int
    group: str
    name: str
    params: dict[str, list[str]]
    value: str

    def first(self, name: str) -> str:
        """Give a parameter's first value, empty if there is none."""
        return self.params.get(name, ("",))[0]

    @property
    def types(self) -> list[str]:
        """Give what TYPE says, in small letters; ``TYPE="cell,voice"`` is two."""
        return [word.strip().lower() for value in self.params.get("TYPE", ()) for word in value.split(",") if word.strip()]


def properties(card: RawCard, doubt: Callable[[int, str, str], None]) -> Iterator[Property]:
    """Give a card's properties but those that are never kept; ``doubt`` is told (line, property, reason) of what cannot be read."""
    unfolded = _unfolded(card.lines, card.line + 1)
    for line, content in islice(unfolded, MOST):
        if (found := _property(line, content, doubt)) is not None:
            yield found
    if more := next(unfolded, None):
        doubt(more[0], "", f"the card has more than {MOST} properties; the rest was left out")


def _unfolded(lines: list[bytes], first: int) -> Iterator[tuple[int, bytes]]:
    """Give each property's line as one, with the number of the physical line on which it begins.

    A blank or tab goes on with the line before. In QUOTED-PRINTABLE so does the line after one that ends in ``=``, and in base64
    of 2.1 any line of base64 (exchange.md A9).
    """
    parts: list[bytes] = []
    begun, soft, head = first, False, b""
    for number, line in enumerate(lines, first):
        if soft:
            parts.append(line)
        elif parts and line[:1] in {b" ", b"\t"}:
            parts.append(line[1:])
        elif parts and line and b":" not in line and _BASE64.search(head) and _BASE64_LINE.match(line):
            parts.append(line)
        else:
            if parts:
                yield begun, b"".join(parts)
            parts, begun = ([line], number) if line.strip() else ([], number)
            head = line[:_HEAD_BYTES].partition(b":")[0]
        soft = bool(parts) and parts[-1][-2:].rstrip()[-1:] == b"=" and _QUOTED.search(head) is not None
        if soft:
            parts[-1] = parts[-1].rstrip()[:-1]
    if parts:
        yield begun, b"".join(parts)


def _property(line: int, content: bytes, doubt: Callable[[int, str, str], None]) -> Property | None:
    """Read a line; None for what is never kept and for what is no property."""
    written = content.decode("latin-1")  # bytes as letters, until the charset is known
    head, colon, value = written.partition(":")
    if '"' in head and (quoted := _HEAD.match(written)):
        head, value = quoted[0], written[quoted.end() + 1 :]
    name = _NAME.match(head.partition(";")[0].strip()) if colon else None
    if name is None:
        doubt(line, "", "is no property: it has no name and colon")
        return None
    group, named = (name[1] or "").upper(), name[2].upper()
    if named in LEFT_OUT:
        return None
    params = _params(head) if ";" in head else {}
    return Property(line, group, named, params, _decoded(line, named, params, value, doubt))


def _params(head: str) -> dict[str, list[str]]:
    """Give the parameters of a property's head; in 2.1 values stand alone (``TEL;WORK;VOICE``)."""
    found: dict[str, list[str]] = {}
    written = _PARAMETER.findall(head) if '"' in head else head.split(";")[1:]
    for part in written:
        name, equals, value = part.partition("=")
        name = name.strip().upper()
        if not equals:
            name, value = ("ENCODING" if name in _ENCODINGS else "TYPE"), part.strip()
        if value:
            found.setdefault(name, []).extend(_param_values(value))
    return found


def _param_values(value: str) -> list[str]:
    """Give the values of a parameter, without quotes."""
    if not value.isascii():
        value = decoded(value.encode("latin-1"))[0]
    values = [found.strip() for found in _VALUE.findall(value)] if '"' in value else value.split(",")
    return [from_carets(found.strip().strip('"')) for found in values if found.strip()]


def _decoded(line: int, name: str, params: dict[str, list[str]], value: str, doubt: Callable[[int, str, str], None]) -> str:
    """Give a value's text."""
    encoding = params.get("ENCODING", [""])[0].upper()
    if value.isascii() and not encoding:
        return value
    content = value.encode("latin-1")
    if encoding == "QUOTED-PRINTABLE":
        content = binascii.a2b_qp(content)
    elif encoding in {"B", "BASE64"}:
        try:
            content = binascii.a2b_base64(content)
        except binascii.Error:
            doubt(line, name, "is not the base64 that it says it is")
            return ""
    text, problem = decoded(content, params.get("CHARSET", [None])[0])
    if problem:
        doubt(line, name, problem)
    return text
