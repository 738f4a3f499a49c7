"""What speaks for two contacts knowing each other, how well, and how sure that is."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import Refused
from solidarity_crm.text import some

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRENGTHS = ("knows", "works with", "close")  # the weakest first
SUGGESTED, CONFIRMED, DROPPED = "suggested", "confirmed", "dropped"
STATES = (SUGGESTED, CONFIRMED, DROPPED)
CERTAINTY = (SUGGESTED, DROPPED, CONFIRMED)  # of two notes of one tie, the later in this row stands
# in a gathering or an organisation of more people than this, not knowing each other is likelier than knowing
MOST_TOGETHER = 30


class Reason(NamedTuple):
    """One thing that speaks for a tie; ``kind`` is ``tie`` for what was said, else from what it is derived.

    ``where`` names the organisation, meeting or introduction, ``ref`` is its ref, and ``last`` the last day they had it in common.
    """

    kind: str
    ref: str | None
    where: str | None
    last: date | None
    strength: str = "knows"
    state: str = SUGGESTED

    @property
    def said(self) -> str:
        """The reason in words."""
        return _SAID[self.kind].format(where=self.where or self.ref) if self.where or self.ref else _SAID_ALONE[self.kind]


class Weighed(NamedTuple):
    """What the reasons come to."""

    strength: str
    state: str
    last_together: date | None
    reasons: tuple[Reason, ...]


_SAID = {
    "tie": "noted: {where}",
    "organisation": "both at {where}",
    "meeting": "both at the meeting {where}",
    "introduction": "introduced to each other ({where})",
}
_SAID_ALONE = {"tie": "noted by us", "organisation": "same organisation", "meeting": "same meeting", "introduction": "introduced"}
# what each kind of reason says of how well two people know each other, when nobody has said it
DERIVED = {"organisation": "works with", "meeting": "knows", "introduction": "knows"}


def weighed(reasons: Iterable[Reason]) -> Weighed | None:
    """Give what reasons come to: what was said outweighs all else, then the strongest; None for no tie, or a dropped one.

    What somebody said of a tie is how strong it is, though its other reasons would make it stronger.
    """
    found = sorted(reasons, key=_order)
    said = next((reason for reason in found if reason.kind == "tie"), None)
    if not found or (said and said.state == DROPPED):
        return None
    strongest = said or found[0]
    days = [reason.last for reason in found if reason.last]
    return Weighed(strongest.strength, said.state if said else SUGGESTED, max(days, default=None), tuple(found))


def derived(kind: str, ref: str, where: str, last: date | None) -> Reason:
    """Give a reason that follows from what is on record."""
    return Reason(kind, ref, where, last, DERIVED[kind])


def pair(one: int, other: int) -> tuple[int, int]:
    """Give two contacts' numbers in the one order in which a tie keeps them.

    Raises Refused for one contact twice.
    """
    if one == other:
        sentence = f"a tie is between two people, and P{one} was named twice"
        raise Refused(sentence, "solidarity network add-tie LEFT RIGHT, with two people")
    return min(one, other), max(one, other)


def listed(reasons: Sequence[Reason], most: int = 3) -> str:
    """Give reasons in one line: the first few, and how many more there are."""
    return some([reason.said for reason in reasons], most, "; ")


def _order(reason: Reason) -> tuple[bool, int, int, str, str]:
    """Put what was said first, then the strongest, then the latest."""
    day = reason.last.toordinal() if reason.last else 0
    return reason.kind != "tie", -STRENGTHS.index(reason.strength), -day, reason.kind, reason.ref or ""
