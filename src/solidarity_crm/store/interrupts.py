"""Being told to end (Ctrl-C, a terminal that closes, a machine that shuts down) with nothing left half done.

While nothing is held, the program leaves at once. While a transaction or an unfinished file is held, the wish is kept
and heeded where that is safe: raising it wherever it happens to come would not do, since Python drops what is raised
in a callback, and the command would go on.
"""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
_FROM_A_SIGNAL = 128  # exit codes of what a signal ended start here (POSIX shells)
_held = 0
_finishing = 0
_wanted = 0
_first: Callable[[], None] | None = None


def listen() -> None:
    """Take over the signals that ask the program to end."""
    for name in _ENDING:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _told)


@contextmanager
def held() -> Iterator[None]:
    """Finish what is done inside, or leave it by an error, before the program ends."""
    global _held  # noqa: PLW0603 - one process, one command
    _held += 1
    try:
        yield
        heed(leaving=True)
    finally:
        _held -= 1


@contextmanager
def finishing() -> Iterator[None]:
    """Do what is inside to its end before the program leaves: what went over the network cannot be taken back.

    Asked a second time to end, it leaves at once, since a server may be silent for long.
    """
    global _finishing  # noqa: PLW0603 - one process, one command
    with held():
        _finishing += 1
        try:
            yield
        finally:
            _finishing -= 1


@contextmanager
def first(do: Callable[[], None]) -> Iterator[None]:
    """Do something first where the program leaves at once from inside: a terminal is given back as it was."""
    global _first  # noqa: PLW0603 - one process, one command
    _first = do
    try:
        yield
    finally:
        _first = None


def heed(*, leaving: bool = False) -> None:
    """End here if that was asked for; when ``leaving``, only if nothing around is held still.

    Raises KeyboardInterrupt for Ctrl-C, SystemExit for the others.
    """
    global _wanted
    if not _wanted or _finishing or (leaving and _held > 1):
        return
    number, _wanted = _wanted, 0
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(_FROM_A_SIGNAL + number)


def _told(number: int, _frame: object) -> None:
    """Leave, or keep the wish while something is held."""
    global _wanted  # noqa: PLW0603 - one process, one command
    if _held == 0 or (_finishing and _wanted):
        if _first:
            _first()
        os._exit(_FROM_A_SIGNAL + number)
    _wanted = number
