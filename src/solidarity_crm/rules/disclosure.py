"""Counts of people as they may be published: small ones hidden, others rounded, so that no count gives anybody away.

The method of NHS Digital for its hospital and sexual health statistics since 2018 (1 to 7 hidden, the rest to the nearest 5),
with totals made of what is shown, so that none lets a hidden count be worked out (protection.md §2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

BY = ORGANISATION, KIND, TOTAL = ("organisation", "kind", "total")  # ways of counting
HIDDEN = "*"
JOINED = " or "  # between categories that are counted together
MOST_HIDDEN = 7  # so many people and fewer are not shown
STEP = 5
_SHARE = 0.3  # of a table's counts that may be hidden before it says too little
INTERNAL = "INTERNAL – NOT FOR PUBLICATION"  # stands on top of what names people or counts them as they are
EXPLAINED = f"{HIDDEN} is {MOST_HIDDEN} people or fewer; other counts are to the nearest {STEP}, and totals are of what is shown."


class Published(NamedTuple):
    """A table of counts as it may be published: each as text, and the total of what is shown."""

    cells: dict[str, str]
    total: str

    @property
    def hidden(self) -> int:
        """How many counts are hidden."""
        return sum(cell == HIDDEN for cell in self.cells.values())

    @property
    def says_too_little(self) -> bool:
        """Whether so many are hidden that categories should be counted together."""
        return self.hidden > _SHARE * len(self.cells)


class Count(NamedTuple):
    """One count of a table: of what (an organisation's ``ref`` too), as it is ``shown``, and how many ``people`` they are."""

    category: str
    ref: str | None
    shown: str
    people: int

    @property
    def key(self) -> str:
        """What tells it from the others, and is the same in the next table."""
        return self.ref or self.category


class Last(NamedTuple):
    """When a category was last published, and how many people they were then."""

    on: date
    people: int


def shown(people: int, *, sensitive: bool = False) -> str:
    """Give a count of people as it may be published; in a ``sensitive`` breakdown even nobody says something of everybody."""
    if people <= MOST_HIDDEN:
        return HIDDEN if people or sensitive else "0"
    return str(STEP * ((people + STEP // 2) // STEP))


def published(counts: Mapping[str, int], *, sensitive: Iterable[str] = ()) -> Published:
    """Give counts by category as they may be published; ``sensitive`` are the categories of which a nought is hidden too."""
    hide = set(sensitive)
    cells = {name: shown(people, sensitive=name in hide) for name, people in counts.items()}
    known = [int(cell) for cell in cells.values() if cell != HIDDEN]
    return Published(cells, str(sum(known)) if known else HIDDEN)


def together(counts: Mapping[str, int], groups: Iterable[Sequence[str]]) -> dict[str, int]:
    """Give counts with some categories counted together, under their names: ``council or funder``."""
    found = dict(counts)
    for group in groups:
        inside = [name for name in dict.fromkeys(group) if name in found]
        if inside:
            found[JOINED.join(inside)] = sum(found.pop(name) for name in inside)
    return found


def proposal(counts: Mapping[str, int]) -> list[str]:
    """Give the categories that are best counted together: the smallest, until they are enough to be shown; none if all are too few."""
    small: list[str] = []
    for name, people in sorted(counts.items(), key=lambda pair: (pair[1], pair[0])):
        if people > MOST_HIDDEN and sum(counts[each] for each in small) > MOST_HIDDEN:
            break
        small.append(name)
    return small if len(small) > 1 and sum(counts[each] for each in small) > MOST_HIDDEN else []


def near(counts: Iterable[Count], last: Mapping[str, Last]) -> list[tuple[Count, date]]:
    """Give the counts that are so few people away from the ``last`` published ones that the two tables tell of those few.

    Whoever has both, and knows who came or went, can take one from the other (protection.md §2.7). Each comes with the day of
    the last one.
    """
    found = [(one, last[one.key]) for one in counts if one.key in last]
    return [(one, before.on) for one, before in found if 1 <= abs(one.people - before.people) <= MOST_HIDDEN]


def check(table: Published, what: str, hint: str) -> None:
    """Refuse a table that says too little; ``what`` is what is counted, ``hint`` how to count it more coarsely.

    Raises Refused.
    """
    if table.says_too_little:
        sentence = f"{table.hidden} of {len(table.cells)} counts of {what} would be hidden, being {MOST_HIDDEN} or fewer"
        raise Refused(sentence, hint)
