"""Our own sheet of contacts, as CSV or in a workbook: a row a person, which reads back as what was written.

A sheet made by hand may have any of the columns, in any order. A cell that will not do is left out of the entry, kept in
its note and told as a doubt; one that speaks of somebody's safety then counts as a yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from solidarity_crm.errors import BadValue
from solidarity_crm.exchange.address_book import FOR_OURSELVES, UNSAID, Entry
from solidarity_crm.exchange.folder import cell_parts
from solidarity_crm.exchange.folder.sheet_cells import DAY, NUMBER, UID, YES_NO, choice, several
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.exchange.tables import own_cells as cells_of
from solidarity_crm.rules.days import in_days, parse_every
from solidarity_crm.rules.help_kinds import CHANNELS
from solidarity_crm.rules.notices import BASES
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

V = TypeVar("V")
PRIVATE = ("do_not_contact_reason", "note", "former_names", *FOR_OURSELVES)
DAYS = ("obtained_on", "notice_given_on")
_WORDS, _CHANNELS = several(), several(CHANNELS)
_LISTED = ", "  # how the store joins channels


def _field(name: str) -> Callable[[Entry], str]:
    """Give the way to write a further field of the contact table."""
    return lambda entry: str(entry.fields.get(name) or "")


_COLUMNS: dict[str, Callable[[Entry], str]] = {
    "name": lambda entry: entry.name or "",
    "given_name": lambda entry: entry.given_name or "",
    "family_name": lambda entry: entry.family_name or "",
    "known_as": lambda entry: entry.known_as or "",
    "pronouns": lambda entry: entry.pronouns or "",
    "emails": lambda entry: cell_parts.write_points(entry.emails),
    "phones": lambda entry: cell_parts.write_points(entry.phones),
    "websites": lambda entry: cell_parts.write_points(entry.websites),
    "addresses": lambda entry: cell_parts.write_addresses(entry.addresses),
    "roles": lambda entry: cells_of.write_roles(entry.roles),
    "works_with": lambda entry: cells_of.join(entry.works_with),
    "tags": lambda entry: cells_of.join(entry.tags),
    "source": _field("source"),
    "obtained_on": _field("obtained_on"),
    "basis": _field("basis"),
    "notice_given_on": _field("notice_given_on"),
    "cadence": _field("cadence_days"),
    "do_not_contact": lambda entry: "no" if entry.do_not_contact is None else "yes",
    "do_not_contact_reason": lambda entry: "" if entry.do_not_contact == UNSAID else entry.do_not_contact or "",
    "channels": lambda entry: str(entry.fields.get("channels") or "").replace(_LISTED, "; "),
    "contact_hours": _field("contact_hours"),
    "no_voicemail": lambda entry: "yes" if entry.fields.get("no_voicemail") else "no",
    "words_to_avoid": _field("words_to_avoid"),
    "note": lambda entry: entry.note or "",
    "former_names": lambda entry: cells_of.join(entry.former_names),
    "identifiers": lambda entry: cell_parts.write_identifiers(entry.identifiers),
    "uid": lambda entry: entry.uid or "",
}
HEADINGS = tuple(_COLUMNS)


def headings(*, private: bool) -> tuple[str, ...]:
    """Give the columns of a file: all, or those without what was written for ourselves alone."""
    return HEADINGS if private else tuple(heading for heading in HEADINGS if heading not in PRIVATE)


def row(entry: Entry, wanted: tuple[str, ...] = HEADINGS) -> list[str]:
    """Give a person's cells, in the order of ``wanted``."""
    return [_COLUMNS[heading](entry) for heading in wanted]


