"""The marks of a template, ``{{ … }}`` and ``{% … %}``: which there may be, and what they ask for.

Conditions, loops and fields may be used; calls, sums, joining of texts, macros and other files may not. What is allowed
is led through the meter of :mod:`solidarity_crm.exchange.outreach.template_box`: a loop for each round and all that is in
it, a comparison for each letter that it may have to look at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import nodes

from solidarity_crm.exchange.outreach.template_box import EACH, FILTERS, TESTS, WEIGHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKS_LIMIT = 4_000  # in a subject or a body; the longest that comes with the program has some 150
_NUMBER_LIMIT = 10**9
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


def each_of(tree: nodes.Node) -> Iterator[nodes.Node]:
    """Give a template's marks in their order, each before those within it; no recursion, however deep they are."""
    waiting: list[nodes.Node] = [tree]
    while waiting:
        node = waiting.pop()
        waiting.extend(reversed(list(node.iter_child_nodes())))
        yield node


def line_of(node: nodes.Node) -> int:
    """Give the line that a mark is on; a few know it only by what is within them."""
    return next((part.lineno for part in each_of(node) if part.lineno), 1)


def problem_of(node: nodes.Node) -> str | None:
    """Say what is wrong with a mark of a template, if anything is."""
    kind = type(node).__name__
    if kind not in _ALLOWED or (isinstance(node, nodes.For) and node.recursive):
        known = getattr(node, "operator", None) or _KNOWN_AS.get(kind, kind.lower())
        return f"templates here cannot use {known!r}"
    if isinstance(node, nodes.Const):
        return _problem_of_value(node.value)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        return f"there is no test {node.name!r} here; there are: {', '.join(TESTS)}"
    if isinstance(node, nodes.Filter):
        _, least, most = FILTERS.get(node.name, (None, 0, -1))
        if node.dyn_args is not None or not least <= len(node.args) <= most:
            return f"there is no filter {node.name!r} of that form here; there are: {', '.join(FILTERS)}"
    return None


def _problem_of_value(value: object) -> str | None:
    """Say why a value that is written out cannot be used, if it cannot."""
    if isinstance(value, float):
        return "templates here cannot use numbers with a point"
    if isinstance(value, int) and value > _NUMBER_LIMIT:
        return f"a number in a template is at most {_NUMBER_LIMIT:,}"
    return None


def put_on_the_meter(node: nodes.Node) -> None:
    """Lead what a loop goes through, and what is compared, through the meter."""
    if isinstance(node, nodes.For):
        within = sum(1 for _ in each_of(node))
        node.iter = nodes.Filter(node.iter, EACH, [nodes.Const(within)], [], None, None, lineno=node.lineno)
    elif isinstance(node, nodes.Compare):
        compared: list[nodes.Compare | nodes.Operand] = [node, *node.ops]
        for part in compared:
            part.expr = nodes.Filter(part.expr, WEIGHED, [], [], None, None, lineno=line_of(part))


def asked_for(every: Sequence[nodes.Node]) -> Iterator[tuple[str, int]]:
    """Give what a template's marks ask for, like ``contact.name``, with the line; what it names itself is not among it."""
    own = {node.name for node in every if isinstance(node, nodes.Name) and node.ctx == "store"} | {"loop"}
    longer = {id(node.node) for node in every if isinstance(node, nodes.Getattr)}
    for node in every:
        path = _path(node) if id(node) not in longer else ""
        if path and path.partition(".")[0] not in own:
            yield path, node.lineno


def _path(node: nodes.Node) -> str:
    """Give the path that a mark asks for, or nothing when it is no path of names."""
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.append(node.attr)
        node = node.node
    return ".".join([node.name, *reversed(names)]) if isinstance(node, nodes.Name) else ""


def asked_about(node: nodes.Node) -> Iterator[str]:
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
