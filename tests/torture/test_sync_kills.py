"""kill -9 of a sync at random moments of its writing: nothing is written twice, nothing is missing, nothing is asked that nobody changed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from killing import CHANCE, KILLS, Running, unsound

from calendar_server import PASSWORD, USER, Asked, Server, radicale
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
MEETINGS = 8


class Killer:
    """Kills a running sync at a random one of its writing requests: as it arrives, or a moment after."""

    def __init__(self, server: Server, running: Running) -> None:
        """Choose which."""
        self._left, self._process = CHANCE.randrange(MEETINGS), running.process
        server.before = self

    def __call__(self, asked: Asked) -> None:
        """Count a request, and kill when it is the one."""
        if asked.method not in ("PUT", "DELETE"):
            return
        if self._left == 0:
            if CHANCE.random() < 0.5:
                self._process.send_signal(signal.SIGKILL)
            else:
                threading.Thread(target=self._later).start()
        self._left -= 1

    def _later(self) -> None:
        """Kill while it is answered, remembered, or the next is sent."""
        time.sleep(CHANCE.uniform(0, 0.1))
        self._process.send_signal(signal.SIGKILL)


def test_whatever_kills_a_sync_the_next_goes_on_from_there(crm: Crm, tmp_path: Path) -> None:
    """Each version of each item is written exactly once."""
    Path("password").write_text(PASSWORD, encoding="utf-8")
    Path("password").chmod(0o600)
    with radicale(tmp_path) as server:
        server.make("VEVENT")
        words = ("calendar", "sync", server.url, "--user", USER, "--password-file", "password", "--json")
        for number in range(MEETINGS):
            crm.ok("meeting", "add", f"Meeting {number}", "--at", "2026-12-07 09:00")
        versions, killed = MEETINGS, 0
        for turn in range(max(KILLS // 4, 5)):
            running = Running(crm.workspace, *words)
            Killer(server, running)
            ended = running.wait()
            server.before = None
            assert ended.code in (0, -signal.SIGKILL), ended
            killed += ended.code != 0
            assert unsound(crm.workspace, killed=True) == []
            result = crm(*words)
            assert (result.code, result.data["undecided"], result.data["failed"]) == (Exit.DONE, [], [])
            assert Counter(asked.method for asked in server.stored) == {"PUT": versions}
            for number in CHANCE.sample(range(1, MEETINGS + 1), 5):
                crm.ok("meeting", "edit", f"M{number}", "--at", f"2026-12-{8 + turn % 20:02d} 10:{turn % 60:02d}")
                versions += 1
        assert killed > 0
        assert crm(*words).data["updated"] == 5
        assert len(server.items()) == MEETINGS
