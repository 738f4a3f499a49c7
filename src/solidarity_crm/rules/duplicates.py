"""Whether two records are of one person: what speaks for it, what against it, and how much.

A name alone is never enough, nor is an inbox that several people read. Two people may share an address or a phone, so
what is likely is shown, and only what is sure is joined without asking.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.naming import TITLES
from solidarity_crm.text import fold, without_brackets

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Sequence

LIKELY = 50  # from here on a pair is worth somebody's look
MENTIONED = 30  # from here on it is worth a word to whoever adds the second: a namesake, a phone that two people have
_IDENTIFIER, _EMAIL, _PHONE, _ORGANISATION, _SHARED = 100, 60, 45, 20, 20
_SAME_NAME, _NEAR_NAME, _GIVEN_NAME, _OTHER_NAME = 40, 30, 5, -10
_Weighed = tuple[int, str]  # points, and what they are for
_NEAR = 0.8  # how alike two words of a name are that may be one, misspelt
# mailboxes that a role has and not a person (RFC 2142, and what charities and councils call theirs)
_ROLES = frozenset(
    {
        *("info", "office", "admin", "administrator", "hello", "hi", "contact", "contactus", "enquiry", "enquiries", "inquiry"),
        *("inquiries", "mail", "post", "team", "reception", "support", "help", "helpdesk", "advice", "referral", "referrals"),
        *("booking", "bookings", "event", "events", "volunteer", "volunteers", "volunteering", "fundraising", "finance", "account"),
        *("accounts", "hr", "jobs", "recruitment", "press", "media", "comms", "communications", "marketing", "news", "newsletter"),
        *("sales", "service", "services", "secretary", "chair", "trustees", "manager", "director", "ceo", "webmaster"),
        *("postmaster", "abuse", "noreply", "no-reply", "donotreply"),
    }
)


class Person(NamedTuple):
    """What people are compared by; ``number`` is the contact's, 0 for somebody who is not stored.

    ``names`` are as :func:`comparable` gives them, the present one first and former ones after it; ``emails`` and
    ``phones`` are the keys by which two spellings are one; ``organisations`` are the numbers of those where they have or
    had a role; ``identifiers`` are pairs of a system and what it calls them. Who is not ``named`` has no present name.
    """

    number: int
    names: tuple[str, ...] = ()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    organisations: frozenset[int] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    named: bool = True

    @property
    def called(self) -> tuple[str, ...]:
        """The present name, or nothing."""
        return self.names[:1] if self.named else ()


class Likeness(NamedTuple):
    """How likely two records are one person's: a score of at most 100, its reasons, and whether an import may join them unasked."""

    score: int
    reasons: tuple[str, ...]
    sure: bool


def comparable(name: str) -> str:
    """Give a name for comparing: folded, without what stands in brackets, unless there is nothing else."""
    return fold(without_brackets(name)) or fold(name)


def shared_with(reasons: tuple[str, ...]) -> str:
    """Say what speaks for two records being one person's: ``the same e-mail and a near name``."""
    told = [f"{'a' if reason.startswith('near') else 'the'} {reason}" for reason in reasons if not reason.startswith("but")]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def role_inbox(email: str) -> bool:
    """Say whether an address is a role's (``info@``) and not a person's."""
    return email.partition("@")[0].casefold().rstrip("0123456789").rstrip("-._") in _ROLES


@lru_cache(maxsize=65536)
def spoken(name: str) -> tuple[str, ...]:
    """Give a comparable name's words without titles, unless there is nothing else."""
    words = name.split()
    return tuple(word for word in words if word not in TITLES) or tuple(words)


def likeness(one: Person, other: Person, *, shared: Container[str], alike: Callable[[str, str], float]) -> Likeness:
    """Weigh whether two records are of one person.

    ``shared`` has the e-mail and phone keys that several people use; ``alike`` gives 0 to 1 for two folded words.
    """
    name = _names(one, other, alike)
    reasons, sure = _shared(one, other, name, shared)
    # colleagues share their office's phone
    if (name is None or name[0] >= 0) and not one.organisations.isdisjoint(other.organisations):
        reasons.append((_ORGANISATION, "same organisation"))
    if name and name[1]:
        reasons.append(name)
    score = sum([points for points, _ in reasons])
    return Likeness(max(0, min(100, score)), tuple([said for _, said in reasons]), sure)


