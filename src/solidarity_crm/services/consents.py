"""Keeping what people say about being written to: nothing that was said is changed, the next word is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.models.consent import ConsentEvent
from solidarity_crm.models.contact import Contact
from solidarity_crm.queries.consents import consents_of, standings
from solidarity_crm.queries.reading import Store
from solidarity_crm.rules.consent import GIVEN, SOFT_OPT_IN, WITHDRAWN, refused
from solidarity_crm.rules.outreach import WITH_WAY_OUT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from solidarity_crm.queries.consents import Said
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.transaction import Tx


class Words(NamedTuple):
    """How something was said: the way, the words, what they were told first, and which channel it is for."""

    how: str | None = None
    words: str | None = None
    told: str | None = None
    channel: str = "email"


def give(tx: Tx, ref: Ref, purposes: Sequence[str], words: Words, *, on: date, until: date | None = None, soft: bool = False) -> None:
    """Keep that somebody consented to some purposes; ``soft`` that they were told how to opt out of marketing, and did not.

    Raises BadValue or NotFound.
    """
    for purpose in dict.fromkeys(purposes):
        _keep(tx, ref, SOFT_OPT_IN if soft else GIVEN, purpose, words, on=on, until=until)


def withdraw(tx: Tx, ref: Ref, purposes: Sequence[str], words: Words, *, on: date) -> list[str]:
    """Keep that somebody withdrew their consent to some purposes; to all that is not service when none is named.

    Gives those of which that is news: a withdrawal that stands is not kept twice, unless it was said in another way or before.
    Raises BadValue or NotFound.
    """
    said = consents_of(Store(tx.connection, tx.settings), ref.number)
    news = [purpose for purpose in dict.fromkeys(purposes or WITH_WAY_OUT) if not _stands(said, purpose, words, on)]
    for purpose in news:
        _keep(tx, ref, WITHDRAWN, purpose, words, on=on)
    return news


def merged(tx: Tx, keep: Ref, before: tuple[Sequence[Said], Sequence[Said]], *, today: date) -> None:
    """Keep to what either of two records that are one now had refused, by a withdrawal where a later yes would hide it.

    ``before`` is what each of the two said; both records' words stand at ``keep`` by now.
    """
    there = consents_of(Store(tx.connection, tx.settings), keep.number)
    for channel in dict.fromkeys(each.channel for each in there):
        one, other = (standings(said, today=today, channel=channel) for said in before)
        now = standings(there, today=today, channel=channel)
        for purpose in dict.fromkeys(refused(one, other)):
            if now[purpose].state != WITHDRAWN:
                words = Words("merger", "withdrawn in one of two records that were found to be one person's", None, channel)
                _keep(tx, keep, WITHDRAWN, purpose, words, on=max(today, now[purpose].on))


def _stands(said: Sequence[Said], purpose: str, words: Words, on: date) -> bool:
    """Say whether the last answer is this very withdrawal, or an earlier one of which nothing more is told now."""
    answers = [one for one in said if (one.purpose, one.channel) == (purpose, words.channel) and one.kind != SOFT_OPT_IN]
    if not answers or answers[-1].kind != WITHDRAWN:
        return False
    last = answers[-1]
    return last.on <= on and words.how in (None, last.how) and words.words in (None, last.words)


def _keep(tx: Tx, ref: Ref, kind: str, purpose: str, words: Words, *, on: date, until: date | None = None) -> None:
    """Add one word.

    Raises BadValue or NotFound.
    """
    tx.get(Contact, ref.number)
    fields = {"happened_on": on, "until": until, "how": words.how, "words": words.words, "told": words.told, "channel": words.channel}
    tx.add(ConsentEvent.checked(contact_id=ref.number, kind=kind, purpose=purpose, **fields))
