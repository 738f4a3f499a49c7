"""The installed program, started as its users start it and ended before it is done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.store.check import problems

if TYPE_CHECKING:
    from solidarity_crm.store.workspace import Workspace

PROGRAM = Path(sys.executable).with_name("solidarity.exe" if os.name == "nt" else "solidarity")
KILLS = int(os.environ.get("SOLIDARITY_KILLS", "20"))
CHANCE = random.Random()  # noqa: S311 - other moments each time, and no secret


class Ended(NamedTuple):
    """How a command ended: its exit code (below 0: the signal that killed it), and what it printed."""

    code: int
    out: str
    err: str


class Running:
    """A command that is running in a workspace."""

    def __init__(self, workspace: Workspace, *words: str) -> None:
        """Start it, without what measures coverage, which is slow to start and cannot survive a kill."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
        self.store = workspace.store
        self.process = subprocess.Popen(
            [str(PROGRAM), *words, "--workspace", str(workspace.folder)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def until_it_listens(self) -> None:
        """Wait until our first line has run: before, Python's own start-up answers to signals in its own way."""
        mask = 1 << (signal.SIGTERM - 1)
        while self.process.poll() is None and not _caught(self.process.pid) & mask:
            time.sleep(0.001)

    def until_it_writes(self) -> None:
        """Wait until SQLite has begun to note what it will change."""
        journal = self.store.with_name(f"{self.store.name}-journal")
        while self.process.poll() is None and not journal.exists():
            time.sleep(0.0002)

    def end(self, number: signal.Signals) -> Ended:
        """Send a signal and wait."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> Ended:
        """Wait until it has ended."""
        out, err = self.process.communicate(timeout=60)
        return Ended(self.process.returncode, out, err)


def _caught(pid: int) -> int:
    """Give the signals that a process answers to itself."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("SigCgt:")[2].split()[0], 16)


def seconds(workspace: Workspace, *words: str) -> float:
    """Give how long a command takes here and now."""
    start = time.perf_counter()
    ended = Running(workspace, *words).wait()
    assert ended.code == 0, ended
    return time.perf_counter() - start


def pause(longest: float) -> None:
    """Let a random time pass."""
    time.sleep(CHANCE.uniform(0, longest))


def unsound(workspace: Workspace, *, killed: bool = False) -> list[str]:
    """List what is wrong with the store and what was left lying about.

    A command that was killed may leave its journal, which whatever writes next takes away.
    """
    expected = {"solidarity.toml", workspace.store.name, f"{workspace.store.name}-journal" if killed else ""}
    left = [path.name for path in workspace.folder.rglob("*") if path.is_file() and path.name not in expected]
    return [*problems(workspace.store), *left]
