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
from solidarity_crm.exchange.outreach.template_files import CHECK
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

    from jinja2 import nodes

    from solidarity_crm.exchange.outreach.template_files import Template

OUTPUT_LIMIT = 1_000_000
_TOO_MUCH = (SyntaxError, RecursionError, MemoryError, ValueError, OverflowError)
_LEFT_OPEN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_GAP = re.compile(r"\n{3,}")
_HINT = f"correct it in a text editor; {CHECK} says what is wrong"


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
        self.fields: dict[str, int] = {}  # what it asks for, like contact.name, with the first line that does
        self._subject = self._compiled(template.subject, template.subject_line)
        self._box.markdown = bool(template.html)
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
            self._box.markdown = False
            subject = self._printed(self._subject, given, self.template.subject_line)
            self._box.markdown = bool(self.template.html)
            message = Message(one_line(subject), tidy(self._printed(self._body, given, self.template.first_line)))
            _check_filled(message)
        except Stop as stop:
            raise Unfilled(self.template.name, stop.field, stop.reason, line=stop.line) from None
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
            raise CannotRead(path, str(problem.message), _HINT, line=problem.lineno + before) from None
        except _TOO_MUCH:
            raise CannotRead(path, "its marks are nested too deeply, or too large", _HINT, line=first_line) from None

    def _check(self, tree: nodes.Template, before: int) -> None:
        """Look at each mark, and put on the meter what needs to be; ``before`` is how many lines stand above them.

        Raises CannotRead.
        """
        every = list(marks.each_of(tree))
        for name, line in marks.asked_for(every):
            self.fields.setdefault(name, line + before)
        for count, node in enumerate(every, start=1):
            problem = marks.problem_of(node)
            if count > marks.MARKS_LIMIT:
                problem = "it has too many marks; make two templates of it"
            if problem:
                raise CannotRead(self.template.path, problem, _HINT, line=marks.line_of(node) + before)
            self._asked_about |= set(marks.asked_about(node))
            marks.put_on_the_meter(node)

    def _printed(self, compiled: Compiled, values: Mapping[str, object], first_line: int) -> str:
        """Give what a part of the template prints, as long as it is not too much."""
        try:
            return "".join(_limited(compiled.generate(values)))
        except (Stop, TypeError, *_TOO_MUCH) as problem:
            stop = problem if isinstance(problem, Stop) else _stop_for(problem)
            stop.line = _line_of(problem.__traceback__, first_line)
            raise stop from None


def tidy(text: str) -> str:
    """Give a text made safe, without blanks at line ends or gaps of several lines, ending with one line end."""
    lines = "\n".join(line.rstrip() for line in safe(text).split("\n"))
    return _GAP.sub("\n\n", lines).strip("\n") + "\n"


def _limited(parts: Iterable[str]) -> Iterator[str]:
    """Give the parts of a message, as long as it is not too long."""
    length = 0
    for part in parts:
        length += len(part)
        if length > OUTPUT_LIMIT:
            raise Stop("the message", f"is longer than {OUTPUT_LIMIT:,} letters")
        yield part


def _stop_for(problem: BaseException) -> Stop:
    """Say what a mark did that Python refused."""
    return Stop("the template", "compares what does not go together" if isinstance(problem, TypeError) else "asks for too much")


def _line_of(at: TracebackType | None, first_line: int) -> int | None:
    """Give the file's line of the mark that ended the filling in; Jinja gives its template a frame of its own for that."""
    line = None
    while at:
        if "__jinja_exception__" in at.tb_frame.f_globals:
            line = at.tb_lineno + first_line - 1
        at = at.tb_next
    return line


def _check_filled(message: Message) -> None:
    """Stop a message that says nothing, or still has a mark in it that should have been filled in."""
    found = _LEFT_OPEN.search(f"{message.subject}\n{message.body}")
    if found:
        raise Stop("the message", f"still has {found[0]!r} in it")
    if not message.subject or not message.body.strip():
        raise Stop("the message", "says nothing")
