"""Lines of a file that are an organisation and nobody's: a company's card, a row with a company alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.problems import Problem
from solidarity_crm.models.communities import WorksWith
from solidarity_crm.models.contact import ContactPoint
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.services.contact_import.report import RowReport
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from solidarity_crm.exchange.address_book import Entry, PostalAddress
    from solidarity_crm.services.contact_import.cleaning import Cleaned
    from solidarity_crm.store.transaction import Tx


def store(tx: Tx, number: int, entry: Cleaned, *, new: bool, update: bool) -> RowReport:
    """Fill an organisation with what a line says of it; give what became of the line. Raises nothing: all was checked."""
    organisation = tx.get(Organisation, number)
    found = []
    for field, value in _fields(entry):
        there = getattr(organisation, field)
        if value and (not there or (update and field != "note")) and there != value:
            organisation.change(**{field: value})
            found.append(field)
        elif field == "note" and value and value not in (there or ""):
            organisation.change(note=f"{there}\n\n{value}")
            found.append(field)
    found += _points(tx, number, entry)
    there = set(_column(tx, "SELECT community FROM works_with WHERE organisation_id = ?", number))
    fresh = [community for community in entry.communities if community not in there]
    tx.add_all([WorksWith.checked(organisation_id=number, community=community) for community in fresh])
    found += ["community"] if fresh else []
    what = "new" if new else "updated" if found else "unchanged"
    reason = "" if new or not found else f"filled {', '.join(dict.fromkeys(found))}"
    return RowReport(entry.entry.line, what, f"O{number}", organisation.name, reason)


def as_person(entry: Entry) -> Entry:
    """Give an organisation's line so that it is cleaned as a person's is: its name is the one that it has, or its role's."""
    name = entry.name or next((role.organisation for role in entry.roles if one_line(role.organisation)), None)
    return entry._replace(name=name, given_name=None, family_name=None, known_as=None, pronouns=None, roles=())


def left_out(entry: Cleaned, file: str) -> Iterator[Problem]:
    """Say what a line has that an organisation does not."""
    for column, values in (("tags", entry.entry.tags), ("identifiers", entry.identifiers)):
        if values:
            yield Problem(file, entry.entry.line, column, "an organisation has none; left out")


def _fields(entry: Cleaned) -> Sequence[tuple[str, str | None]]:
    """Give an organisation's own fields, as far as they will do."""
    website = next((point.value for point in entry.points if point.system == "url"), None)
    address = "\n".join(_lines(entry.addresses)) or None
    return ("website", website), ("address", address), ("note", entry.fields["note"])


def _lines(addresses: Iterable[PostalAddress]) -> Iterator[str]:
    """Give the lines of the first address."""
    for address in list(addresses)[:1]:
        yield from filter(None, (address.street, address.locality, address.region, address.postal_code, address.country))


def _points(tx: Tx, number: int, entry: Cleaned) -> list[str]:
    """Add addresses and numbers that the organisation does not have."""
    there = set(_column(tx, "SELECT value_key FROM contact_point WHERE organisation_id = ?", number))
    fresh = [point for point in entry.points if point.system != "url" and point.key not in there]
    tx.add_all(
        [
            ContactPoint.checked(
                organisation_id=number,
                system=point.system,
                value=point.value,
                value_key=point.key,
                label=point.label,
                preferred=point.preferred and not there,
                position=len(there) + place,
            )
            for place, point in enumerate(fresh)
        ]
    )
    return [{"email": "e-mail"}.get(point.system, point.system) for point in fresh]


def _column(tx: Tx, question: str, number: int) -> list[str]:
    tx.session.flush()
    return [value for (value,) in tx.connection.execute(question, (number,))]
