"""Making one record of two: what would happen, and doing it; and remembering that two are not one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlmodel import select

from solidarity_crm.errors import NotFound, Refused
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.identity import FormerName, Identifier, Merger, NotDuplicate
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.queries.consents import consents_of
from solidarity_crm.queries.reading import Named, Store
from solidarity_crm.rules import merging
from solidarity_crm.rules.merging import Outcome, Pair
from solidarity_crm.rules.refs import BY_TABLE, Ref
from solidarity_crm.services import consents, references
from solidarity_crm.store import journal
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from solidarity_crm.queries.consents import Said
    from solidarity_crm.services.references import Step
    from solidarity_crm.store.sqlite import Connection
    from solidarity_crm.store.transaction import Tx

MODELS: dict[str, type[Contact | Organisation]] = {"contact": Contact, "organisation": Organisation}
OWN_UID = "vcard"  # the identifier's system by which our own exports call a contact: the UID of its card (RFC 6350 §6.7.6)

# rows that people know by another word than their table's
_CALLED = {
    "contact_point": "e-mail, phone or web address",
    "affiliation": "role",
    "works_with": "community",
    "participant": "part in a meeting or interaction",
    "introduction_side": "side of an introduction",
    "not_duplicate": "known not to be a duplicate",
    "consent_event": "word on consent",
}


class Moved(NamedTuple):
    """How many rows of a kind come to the record that stays, and how many of them are there already and become one."""

    what: str
    rows: int
    joined: int


class Plan(NamedTuple):
    """What merging two records would do: the fields in which they differ, and what moves."""

    keep: Named
    other: Named
    fields: tuple[Outcome, ...]
    moves: tuple[Moved, ...]


def plan(connection: Connection, keep: Ref, other: Ref, *, take: Mapping[str, str]) -> Plan:
    """Give what merging ``other`` into ``keep`` would do.

    Raises Refused, NotFound, UnknownChoice or Usage.
    """
    pair = _pair(connection, keep, other)
    fields = merging.merged(keep.noun.table, pair, take)
    moves = _counted(references.steps(connection, keep, other))
    return Plan(Named(str(keep), pair.keep["name"]), Named(str(other), pair.other["name"]), tuple(fields), moves)


def merge(tx: Tx, keep: Ref, other: Ref, *, take: Mapping[str, str], today: date) -> Ref:
    """Make one record of two: all that refers to ``other`` refers to ``keep``, and ``other`` is gone.

    Raises Refused, NotFound, BadValue, UnknownChoice or Usage.
    """
    pair = _pair(tx.connection, keep, other)
    fields = {outcome.field: outcome.becomes for outcome in merging.merged(keep.noun.table, pair, take)}
    said = _said(tx, keep, other)
    steps = references.steps(tx.connection, keep, other)
    for step in steps:
        stamp = {"updated_at": f"{tx.now:%Y-%m-%d %H:%M:%S.%f}"} if step.table in BY_TABLE else {}
        tx.put(step.table, step.row, step.after and {**step.after, **stamp})
    tx.put(other.noun.table, other.number, None)
    tx.get(MODELS[keep.noun.table], keep.number).change(**fields)
    _remember_names(tx, keep, pair, fields)
    if keep.letter == "P":
        consents.merged(tx, keep, said, today=today)
        tx.add(Identifier.checked(contact_id=keep.number, system=OWN_UID, value=pair.other["uid"]))
    tx.add(Merger.checked(old_ref=str(other), new_ref=str(keep), merged_on=today))
    moved = ", ".join(f"{count.what} ({count.rows})" for count in _counted(steps))
    tx.note = f"{other} merged into {keep}" + (f": {moved}" if moved else "")
    return keep


def not_duplicates(tx: Tx, one: Ref, other: Ref, *, today: date) -> None:
    """Remember that two contacts are two people; once is enough.

    Raises Refused for one and the same, or NotFound.
    """
    low, high = sorted((one.number, other.number))
    if low == high:
        sentence = f"{one} is one contact, so there is nothing to tell apart"
        raise Refused(sentence, "two refs, like P3 P9")
    for number in (low, high):
        tx.get(Contact, number)
    known = select(NotDuplicate).where(NotDuplicate.contact_id == low, NotDuplicate.other_id == high)
    if tx.session.exec(known).first() is None:
        tx.add(NotDuplicate.checked(contact_id=low, other_id=high, decided_on=today))


def _said(tx: Tx, keep: Ref, other: Ref) -> tuple[Sequence[Said], Sequence[Said]]:
    """Give what each of two contacts said about being written to; nothing for organisations."""
    store = Store(tx.connection, tx.settings)
    return (consents_of(store, keep.number), consents_of(store, other.number)) if keep.letter == "P" else ((), ())


def _pair(connection: Connection, keep: Ref, other: Ref) -> Pair:
    """Give two records that can be merged.

    Raises Refused for one and the same, or where an introduction stands between them; NotFound.
    """
    if keep == other:
        sentence = f"{keep} cannot be merged with itself"
        raise Refused(sentence, "solidarity contact duplicates" if keep.letter == "P" else "solidarity org list")
    images = [journal.image(connection, ref.noun.table, ref.number) for ref in (keep, other)]
    for ref, image in zip((keep, other), images, strict=True):
        if image is None:
            raise NotFound(ref.noun.word, str(ref))
    if keep.letter == "P":
        _check_introductions(connection, keep, other)
    return Pair(str(keep), str(other), images[0] or {}, images[1] or {})


def _check_introductions(connection: Connection, keep: Ref, other: Ref) -> None:
    """Refuse two of whom an introduction says that they are two people.

    Raises Refused.
    """
    two = {"keep": keep.number, "other": other.number}
    between = connection.execute(
        "SELECT a.introduction_id FROM introduction_side a JOIN introduction_side b ON b.introduction_id = a.introduction_id"
        " WHERE a.contact_id = :keep AND b.contact_id = :other",
        two,
    ).fetchone()
    if between:
        made = connection.execute(
            "SELECT min(entry_id) FROM journal_change WHERE table_name = 'introduction' AND row_id = ?", between
        ).fetchone()[0]
        sentence = f"I{between[0]} introduces {keep} and {other} to each other, so they are two people"
        undo = f", or solidarity undo {made} if I{between[0]} was a mistake" if made else ""
        raise Refused(sentence, f"solidarity contact duplicates --not-duplicates {keep} {other}{undo}")
    through = connection.execute(
        "SELECT i.id FROM introduction i JOIN introduction_side s ON s.introduction_id = i.id"
        " WHERE (i.introducer_id = :keep AND s.contact_id = :other) OR (i.introducer_id = :other AND s.contact_id = :keep)",
        two,
    ).fetchone()
    if through:
        sentence = f"in I{through[0]} one of {keep} and {other} introduces the other to somebody, so they are two people"
        raise Refused(sentence, f"solidarity intro edit I{through[0]} --via SOMEBODY, if that was a mistake")


def _remember_names(tx: Tx, keep: Ref, pair: Pair, fields: Mapping[str, Any]) -> None:
    """Keep the names that nobody shows any more as former ones, each once."""
    owner = {f"{keep.noun.table}_id": keep.number}
    (column,) = owner
    now = {**pair.keep, **fields}
    known = {_key(name) for name in _names(now)}
    known |= {_key(row.name) for row in tx.session.exec(select(FormerName).where(getattr(FormerName, column) == keep.number))}
    for name in (*_names(pair.other), *_names(pair.keep)):
        if _key(name) not in known:
            known.add(_key(name))
            tx.add(FormerName.checked(**owner, name=name))


def _names(image: Mapping[str, Any]) -> list[str]:
    """Give what a record is called: its name, the parts of that, what it goes by."""
    parts = " ".join(filter(None, (image.get("given_name"), image.get("family_name"))))
    return [name for name in (image["name"], parts, image.get("known_as")) if name]


def _key(name: str) -> str:
    """Give what two spellings of a name have in common; a name without letters is its own."""
    return fold(name) or name


def _counted(steps: Iterable[Step]) -> tuple[Moved, ...]:
    """Count rows by their kind, in words."""
    moved = [step for step in steps if not step.stayed]
    rows, joined = (Counter(step.table for step in found) for found in (moved, [step for step in moved if step.after is None]))
    return tuple(Moved(_called(table), count, joined[table]) for table, count in sorted(rows.items()))


def _called(table: str) -> str:
    """Give a table's rows as people call them."""
    return _CALLED.get(table) or (BY_TABLE[table].word if table in BY_TABLE else table.replace("_", " "))
