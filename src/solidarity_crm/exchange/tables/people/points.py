"""How somebody is reached, from the cells of a row: e-mail addresses, phones, web addresses and postal addresses (exchange.md E2.6, E2.7)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from solidarity_crm.exchange.address_book import Point, PostalAddress
from solidarity_crm.exchange.tables.headings.content import is_email, is_phone
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from solidarity_crm.exchange.tables.people.row import Row

_SEVERAL = re.compile(r" ::: |[;,\n|]")
_SEVERAL_PHONES = re.compile(r" ::: |[;,\n|]|(?<=\d) / (?=[+\d])")
_BRACKETED = re.compile(r"[^<>]*<([^<>\s]+@[^<>\s]+)>\s*\Z")
_WEB = re.compile(r"https?://[^\s<>\"]+\Z|(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#:][^\s<>\"]*)?\Z", re.IGNORECASE)
_DOES_HARM = re.compile(r"\s*(?:javascript|data|vbscript|file)\s*:", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+\Z")
_NOTHING = frozenset(("-", "--", "n/a", "na", "none", "nil", "null", "unknown", "tbc", "?"))
_LABELS = {"business": "work", "arbeit": "work", "travail": "work", "cell": "mobile", "main": "work", "internet": ""}
_SYSTEM_LABEL = re.compile(r"_\$!<(.*)>!\$_\Z")  # as Apple writes its own
_LONGEST = 600  # characters of an address with a name before it
_PARTS = ("street", "locality", "region", "postal_code", "country")
_ADDRESS = frozenset((*_PARTS, "address"))


def emails(row: Row) -> tuple[Point, ...]:
    """Give the e-mail addresses; what has not their form is kept and doubted."""
    found: dict[str, Point] = {}
    for column, cell in row.all("email"):
        label, preferred = _label(row, "email_label", column.group, column.label)
        if is_email(cell):  # as nearly all are
            found.setdefault(cell.casefold(), _email(cell, label, preferred=preferred))
            continue
        for part in _parts(cell):
            address = _address(part)
            if is_email(address):
                found.setdefault(address.casefold(), _email(address, label, preferred=preferred))
            elif part.casefold() not in _NOTHING:
                row.keep(column, part, "is no e-mail address; kept in the note")
    return tuple(found.values())


def phones(row: Row) -> tuple[Point, ...]:
    """Give the phone numbers as they were typed; what cannot be one is kept and doubted."""
    found: dict[str, Point] = {}
    for column, cell in row.all("phone"):
        label, preferred = _label(row, "phone_label", column.group, column.label)
        if is_phone(cell) and "\n" not in cell:
            found.setdefault(cell.strip(), Point(one_line(cell), label, preferred))
            continue
        for part in _SEVERAL_PHONES.split(cell):
            number = part.strip()
            if number[:4].lower() == "tel:":
                number = number[4:].strip()
            if is_phone(number):
                found.setdefault(number, Point(one_line(number), label, preferred))
            elif number and number.casefold() not in _NOTHING:
                spoilt = _SCIENTIFIC.match(number)
                row.keep(column, number, "a spreadsheet has shortened the number" if spoilt else "is no phone number; kept in the note")
    return tuple(found.values())


def websites(row: Row) -> tuple[Point, ...]:
    """Give the web addresses; one that would run something is dropped, anything else that is none is kept and doubted."""
    found: dict[str, Point] = {}
    for column, cell in (*row.all("website"), *row.all("profile")):
        label, preferred = _label(row, "website_label", column.group, column.label)
        for part in re.split(r" ::: |\s+", cell):
            if _DOES_HARM.match(part) or _DOES_HARM.match(cell):
                row.doubt(column, "an address that runs something, left out")
                break
            if _WEB.match(part):
                found.setdefault(part, Point(part, label, preferred))
            elif part.casefold() not in _NOTHING and part not in ("http://", "https://"):
                row.keep(column, cell, "is no web address; kept in the note")
                break
    return tuple(found.values())


def addresses(row: Row) -> tuple[PostalAddress, ...]:
    """Give the postal addresses, a group of columns each; a whole address in one cell counts where its parts are empty."""
    if not row.has(_ADDRESS):
        return ()
    groups: dict[str, dict[str, list[str]]] = {}
    labels: dict[str, str] = {}
    for part in (*_PARTS, "address"):
        for column, cell in row.all(part):
            # columns without a group of their own are one address
            group = "address" if column.group.startswith("column ") else column.group
            groups.setdefault(group, {}).setdefault(part, []).append(cell)
            labels[group] = column.label
    return tuple(filter(None, (_postal(row, group, parts, labels[group]) for group, parts in groups.items())))


def _postal(row: Row, group: str, parts: dict[str, list[str]], label: str) -> PostalAddress | None:
    """Give one postal address."""
    label = _label(row, "address_label", group, label)[0] or ""
    line = {part: one_line(", ".join(parts[part])) for part in _PARTS[1:] if part in parts}
    street = "\n".join(parts.get("street", ()))
    whole = "\n".join(parts.get("address", ()))
    if whole and street and "\n" not in whole and street not in whole:  # its first line, and a second
        street = f"{whole}\n{street}"
    elif whole and not street:  # Mailchimp parts the lines of its one cell by two blanks
        lines = map(str.strip, re.split(r"\n| {2,}", whole))
        street = "\n".join(each for each in lines if each and each not in line.values())
    if not (street or line):
        return None
    return PostalAddress(
        street or None, line.get("locality"), line.get("region"), line.get("postal_code"), line.get("country"), label or None
    )


def _label(row: Row, field: str, group: str, label: str) -> tuple[str | None, bool]:
    """Give what an address is for, and whether it is the preferred one, which Google marks ``* Work``."""
    if field not in row:
        return label or None, False
    said = next((text for column, text in row.all(field) if column.group == group), label)
    preferred = said.startswith("*")
    plain = _SYSTEM_LABEL.sub(r"\1", said.lstrip("* ").strip())
    if plain.isascii():
        plain = plain.lower() if plain.istitle() else plain
    return _LABELS.get(plain, one_line(plain)[:60]) or None, preferred


def _email(address: str, label: str | None, *, preferred: bool) -> Point:
    """Give an e-mail address, the case of its domain alone made one (RFC 5321 §2.4)."""
    local, _, domain = address.rpartition("@")
    return Point(f"{local}@{domain.lower()}", label, preferred)


def _parts(cell: str) -> list[str]:
    """Part a cell that has several addresses; blanks part them when each word is one."""
    found = [part for part in map(str.strip, _SEVERAL.split(cell)) if part]
    words = cell.split()
    return words if len(words) > 1 and all(map(is_email, words)) else found


def _address(part: str) -> str:
    """Give an address without what stands around it: a name and brackets, or ``mailto:``."""
    if part[:7].lower() == "mailto:":
        part = part[7:].partition("?")[0]
    bracketed = _BRACKETED.match(part) if "<" in part and len(part) <= _LONGEST else None
    return bracketed[1] if bracketed else part
