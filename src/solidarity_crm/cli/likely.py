"""A word to whoever is about to make a likely duplicate: a question in a terminal, a note elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.cli.context import current, upgraded
from solidarity_crm.errors import Declined
from solidarity_crm.output import note
from solidarity_crm.queries.likely import known_beside, people
from solidarity_crm.queries.lookup import label
from solidarity_crm.rules.duplicates import LIKELY, MENTIONED, shared_with
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from solidarity_crm.queries.likely import Found
    from solidarity_crm.rules.duplicates import Person

_SHOWN = 5


def beside(person: Person) -> list[str]:
    """Ask before somebody is added who is likely there already; give a line for each that was not asked about.

    Raises Declined.
    """
    upgraded()  # an older store has no former names to look at
    return _asked(known_beside(current().store.connection, person).like(person, least=MENTIONED), "Add anyway?")


def beside_changed(ref: Ref, person: Person) -> list[str]:
    """Ask before a contact becomes likely another; those whom it was like before are not named.

    ``person`` has what is new: empty fields are as they were. Raises Declined.
    """
    upgraded()
    connection = current().store.connection
    before = people(connection, first=ref.number, last=ref.number)[0]
    fresh = {field: value for field, value in person._asdict().items() if value and field != "number"}
    if "names" in fresh:
        fresh["names"] = (*person.names, *before.names[1:])
    after = before._replace(**fresh)
    there = {other.number for other, _ in known_beside(connection, before).like(before, least=MENTIONED)}
    found = known_beside(connection, after).like(after, least=MENTIONED)
    return _asked([pair for pair in found if pair[0].number not in there], "Change it anyway?")


def noted(lines: list[str], ref: Ref) -> None:
    """Say who may be the same person; two people may well share a name or info@charity."""
    for line in lines[:_SHOWN]:
        note(f"{line}; if it is the same person: solidarity contact merge {line.partition(' ')[0]} {ref}")
    if len(lines) > _SHOWN:
        note(f"and {len(lines) - _SHOWN} more: solidarity contact duplicates")


def _asked(found: list[Found], then: str) -> list[str]:
    """Ask about those who are likely the same, where somebody is there; give a line for each who was not asked about."""
    store = current().store
    lines = [
        (f"{label(store, Ref('P', other.number))} has {shared_with(how.reasons)}", how.sure or how.score >= LIKELY) for other, how in found
    ]
    likely = [line for line, sure in lines if sure]
    if not likely or not current().interactive:
        return [line for line, _ in lines]
    from solidarity_crm.cli.prompts import agree  # noqa: PLC0415 - only when somebody is asked

    if not agree("; ".join(likely[:_SHOWN]), then):
        raise Declined
    return [line for line, sure in lines if not sure]
