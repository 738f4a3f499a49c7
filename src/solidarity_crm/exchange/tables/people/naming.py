"""Who somebody is, from the cells of a row: name, organisation and role, tags."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import Role
from solidarity_crm.exchange.tables.headings.content import is_email
from solidarity_crm.text import fold, one_line

if TYPE_CHECKING:
    from solidarity_crm.exchange.tables.people.row import Row

# a title that says nothing of its bearer but sex or marriage is not kept
_PLAIN_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "mx", "herr", "frau", "monsieur", "madame", "m", "mme", "senor", "senora", "sr", "sra")
)
# groups that a program has of itself
_SYSTEM_GROUPS = frozenset(("mycontacts", "my contacts", "starred"))
_SEVERAL = re.compile(r" ::: |[;,\n|]")
_NESTED = re.compile(r'"[^"]*"(?:\s*,\s*"[^"]*")*\s*\Z')
_ONE_COMMA = 2  # parts of "Yusuf, Amina"


def name_of(row: Row) -> str:
    """Give the whole name: as the file has it, else put together from its parts, else empty when it has none."""
    given, family = row.first("given_name"), row.first("family_name")
    whole = row.first("name")
    if is_email(whole) and "email" in row:  # as Google writes who has no name
        whole = ""
    title = row.first("prefix")
    plain = fold(title) in _PLAIN_TITLES
    if whole and not ("," in whole and given and family):
        return whole.removeprefix(title).lstrip(". ") if plain else whole
    if not (given or family):
        return whole or _turned(row.first("sort_name"))
    parts = ("" if plain else title, given, row.first("middle_name"), family, row.first("suffix"))
    return " ".join(filter(None, parts))


def _turned(name: str) -> str:
    """Give a name that is written family name first."""
    parts = [part.strip() for part in name.split(",")]
    return f"{parts[1]} {parts[0]}" if len(parts) == _ONE_COMMA and all(parts) else name


def roles(row: Row) -> tuple[Role, ...]:
    """Give the organisations with the role at each; a role at none is kept."""
    if "organisation" not in row and "role" not in row:
        return ()
    titles = [(column, row.short(column, text)) for column, text in row.all("role")]
    found: dict[str, str | None] = {}
    organisations = row.all("organisation")
    for column, text in organisations:
        for organisation in filter(None, map(one_line, text.split(" ::: "))):
            # columns that stand alone belong together, one of each
            title = next(
                (title for each, title in titles if each.group == column.group),
                titles[0][1] if len(titles) == 1 and len(organisations) == 1 else None,
            )
            if organisation not in found and row.short(column, organisation):
                found[organisation] = title or None
    if not found:
        row.kept += [f"{column.heading or 'role'}: {title}" for column, title in titles if title]
    return tuple(Role(organisation, title) for organisation, title in found.items())


def tags(row: Row) -> tuple[str, ...]:
    """Give the tags, each once, without the groups that a program has of itself."""
    found: dict[str, str] = {}
    for column, text in row.all("tags"):
        for part in _tags(text):
            tag = row.short(column, part.strip().removeprefix("* ").strip(' "'))
            if tag and fold(tag) and fold(tag) not in _SYSTEM_GROUPS:
                found.setdefault(fold(tag), tag)
    return tuple(found.values())


def works_with(row: Row) -> tuple[str, ...]:
    """Give the communities that somebody works with, as written."""
    if "works_with" not in row:
        return ()
    found = [one_line(part) for _, text in row.all("works_with") for part in _SEVERAL.split(text)]
    return tuple(dict.fromkeys(filter(None, found)))


def _tags(text: str) -> list[str]:
    """Part a cell of tags; Mailchimp's is a line of CSV in itself (exchange.md E1)."""
    if '"' in text and _NESTED.match(text):
        return next(csv.reader((text.replace("\n", " "),), skipinitialspace=True), [])
    return _SEVERAL.split(text)
