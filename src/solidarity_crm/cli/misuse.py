"""What is wrong with a command line, in the program's words in place of Typer's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    import typer

# Typer has no fields for what these say
_NO_COMMAND = re.compile(r"No such command '(.*?)'\.(?: Did you mean .*)?\Z", re.DOTALL)
_TOO_MANY = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)\Z", re.DOTALL)
_NO_VALUE = re.compile(r"Option '(.*)' requires an argument\Z")
_NO_NUMBER = re.compile(r"(.*) is not (?:a valid int\w*(?: range)?|in the range .*)\Z", re.DOTALL)


def within(error: typer.TyperException, ctx: Any) -> typer.TyperException:
    """Note in which command it happened; what is wrong with an option's shape is raised without."""
    error.ctx = getattr(error, "ctx", None) or ctx  # type: ignore[attr-defined] # of most kinds, see misused
    return error


def said(error: typer.TyperException) -> str:
    """Say what is wrong with a command line in one sentence."""
    text = error.format_message().rstrip(".")
    message = str(getattr(error, "message", text))
    if found := _NO_COMMAND.match(message):
        return _unknown(found[1], getattr(error, "ctx", None))
    if found := _TOO_MANY.match(message):
        return f"too many words: {found[1]}; what has several words goes in quotes"
    if found := _NO_VALUE.match(message.rstrip(".")):
        return f"{found[1]} needs something after it"
    if type(error).__name__ == "NoSuchOption":
        return f"no option {getattr(error, 'option_name', '')!r}" + _nearest(getattr(error, "possibilities", None) or ())
    if (found := _NO_NUMBER.match(message.rstrip("."))) and (param := getattr(error, "param", None)):
        return f"{_called(param)} {found[1]}: {_numbers(param.type)}"
    return text


def _unknown(name: str, ctx: Any) -> str:
    """Name a command that is not there, and those that look like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only when somebody mistyped

    near = get_close_matches(name, ctx.command.list_commands(ctx)) if ctx else []
    return f"no command {name!r}" + _nearest(near)


def _nearest(names: Sequence[str]) -> str:
    """Name what looks like what was typed, if anything does."""
    return f"; nearest: {', '.join(names)}" if names else ""


def _called(param: Any) -> str:
    """Give what help calls an option or an argument."""
    return str(param.opts[0] if param.opts[0].startswith("-") else param.metavar)


def _numbers(kind: Any) -> str:
    """Say which numbers will do."""
    least, most = getattr(kind, "min", None), getattr(kind, "max", None)
    if least is None:
        return "it must be a whole number"
    return f"it must be a whole number of at least {least}" if most is None else f"it must be a whole number from {least} to {most}"
