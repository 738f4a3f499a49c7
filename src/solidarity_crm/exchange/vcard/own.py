"""What vCard has no word for, as ``X-SOLIDARITY-*``: so that what we write comes back whole (exchange.md D2).

Other programs keep or pass over properties that they do not know; nobody's identity is among them, only what our contact table has.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.exchange.address_book import FOR_OURSELVES, FURTHER, UNSAID, Identifier, Role
from solidarity_crm.exchange.vcard.values import split, words, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solidarity_crm.exchange.address_book import Entry
    from solidarity_crm.exchange.vcard.properties import Property

OURS = "Solidarity CRM"  # what PRODID says of our own cards
PREFIX = "X-SOLIDARITY-"
UID, UNSPLIT, PRONOUNS, ROLE = f"{PREFIX}UID", f"{PREFIX}NAME-PARTS", f"{PREFIX}PRONOUNS", f"{PREFIX}ROLE"
OPT_OUT, WORKS_WITH = f"{PREFIX}DO-NOT-CONTACT", f"{PREFIX}WORKS-WITH"
FORMER, IDENTIFIER = f"{PREFIX}FORMER-NAME", f"{PREFIX}IDENTIFIER"
NO_PARTS = "none"  # the value of UNSPLIT: the record's name has no parts, those of N are a guess for other programs
_LONGEST_NUMBER = 6


def write(entry: Entry, version: str, *, private: bool) -> Iterator[tuple[str, str]]:
    """Give an entry's own properties as (name, value); what is for ourselves alone only if ``private``."""
    if entry.uid:
        yield UID, written(entry.uid)
    if entry.name and not entry.is_organisation and not (entry.given_name or entry.family_name):
        yield UNSPLIT, NO_PARTS
    if entry.pronouns and version != "4.0":  # which has a word for them (RFC 9554)
        yield PRONOUNS, written(entry.pronouns)
    yield from _roles(entry)
    yield from ((WORKS_WITH, written(community)) for community in entry.works_with)
    yield from _columns(entry, private=private)
    if entry.do_not_contact is not None:
        yield OPT_OUT, written(entry.do_not_contact if private and entry.do_not_contact else UNSAID)
    yield from ((IDENTIFIER, f"{written(each.system)};{written(each.value)}") for each in entry.identifiers)
    yield from ((FORMER, written(name)) for name in entry.former_names if private)


def _columns(entry: Entry, *, private: bool) -> Iterator[tuple[str, str]]:
    """Give the further columns of a contact that say something."""
    for field in FURTHER:
        value = entry.fields.get(field)
        if value not in {None, "", False} and (private or field not in FOR_OURSELVES):
            yield _property_of(field), "TRUE" if value is True else written(str(value))


def standard_role(entry: Entry) -> Role | None:
    """Give the role that ORG and TITLE speak of: the first that has not ended."""
    return next((role for role in entry.roles if role.until is None), None)


def _roles(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give the roles, unless ORG and TITLE say it all."""
    alone = entry.roles[0] if len(entry.roles) == 1 and not entry.is_organisation else None
    if alone and not alone.since and not alone.until:
        return
    for role in entry.roles:
        yield ROLE, ";".join(written(part or "") for part in role)


def _property_of(field: str) -> str:
    """Give the name of a field's property."""
    return PREFIX + field.upper().replace("_", "-")


def fields(found: Mapping[str, Sequence[Property]]) -> dict[str, Any]:
    """Give the further columns that a card has; what is not of their kind is left out."""
    values = {field: _field(field, found[name][0].value) for field in FURTHER if (name := _property_of(field)) in found}
    return {field: value for field, value in values.items() if value}


def _field(field: str, value: str) -> str | int | bool | None:
    """Give a column's value."""
    said = words(value)
    if field == "no_voicemail":
        return said is not None and said.upper() == "TRUE"
    if field == "cadence_days":
        return int(said) if said and said.isdecimal() and len(said) <= _LONGEST_NUMBER else None
    return said


def roles(found: Mapping[str, Sequence[Property]]) -> list[Role]:
    """Give the roles with their dates."""
    parts = [[words(part) for part in [*split(each.value), "", "", ""]][:4] for each in found.get(ROLE, ())]
    return [Role(organisation, title, since, until) for organisation, title, since, until in parts if organisation]


def identifiers(found: Mapping[str, Sequence[Property]]) -> list[Identifier]:
    """Give what other programs call the person."""
    parts = [[words(part) for part in [*split(each.value), ""]][:2] for each in found.get(IDENTIFIER, ())]
    return [Identifier(system, value) for system, value in parts if system and value]


def several(found: Mapping[str, Sequence[Property]], name: str) -> tuple[str, ...]:
    """Give the values of a property that may come several times."""
    return tuple(value for each in found.get(name, ()) if (value := words(each.value)))


def opt_out(found: Mapping[str, Sequence[Property]]) -> str | None:
    """Give why somebody is not to be contacted; None when nothing says so."""
    return next((words(each.value) or UNSAID for each in found.get(OPT_OUT, ())), None)
