"""Trying templates out: what is wrong with one is found before somebody needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.errors import CannotRead, Unfilled
from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.exchange.outreach.templates import Form
from solidarity_crm.reports import letter_examples as examples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Problem(NamedTuple):
    """Something that is wrong with a template, and the line of its file; None where no line is to blame."""

    template: str
    file: str
    line: int | None
    problem: str

    @property
    def where(self) -> str:
        """The file and the line, as editors open them."""
        return f"{self.file}:{self.line}" if self.line else self.file


def problems(path: Path, kinds: Sequence[str]) -> list[Problem]:
    """List what is wrong with a template: that it cannot be read, asks for what there is not, or will not be filled in.

    It is filled in with invented values, for every kind of help and every kind of record that it may be about.
    """
    try:
        form = Form(template_files.read(path))
    except CannotRead as problem:
        return [Problem(path.stem, str(path), problem.line, problem.reason)]
    asked = {name: line for name, line in form.fields.items() if examples.unknown(name)}
    found: dict[tuple[int | None, str], None] = dict.fromkeys(
        (line, f"there is no field {name}; solidarity outreach fields lists all") for name, line in asked.items()
    )
    said = {(line, part) for name, line in asked.items() for part in (name, name.rpartition(".")[2])}
    for values in examples.variants(form.names, kinds):
        try:
            form.fill(values)
        except Unfilled as problem:
            if (problem.line, problem.field) not in said:
                found[problem.line, f"{problem.field} {problem.reason}"] = None
    return [Problem(path.stem, str(path), line, text) for line, text in sorted(found, key=lambda one: (one[0] or 0, one[1]))]
