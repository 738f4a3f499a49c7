"""The box in which templates are filled in: what they may reach, and how much they may do.

Whoever wrote a template may not be whoever runs it, and Jinja's own sandbox has been left more than once, calls
methods and makes texts of any size (protection.md S6). So a template meets texts, numbers, lists and :class:`Fields`
here; it reaches into nothing but the last, by name; it calls nothing; loops and filters are metered. Which marks it may
use at all is decided where it is read, in :mod:`solidarity_crm.exchange.outreach.template_marks`.

The meter stands in for a process of its own with limits of time and memory: it stops at the same letter on every machine,
costs nothing, and there is such a thing on every system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from jinja2 import Undefined, pass_context, pass_environment
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from solidarity_crm.exchange.outreach.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

TESTS = ("defined", "undefined")
EACH = "each of"  # the filter through which every loop is led; no template can name it
WEIGHED = "weighed"  # and the one for whatever is compared; without its own name in FILTERS no template can name it either
_WORK_LIMIT = 10_000_000  # letters that may be read and made while one message is made
_ROUND_COST = 500  # letters that one round of a loop counts for, and each mark in it
_IN_LOOP = ("index", "index0", "first", "last", "length")


class Stop(Exception):
    """Why a message cannot be made: the field, what is the matter with it, and the line that asks for it once that is known."""

    def __init__(self, field: str, reason: str) -> None:
        """Keep both."""
        super().__init__(field, reason)
        self.field, self.reason = field, reason
        self.line: int | None = None


class Fields(dict[str, object]):
    """What a template may ask of something, by name."""

    def __init__(self, path: str, values: Mapping[str, object]) -> None:
        """Keep the values, each knowing the path by which it is asked for."""
        super().__init__({name: _prepared(f"{path}.{name}" if path else name, value) for name, value in values.items()})
        self.path = path


class Missing(Undefined):
    """What is not there: any use of it ends the filling in."""

    def _stop(self, *_: object) -> NoReturn:
        raise Stop(str(self._undefined_name or "a value"), self._undefined_hint or "is not something that a template can ask for")

    _fail_with_undefined_error = _stop
    __str__ = __iter__ = __len__ = __bool__ = __eq__ = __ne__ = __hash__ = _stop


class Empty(Undefined):
    """A field that has no value: it may be asked about (``{% if contact.role %}``) and not printed."""

    def _stop(self, *_: object) -> NoReturn:
        raise Stop(str(self._undefined_name), "is empty")

    _fail_with_undefined_error = _stop
    __str__ = _stop


class Box(ImmutableSandboxedEnvironment):
    """Jinja without globals, loaders and Python's attributes, and with a meter."""

    def __init__(self) -> None:
        """Begin with all that a message may cost."""
        super().__init__(undefined=Missing, finalize=_finished, trim_blocks=True, lstrip_blocks=True, cache_size=0, optimized=False)
        self.globals.clear()
        self.filters = {EACH: _each, WEIGHED: _weighed, **{name: _metered(function) for name, (function, _, _) in FILTERS.items()}}
        self.tests = {name: self.tests[name] for name in TESTS}
        self._left = _WORK_LIMIT
        self.markdown = False  # whether what is printed must be kept from being Markdown

    def refill(self) -> None:
        """Begin a new message."""
        self._left = _WORK_LIMIT

    def spend(self, amount: int) -> None:
        """Count work, and end the filling in when it is too much."""
        self._left -= amount
        if self._left < 0:
            raise Stop("the template", "repeats too much")

    def getattr(self, obj: object, attribute: str) -> object:
        """Give a field by its name, and nothing else of anything."""
        if isinstance(obj, Fields):
            return obj[attribute] if attribute in obj else Missing(name=f"{obj.path}.{attribute}")
        if isinstance(obj, LoopContext) and attribute in _IN_LOOP:
            return getattr(obj, attribute)
        if isinstance(obj, Undefined):
            str(obj)
        return Missing(name=attribute)

    def getitem(self, obj: object, argument: object) -> Missing:  # noqa: ARG002 - Jinja's own
        """Refuse: a field is asked for by its name."""
        return Missing(name=str(argument))

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # noqa: ARG002 - Jinja's own
        """Refuse: see :meth:`getattr`."""
        return False

    def is_safe_callable(self, obj: object) -> bool:  # noqa: ARG002 - Jinja's own
        """Refuse: nothing is called."""
        return False


