"""What reading commands load: in a fresh interpreter, none of what only writing, templates, calendars or questions need."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer

from solidarity_crm import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm

SLOW = ("sqlmodel", "pydantic", "sqlalchemy", "alembic", "jinja2", "icalendar", "questionary", "rich", "dateparser", "holidays")
# every command that only reads, with what is typed after it
READING = {
    "today": "",
    "network ties": "",
    "network who": "",
    "search": "clinic",
    "show": "P1",
    "history": "",
    "contact list": "--quiet-for 6w",
    "contact show": "amina",
    "contact duplicates": "",
    "contact consent list": "P1",
    "org list": "",
    "org show": "mesmac",
    "intake list": "",
    "intake show": "R1",
    "offer list": "",
    "offer show": "H1",
    "ask list": "",
    "ask show": "A1",
    "ask match": "A1",
    "intro list": "",
    "intro show": "I1",
    "intro path": "P2",
    "intro suggest": "",
    "followup list": "",
    "followup show": "F1",
    "meeting list": "",
    "meeting show": "M1",
    "meeting brief": "M1",
    "outreach templates": "",
    "outreach suppressed": "",
    "outreach group list": "",
    "outreach group show": "nurses",
    "outreach check": "P1 --template thank-offer",
    "outreach fields": "",
    "outreach list": "",
    "outreach show": "D1",
    "report contact": "P1",
    "report contacts": "",
    "report org": "O1",
    "report offers": "",
    "report introductions": "",
    "report network": "",
    "store status": "",
    "store check": "",
}
# what writes, renders or copies, and so may load what that takes
OTHER = {
    *(
        "log",
        "undo",
        "init",
        "demo",
        "contact add",
        "contact edit",
        "contact tag",
        "contact merge",
        "contact consent give",
        "contact consent withdraw",
        "org merge",
        "org add",
        "org edit",
        "org join",
        "org leave",
    ),
    *("offer add", "offer edit", "offer accept", "offer use", "offer fulfil", "offer decline", "offer withdraw", "offer lapse"),
    *("offer confirm", "offer thank", "ask add", "ask edit", "ask met", "ask withdraw", "intro propose", "intro edit", "intro ask"),
    *("intro answer", "intro make", "intro met", "intro close", "intro decline", "intro withdraw", "intro lapse", "intro thank"),
    *("intro remind", "intro tell"),
    *("followup add", "followup edit", "followup done", "followup snooze", "followup cancel", "meeting add", "meeting edit"),
    *("meeting notes", "meeting cancel", "meeting move", "meeting skip"),
    *("outreach preview", "outreach draft", "outreach cancel", "outreach export"),
    *("outreach review", "outreach approve", "outreach send", "outreach resolve", "outreach inbox", "outreach dead"),
    *("outreach suppress", "outreach unsuppress", "outreach group add", "outreach group drop"),
    *("network add-tie", "network confirm", "network drop-tie", "network map"),
    *("intake import", "intake accept", "intake reject"),
    *(
        "contact export",
        "contact import",
        "calendar export",
        "calendar import",
        "calendar publish",
        "calendar sync",
        "store export",
        "store import",
        "store backup",
        "store upgrade",
    ),
}
# runs commands one after the other and says which modules each was the first to load
WATCHED = """
import json, sys
from solidarity_crm.cli import main

loaded = {}
for words in json.loads(sys.argv[1]):
    before = set(sys.modules)
    code = main(words)
    loaded[" ".join(words)] = [code, sorted({name.partition(".")[0] for name in set(sys.modules) - before})]
sys.stderr.write("\\n" + json.dumps(loaded))
"""


def every() -> Iterator[str]:
    """Give every command of the registry."""
    root: Any = typer.main.get_command(cli.app)
    for name in cli.COMMANDS:
        found = root.get_command(None, name)
        verbs = getattr(found, "commands", {})
        yield from [f"{name} {verb}" for verb in verbs] if verbs and name not in verbs else [name]


def watched(crm: Crm, *commands: list[str]) -> dict[str, tuple[int, list[str]]]:
    """Run commands in a fresh interpreter whose answer goes to a pipe; give each one's code and the modules it loaded."""
    words = json.dumps([[*command, "--workspace", str(crm.workspace.folder)] for command in commands])
    done = subprocess.run([sys.executable, "-c", WATCHED, words], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, tuple[int, list[str]]] = json.loads(done.stderr.splitlines()[-1])
    return {line.partition(" --workspace")[0]: found for line, found in answer.items()}


@pytest.fixture
def full(crm: Crm, amina: str, sian: str) -> Crm:
    """Give a workspace with a record of each kind."""
    crm.ok("offer", "add", amina, "advice", "Talks on registration")
    crm.ok("ask", "add", "advice", "GP registration without an address")
    crm.ok("intro", "propose", amina, sian, "--why", "Both run drop-ins")
    crm.ok("followup", "add", "Send the guidelines", "--due", "friday", "--about", amina)
    crm.ok("meeting", "add", "Steering group", "--at", "2026-12-03 10:00", "--with", amina)
    crm.ok("log", "Told us about the clinic", "--with", amina)
    crm.ok("outreach", "draft", "thank-offer", "--to", amina, "--about", "H1")
    crm.ok("outreach", "group", "add", "nurses", "--tag", "nurse")
    reply = crm.workspace.folder / "reply.csv"
    reply.write_text("Name,Email,Organisation,Phone,Message\nAmina Yusuf,amina@example.org,Mesmack,0113 496 0123,Data\n", encoding="utf-8")
    crm.ok("intake", "import", str(reply))
    return crm


def test_every_command_is_known_to_read_or_not() -> None:
    """A new command is put on one of the two lists above."""
    assert set(READING) | OTHER == set(every())
    assert set(READING) & OTHER == set()


def test_no_reading_command_loads_what_it_does_not_need(full: Crm) -> None:
    """Whatever the format; the first that loads something slow is named."""
    commands = [[*name.split(), *typed.split()] for name, typed in READING.items()]
    in_json = [[*name.split(), *typed.split(), "--json"] for name, typed in READING.items()]
    found = watched(full, *commands, *in_json)
    assert {line: code for line, (code, _) in found.items() if code} == {}
    assert {line: slow for line, (_, modules) in found.items() for slow in [set(modules) & set(SLOW)] if slow} == {}


@pytest.mark.parametrize("words", [["--help"], ["contact", "--help"], ["contact", "add", "--help"], ["--version"]], ids=" ".join)
def test_help_and_version_load_neither_that_nor_the_store(words: list[str]) -> None:
    """They are asked for anywhere, and often."""
    program = f"import sys; from solidarity_crm.cli import main; code = main({words}); print(*sys.modules, file=sys.stderr); sys.exit(code)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert "solidarity" in done.stdout
    assert {name.partition(".")[0] for name in done.stderr.split()} & set(SLOW) == set()


def test_completing_a_name_loads_nothing_slow(full: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
    """It runs at every press of Tab."""
    monkeypatch.setenv("SOLIDARITY_WORKSPACE", str(full.workspace.folder))
    monkeypatch.setenv("_SOLIDARITY_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", "solidarity contact show ami")
    monkeypatch.setenv("COMP_CWORD", "3")
    program = "import sys; from solidarity_crm.cli import main\ntry:\n    main([])\nfinally:\n    sys.stderr.write(' '.join(['LOADED', *sys.modules]))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False)
    assert "amina-yusuf" in done.stdout
    loaded = {name.partition(".")[0] for name in done.stderr.partition("LOADED")[2].split()}
    assert "solidarity_crm" in loaded
    assert loaded & set(SLOW) == set()
