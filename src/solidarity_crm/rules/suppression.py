"""Who is not to be written to, kept so that nobody can read who it is: keyed hashes of addresses, domains and people.

An objection must be remembered after everything else about somebody is gone, and not more than that is kept for it (ICO,
"Respect people's preferences"; UK GDPR Article 17(3)). Only whoever brings an address can ask whether it is on the list.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

ADDRESS, DOMAIN, PERSON = KINDS = ("address", "domain", "person")
KEY_BYTES = 32


class Entry(NamedTuple):
    """One entry: what it is of, since when and why; the key and the hash by which it is recognised."""

    kind: str
    on: date
    why: str | None
    key: str
    digest: str
    number: int


class List(NamedTuple):
    """The whole list; ``found`` are its entries by key and hash, ``keys`` the keys that are in use."""

    found: dict[tuple[str, str], Entry]
    keys: tuple[str, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> List:
        """Make a list of its entries."""
        found = {(entry.key, entry.digest): entry for entry in entries}
        return cls(found, tuple(dict.fromkeys(key for key, _ in found)))

    @property
    def key(self) -> str:
        """The key for a new entry: the one that is in use, or a new one; a list from another store may bring a second."""
        return self.keys[0] if self.keys else secrets.token_hex(KEY_BYTES)

    def entry(self, kind: str, value: str) -> Entry | None:
        """Give the entry of an address, a domain or a person's uid, or None."""
        return next((entry for key in self.keys if (entry := self.found.get((key, digest(key, kind, value))))), None)

    def hits(self, *, to: str | None, addresses: Iterable[str], uids: Iterable[str]) -> Iterator[Entry]:
        """Give the entries that a person is on: by who they are, by any address of theirs, by the domain of the one written to."""
        if not self.found:
            return
        asked = [(PERSON, uid) for uid in uids] + [(ADDRESS, address) for address in addresses]
        asked += [(DOMAIN, domain) for domain in domains(to)] if to else []
        found = [entry for kind, value in asked if (entry := self.entry(kind, value))]
        seen: set[str] = set()
        for entry in found:
            if entry.kind not in seen:
                seen.add(entry.kind)
                yield entry


def digest(key: str, kind: str, value: str) -> str:
    """Give the hash by which an address, a domain or a person's uid is recognised."""
    return hmac.new(bytes.fromhex(key), f"{kind}:{normal(kind, value)}".encode(), "sha256").hexdigest()


def normal(kind: str, value: str) -> str:
    """Give what all spellings of an address or a domain have in common; what stands after a + reaches the same person."""
    plain = value.strip().casefold()
    if kind == ADDRESS:
        local, _, domain = plain.rpartition("@")
        return f"{local.partition('+')[0] or local}@{_plain(domain)}"
    return _plain(plain.removeprefix("@")) if kind == DOMAIN else plain


def domains(address: str) -> list[str]:
    """Give the domain of an address, and those that it is part of, without the last label alone."""
    labels = _plain(address.rpartition("@")[2].strip().casefold()).split(".")
    return [".".join(labels[place:]) for place in range(max(len(labels) - 1, 1))]


def _plain(domain: str) -> str:
    """Give a domain in ASCII where it can be written so (RFC 3490)."""
    bare = domain.rstrip(".")
    try:
        return bare.encode("idna").decode("ascii")
    except UnicodeError:
        return bare
