"""Four people at four terminals, all writing at once."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from solidarity_crm.store.check import problems

if TYPE_CHECKING:
    from conftest import Crm

PROCESSES, WRITES = 4, 50
# one process types its commands one after the other, each through the program's own main
TYPING = """
import sys
from solidarity_crm.cli import main

for number in range(int(sys.argv[2])):
    code = main(["contact", "add", f"Person{sys.argv[1]} {number}", "--tag", "busy", "--workspace", sys.argv[3]])
    if code:
        sys.exit(code)
"""


def test_four_processes_write_at_once_and_all_is_there(crm: Crm) -> None:
    """200 of 200, every ref its own, nobody told that the store is locked, and the journal is one unbroken chain."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", TYPING, str(number), str(WRITES), str(crm.workspace.folder)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    ended = [(process.communicate(timeout=120)[1], process.returncode) for process in started]
    assert ended == [("", 0)] * PROCESSES
    there = crm.json("contact", "list")
    assert {contact["name"] for contact in there} == {f"Person{p} {n}" for p in range(PROCESSES) for n in range(WRITES)}
    assert sorted(int(contact["ref"][1:]) for contact in there) == list(range(1, PROCESSES * WRITES + 1))
    assert problems(crm.workspace.store) == []
