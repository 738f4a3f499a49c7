"""An address book as any program writes it, before anything of it is stored: plain values, nothing checked but their form.

Readers (``tables``, ``vcard``) give a :class:`Book`; writers take :class:`Entry` too, so that what goes out can come back in.
Every text in an entry has passed ``text.safe`` or ``text.one_line``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.exchange.problems import Problem

UNSAID = "asked not to be contacted"  # the reason of somebody of whom no reason is kept
# further fields of the contact table that our own files carry and an import may set; those for nobody's eyes but ours
FURTHER = (
    "source",
    "obtained_on",
    "basis",
    "notice_given_on",
    "cadence_days",
    "channels",
    "contact_hours",
    "no_voicemail",
    "words_to_avoid",
)
FOR_OURSELVES = ("words_to_avoid",)


class Point(NamedTuple):
    """An e-mail address, a phone number or a web address, as written."""

    value: str
    label: str | None = None
    preferred: bool = False


class PostalAddress(NamedTuple):
    """Where letters go, in the parts of a vCard's ADR (RFC 6350 §6.3.1); post-office box and extension are in ``street``."""

    street: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: str | None = None
    label: str | None = None


class Role(NamedTuple):
    """A role at an organisation; the days are ISO texts, and only our own formats have them."""

    organisation: str
    title: str | None = None
    since: str | None = None
    until: str | None = None


class Identifier(NamedTuple):
    """What the program ``system`` (``linkedin``, ``vcard``, ``civicrm`` …) calls somebody."""

    system: str
    value: str


class Entry(NamedTuple):
    """One person, or an organisation without a person (``is_organisation``), as a file has them.

    ``line`` is the physical line on which it begins, from 1. ``uid`` is the record's own, when our own export wrote the
    file. ``do_not_contact`` is the reason, when the file says that they are not to be written to; :data:`UNSAID` when it
    gives none. ``fields`` are further columns of our contact table, by name, which only our own formats carry: days and
    moments as ISO texts, ``cadence_days`` a whole number, ``no_voicemail`` True; what is empty is left out. ``doubts`` are
    parts that were left out or kept as text in the note; ``raw`` is the row's cells or the card's text as it was, for the
    file of rejected rows.
    """

    line: int
    name: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    known_as: str | None = None
    pronouns: str | None = None
    emails: tuple[Point, ...] = ()
    phones: tuple[Point, ...] = ()
    websites: tuple[Point, ...] = ()
    addresses: tuple[PostalAddress, ...] = ()
    roles: tuple[Role, ...] = ()
    tags: tuple[str, ...] = ()
    works_with: tuple[str, ...] = ()
    note: str | None = None
    do_not_contact: str | None = None
    uid: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    former_names: tuple[str, ...] = ()
    is_organisation: bool = False
    fields: Mapping[str, Any] = {}
    doubts: tuple[Problem, ...] = ()
    raw: Sequence[str] | str = ()


class Rejected(NamedTuple):
    """A row or card that is no entry: its problems, and what it was."""

    line: int
    problems: tuple[Problem, ...]
    raw: Sequence[str] | str


class Book(NamedTuple):
    """What a file says: its entries in order, what was rejected, what was passed over and why, and what was decided.

    ``notes`` are said to the person (the layout recognised, each column's field, an encoding that was repaired).
    ``header`` is the row of headings, for the file of rejected rows; None for vCards.
    """

    file: str
    entries: Sequence[Entry]
    rejected: Sequence[Rejected] = ()
    skipped: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    header: Sequence[str] | None = None
