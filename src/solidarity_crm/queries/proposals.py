"""Proposals as they are read, and what accepting one would make of it: who it may be, from where, what is offered."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.queries import lookup
from solidarity_crm.queries.likely import known_beside
from solidarity_crm.queries.reading import ALL, Named, rows, run
from solidarity_crm.rules.duplicates import Person, comparable
from solidarity_crm.rules.refs import Ref
from solidarity_crm.rules.sorting import Sorted, sort, words_for
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store
    from solidarity_crm.store.settings import Settings

_NAME_ALONE = 30  # a score that a name alone reaches: no reason to join two people, and one to look


class Proposal(NamedTuple):
    """A form reply that waits to be accepted or rejected, or was; the fields are :class:`solidarity_crm.models.proposal.Proposal`'s."""

    ref: str
    uid: str
    origin: str
    received_on: date
    reply_due: date
    name: str | None
    given_name: str | None
    family_name: str | None
    pronouns: str | None
    email: str | None
    phone: str | None
    organisation: str | None
    role: str | None
    choices: tuple[str, ...]
    words: str | None
    consent: str | None
    body: str | None
    status: str
    owner: str | None
    contact: Named | None
    ended_on: date | None
    created_at: datetime
    updated_at: datetime

    @property
    def who(self) -> str:
        """What to call whoever wrote; once that is emptied, where it came from."""
        return self.name or self.email or self.origin


class Likely(NamedTuple):
    """A contact who may be the person who wrote: ``score`` is at most 100, ``sure`` that nothing speaks against it."""

    ref: str
    name: str
    score: int
    sure: bool
    reasons: tuple[str, ...]
    do_not_contact: bool


class Wanted(NamedTuple):
    """Which proposals; None asks for any."""

    status: str | None = None
    owner: str | None = None


def proposals(store: Store, *, wanted: Wanted | None = None, number: int | None = None, limit: int = ALL) -> list[Proposal]:
    """List proposals: those that wait by when a reply is due, then the others."""
    filters: dict[str, Any] = (wanted or Wanted())._asdict()
    return rows(store, "proposals", Proposal, number=number, limit=limit, **filters)


def proposal(store: Store, number: int) -> Proposal | None:
    """Give one proposal, or None."""
    return next(iter(proposals(store, number=number)), None)


def sorted_reply(found: Proposal, settings: Settings) -> Sorted:
    """Sort what a reply offers into the workspace's kinds of help and communities, with the reasons."""
    own = settings.intake
    words = words_for(settings.help_kinds, settings.communities, kind_words=own.kinds, community_words=own.communities)
    return sort(found.choices, found.words, words)


def organisations_called(store: Store, name: str | None) -> list[Named]:
    """List the organisations that are or were called so, those that are first."""
    return [Named(f"O{number}", called) for number, called in run(store, "organisations_called", key=fold(name))] if name else []


def organisation_like(store: Store, name: str | None) -> Named | None:
    """Give the organisation whose name is nearest to one that none has, or None when no name is near."""
    near = lookup.nearest(store, name, "O") if name else []
    return Named(str(near[0]), lookup.name_of(store, near[0]) or "") if near else None


def likely(store: Store, found: Proposal) -> list[Likely]:
    """List the contacts who may be the person who wrote, the surest first, each with why."""
    person = as_person(store, found)
    near = known_beside(store.connection, person).like(person, least=_NAME_ALONE)
    marked = {number for (number,) in store.connection.execute("SELECT id FROM contact WHERE do_not_contact")} if near else set()
    return [
        Likely(f"P{one.number}", lookup.name_of(store, Ref("P", one.number)) or "", how.score, how.sure, how.reasons, one.number in marked)
        for one, how in near
    ]


def as_person(store: Store, found: Proposal) -> Person:
    """Give whoever wrote, by what people are recognised by."""
    names = dict.fromkeys(comparable(name) for name in (found.name,) if name)
    return Person(
        0,
        tuple(names),
        frozenset([found.email.casefold()] if found.email else ()),
        frozenset([_phone_key(found.phone)] if found.phone else ()),
        frozenset(int(called.ref[1:]) for called in organisations_called(store, found.organisation)),
    )


def _phone_key(phone: str) -> str:
    """Give the key by which two spellings of a number are one; see ``clean_phone``, which reading must not load."""
    import phonenumbers  # noqa: PLC0415 - 12 ms that few commands need

    try:
        return str(phonenumbers.format_number(phonenumbers.parse(phone, "GB"), phonenumbers.PhoneNumberFormat.E164))
    except phonenumbers.NumberParseException:
        return "".join(filter(str.isdecimal, phone))
