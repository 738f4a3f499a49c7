"""Being told to end: at once while nothing is held, else where it is safe."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest
from made_store import change, contents, store

from solidarity_crm import services
from solidarity_crm.rules.refs import Ref
from solidarity_crm.store import interrupts

if TYPE_CHECKING:
    from collections.abc import Iterator


class Left(Exception):
    """The program left at once, with a code."""


@pytest.fixture(autouse=True)
def _listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Listen as the program does, put back what was; leaving is an exception here."""

    def leave(code: int) -> None:
        raise Left(code)

    monkeypatch.setattr("solidarity_crm.store.interrupts.os._exit", leave)
    monkeypatch.setattr(interrupts, "_wanted", 0)  # a wish that was not heeded is no later test's
    numbers = [getattr(signal, name) for name in interrupts._ENDING if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    interrupts.listen()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_where_nothing_is_held_the_program_leaves_at_once(number: signal.Signals, code: int) -> None:
    """With the code that shells give."""
    with pytest.raises(Left, match=str(code)):
        signal.raise_signal(number)


@pytest.mark.parametrize(("number", "ends"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)])
def test_a_transaction_is_left_before_it_is_kept(number: signal.Signals, ends: type[BaseException]) -> None:
    """Nothing of it is there, and the next one goes through."""
    connection = store()
    before = contents(connection)

    def interrupted() -> None:
        with interrupts.held(), change(connection) as tx:
            services.contacts.edit(tx, Ref("P", 1), note="half done")
            signal.raise_signal(number)

    with pytest.raises(ends):
        interrupted()
    assert contents(connection) == before
    with interrupts.held(), change(connection) as tx:
        services.contacts.edit(tx, Ref("P", 1), note="done")


def test_long_work_is_left_at_its_next_row() -> None:
    """So that an import of thousands does not have to end first."""
    tags = iter(range(100))

    def interrupted() -> None:
        with interrupts.held(), change(store()) as tx:
            for number in tags:
                services.contacts.tag(tx, Ref("P", 1), add=[f"tag {number}"])
                if number == 3:
                    signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert next(tags) < 10


def test_what_holds_is_finished_first() -> None:
    """Files inside files: the outermost decides, and the wish is not forgotten."""
    done = []

    def interrupted() -> None:
        with interrupts.held():
            with interrupts.held():
                signal.raise_signal(signal.SIGTERM)
                done.append("inner")
            done.append("outer")

    with pytest.raises(SystemExit) as left:
        interrupted()
    assert (done, left.value.code) == (["inner", "outer"], 143)


def test_an_error_is_not_hidden_by_the_wish_to_end() -> None:
    """What went wrong is what is told."""

    def interrupted() -> None:
        with interrupts.held():
            signal.raise_signal(signal.SIGINT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()
    with pytest.raises(KeyboardInterrupt):
        interrupts.heed()


def test_what_must_be_finished_is_kept_before_the_program_ends() -> None:
    """A transaction inside goes through, though one asked to end before it began; then the program ends."""
    connection = store()

    def told() -> None:
        with interrupts.finishing():
            signal.raise_signal(signal.SIGINT)
            with change(connection) as tx:
                services.contacts.edit(tx, Ref("P", 1), note="kept")

    with pytest.raises(KeyboardInterrupt):
        told()
    assert connection.execute("SELECT note FROM contact WHERE id = 1").fetchone() == ("kept",)


def test_asked_twice_it_leaves_at_once() -> None:
    """A server may be silent for long."""

    def told_twice() -> None:
        with interrupts.finishing():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(Left, match="130"):
        told_twice()
