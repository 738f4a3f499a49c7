"""Where somebody is reached: e-mail addresses, phone numbers, web pages and postal addresses of a card."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from solidarity_crm.exchange.address_book import Point, PostalAddress
from solidarity_crm.exchange.vcard.labels import label, preferred, rank
from solidarity_crm.exchange.vcard.values import clean, clean_lines, split, unescape, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solidarity_crm.exchange.vcard.properties import Property

    Found = Mapping[str, Sequence[Property]]
    Doubt = Callable[[int, str, str], None]
    Reading = Callable[[Property, Doubt], str | None]

_PAGE = re.compile(r"https?://[^\s\"<>]+\Z|(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?:[/?#:]\S*)?\Z", re.IGNORECASE)
_HTTP = re.compile(r"https?:", re.IGNORECASE)
_ANGLES = re.compile(r"[^<>]*<([^<>\s]+)>\s*\Z")
_OTHER_URI = re.compile(r"(?!tel:)[a-z][a-z+]+:", re.IGNORECASE)
# where programs keep pages on social networks; what is no web page there is a name for a chat, which is not kept
_SOCIAL = ("SOCIALPROFILE", "X-SOCIALPROFILE", "IMPP", "X-LINKEDIN", "X-TWITTER", "X-FACEBOOK", "X-INSTAGRAM", "X-MASTODON",
           "X-EVOLUTION-BLOG-URL", "X-KADDRESSBOOK-BLOGFEED", "X-SOCIAL")  # fmt: skip
_ADR_PARTS = 7


def emails(found: Found, apple: Mapping[str, str], doubt: Doubt) -> tuple[Point, ...]:
    """Give the e-mail addresses, in order, each once."""
    return _points(found.get("EMAIL", ()), _email, apple, doubt)


def phones(found: Found, apple: Mapping[str, str], doubt: Doubt) -> tuple[Point, ...]:
    """Give the phone numbers."""
    return _points(found.get("TEL", ()), _phone, apple, doubt)


def websites(found: Found, apple: Mapping[str, str], doubt: Doubt) -> tuple[Point, ...]:
    """Give the web pages, those on social networks after the others."""
    social = [each for name in _SOCIAL for each in found.get(name, ()) if _HTTP.match(unescape(each.value))]
    return _points([*found.get("URL", ()), *social], _website, apple, doubt)


def _points(found: Sequence[Property], read: Reading, apple: Mapping[str, str], doubt: Doubt) -> tuple[Point, ...]:
    """Give values with their labels; the first of two that are the same stays."""
    first: dict[str, tuple[str, Property]] = {}
    for each in found:
        if value := read(each, doubt):
            first.setdefault(value.casefold(), (value, each))
    best = preferred([rank(each) for _, each in first.values()])
    return tuple(Point(value, label(each, apple), is_best) for (value, each), is_best in zip(first.values(), best, strict=True))


def _email(found: Property, doubt: Doubt) -> str | None:
    """Give an address; ``mailto:`` and a name before it are no part of it."""
    address = words(found.value)
    if address and "@" not in address and "ex" in found.types:
        doubt(found.line, found.name, "is an address within an Exchange server and was left out")
        return None
    if address and address[:7].lower() == "mailto:":
        address = unquote(address[7:].partition("?")[0]).strip()
    angles = _ANGLES.match(address) if address else None
    return angles[1] if angles else address


def _phone(found: Property, doubt: Doubt) -> str | None:
    """Give a number; a URI's is written with blanks, and its extension as people write it (RFC 3966)."""
    number = words(found.value)
    if not number or number[:4].lower() != "tel:":
        if number and _OTHER_URI.match(number):
            doubt(found.line, found.name, "is no phone number and was left out")
            return None
        return number
    number, *parameters = unquote(number[4:]).split(";")
    extension = next((each[4:] for each in parameters if each.lower().startswith("ext=")), "")
    if number.startswith("+"):
        number = number.replace("-", " ")
    return clean(f"{number} ext. {extension}" if extension else number)


def _website(found: Property, doubt: Doubt) -> str | None:
    """Give the address of a web page; nothing else is one that may be opened."""
    address = words(found.value)
    if address and not _PAGE.match(address):
        doubt(found.line, found.name, "is no web address and was left out")
        return None
    return address


def addresses(found: Found, apple: Mapping[str, str]) -> tuple[PostalAddress, ...]:
    """Give the postal addresses; where ADR has none, what LABEL says of one."""
    listed = [_address(each, apple) for each in found.get("ADR", ())]
    made = [each for each in listed if any(each[:5])]
    if not made:
        made = [
            PostalAddress(street, label=label(each, apple))
            for each in found.get("LABEL", ())
            if (street := clean_lines(unescape(each.value)))
        ]
    return tuple(dict.fromkeys(made))


def _address(found: Property, apple: Mapping[str, str]) -> PostalAddress:
    """Give an address of seven parts, the first three as lines of its street (RFC 6350 §6.3.1)."""
    parts = [unescape(part) for part in split(found.value)]
    if not any(part.strip() for part in parts) and (whole := clean_lines(unescape(found.first("LABEL")))):
        return PostalAddress(whole, label=label(found, apple))
    parts += [""] * (_ADR_PARTS - len(parts))
    street = clean_lines("\n".join(line for part in parts[:3] if (line := clean_lines(part))))
    locality, region, postal_code, country = (clean(part) for part in parts[3:_ADR_PARTS])
    return PostalAddress(street, locality, region, postal_code, country, label(found, apple))
