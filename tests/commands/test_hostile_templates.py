"""A template that somebody made to do harm ends in one line, soon, and nothing is written."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hostile_templates import HOSTILE_BODIES, HOSTILE_TEMPLATES
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

DRAFTED = ("outreach", "draft", "hostile", "--to")
# the processor time that reading and refusing the worst may take beside drafting with a template of our own
AT_MOST = 60
MEMORY = """
import resource
from pathlib import Path
from hostile_templates import HOSTILE_BODIES
from solidarity_crm.errors import CrmError
from solidarity_crm.exchange.outreach.template_files import Template
from solidarity_crm.exchange.outreach.templates import Form

def fill(body):
    Form(Template("hello", "Hello", "service", "", body, 5, Path("hello.txt"))).fill({"contact": {"name": "Amina", "greeting": "Amina"}})

fill("Dear {{ contact.greeting }}," + "x" * 64_000)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for name, (body, _) in HOSTILE_BODIES.items():
    try:
        fill(body)
    except CrmError as refused:
        assert "asks for too much" not in refused.sentence, name
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def spent(crm: Crm, *args: str) -> float:
    """Give the processor time that a command takes, however it ends."""
    started = time.process_time()
    crm(*args)
    return time.process_time() - started


def test_there_are_enough_of_them() -> None:
    """The library keeps what was tried once."""
    assert len(HOSTILE_TEMPLATES) >= 40


@pytest.mark.parametrize("name", HOSTILE_TEMPLATES)
def test_a_hostile_template_ends_in_one_line(crm: Crm, amina: str, name: str) -> None:
    """Exit code 1, the reason, what to try; no draft, no file, and no more time than reading takes."""
    text, said = HOSTILE_TEMPLATES[name]
    usual = min(spent(crm, "outreach", "preview", "request-help", "--kind", "data", "--to", amina) for _ in range(3))
    (crm.workspace.templates / "hostile.txt").write_text(text, encoding="utf-8")
    before = sorted(crm.workspace.folder.rglob("*"))
    started = time.process_time()
    refusal = crm.refused(Exit.REFUSED, *DRAFTED, amina)
    took = time.process_time() - started
    problem, hint = refusal.splitlines()
    assert said in problem
    assert hint.startswith("try: ")
    assert took < AT_MOST * usual, f"{took / usual:.0f} times as long as a template of our own"
    assert crm.json("outreach", "list") == []
    assert sorted(crm.workspace.folder.rglob("*")) == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count a process's memory so")
def test_hostile_templates_take_little_memory() -> None:
    """All of them together need no more than 64 MB beside an honest one, without any limit of the system's."""
    tests = str(Path(__file__).parents[1])
    path = [tests, *sys.path]
    code = f"import sys; sys.path[:] = {path!r}\n{MEMORY}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    unit = 1 if sys.platform == "darwin" else 1024
    assert int(done.stdout) * unit < 64 * 1024 * 1024
    assert len(HOSTILE_BODIES) >= 40
