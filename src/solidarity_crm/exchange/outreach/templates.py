"""Outreach templates, read and filled in.

Which marks may be used is decided in :mod:`solidarity_crm.exchange.outreach.template_marks`, and what those can reach
in :mod:`solidarity_crm.exchange.outreach.template_box`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError, meta
from jinja2.environment import Template as Compiled

from solidarity_crm.errors import CannotRead, Unfilled
from solidarity_crm.exchange.outreach import template_marks as marks
from solidarity_crm.exchange.outreach.template_box import Box, Fields, Stop
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import nodes

    from solidarity_crm.exchange.outreach.template_files import Template

OUTPUT_LIMIT = 1_000_000
_TOO_MUCH = (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError)
_LEFT_OPEN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_GAP = re.compile(r"\n{3,}")
_HINT = "correct it in a text editor; solidarity outreach templates lists all"


class Message(NamedTuple):
    """A template filled in."""

    subject: str
    body: str


class Form:
    """A template that was read and found in order, ready to be filled in many times."""

    def __init__(self, template: Template) -> None:
        """Compile a template.

        Raises CannotRead, which names the line.
        """
        self.template = template
        self.names: set[str] = set()
        self._asked_about: set[str] = set()
        self._box = Box()
        self._subject = self._compiled(template.subject, 1)
        self._body = self._compiled(template.body, template.first_line)

    @property
    def needs(self) -> set[str]:
        """The names that it uses without asking first whether they are there."""
        return self.names - self._asked_about

    def fill(self, values: Mapping[str, object]) -> Message:
        """Fill the template in; what it may name and was not given counts as empty.

        Raises Unfilled, which names the field.
        """
        given = Fields("", {**dict.fromkeys(self.names), **values})
        self._box.refill()
        try:
            message = Message(one_line(_printed(self._subject, given)), tidy(_printed(self._body, given)))
            _check_filled(message)
        except Stop as stop:
            raise Unfilled(self.template.name, stop.field, stop.reason) from None
        except TypeError:
            raise Unfilled(self.template.name, "the template", "compares what does not go together") from None
        except _TOO_MUCH:
            raise Unfilled(self.template.name, "the template", "asks for too much") from None
        return message

    def _compiled(self, source: str, first_line: int) -> Compiled:
        """Read, check and compile a part of the template."""
        path, before = self.template.path, first_line - 1
        try:
            tree = self._box.parse(source)
            self._check(tree, before)
            self.names |= meta.find_undeclared_variables(tree)
            return Compiled.from_code(self._box, self._box.compile(tree), {})
        except TemplateSyntaxError as problem:
            raise CannotRead(path, f"line {problem.lineno + before}: {problem.message}", _HINT) from None
        except _TOO_MUCH:
            raise CannotRead(path, f"line {first_line}: its marks are nested too deeply, or too large", _HINT) from None

    def _check(self, tree: nodes.Template, before: int) -> None:
        """Look at each mark, and put on the meter what needs to be; ``before`` is how many lines stand above them.

        Raises CannotRead.
        """
        for count, node in enumerate(list(marks.each_of(tree)), start=1):
            problem = marks.problem_of(node)
            if count > marks.MARKS_LIMIT:
                problem = "it has too many marks; make two templates of it"
            if problem:
                raise CannotRead(self.template.path, f"line {marks.line_of(node) + before}: {problem}", _HINT)
            self._asked_about |= set(marks.asked_about(node))
            marks.put_on_the_meter(node)


def tidy(text: str) -> str:
    """Give a text made safe, without blanks at line ends or gaps of several lines, ending with one line end."""
    lines = "\n".join(line.rstrip() for line in safe(text).split("\n"))
    return _GAP.sub("\n\n", lines).strip("\n") + "\n"


def _printed(compiled: Compiled, values: Mapping[str, object]) -> str:
    """Give what a part of a template prints, as long as it is not too much."""
    parts, length = [], 0
    for part in compiled.generate(values):
        length += len(part)
        if length > OUTPUT_LIMIT:
            raise Stop("the message", f"is longer than {OUTPUT_LIMIT:,} letters")
        parts.append(part)
    return "".join(parts)


def _check_filled(message: Message) -> None:
    """Stop a message that says nothing, or still has a mark in it that should have been filled in."""
    found = _LEFT_OPEN.search(f"{message.subject}\n{message.body}")
    if found:
        raise Stop("the message", f"still has {found[0]!r} in it")
    if not message.subject or not message.body.strip():
        raise Stop("the message", "says nothing")
