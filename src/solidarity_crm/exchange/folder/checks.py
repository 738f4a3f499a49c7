"""What must be so across the rows of a folder: refs there once and pointing at what is there, dates in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.refs import Ref, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from solidarity_crm.exchange.folder.form import Line, Reading
    from solidarity_crm.exchange.folder.sheets import Sheet
    from solidarity_crm.exchange.problems import Problem

_INTRODUCED = "introduced by "
_MADE = ("made", "met", "closed")
Found = tuple[str, str]  # a column, and what is wrong with it


def numbered(reading: Reading, sheets: Sequence[Sheet]) -> None:
    """Give rows without a ref the numbers that follow the highest of their file."""
    for sheet in sheets:
        if sheet.letter:
            lines = reading.lines[sheet.name]
            last = max((line.values["ref"].number for line in lines if "ref" in line.values), default=0)
            for line in lines:
                if "ref" not in line.values and line.whole:
                    last += 1
                    line.values["ref"] = Ref(sheet.letter, last)


def problems(reading: Reading, sheets: Sequence[Sheet]) -> Iterator[Problem]:
    """Give everything in which the rows of a folder do not fit each other."""
    there = {line.values["ref"] for lines in reading.lines.values() for line in lines if "ref" in line.values}
    for sheet in sheets:
        lines = reading.lines[sheet.name]
        for heading in ("ref", "uid"):
            yield from _twice(lines, heading)
        for line in lines:
            yield from _broken(line, sheet, there)
            yield from (line.problem(*found) for found in _SENSE.get(sheet.name, _nothing)(line.values) if line.whole)


def _twice(lines: Sequence[Line], heading: str) -> Iterator[Problem]:
    """Give the rows whose ref or uid an earlier one has."""
    seen: dict[Any, int] = {}
    for line in lines:
        value = line.values.get(heading)
        if value is not None and seen.setdefault(value, line.number) != line.number:
            yield line.problem(heading, f"{value} is line {seen[value]}'s already; leave it empty for a new record")


def _broken(line: Line, sheet: Sheet, there: set[Ref]) -> Iterator[Problem]:
    """Give a row's mentions of records that are not there."""
    for column in sheet.columns:
        value = line.values.get(column.heading)
        if column.cell.kind not in ("ref", "refs") or value is None:
            continue
        for ref in [value] if isinstance(value, Ref) else value:
            if ref not in there:
                yield line.problem(column.heading, f"there is no {ref} in the folder")
    source = str(line.values.get("source", "")) if sheet.name == "contacts" else ""
    who = parse(source.removeprefix(_INTRODUCED)) if source.startswith(_INTRODUCED) else None
    if who and who not in there:
        yield line.problem("source", f"there is no {who} in the folder")


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


_SENSE: dict[str, Callable[[dict[str, Any]], Iterator[Found]]] = {
    "affiliations": _affiliation,
    "organisations": _organisation,
    "offers": _offer,
    "introductions": _introduction,
    "meetings": _meeting,
    "moves": _move,
}
