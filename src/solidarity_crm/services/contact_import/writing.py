"""Storing what an import found: new contacts, what was filled, and all that hangs on them, each table's rows at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.models.communities import WorksWith
from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint, PostalAddress, Tag
from solidarity_crm.models.identity import FormerName, Identifier
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from solidarity_crm.services.contact_import.contacts_there import There
    from solidarity_crm.services.contact_import.organisations import Organisations
    from solidarity_crm.store.transaction import Tx

Values = dict[str, Any]
_NOTHING: tuple[frozenset[Any], ...] = (frozenset(),) * 6


def write(tx: Tx, contacts: Sequence[There], numbers: dict[int, int]) -> None:
    """Store new contacts, changed ones, and what hangs on them; ``numbers`` are those that new organisations got."""
    tx.insert_values(Contact, [{**contact.fields, "id": contact.number} for contact in contacts if contact.before is None])
    changed = {contact.number: _changed(contact) for contact in contacts if contact.before}
    tx.update_values(Contact, {number: fields for number, fields in changed.items() if fields})
    # these two were cleaned as their models clean, and are half of all there is
    tx.insert_values(ContactPoint, [*_points(contacts)])
    tx.insert_values(Tag, [{"contact_id": n, "tag": word} for n, word in _fresh(contacts, 2)])
    for model, rows in (
        (PostalAddress, _addresses(contacts)),
        (Affiliation, _roles(contacts, numbers)),
        (WorksWith, ({"contact_id": n, "community": word} for n, word in _fresh(contacts, 3))),
        (Identifier, ({"contact_id": n, **known._asdict()} for n, known in _fresh(contacts, 4))),
        (FormerName, _former_names(contacts)),
    ):
        tx.insert_values(model, [model.checked_values(**row) for row in rows])
    tx.update_values(Affiliation, dict(_changed_roles(contacts)))


def changes(contact: There) -> bool:
    """Say whether anything of a stored contact is to be written."""
    fresh = any(next(_fresh([contact], place), None) for place in range(len(contact.lists)))
    return fresh or bool(_changed(contact)) or any(new_places([contact])) or any(_changed_roles([contact]))


def new_places(contacts: Iterable[There]) -> Iterator[int]:
    """Give the organisations of roles that are new."""
    return (role.organisation for contact in contacts for role, row in contact.roles.values() if row is None)


def write_organisations(tx: Tx, used: Iterable[int], organisations: Organisations) -> dict[int, int]:
    """Store the organisations that are new and used; give the numbers that they got, by those they had."""
    first = tx.next_number(Organisation)
    numbers = {new: first + place for place, new in enumerate(dict.fromkeys(number for number in used if number < 0))}
    names = ((organisations.name(new), number) for new, number in numbers.items())
    tx.insert_values(Organisation, [{**Organisation.checked_values(name=name), "id": number} for name, number in names])
    return numbers


def _changed(contact: There) -> Values:
    """Give the columns of a stored contact that changed."""
    before = contact.before.fields if contact.before else {}
    return {field: value for field, value in contact.fields.items() if value != before[field]}


def _fresh(contacts: Sequence[There], place: int) -> Iterator[tuple[int, Any]]:
    """Give what hangs on contacts and is not stored yet, of one of the lists of :class:`There`."""
    for contact in contacts:
        kept = contact.lists[place]
        before = contact.before.keys[place] if contact.before else _NOTHING[place]
        if len(kept) > len(before):
            yield from ((contact.number, value) for key, value in kept.items() if key not in before)


def _points(contacts: Sequence[There]) -> Iterator[Values]:
    """Give new addresses and numbers, each after those of its kind that are there."""
    for contact in contacts:
        before = contact.before.keys[0] if contact.before else _NOTHING[0]
        positions: dict[str, int] = {}
        for key, point in contact.points.items():
            position = positions[point.system] = positions.get(point.system, -1) + 1
            if key not in before:
                yield {
                    "contact_id": contact.number,
                    "organisation_id": None,
                    "system": point.system,
                    "value": point.value,
                    "value_key": point.key,
                    "label": point.label,
                    "preferred": point.preferred,
                    "position": position,
                }


def _addresses(contacts: Sequence[There]) -> Iterator[Values]:
    """Give new postal addresses."""
    places: dict[int, int] = {}
    for number, address in _fresh(contacts, 1):
        place = places[number] = places.get(number, -1) + 1
        yield {"contact_id": number, "position": place, **address._asdict()}


def _former_names(contacts: Sequence[There]) -> Iterator[Values]:
    """Give new former names; a name that somebody goes by again, since a later line said so, is none."""
    present = {contact.number: contact.fields["name_key"] for contact in contacts}
    for number, name in _fresh(contacts, 5):
        if fold(name) != present[number]:
            yield {"contact_id": number, "name": name}


def _roles(contacts: Sequence[There], numbers: dict[int, int]) -> Iterator[Values]:
    """Give new roles."""
    for contact in contacts:
        for role, row in contact.roles.values():
            if row is None:
                place = numbers.get(role.organisation, role.organisation)
                yield {"contact_id": contact.number, "organisation_id": place, "role": role.title, "since": role.since, "until": role.until}


def _changed_roles(contacts: Sequence[There]) -> Iterator[tuple[int, Values]]:
    """Give stored roles whose title or day changed."""
    for contact in contacts:
        for role, row in contact.roles.values():
            if row is not None and contact.before and role != contact.before.roles[row]:
                yield row, {"role": role.title, "since": role.since}
