"""The doors of the program: before a name leaves beside something revealing, it is asked about, left out, or neither leaves.

The rule is ``rules/revealing.py``; every command that hands something over asks it through here, and journals what left.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from solidarity_crm import services
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.errors import Refused
from solidarity_crm.queries.revealing import people_beside
from solidarity_crm.rules.revealing import Known
from solidarity_crm.text import some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from solidarity_crm.rules.revealing import Beside

T = TypeVar("T")

Redact = Annotated[
    bool, typer.Option("--redact", help="Leave out names that stand beside what is marked as revealing, or what they stand beside.")
]


def known() -> Known:
    """Give everybody who stands beside something revealing."""
    return Known(people_beside(current().store))


def discreet(
    values: Sequence[T], without: Callable[[T, Sequence[Beside]], T], everybody: Known, *, redact: bool, yes: bool
) -> tuple[Sequence[T], Sequence[Beside]]:
    """Give values as they may leave, and whom they name beside something revealing.

    What a value names so is agreed to, or ``without`` gives the value without it. Raises Declined, NeedsYes where nobody can
    be asked, or Refused when leaving out is not enough.
    """
    if redact:
        found = [(value, everybody.beside(value)) for value in values]
        values = [without(value, those) if those else value for value, those in found]
    return values, agreed(values, everybody, redact=redact, yes=yes)


def agreed(values: Iterable[object], everybody: Known, *, redact: bool, yes: bool) -> Sequence[Beside]:
    """Give whom values name beside something revealing, which is agreed to; with ``redact`` they were left out already.

    Raises as :func:`discreet` does.
    """
    named = [each for value in values for each in everybody.beside(value)]
    if redact and named:
        sentence = f"leaving out is not enough: it would still put {said(named)}"
        raise Refused(sentence, "--yes in place of --redact, if that may leave")
    settle(named, yes=yes)
    return named


def settle(found: Sequence[Beside], *, yes: bool) -> None:
    """Ask before names leave beside what is revealing.

    Raises Declined, or NeedsYes where nobody can be asked.
    """
    if found:
        confirm(f"this would put {said(found)}", "the same command with --redact, or with", yes=yes)


def said(found: Sequence[Beside]) -> str:
    """Say how many people stand beside what; by refs, since what is on a screen may be seen by others."""
    people, things = (list(dict.fromkeys(each)) for each in zip(*((one.ref, one.thing) for one in found), strict=True))
    return f"{_some(people, 'named person', 'named people')} beside {_some(things, 'revealing thing', 'revealing things')}"


@contextmanager
def handing_over(files: Mapping[Path, bytes], found: Sequence[Beside], *, command: str, form: str, force: bool) -> Iterator[None]:
    """Write files that put these people beside something revealing, and record it: both, or neither; nothing is recorded of nobody."""
    from solidarity_crm.store.files import placing  # noqa: PLC0415 - only where files are written

    with placing(files, force=force):
        record(found, command=command, recipient=f"a file: {', '.join(path.name for path in files)}", form=form)
        yield


def record(
    found: Sequence[Beside], *, command: str, recipient: str, form: str, people: Iterable[str] = (), details: Sequence[str] = ("name",)
) -> None:
    """Record in the journal that people's names leave beside something revealing, with these details of ``people``; or of nobody, nothing."""
    refs = with_refs(people, found)
    if refs:
        with change(command) as tx:
            given = [*details, *fields(found)]
            services.disclosing.record(tx, refs, recipient=recipient, form=form, fields=given, today=today())


def with_refs(people: Iterable[str], found: Sequence[Beside]) -> list[str]:
    """Give the refs of people who leave, and of whoever is named beside something revealing, each once."""
    return list(dict.fromkeys([*people, *(one.ref for one in found)]))


def fields(found: Sequence[Beside]) -> list[str]:
    """Give what the names give away, as details that leave."""
    return [f"revealing {field}" for field in dict.fromkeys(one.field for one in found)]


def _some(these: Sequence[str], one: str, many: str) -> str:
    """Give how many there are and the first few: ``1 named person (P1)``."""
    return f"{len(these)} {one if len(these) == 1 else many} ({some(these)})"
