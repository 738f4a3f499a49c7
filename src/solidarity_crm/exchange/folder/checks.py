"""What must be so across the rows of a folder: refs there once and pointing at what is there, dates in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.refs import Ref, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from solidarity_crm.exchange.folder.columns import Column, Sheet
    from solidarity_crm.exchange.folder.form import Line, Reading
    from solidarity_crm.exchange.problems import Problem

_INTRODUCED = "introduced by "
_MADE = ("made", "met", "closed")
_THERE, _ONCE_THERE = ("ref", "refs"), ("past ref", "past refs")  # kinds of cells
Found = tuple[str, str]  # a column, and what is wrong with it


def numbered(reading: Reading, sheets: Sequence[Sheet]) -> dict[str, int]:
    """Give rows without a ref the numbers that follow the highest of their noun, of records that are gone too.

    Gives the highest number of each noun, by its letter.
    """
    highest = dict.fromkeys((sheet.letter for sheet in sheets if sheet.letter), 0)
    for _, column, ref in _mentions(reading, sheets):
        if column.cell.kind in _ONCE_THERE or column.heading == "ref":
            highest[ref.letter] = max(highest[ref.letter], ref.number)
    for sheet in sheets:
        for line in reading.lines[sheet.name] if sheet.letter else ():
            if "ref" not in line.values and line.whole:
                highest[sheet.letter] += 1
                line.values["ref"] = Ref(sheet.letter, highest[sheet.letter])
    return highest


def problems(reading: Reading, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Give everything in which the rows of a folder do not fit each other."""
    there = {line.values["ref"] for lines in reading.lines.values() for line in lines if "ref" in line.values}
    for line, column, ref in _mentions(reading, sheets):
        if column.cell.kind in _THERE and ref not in there:
            yield line.problem(column.heading, f"there is no {ref} in the folder")
    yield from _introducers(reading.lines["contacts"], there)
    yield from _mergers(reading.lines["mergers"], there)
    for sheet in sheets:
        lines = reading.lines[sheet.name]
        for heading in ("ref", "uid"):
            yield from _twice(lines, heading)
        for line in lines:
            yield from (line.problem(*found) for found in _SENSE.get(sheet.name, _nothing)(line.values) if line.whole)


def _mentions(reading: Reading, sheets: Sequence[Sheet]) -> Iterator[tuple[Line, Column, Ref]]:
    """Give every ref that a folder has, of its own records and of others, with where it stands."""
    for sheet in sheets:
        columns = [column for column in sheet.columns if column.cell.kind in (*_THERE, *_ONCE_THERE)]
        for line in reading.lines[sheet.name]:
            for column in columns:
                value = line.values.get(column.heading, ())
                for ref in [value] if isinstance(value, Ref) else value:
                    yield line, column, ref


def _twice(lines: Sequence[Line], heading: str) -> Iterator[Problem]:
    """Give the rows whose ref or uid an earlier one has."""
    seen: dict[Any, int] = {}
    for line in lines:
        value = line.values.get(heading)
        if value is not None and seen.setdefault(value, line.number) != line.number:
            yield line.problem(heading, f"{value} is line {seen[value]}'s already; leave it empty for a new record")


def _introducers(lines: Sequence[Line], there: set[Ref]) -> Iterator[Problem]:
    """Give the contacts that were introduced by somebody who is not there."""
    for line in lines:
        source = str(line.values.get("source", ""))
        who = parse(source.removeprefix(_INTRODUCED)) if source.startswith(_INTRODUCED) else None
        if who and who not in there:
            yield line.problem("source", f"there is no {who} in the folder")


def _mergers(lines: Sequence[Line], there: set[Ref]) -> Iterator[Problem]:
    """Give the mergers that lead nowhere: of a record that is still there, or into none that is or was merged on."""
    merged: dict[Ref, Line] = {}
    for line in lines:
        old, new = line.values.get("merged"), line.values.get("into")
        if old and new:
            if old in there:
                yield line.problem("merged", f"{old} is in the folder still")
            elif old in merged:
                yield line.problem("merged", f"{old} was merged in line {merged[old].number} already")
            elif old.letter != new.letter:
                yield line.problem("into", f"{new} is no {old.noun.word}, as {old} was")
            merged.setdefault(old, line)
    for old, line in merged.items():
        if (reached := _merged_on(old, merged)) not in there:
            yield line.problem("into", f"it leads to {reached}, which is not in the folder" if reached else f"it leads back to {old}")


def _merged_on(old: Ref, merged: dict[Ref, Line]) -> Ref | None:
    """Follow a record that was merged to the one that has it now; None when that goes round in a circle."""
    passed = {old}
    new: Ref = merged[old].values["into"]
    while new in merged and new not in passed:
        passed.add(new)
        new = merged[new].values["into"]
    return None if new in passed else new


def _nothing(_values: dict[str, Any]) -> Iterator[Found]:
    """Find nothing wrong."""
    return iter(())


def _affiliation(values: dict[str, Any]) -> Iterator[Found]:
    since, until = values.get("since"), values.get("until")
    if since and until and until < since:
        yield "until", f"{until} is before since, {since}"


def _organisation(values: dict[str, Any]) -> Iterator[Found]:
    since, until = values.get("member_since"), values.get("member_until")
    if until and (since is None or until < since):
        yield "member_until", f"{until} is before member_since, {since or 'which is empty'}"


def _offer(values: dict[str, Any]) -> Iterator[Found]:
    if not values.get("contact") and not values.get("organisation"):
        yield "contact", "an offer is somebody's: name a contact or an organisation"


def _introduction(values: dict[str, Any]) -> Iterator[Found]:
    if values.get("left") == values.get("right"):
        yield "right", "must be another person than left"
    if values.get("status") in _MADE:
        for side in ("left", "right"):
            if values.get(f"{side}_answer") != "yes":
                yield f"{side}_answer", f"must be yes before an introduction is {values['status']}"


def _meeting(values: dict[str, Any]) -> Iterator[Found]:
    starts, ends = values.get("starts"), values.get("ends")
    if starts and ends and ends < starts:
        yield "ends", f"{ends} is before starts, {starts}"


def _move(values: dict[str, Any]) -> Iterator[Found]:
    states = STATES[values["record"].letter] if values.get("record") else ()
    for heading in ("from_status", "to_status"):
        if states and values.get(heading) not in states:
            yield heading, f"{values.get(heading) or 'nothing'!r} is none of: {', '.join(states)}"


def _not_duplicate(values: dict[str, Any]) -> Iterator[Found]:
    contact, other = values.get("contact"), values.get("other")
    if contact and other and other <= contact:
        yield "other", f"must be a higher ref than contact, {contact}"


_SENSE: dict[str, Callable[[dict[str, Any]], Iterator[Found]]] = {
    "affiliations": _affiliation,
    "organisations": _organisation,
    "offers": _offer,
    "introductions": _introduction,
    "meetings": _meeting,
    "moves": _move,
    "not_duplicates": _not_duplicate,
}
