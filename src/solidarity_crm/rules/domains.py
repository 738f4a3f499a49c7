"""Whose a domain is: the part of an e-mail or web address that says of what organisation it is, unless everybody has one there."""

from __future__ import annotations

import re

_EVERYBODYS = frozenset(
    (
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk", "msn.com"),
        *("yahoo.com", "yahoo.co.uk", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me"),
        *("protonmail.com", "gmx.com", "gmx.co.uk", "mail.com", "zoho.com", "fastmail.com", "btinternet.com", "virginmedia.com"),
        *("sky.com", "talktalk.net", "ntlworld.com", "blueyonder.co.uk", "tiscali.co.uk"),
    )
)
_PATH = re.compile(r"[/?#]")
_PORT = re.compile(r":\d*\Z")


def domain(address: str) -> str | None:
    """Give the domain of an e-mail or web address, without www; None where it says nothing of an organisation."""
    plain = address.strip().casefold()
    _, found, rest = plain.partition("://")
    place = _PATH.split(rest if found else plain.rpartition("@")[2])[0]
    host = _PORT.sub("", place.rpartition("@")[2]).removeprefix("www.").rstrip(".")
    return host if "." in host and host not in _EVERYBODYS else None