def entry(line: int, cells: Mapping[str, str], file: str) -> Entry:
    """Read a row, its cells by their headings; a column that is not there counts as empty."""
    read = _Reading(line, cells, file)
    given, family = read.words("given_name"), read.words("family_name")
    found = Entry(
        line,
        name=read.words("name") or " ".join(filter(None, (given, family))) or None,
        given_name=given,
        family_name=family,
        known_as=read.words("known_as"),
        pronouns=read.words("pronouns"),
        emails=read.value("emails", cells_of.read_points, ()),
        phones=read.value("phones", cells_of.read_points, ()),
        websites=read.value("websites", cells_of.read_points, ()),
        addresses=read.value("addresses", cell_parts.addresses, ()),
        roles=read.value("roles", cells_of.read_roles, ()),
        tags=read.value("tags", _WORDS.read, ()),
        works_with=read.value("works_with", _WORDS.read, ()),
        uid=read.value("uid", UID.read, None),
        identifiers=read.value("identifiers", cell_parts.identifiers, ()),
        former_names=read.value("former_names", _WORDS.read, ()),
        do_not_contact=_opted_out(read),
        fields=_fields(read),
    )
    return found._replace(note=read.note(), doubts=tuple(read.doubts))


class _Reading:
    """A row being read: what of it will not do is told as a doubt, and kept as text."""

    def __init__(self, line: int, cells: Mapping[str, str], file: str) -> None:
        self._line, self._cells, self._file = line, cells, file
        self._kept: list[str] = []
        self.doubts: list[Problem] = []

    def text(self, heading: str) -> str:
        """Give a cell's text, made safe."""
        return safe(self._cells.get(heading) or "").strip()

    def words(self, heading: str) -> str | None:
        """Give a cell's text on one line, None if it is empty."""
        return one_line(self._cells.get(heading) or "") or None

    def value(self, heading: str, read: Callable[[str], V], otherwise: V, empty: V | None = None) -> V:
        """Give what a cell says; ``otherwise`` when it will not do."""
        text = self.text(heading)
        if not text:
            return otherwise if empty is None else empty
        try:
            return read(text)
        except ValueError as problem:
            self.keep(heading, str(problem))
            return otherwise

    def keep(self, heading: str, reason: str) -> None:
        """Keep a cell's text in the note, and say why."""
        self.doubts.append(Problem(self._file, self._line, heading, reason))
        self._kept.append(f"{heading}: {self.text(heading)}")

    def note(self) -> str | None:
        """Give the note, with what could not be kept elsewhere."""
        return "\n".join(filter(None, (self.text("note"), *self._kept))) or None


def _opted_out(read: _Reading) -> str | None:
    """Give why they are not to be contacted; None when they may be. A reason alone says so, unless ``no`` stands beside it."""
    reason = read.words("do_not_contact_reason")
    said = read.value("do_not_contact", YES_NO.read, otherwise=True, empty=bool(reason))
    if reason and not said:
        read.keep("do_not_contact_reason", "stands beside do_not_contact: no")
    return (reason or UNSAID) if said else None


def _fields(read: _Reading) -> dict[str, Any]:
    """Give the further fields of the contact table that the row fills."""
    channels = read.value("channels", _CHANNELS.read, ())
    found = {
        "source": read.words("source"),
        **{heading: read.value(heading, _day, None) for heading in DAYS},
        "basis": read.value("basis", choice(BASES).read, None),
        "cadence_days": read.value("cadence", _cadence, None),
        "channels": _LISTED.join(channels),
        "contact_hours": read.words("contact_hours"),
        "no_voicemail": read.value("no_voicemail", YES_NO.read, otherwise=True, empty=False),
        "words_to_avoid": read.words("words_to_avoid"),
    }
    return {name: value for name, value in found.items() if value}


def _day(text: str) -> str | None:
    """Read a day; give it as an ISO text."""
    return str(DAY.read(text).isoformat())


def _cadence(text: str) -> int | None:
    """Read how often to keep in touch, in days: ``42`` or ``6w``."""
    try:
        return int(NUMBER.read(text))
    except ValueError:
        pass
    try:
        return in_days(parse_every(text))
    except BadValue as problem:
        raise ValueError(problem.reason) from None
