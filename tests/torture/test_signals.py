"""Ctrl-C, a terminal that closes, a machine that shuts down, at random moments: ended cleanly, all or nothing."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from killing import KILLS, Ended, Running, pause, seconds, unsound

from solidarity_crm.store import sqlite

if TYPE_CHECKING:
    from conftest import Crm

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc for the moment when a command listens")

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def clean(ended: Ended, number: signal.Signals) -> bool:
    """Say whether a command was done, or ended by a signal as it should be."""
    return ended.code in (0, 128 + number) and ended.err == ""


@pytest.mark.parametrize("number", SIGNALS)
def test_a_writing_command_is_done_or_never_was(crm: Crm, number: signal.Signals) -> None:
    """From its first import to its last line; exit 130 for Ctrl-C, no traceback, nothing left lying about."""
    usual = seconds(crm.workspace, "contact", "add", "Person 0", "--tag", "x", "--email", "person@example.org")
    codes = set()
    for each in range(1, max(KILLS // 3, 6) + 1):
        running = Running(crm.workspace, "contact", "add", f"Person {each}", "--tag", "x", "--email", f"person{each}@example.org")
        running.until_it_listens()
        if each % 3 == 0:
            running.until_it_writes()
            pause(0.01)
        else:
            pause(usual)
        ended = running.end(number)
        assert clean(ended, number), ended
        codes.add(ended.code)
        there = {contact["name"]: (contact["tags"], len(contact["emails"])) for contact in crm.json("contact", "list")}
        assert [found for found in there.values() if found != (["x"], 1)] == []
        assert ended.code != 0 or f"Person {each}" in there
        assert unsound(crm.workspace) == []
    assert 128 + number in codes


@pytest.mark.parametrize("words", [["contact", "list"], ["store", "backup"], ["--help"]], ids=" ".join)
def test_other_commands_end_as_cleanly(crm: Crm, words: list[str]) -> None:
    """Reading, copying the store, printing help: a backup is whole or not there."""
    crm.ok("contact", "add", "Amina Yusuf")
    usual = seconds(crm.workspace, *words)
    for copy in crm.workspace.backups.iterdir():
        copy.unlink()
    for _ in range(max(KILLS // 4, 6)):
        running = Running(crm.workspace, *words)
        running.until_it_listens()
        pause(usual)
        ended = running.end(signal.SIGINT)
        assert clean(ended, signal.SIGINT), ended
        assert len(list(crm.workspace.backups.glob("*.db"))) == len(list(crm.workspace.backups.iterdir())) <= 1
        for copy in crm.workspace.backups.iterdir():
            copy.unlink()
    assert unsound(crm.workspace) == []


def test_a_command_that_waits_for_another_can_be_left(crm: Crm) -> None:
    """Within a moment, not after the ten seconds for which it would wait."""
    other = sqlite.write(crm.workspace.store)
    other.execute("BEGIN IMMEDIATE")
    usual = seconds(crm.workspace, "contact", "list")
    running = Running(crm.workspace, "contact", "add", "Amina Yusuf")
    with pytest.raises(subprocess.TimeoutExpired):  # it is waiting by then
        running.process.wait(min(usual * 20, 5))
    start = time.perf_counter()
    assert running.end(signal.SIGINT) == Ended(130, "", "")
    assert time.perf_counter() - start < 2
    other.execute("ROLLBACK")
    other.close()