def printable(value: object) -> str | int:
    """Let a text or a number be printed, and nothing else; an empty one ends the filling in."""
    if isinstance(value, Undefined):
        value = str(value)  # ends it but for what an "if" without "else" leaves, which is empty
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise Stop("something printed", "is a list or has parts: name the part")
    if isinstance(value, str) and not value.strip():
        raise Stop("something printed", "is empty")
    return value


@pass_environment
def _finished(box: Box, value: object) -> str | int:
    """Give what is printed as it stands in the message."""
    printed = printable(value)
    return escaped(printed.strip()) if box.markdown and isinstance(printed, str) else printed


def _prepared(path: str, value: object) -> object:
    """Give a value as templates meet it."""
    if isinstance(value, dict):
        return Fields(path, value)
    if isinstance(value, (list, tuple)):
        value = tuple(_prepared(path, item) for item in value)
    return Empty(name=path) if value is None or value in ("", ()) else value


def _metered(function: Callable[..., object]) -> Callable[..., object]:
    """Make a filter count what it reads; it is told of the message, so that Jinja cannot work it out when it compiles."""

    @pass_context
    def filter_(context: Context, value: object, *args: object) -> object:
        for item in (value, *args):
            _spend(context, _weight(item))
        if function is _join:
            _spend(context, _weight(args) * _weight(value))
        return function(value, *args)

    return filter_


def _spend(context: Context, amount: int) -> None:
    """Count work."""
    box = context.environment
    assert isinstance(box, Box)  # noqa: S101 - there is no other here
    box.spend(amount)


def _weight(value: object) -> int:
    """Give how many letters a value counts for."""
    return sum(map(_size, value)) if isinstance(value, (list, tuple)) else _size(value)


def _size(value: object) -> int:
    """Give how much a text or anything else counts for."""
    return len(value) + 1 if isinstance(value, str) else 1


@pass_context
def _each(context: Context, value: object, within: int) -> tuple[object, ...]:
    """Give the items that a loop goes through, each on the meter with the marks ``within`` the loop."""
    items = _listed(value)
    _spend(context, len(items) * within * _ROUND_COST)
    return items


@pass_context
def _weighed(context: Context, value: object) -> object:
    """Give what is compared, on the meter; lists of lists could make a comparison without end."""
    for item in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(item, (list, tuple, dict)):
            raise Stop("the template", "compares what does not go together")
    _spend(context, _weight(value))
    return value


def _listed(value: object) -> tuple[object, ...]:
    """Give a list's items."""
    if isinstance(value, Undefined):
        return tuple(value)
    if not isinstance(value, (list, tuple)):
        raise Stop("what a loop goes through", "is not a list")
    return tuple(value)


def _join(value: object, between: object = "") -> str:
    """Give a list's items in one text; an empty list has none."""
    items = _listed(value)
    if isinstance(value, Undefined):
        str(value)
    return str(between).join(str(printable(item)) for item in items)


def _default(value: object, otherwise: object) -> object:
    """Give a value, or another where it is empty or not there."""
    return otherwise if isinstance(value, Undefined) else value


def _nth(items: Callable[[Iterable[Any]], Iterator[Any]]) -> Callable[[object], object]:
    """Make a filter that gives the first item in an order."""
    return lambda value: next(items(_listed(value)), Empty(name="the item of a list"))


def _text(change: Callable[[str], str]) -> Callable[[object], str]:
    """Make a filter of a change to a text."""
    return lambda value: change(str(printable(value)))


# what a filter does, and how many values it takes in brackets: at least, at most
FILTERS: dict[str, tuple[Callable[..., object], int, int]] = {
    "capitalize": (_text(str.capitalize), 0, 0),
    "default": (_default, 1, 1),
    "first": (_nth(iter), 0, 0),
    "join": (_join, 0, 1),
    "last": (_nth(lambda items: reversed(tuple(items))), 0, 0),
    "length": (lambda value: len(_listed(value)), 0, 0),
    "lower": (_text(str.lower), 0, 0),
    "title": (_text(str.title), 0, 0),
    "trim": (_text(str.strip), 0, 0),
    "upper": (_text(str.upper), 0, 0),
}
