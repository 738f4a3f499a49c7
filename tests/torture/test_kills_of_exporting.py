"""An export of fifty drafts that is ended at random moments: no file without its draft exported, and none half written."""

from __future__ import annotations

import re
import signal
import sys
from typing import TYPE_CHECKING

import pytest
from killing import Running, pause, seconds
from test_kills_of_sending import MESSAGES, MOMENTS, SIGNALS, fifty, people

from solidarity_crm.exchange.outreach.mailboxes import FORMATS, MBOX

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

ENDS = (b"we will stop.", b"at ico.org.uk.")  # of a message, and of one with the privacy notice, as a first one has
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc for the moment when a command listens")


def test_drafts_are_exported_with_their_files_or_not_at_all(crm: Crm, tmp_path: Path) -> None:
    """By Ctrl-C and the like all or nothing, with nothing left over; by kill -9, no draft whose file is there counts as waiting."""
    people(crm)
    fifty(crm)
    usual = seconds(crm.workspace, "outreach", "list")
    for moment in range(max(MOMENTS, 8)):
        number, form = [*SIGNALS, signal.SIGKILL][moment % 4], FORMATS[moment % len(FORMATS)]
        folder = tmp_path / f"{moment}"
        waiting = {draft["ref"] for draft in crm.json("outreach", "list", "--status", "draft")}
        running = Running(crm.workspace, "outreach", "export", "--format", form, "--to", str(folder))
        running.until_it_listens()
        pause(usual * 4)
        ended = running.end(number)
        assert ended.code in (0, -number if number == signal.SIGKILL else 128 + number), ended
        exported = waiting - {draft["ref"] for draft in crm.json("outreach", "list", "--status", "draft")}
        there = [path for path in folder.rglob("*") if path.is_file()]
        whole = [path for path in there if not path.name.startswith(".")]
        assert exported in (set(), waiting)
        assert all(re.sub(rb"=\r?\n", b"", path.read_bytes()).rstrip().endswith(ENDS) for path in whole)
        assert len(whole) in (0, 1 if form == MBOX else len(waiting))
        assert exported or not whole
        if number != signal.SIGKILL:
            assert (len(there), bool(whole)) == (len(whole), bool(exported))
        if exported:
            crm.ok("outreach", "draft", "hello", "--all-contacts", "--yes", "--again")
    assert len(crm.json("outreach", "list", "--status", "draft")) == MESSAGES
    assert crm.json("store", "check")["problems"] == 0
