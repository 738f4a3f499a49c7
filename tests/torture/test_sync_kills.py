"""kill -9 of a sync at random moments of its writing: nothing is written twice, nothing is missing, nothing is asked that nobody changed."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from killing import CHANCE, KILLS, Running, unsound

from calendar_server import PASSWORD, USER, Asked, Server, radicale
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
MEETINGS = 8


class Killer:
    """Kills a running sync at a random one of its first writing requests: as it arrives, or a moment after."""

    def __init__(self, server: Server, running: Running, among: int = MEETINGS) -> None:
        """Choose which."""
        self._left, self._process = CHANCE.randrange(among), running.process
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


@pytest.fixture
def there(crm: Crm, tmp_path: Path) -> Iterator[Server]:
    """Plan meetings, one of them a series, and run a server for them, with the password in a file."""
    Path("password").write_text(PASSWORD, encoding="utf-8")
    Path("password").chmod(0o600)
    for number in range(MEETINGS - 1):
        crm.ok("meeting", "add", f"Meeting {number}", "--at", "2026-12-07 09:00")
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-07 09:00", "--every", "1w")
    with radicale(tmp_path) as server:
        server.make("VEVENT")
        yield server


def words_for(server: Server) -> tuple[str, ...]:
    """Give the command, which takes every change that it thinks was made there."""
    return ("calendar", "sync", server.url, "--user", USER, "--password-file", "password", "--take", "--json")


def change_some(crm: Crm, turn: int) -> None:
    """Move some meetings here, and one date of the series."""
    for number in CHANCE.sample(range(1, MEETINGS), 4):
        crm.ok("meeting", "edit", f"M{number}", "--at", f"2026-12-{8 + turn % 20:02d} 10:{turn % 60:02d}")
    crm.ok("meeting", "move", f"M{MEETINGS}", "--on", "2026-12-21", "--to", f"2026-12-21 {8 + turn % 12}:30")
    many = len(crm.json("show", f"M{MEETINGS}")["left_out"])
    crm.ok("meeting", "skip", f"M{MEETINGS}", "--on", f"{date(2027, 1, 4) + timedelta(weeks=many)}")


def everything(crm: Crm) -> list[dict[str, Any]]:
    """Give all meetings as they are here."""
    found: list[dict[str, Any]] = crm.json("meeting", "list", "--all")
    return found


def assert_the_same(crm: Crm, server: Server, tmp_path: Path) -> None:
    """What is there is what is exported: no more, no less, nothing older."""
    crm.ok("calendar", "export", str(tmp_path / "all.ics"), "--force")
    wanted = sorted(_said((tmp_path / "all.ics").read_text(encoding="utf-8")))
    assert sorted(said for text in server.items().values() for said in _said(text)) == wanted


def _said(text: str) -> Iterator[tuple[str, ...]]:
    """Give what each event of a file says of which and when."""
    event: Any
    for event in Calendar.from_ical(text).walk("VEVENT"):
        left_out = event.get("EXDATE", [])
        days = sorted(str(one.dt) for each in (left_out if isinstance(left_out, list) else [left_out]) for one in each.dts)
        yield (str(event["UID"]), str(event["DTSTART"].dt), str(event.get("RECURRENCE-ID") and event["RECURRENCE-ID"].dt), *days)


def test_what_is_changed_after_a_kill_is_not_lost(crm: Crm, there: Server, tmp_path: Path) -> None:
    """Killed twice with changes here after each, then with --take: nothing that the killed ones sent is taken for a change there."""
    words, killed = words_for(there), 0
    for turn in range(max(KILLS // 8, 2)):
        for again in range(2):
            change_some(crm, 3 * turn + again)
            running = Running(crm.workspace, *words)
            Killer(there, running, among=4)
            killed += running.wait().code != 0
            there.before = None
        change_some(crm, 3 * turn + 2)
        assert unsound(crm.workspace, killed=True) == []
        before = everything(crm)
        result = crm(*words)
        assert (result.code, result.data["taken"], result.data["undecided"], result.data["failed"]) == (Exit.DONE, [], [], []), result.err
        assert everything(crm) == before
        assert_the_same(crm, there, tmp_path)
    assert killed > 0


def test_a_server_that_dies_in_the_middle_loses_nothing(crm: Crm, there: Server, tmp_path: Path) -> None:
    """Twice in one calendar, before it has stored an item or after; the next sync goes on from there."""
    words = words_for(there)
    for turn in range(max(KILLS // 8, 2)):
        for again in range(2):
            change_some(crm, 3 * turn + again)
            _die_at(there, CHANCE.randrange(4), stored=CHANCE.random() < 0.5)
            result = crm(*words)
            assert result.code in (Exit.REFUSED, Exit.PARTIAL), result
            assert "broke off" in result.err
            there.before = there.after = None
        change_some(crm, 3 * turn + 2)
        before = everything(crm)
        result = crm(*words)
        assert (result.code, result.data["taken"], result.data["undecided"], result.data["failed"]) == (Exit.DONE, [], [], []), result.err
        assert everything(crm) == before
        assert_the_same(crm, there, tmp_path)


def _die_at(server: Server, left: int, *, stored: bool) -> None:
    """Let the server answer no more from one of its next writing requests on, of which it stores that one or not."""
    seen: list[Asked] = []

    def cut(asked: Asked) -> None:
        seen.extend([asked] if asked.method in ("PUT", "DELETE") else [])
        if len(seen) > left:
            raise ConnectionAbortedError

    if stored:
        server.after = cut
    else:
        server.before = cut
