"""How every message ends, whatever its template says: who signs it, who we are, and how to have no more of them.

The name of whoever writes must not be hidden, and an address be given at which to ask for no more (PECR regulation 23;
ICO, "Direct marketing using electronic mail").
"""

from __future__ import annotations

from typing import NamedTuple

WAY_OUT = 'If you would rather that we did not write again, just reply "please don\'t\nwrite" and we will stop.'


class Network(NamedTuple):
    """Who writes: the partnership's name, its postal and its e-mail address, and how its letters are signed."""

    name: str
    sign_off: str
    address: str = ""
    email: str = ""


def closed(body: str, network: Network) -> str:
    """Give a message's body with all that must be in it; what is there already, in lines of its own, is not said again."""
    who = _lines(network.name) + _lines(network.address) + _lines(network.email)
    signed = _lines(network.sign_off)
    there = _lines(body)
    block = [] if _has(there, who) else who
    if signed != _lines(network.name) and not _has(there, signed):
        block = [*signed, *block]
    parts = [body.rstrip("\n")]
    if block:
        parts.append("\n".join(block))
    if _flat(WAY_OUT) not in _flat(body):
        parts.append(WAY_OUT)
    return "\n\n".join(parts) + "\n"


def _lines(text: str) -> list[str]:
    """Give the lines of a text that say something, without the blanks around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _has(lines: list[str], wanted: list[str]) -> bool:
    """Say whether lines stand somewhere, one after the other."""
    return any(lines[place : place + len(wanted)] == wanted for place in range(len(lines) - len(wanted) + 1))


def _flat(text: str) -> str:
    """Give a text for comparing, however its lines are broken."""
    return " ".join(text.split())