def _shared(one: Person, other: Person, name: _Weighed | None, shared: Container[str]) -> tuple[list[_Weighed], bool]:
    """Weigh what two records have in common besides a name and an organisation; say also whether that makes it sure."""
    numbers, emails, phones = one.identifiers & other.identifiers, one.emails & other.emails, one.phones & other.phones
    if not (numbers or emails or phones):
        return [], False
    named = name is not None and name[0] >= _NEAR_NAME
    own_email = any(email not in shared and not role_inbox(email) for email in emails)
    own_phone = any(phone not in shared for phone in phones)
    found = [
        (_IDENTIFIER, f"same {min(numbers)[0]} record") if numbers else None,
        (_EMAIL, "same e-mail") if own_email else None,
        (_PHONE, "same phone") if own_phone else None,
        # what several share adds to a name, and is nothing without one
        (_SHARED, "same shared inbox") if emails and not own_email and named else None,
        (_SHARED, "same shared phone") if phones and not own_phone and named else None,
    ]
    sure = (
        bool(numbers)
        or (own_email and (name is None or name[0] >= _GIVEN_NAME))
        or (bool(emails or own_phone) and name is not None and name[0] == _SAME_NAME)
    )
    return [reason for reason in found if reason], sure


def _names(one: Person, other: Person, alike: Callable[[str, str], float]) -> _Weighed | None:
    """Weigh two people's names, the pair of them that is nearest; None when one has none."""
    judged = [_pair(first, second, alike) for first in one.names for second in other.names if first and second]
    return max(judged, default=None)


def _pair(first: str, second: str, alike: Callable[[str, str], float]) -> _Weighed:
    """Weigh two names; the order of their words does not matter, nor do titles."""
    fewer, more = spoken(first), spoken(second)
    if (len(fewer), fewer) > (len(more), more):
        fewer, more = more, fewer
    if fewer == more or (len(fewer) == len(more) and sorted(fewer) == sorted(more)):  # a name of one word is many people's
        return (_SAME_NAME if len(fewer) > 1 else _NEAR_NAME), "same name"
    if len(fewer) > 1 and (set(fewer) <= set(more) or _begun(fewer, more) or _misspelt(fewer, more, alike)):
        return _NEAR_NAME, "near name"
    # the given name decides: people who share an address often share the family's
    given = fewer[0], more[0]
    if given[0] == given[1]:
        return _GIVEN_NAME, "same given name"
    if (len(fewer) == 1 and fewer[0] in more) or _begins(*given) or alike(*given) >= _NEAR:
        return 0, ""
    return _OTHER_NAME, "but other names"


def _begun(fewer: tuple[str, ...], more: tuple[str, ...]) -> bool:
    """Say whether one is the other with a shortened given name: A Yusuf, Sam Adeyemi."""
    return fewer[-1] == more[-1] and len(fewer[-1]) > 1 and _begins(fewer[0], more[0])


def _misspelt(fewer: tuple[str, ...], more: tuple[str, ...], alike: Callable[[str, str], float]) -> bool:
    """Say whether each word of one is like one of the other, in their order or in the alphabet's."""
    if len(fewer) != len(more):
        return False
    return _word_by_word(fewer, more, alike) or _word_by_word(sorted(fewer), sorted(more), alike)


def _word_by_word(one: Sequence[str], other: Sequence[str], alike: Callable[[str, str], float]) -> bool:
    """Say whether each word of one is like the word of the other in its place."""
    for mine, theirs in zip(one, other, strict=True):  # noqa: SIM110 - all() takes twice as long, and this is asked very often
        if mine != theirs and alike(mine, theirs) < _NEAR:
            return False
    return True


def _begins(one: str, other: str) -> bool:
    """Say whether one word is the beginning of the other."""
    return one.startswith(other) or other.startswith(one)
