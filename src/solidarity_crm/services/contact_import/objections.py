"""Who of an import is not to be written to: those on the list of the suppressed, and those of whom a file says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.exchange.address_book import UNSAID
from solidarity_crm.models.consent import ConsentEvent
from solidarity_crm.queries.reading import Store
from solidarity_crm.queries.suppressions import suppression_list
from solidarity_crm.rules.consent import WITHDRAWN
from solidarity_crm.rules.outreach import WITH_WAY_OUT
from solidarity_crm.services.merging import OWN_UID

if TYPE_CHECKING:
    from datetime import date

    from solidarity_crm.services.contact_import.cleaning import Cleaned
    from solidarity_crm.services.contact_import.contacts_there import There
    from solidarity_crm.store.transaction import Tx

_LISTED = "on the list of those not to be written to"


class Objections:
    """What an import must remember of people's objections; nothing here ever takes one away."""

    def __init__(self, tx: Tx, today: date) -> None:
        """Read the list."""
        self._tx, self._today = tx, today
        self._list = suppression_list(Store(tx.connection, tx.settings))
        self._withdrawn: list[dict[str, Any]] = []

    def heeded(self, entry: Cleaned) -> Cleaned:
        """Give an entry as it is to be taken in: whoever is on the list comes in as do not contact."""
        if entry.opted_out is not None or not self._list.found:
            return entry
        addresses = [point.value for point in entry.points if point.system == "email"]
        uids = [known.value for known in entry.identifiers if known.system == OWN_UID]
        uids += [entry.uid] if entry.uid else []
        reached: list[str | None] = [*addresses] or [None]
        hit = next((hit for to in reached for hit in self._list.hits(to=to, addresses=addresses, uids=uids)), None)
        return entry._replace(opted_out=f"{_LISTED} since {hit.on}") if hit else entry

    def keep(self, contact: There, entry: Cleaned, *, before: bool) -> None:
        """Keep the objection of somebody whom a file makes do not contact, as the withdrawal that it is; ``before``: they were so already."""
        if entry.opted_out is None or before or entry.opted_out.startswith(_LISTED):
            return
        words = None if entry.opted_out == UNSAID else entry.opted_out
        said = {"kind": WITHDRAWN, "happened_on": self._today, "how": "import", "words": words}
        self._withdrawn += [{"contact_id": contact.number, "purpose": purpose, **said} for purpose in WITH_WAY_OUT]

    def write(self) -> None:
        """Store what was kept."""
        self._tx.insert_values(ConsentEvent, [ConsentEvent.checked_values(**row) for row in self._withdrawn])
