"""Lines no longer than a vCard's may be (RFC 6350 §3.2)."""

from __future__ import annotations

_LONGEST = 75  # octets, without the line end
_LEADING, _WITHIN = 0xC0, 0x80  # the bits that tell an octet within a character of UTF-8


def fold(line: str) -> bytes:
    """Give a line in UTF-8 with its end, broken where it is too long, never within a character."""
    content = line.encode("utf-8", "replace")
    if len(content) <= _LONGEST:
        return content + b"\r\n"
    parts, at, room = [], 0, _LONGEST
    while len(content) - at > room:
        end = at + room
        while content[end] & _LEADING == _WITHIN:
            end -= 1
        parts.append(content[at:end])
        at, room = end, _LONGEST - 1  # a blank begins the next
    return b"\r\n ".join([*parts, content[at:]]) + b"\r\n"
