"""What a phone number, an address or a web address is for: TYPE, PREF and Apple's X-ABLabel as our labels, and our labels as TYPE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.vcard.values import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.exchange.vcard.properties import Property

# our labels that TYPE has words for; foreign words in TYPE lost numbers elsewhere (exchange.md A9)
PHONES = {
    "work": ("WORK", "VOICE"),
    "home": ("HOME", "VOICE"),
    "mobile": ("CELL", "VOICE"),
    "work mobile": ("WORK", "CELL", "VOICE"),
    "home mobile": ("HOME", "CELL", "VOICE"),
    "fax": ("FAX",),
    "work fax": ("WORK", "FAX"),
    "home fax": ("HOME", "FAX"),
    "pager": ("PAGER",),
}
PLACES = {"work": ("WORK",), "home": ("HOME",)}
OWN_LABEL = "X-SOLIDARITY-LABEL"

_WORDS = {"work": "work", "business": "work", "home": "home", "cell": "mobile", "mobile": "mobile", "iphone": "mobile", "fax": "fax", "pager": "pager",
          "main": "main", "car": "car", "other": "other", "school": "school"}  # fmt: skip
_ORDER = ("work", "home", "school", "other", "main", "car", "mobile", "fax", "pager")
# what a number can do, or how mail is delivered: not what it is for
_ABILITIES = frozenset((
    "pref", "voice", "msg", "text", "video", "bbs", "modem", "isdn", "pcs", "textphone", "internet", "x400", "intl", "dom",
    "postal", "parcel", "uri", "ex", "smtp", "none", "x-mobile", "public",
))  # fmt: skip
_APPLE = re.compile(r"_\$!<(.*)>!\$_\Z")


def label(found: Property, apple: Mapping[str, str]) -> str | None:
    """Give what a property is for, as one safe line; ``apple`` has the labels of groups."""
    if own := clean(found.first(OWN_LABEL)):
        return own
    if named := apple.get(found.group):
        return named
    types = found.types
    known = {_WORDS[word] for word in types if word in _WORDS}
    if known:
        return " ".join(word for word in _ORDER if word in known)
    own_words = [word.removeprefix("x-") for word in types if word not in _ABILITIES]
    return clean(" ".join(own_words))


def apple_label(text: str) -> str:
    """Give a label as people read it: Apple writes its own as ``_$!<HomePage>!$_``."""
    built_in = _APPLE.match(text)
    return built_in[1].lower() if built_in else text.lstrip("@")


def rank(found: Property) -> int | None:
    """Give how much a value is preferred, 1 the most; None when nothing is said."""
    said = found.first("PREF")
    if said.isdecimal() and len(said) <= len("100"):
        return int(said)
    return 1 if "pref" in found.types else None


def preferred(ranks: Sequence[int | None]) -> list[bool]:
    """Say of each value whether it is the one to use first."""
    best = min((each for each in ranks if each is not None), default=None)
    return [each is not None and each == best for each in ranks]
