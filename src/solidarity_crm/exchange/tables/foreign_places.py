"""Where somebody's details go in a sheet that has a column for each kind of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.rules.naming import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from solidarity_crm.exchange.address_book import Entry, Point, PostalAddress, Role

Cells = dict[str, str]
Slots = dict[str, tuple[str, ...]]
_BRACKETED_AT_END = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*\Z")  # pronouns, most often
_MOBILE = re.compile(r"\s*(?:\+44\s*(?:\(0\)\s*)?|0)7")
_KINDS = {
    "work": ("work", "business", "office"),
    "home": ("home", "private"),
    "mobile": ("mobile", "cell", "cell phone"),
    "fax": ("fax", "work fax", "home fax"),
    "pager": ("pager",),
}
KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels}


def kind_of(point: Point) -> str:
    """Give what sort of number or address a label says it is; a British mobile number without a label is one."""
    named = KIND_OF.get((point.label or "").casefold())
    return named or ("mobile" if not point.label and _MOBILE.match(point.value) else "other")


def first_and_last(entry: Entry) -> tuple[str, str]:
    """Give the two names that most programs keep; without any known, the last word of the name is the family's.

    A title before it and what stands in brackets after it are neither.
    """
    if entry.given_name or entry.family_name:
        return entry.given_name or "", entry.family_name or ""
    words = _BRACKETED_AT_END.sub("", entry.name or "").split() or (entry.name or "").split()
    while len(words) > 1 and words[0].rstrip(".").casefold() in TITLES:
        words.pop(0)
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (" ".join(words), "")


def present(entry: Entry) -> tuple[Role | None, int]:
    """Give the role that somebody has now, and how many more they have."""
    roles = [role for role in entry.roles if not role.until]
    return (roles[0] if roles else None), max(len(roles) - 1, 0)


def placed(points: Iterable[Point], slots: Slots) -> tuple[Cells, int]:
    """Put numbers into the columns of their kind, then into those for any; say how many found none free."""
    cells: Cells = {}
    left_out = 0
    for point in points:
        columns = (*slots.get(kind_of(point), ()), *slots["any"])
        free = next((column for column in columns if column not in cells), None)
        if free is None:
            left_out += 1
        else:
            cells[free] = point.value
    return cells, left_out


def placed_addresses(
    addresses: Iterable[PostalAddress], write: Callable[[str, PostalAddress], Cells], kinds: Mapping[str, str]
) -> tuple[Cells, int]:
    """Put postal addresses where their kind goes, or where there is room first; ``kinds`` gives the program's word for each."""
    cells: Cells = {}
    taken: list[str] = []
    left_out = 0
    for address in addresses:
        meant = kinds.get(KIND_OF.get((address.label or "").casefold(), ""))
        free = next((word for word in (meant, *kinds.values()) if word and word not in taken), None)
        if free is None:
            left_out += 1
        else:
            taken.append(free)
            cells |= write(free, address)
    return cells, left_out


def plain(points: Iterable[Point]) -> list[Point]:
    """Give addresses without their labels, for columns that have none; the preferred one stays first."""
    return sorted((point._replace(label="other") for point in points), key=lambda point: not point.preferred)
