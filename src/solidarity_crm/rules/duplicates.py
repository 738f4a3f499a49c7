"""Whether two records are of one person: what speaks for it, what against it, and how much.

A name alone is never enough, nor is an inbox that several people read. Two people may share an address or a phone, so
what is likely is shown, and only what is sure is joined without asking.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.naming import TITLES

if TYPE_CHECKING:
    from collections.abc import Callable, Container

LIKELY = 50  # from here on a pair is worth somebody's look
_IDENTIFIER, _EMAIL, _PHONE, _SAME_NAME, _NEAR_NAME, _ORGANISATION, _OTHER_NAME = 100, 60, 40, 40, 30, 20, -10
_NEAR, _NEAR_GIVEN = 0.88, 0.8
_TELLING = 2  # letters from which on a word of a name says more than an initial
# mailboxes that a role has and not a person (RFC 2142, and what charities and councils call theirs)
_ROLES = re.compile(
    r"(?:info|office|admin|administrator|hello|hi|contact|contactus|enquir(?:y|ies)|inquir(?:y|ies)|mail|post|team|reception|support|help"
    r"|helpdesk|advice|referrals?|bookings?|events?|volunteer(?:s|ing)?|fundraising|finance|accounts?|hr|jobs|recruitment|press|media|comms"
    r"|communications|marketing|news|newsletter|sales|service|services|secretary|chair|trustees|manager|director|ceo|webmaster|postmaster"
    r"|abuse|noreply|no-reply|donotreply)[-._]?\d*\Z"
)


class Person(NamedTuple):
    """What people are compared by; ``number`` is the contact's, 0 for somebody who is not stored.

    ``names`` are folded, the present one first and former ones after it; ``emails`` and ``phones`` are the keys by which
    two spellings are one; ``organisations`` are the numbers of those where they have or had a role.
    """

    number: int
    names: tuple[str, ...] = ()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()


class Likeness(NamedTuple):
    """How likely two records are one person's: a score of at most 100, its reasons, and whether an import may join them unasked."""

    score: int
    reasons: tuple[str, ...]
    sure: bool


def role_inbox(email: str) -> bool:
    """Say whether an address is a role's (``info@``) and not a person's."""
    return bool(_ROLES.match(email.partition("@")[0].casefold()))


def likeness(one: Person, other: Person, *, shared: Container[str], alike: Callable[[str, str], float]) -> Likeness:
    """Weigh whether two records are of one person.

    ``shared`` has the e-mail and phone keys that several people use; ``alike`` gives 0 to 1 for two folded names.
    """
    found: list[tuple[int, str]] = []
    numbers = sorted(one.identifiers & other.identifiers)
    if numbers:
        found.append((_IDENTIFIER, f"same {numbers[0][0]} record"))
    emails = one.emails & other.emails
    own = [email for email in emails if email not in shared and not role_inbox(email)]
    if own:
        found.append((_EMAIL, "same e-mail"))
    phones = [phone for phone in one.phones & other.phones if phone not in shared]
    if phones:
        found.append((_PHONE, "same phone"))
    name = _names(one, other, alike)
    if name is not None:
        found.append(name)
    if one.organisations & other.organisations:
        found.append((_ORGANISATION, "same organisation"))
    score = max(0, min(100, sum(points for points, _ in found)))
    # an inbox of several adds to a name, and is nothing without one
    if emails and not own and name is not None and name[0] > 0:
        found.append((_ORGANISATION, "same shared inbox"))
        score = min(100, score + _ORGANISATION)
    same_name = name is not None and name[0] == _SAME_NAME
    sure = bool(numbers) or (bool(own) and (name is None or name[0] >= 0)) or (bool(phones) and same_name)
    return Likeness(score, tuple(reason for _, reason in found if reason), sure)


def _names(one: Person, other: Person, alike: Callable[[str, str], float]) -> tuple[int, str] | None:
    """Weigh two people's names, the pair of them that is nearest; None when one has none."""
    judged = [_pair(first, second, alike) for first in one.names for second in other.names if first and second]
    return max(judged, key=lambda pair: pair[0], default=None)


def _pair(first: str, second: str, alike: Callable[[str, str], float]) -> tuple[int, str]:
    """Weigh two names; the order of their words does not matter, nor do titles."""
    left, right = _words(first), _words(second)
    if sorted(left) == sorted(right):
        return _SAME_NAME, "same name"
    fewer, more = sorted((left, right), key=len)
    begun = len(fewer) > 1 and fewer[-1] == more[-1] and more[0].startswith(fewer[0])
    if (len(fewer) > 1 and set(fewer) <= set(more)) or begun or alike(first, second) >= _NEAR:
        return _NEAR_NAME, "near name"
    # the given name decides: people who share an address often share the family's
    given = left[0], right[0]
    initial = min(map(len, given)) < _TELLING and given[0][:1] == given[1][:1]
    if len(fewer) == 1 and fewer[0] in more:
        return 0, ""
    if given[0] == given[1] or initial or alike(*given) >= _NEAR_GIVEN:
        return 0, ""
    return _OTHER_NAME, "but other names"


def _words(name: str) -> list[str]:
    """Give a folded name's words without titles, unless there is nothing else."""
    words = name.split()
    return [word for word in words if word not in TITLES] or words
