"""A person's name in one line and in parts: each made from the other where a card has only one (exchange.md E3)."""

from __future__ import annotations

from solidarity_crm.rules.naming import TITLES


def parts(name: str) -> tuple[str | None, str | None]:
    """Give (given name, family name) as well as a name in one line tells; (None, None) when it does not.

    ``Siân O'Brien [she/her]`` is (``Siân``, ``O'Brien``), ``Ludwig van Beethoven`` (``Ludwig``, ``van Beethoven``).
    """
    if "@" in name:
        return None, None
    first, comma, after = name.partition(",")
    if comma and after.strip() and " " not in first.strip():
        return _spoken(after) or None, first.strip()
    words = _spoken(first).split()
    if len(words) <= 1:
        return (words[0] if words else None), None
    family = next((at for at, word in enumerate(words[1:], 1) if word.islower()), len(words) - 1)
    return " ".join(words[:family]), " ".join(words[family:])


def _spoken(name: str) -> str:
    """Give a name without titles and what stands in brackets at its end."""
    plain = name.partition("[")[0].partition("(")[0]
    words = plain.split()
    return " ".join(word for word in words if word.rstrip(".").casefold() not in TITLES) or plain.strip()


def joined(prefix: str | None, given: str | None, middle: str | None, family: str | None, suffix: str | None) -> str | None:
    """Give the parts of N as one line, in the order in which they are spoken."""
    return " ".join(part for part in (prefix, given, middle, family, suffix) if part) or None
