"""Roles at organisations: ORG with its TITLE or ROLE, in the same group or in the same order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import Role
from solidarity_crm.exchange.vcard.values import split, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solidarity_crm.exchange.vcard.properties import Property


def roles(found: Mapping[str, Sequence[Property]], keep: Callable[[Property, str], None]) -> list[Role]:
    """Give the roles that ORG, TITLE and ROLE speak of; ``keep`` is given the titles that belong to no organisation."""
    organisations = [(each.group, parts) for each in found.get("ORG", ()) if (parts := _units(each.value))]
    titles = [each for name in ("TITLE", "ROLE") for each in found.get(name, ()) if words(each.value)]
    if not organisations:
        for each in titles:
            keep(each, "a title without an organisation")
        return []
    owned: list[list[str]] = [[] for _ in organisations]
    groups = {group: at for at, (group, _) in reversed(list(enumerate(organisations))) if group}
    for name in ("TITLE", "ROLE"):
        for order, each in enumerate(each for each in titles if each.name == name):
            at = groups.get(each.group, min(order, len(organisations) - 1))
            if (title := words(each.value)) and title not in owned[at]:
                owned[at].append(title)
    return [Role(units[0], _title(owned[at], units[1:])) for at, (_, units) in enumerate(organisations)]


def _units(value: str) -> list[str]:
    """Give an organisation and its departments."""
    return [unit for part in split(value) if (unit := words(part))]


def _title(titles: list[str], departments: list[str]) -> str | None:
    """Give a role's title, with the department in brackets: ``Director (Marketing)``."""
    title, department = ", ".join(titles), ", ".join(departments)
    return (f"{title} ({department})" if title and department else title or department) or None


def held(recorded: list[Role], told: list[Role]) -> tuple[Role, ...]:
    """Give the roles of our own record, and what another program has since put into ORG and TITLE."""
    known = {(role.organisation, role.title) for role in recorded}
    return (*recorded, *(role for role in told if (role.organisation, role.title) not in known))
