"""Outreach templates, read and filled in.

Only the marks in ``_ALLOWED`` may be used: conditions, loops and fields, but no calls, sums, joining of texts, macros
or other files. What those that are left can reach is the business of :mod:`solidarity_crm.exchange.outreach.template_box`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError, meta, nodes
from jinja2.environment import Template as Compiled

from solidarity_crm.errors import CannotRead, Unfilled
from solidarity_crm.exchange.outreach.template_box import EACH, FILTERS, TESTS, Box, Fields, Stop
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solidarity_crm.exchange.outreach.template_files import Template

OUTPUT_LIMIT = 1_000_000
_ALLOWED = {"Template", "Output", "TemplateData", "Name", "Getattr", "Const", "List", "Tuple", "If", "CondExpr", "Compare", "Operand", "And", "Or", "Not", "For", "Assign", "Filter", "Test"}  # fmt: skip
_KNOWN_AS = {
    "Call": "(…)",
    "Concat": "~",
    "Getitem": "[…]",
    "FromImport": "from",
    "CallBlock": "call",
    "Scope": "autoescape",
    "FilterBlock": "filter",
    "AssignBlock": "set … endset",
}
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
        return message

    def _compiled(self, source: str, first_line: int) -> Compiled:
        """Read, check and compile a part of the template."""
        path, before = self.template.path, first_line - 1
        try:
            tree = self._box.parse(source)
            for node in _nodes(tree):
                problem = _problem(node)
                if problem:
                    raise CannotRead(path, f"line {_line(node) + before}: {problem}", _HINT)
                self._asked_about |= set(_asked_about(node))
                if isinstance(node, nodes.For):
                    node.iter = nodes.Filter(node.iter, EACH, [], [], None, None, lineno=node.lineno)
            self.names |= meta.find_undeclared_variables(tree)
            return Compiled.from_code(self._box, self._box.compile(tree), {})
        except TemplateSyntaxError as problem:
            raise CannotRead(path, f"line {problem.lineno + before}: {problem.message}", _HINT) from None
        except _TOO_MUCH:
            raise CannotRead(path, f"line {first_line}: its marks are nested too deeply, or too large", _HINT) from None


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


def _nodes(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Give a template's marks, each before those within it; no recursion, however deep they are."""
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.iter_child_nodes())
        yield node


def _line(node: nodes.Node) -> int:
    """Give the line that a mark is on; a few know it only by what is within them."""
    return next((part.lineno for part in _nodes(node) if part.lineno), 1)


def _problem(node: nodes.Node) -> str | None:
    """Say what is wrong with a mark of a template, if anything is."""
    kind = type(node).__name__
    if kind not in _ALLOWED or (isinstance(node, nodes.For) and node.recursive):
        known = getattr(node, "operator", None) or _KNOWN_AS.get(kind, kind.lower())
        return f"templates here cannot use {known!r}"
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"there is no test {node.name!r} here; there are: {', '.join(TESTS)}"
    if isinstance(node, nodes.Filter):
        _, least, most = FILTERS.get(node.name, (None, 0, -1))
        if node.dyn_args is not None or not least <= len(node.args) <= most:
            return f"there is no filter {node.name!r} of that form here; there are: {', '.join(FILTERS)}"
    return None


def _asked_about(node: nodes.Node) -> Iterator[str]:
    """Give the names that a mark asks about before they are used."""
    if isinstance(node, (nodes.If, nodes.CondExpr)):
        yield from _bare_names(node.test)
    elif isinstance(node, nodes.Filter) and node.name == "default":
        yield from _bare_names(node.node)


def _bare_names(node: nodes.Node | None) -> Iterator[str]:
    """Give the names in a condition that are asked about themselves, not for a field of theirs."""
    if isinstance(node, nodes.Name):
        yield node.name
    elif isinstance(node, (nodes.And, nodes.Or, nodes.Not, nodes.Test)):
        for part in node.iter_child_nodes():
            yield from _bare_names(part)
