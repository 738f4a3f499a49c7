"""Questions to somebody at a terminal, on stderr; the only importer of questionary."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.output import create_output

from solidarity_crm.store.interrupts import first
from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_AS_BEFORE = b"\x1b[?2004l\x1b[?25h\x1b[0m\r\n"  # ends bracketed paste, shows the cursor, takes colours off (xterm, ECMA-48)


def text(question: str, choices: Sequence[str] = ()) -> str:
    """Ask for a text, completing from ``choices``.

    Raises KeyboardInterrupt when the person gives up.
    """
    shown = f"{one_line(question)}:"
    prompt = (
        questionary.autocomplete(shown, list(choices), ignore_case=True, match_middle=True, output=_stderr())
        if choices
        else questionary.text(shown, output=_stderr())
    )
    return str(_answer(prompt))


def choose(question: str, choices: Sequence[str]) -> str:
    """Let the person pick one of ``choices``.

    Raises KeyboardInterrupt when the person gives up.
    """
    return str(_answer(questionary.select(one_line(question), [one_line(choice) for choice in choices], output=_stderr())))


def tick(question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
    """Let the person tick any of ``choices``; those of ``ticked`` are, to begin with.

    Raises KeyboardInterrupt when the person gives up.
    """
    shown = [questionary.Choice(one_line(choice), value=choice, checked=choice in ticked) for choice in choices]
    return list(_answer(questionary.checkbox(one_line(question), shown, output=_stderr())))


def agree(question: str, then: str = "Go on?") -> bool:
    """Ask a question with yes or no for an answer; no unless said otherwise.

    Raises KeyboardInterrupt when the person gives up.
    """
    return bool(_answer(questionary.confirm(f"{one_line(question)}. {then}", default=False, output=_stderr())))


def secret(question: str) -> str:
    """Ask for a password, which is not shown.

    Raises KeyboardInterrupt when the person gives up.
    """
    return str(_answer(questionary.password(f"{one_line(question)}:", output=_stderr())))


def _answer(prompt: questionary.Question) -> Any:
    """Ask; also whoever ends the program meanwhile gets the terminal back as it was."""
    with first(_put_back(sys.stdin.fileno())):
        return prompt.unsafe_ask()


def _put_back(keyboard: int) -> Callable[[], None]:
    """Give what makes a terminal what it is now: its modes, a cursor that is seen, and what is pasted taken as typed."""
    if sys.platform == "win32":  # where modes are the console's, which ends with what was run in it
        return lambda: None
    import termios  # noqa: PLC0415 - Windows has none

    modes = termios.tcgetattr(keyboard)

    def put_back() -> None:
        with suppress(OSError, termios.error):  # a terminal that was closed
            termios.tcsetattr(keyboard, termios.TCSANOW, modes)
            os.write(sys.stderr.fileno(), _AS_BEFORE)

    return put_back


def _stderr() -> object:
    """Give prompt_toolkit's screen on stderr, so that stdout holds nothing but the answer."""
    return create_output(stdout=sys.stderr)
