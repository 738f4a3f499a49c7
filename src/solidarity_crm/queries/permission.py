"""Whether contacts may be written to: what decides it, read once for all of them, and the rule's answer for each."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.queries.consents import consents, standings
from solidarity_crm.queries.reading import SEPARATOR, as_day, grouped, run
from solidarity_crm.queries.suppressions import suppression_list
from solidarity_crm.rules import notices, permission
from solidarity_crm.rules.naming import greeting
from solidarity_crm.rules.subscribers import subscriber

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solidarity_crm.queries.consents import Said
    from solidarity_crm.queries.reading import Store
    from solidarity_crm.rules.permission import Permission


_SAID = {"person": "they", "address": "their address", "domain": "their domain"}


class _Person(NamedTuple):
    """What is kept of a contact that decides it."""

    name: str
    known_as: str | None
    given_name: str | None
    do_not_contact: int
    channels: str | None
    basis: str | None
    source: str
    obtained_on: str
    notice_given_on: str | None
    hours: str | None
    words_to_avoid: str | None
    uids: tuple[str, ...]
    addresses: tuple[str, ...]

    @property
    def notice_due(self) -> date | None:
        """The day by which they are owed the privacy notice."""
        return notices.due(self.source, date.fromisoformat(self.obtained_on), as_day(self.notice_given_on))


class Permissions:
    """The answers for some contacts."""

    def __init__(self, store: Store, contacts: Iterable[int], *, today: date) -> None:
        """Read what decides it for contacts of these numbers."""
        numbers = list(contacts)
        listed = json.dumps(numbers)
        self._today, self._charity = today, store.settings.charity
        self._people = {number: _person(*values) for number, *values in run(store, "permission_facts", contacts=listed)}
        self._said = consents(store, numbers)
        self._list = suppression_list(store)
        self._corporate: dict[int, tuple[str, ...]] = grouped(run(store, "corporate_places", contacts=listed, today=today), str)

    def of(
        self, number: int, purpose: str, *, address: str | None = None, asked_too_much: str | None = None, anyway: bool = False
    ) -> Permission:
        """Say whether a contact may be written to for a purpose, at the address they prefer or at the one that is given."""
        person, said = self._people[number], self._said.get(number, ())
        to = address or next(iter(person.addresses), None)
        return permission.decide(
            permission.Case(
                purpose,
                addressed=to is not None,
                do_not_contact=bool(person.do_not_contact),
                suppressed=tuple(_SAID[hit.kind] for hit in self._list.hits(to=to, addresses=person.addresses, uids=person.uids)),
                channels=person.channels,
                basis=person.basis,
                source=person.source,
                consent=standings(said, today=self._today),
                subscriber=subscriber(to, self._corporate.get(number, ())),
                charity=self._charity,
                notice_due=person.notice_due,
                asked_too_much=asked_too_much,
                anyway=anyway,
                greet_as=greeting(person.name, known_as=person.known_as, given_name=person.given_name),
                hours=person.hours,
                words_to_avoid=person.words_to_avoid,
            )
        )

    def known(self, numbers: Iterable[int]) -> list[int]:
        """Give those of the numbers that are contacts."""
        return [number for number in numbers if number in self._people]

    def addresses(self, number: int) -> tuple[str, ...]:
        """Give a contact's e-mail addresses, the preferred one first."""
        return self._people[number].addresses

    def said(self, number: int) -> Sequence[Said]:
        """Give what a contact said about being written to."""
        return self._said.get(number, ())


def _person(*values: object) -> _Person:
    *plain, uids, addresses = values
    return _Person._make([*plain, *(tuple(str(several).split(SEPARATOR)) if several else () for several in (uids, addresses))])
