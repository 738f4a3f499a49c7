"""Questions to somebody at a terminal, on stderr; the only importer of questionary."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit.output import create_output

from solidarity_crm.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence


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
    return str(prompt.unsafe_ask())


def choose(question: str, choices: Sequence[str]) -> str:
    """Let the person pick one of ``choices``.

    Raises KeyboardInterrupt when the person gives up.
    """
    return str(questionary.select(one_line(question), [one_line(choice) for choice in choices], output=_stderr()).unsafe_ask())


def tick(question: str, choices: Sequence[str], ticked: Sequence[str] = ()) -> list[str]:
    """Let the person tick any of ``choices``; those of ``ticked`` are, to begin with.

    Raises KeyboardInterrupt when the person gives up.
    """
    shown = [questionary.Choice(one_line(choice), value=choice, checked=choice in ticked) for choice in choices]
    return list(questionary.checkbox(one_line(question), shown, output=_stderr()).unsafe_ask())


def agree(question: str, then: str = "Go on?") -> bool:
    """Ask a question with yes or no for an answer; no unless said otherwise.

    Raises KeyboardInterrupt when the person gives up.
    """
    return bool(questionary.confirm(f"{one_line(question)}. {then}", default=False, output=_stderr()).unsafe_ask())


def secret(question: str) -> str:
    """Ask for a password, which is not shown.

    Raises KeyboardInterrupt when the person gives up.
    """
    return str(questionary.password(f"{one_line(question)}:", output=_stderr()).unsafe_ask())


def _stderr() -> object:
    """Give prompt_toolkit's screen on stderr, so that stdout holds nothing but the answer."""
    return create_output(stdout=sys.stderr)
