"""The program in a terminal: it asks for what was left out, offers a choice of names, and takes Ctrl-C for an answer."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
termios = pytest.importorskip("termios", reason="Windows has no pseudo-terminals")
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[()][A-Z0-9]|\x1b[=>]")
PATIENCE = 20.0


class Terminal:
    """A program on a pseudo-terminal of 80 columns."""

    def __init__(self, crm: Crm, *args: str) -> None:
        """Start the program."""
        self._master, slave = pty.openpty()
        modes = termios.tcgetattr(slave)
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", "PROMPT_TOOLKIT_NO_CPR": "1"}
        command = [sys.executable, "-m", "solidarity_crm", "-w", str(crm.workspace.folder), *args]
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
            preexec_fn=lambda: _take(slave),  # noqa: PLW1509 - the child must own its terminal
        )
        os.close(slave)
        self.seen = self.raw = ""
        self.modes = modes

    def until(self, words: str) -> Terminal:
        """Read until the words are on the screen."""
        end = time.monotonic() + PATIENCE
        while words not in self.seen and time.monotonic() < end:
            self._read(0.2)
        assert words in self.seen, self.seen
        return self

    def type(self, keys: str) -> Terminal:
        """Type, and forget what was on the screen before."""
        self.seen = ""
        os.write(self._master, keys.encode())
        return self

    def told(self, number: signal.Signals) -> Terminal:
        """Send the program a signal."""
        self._process.send_signal(number)
        return self

    def ends(self) -> int:
        """Wait for the end; give the exit code. ``modes_now`` are the terminal's then."""
        end = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < end:
            self._read(0.1)
        self._read(0.1)
        self.modes_now = termios.tcgetattr(self._master)
        os.close(self._master)
        return self._process.wait(timeout=1)

    def _read(self, seconds: float) -> None:
        """Read what came, without what only moves the cursor or colours."""
        ready, _, _ = select.select([self._master], [], [], seconds)
        if ready:
            try:
                text = os.read(self._master, 65536).decode(errors="replace")
                self.raw += text
                self.seen += _SEQUENCE.sub("", text)
            except OSError:
                time.sleep(seconds)


def _take(slave: int) -> None:
    """Make the terminal the child's own, so that Ctrl-C reaches it."""
    import fcntl

    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(crm: Crm) -> Callable[..., Terminal]:
    """Give a way to start the program in a terminal."""
    return lambda *args: Terminal(crm, *args)


def test_what_was_left_out_is_asked_for(crm: Crm, terminal: Callable[..., Terminal]) -> None:
    """First the argument, then the option; the answers are checked as if typed."""
    there = (
        terminal("followup", "add", "--owner", "robin")
        .until("What is to be done")
        .type("Ring Amina\r")
        .until("The day it is due")
        .type("friday\r")
    )
    assert there.until("F1 Ring Amina").ends() == 0
    assert crm.json("followup", "show", "F1")["due"] == "2026-12-04"


def test_ctrl_c_at_a_question_leaves_everything_as_it_was(crm: Crm, terminal: Callable[..., Terminal]) -> None:
    """Exit code 130, and no traceback."""
    there = terminal("followup", "add").until("What is to be done").type("Ring").type("\x03")
    assert there.ends() == 130
    assert "Traceback" not in there.seen
    assert crm.json("followup", "list") == []


def test_what_became_of_a_message_is_asked(crm: Crm, terminal: Callable[..., Terminal], sian: str) -> None:
    """Where the line does not say it; Ctrl-C leaves it as it was."""
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", sian)
    crm.ok("outreach", "export", "D1")
    assert terminal("outreach", "resolve", "D1").until("What became of D1").type("\x03").ends() == 130
    assert crm.json("outreach", "show", "D1")["status"] == "exported"
    assert terminal("outreach", "resolve", "D1").until("What became of D1").type("\r").ends() == 0
    assert crm.json("outreach", "show", "D1")["status"] == "sent"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_who_ends_the_program_at_a_question_gets_the_terminal_back(
    crm: Crm, terminal: Callable[..., Terminal], number: signal.Signals, code: int
) -> None:
    """With its modes, its cursor, and what is pasted taken as typed."""
    for name in ("Amina Yusuf", "Amina Hall"):
        crm.ok("contact", "add", name)
    there = terminal("contact", "show", "amina").until("Which contact is 'amina'")
    assert termios.tcgetattr(there._master) != there.modes
    assert there.told(number).ends() == code
    assert there.modes_now == there.modes
    assert there.raw.rindex("\x1b[?25h") > there.raw.rindex("\x1b[?25l")
    assert there.raw.rfind("\x1b[?2004l") >= there.raw.rfind("\x1b[?2004h")


def test_of_several_names_one_is_chosen(crm: Crm, amina: str, terminal: Callable[..., Terminal]) -> None:
    """Arrow keys and return."""
    crm.ok("contact", "add", "Amina Khan")
    there = terminal("contact", "show", "amina").until("Which contact is 'amina'").until("P2 Amina Khan").type("\x1b[B\r")
    assert there.until("Greet as").ends() == 0, amina


def test_who_is_meant_is_asked_once(crm: Crm, amina: str, sian: str, terminal: Callable[..., Terminal]) -> None:
    """Also where something else is asked for afterwards; the same words in another place are another question."""
    other = crm.json("contact", "add", "Amina Khan")["ref"]
    there = terminal("intro", "propose", "amina", sian).until("Which contact is 'amina'").until("P3 Amina Khan").type("\x1b[B\r")
    assert there.until("What the introduction is for").type("Both cook\r").until("I1 Amina Khan and").ends() == 0
    assert "Which contact" not in there.seen
    there = terminal("intro", "propose", "amina", "amina", "--why", "x").until("P3 Amina Khan").type("\r")
    there.until("Amina Yusuf").until("P3 Amina Khan").type("\x1b[B\r")
    assert there.until("I2 Amina Yusuf and Amina Khan").ends() == 0, (amina, other)


def test_undo_asks_before_it_acts(crm: Crm, amina: str, terminal: Callable[..., Terminal]) -> None:
    """No is the answer unless yes is said."""
    assert terminal("undo").until("Go on?").type("n").ends() == 1
    assert crm.json("show", amina)["name"] == "Amina Yusuf"
    assert terminal("undo").until("Go on?").type("y").ends() == 0
    assert crm("show", amina).code == 3


def test_no_input_never_asks(terminal: Callable[..., Terminal]) -> None:
    """In a terminal too."""
    there = terminal("followup", "add", "x", "--no-input")
    assert there.ends() == 2
    assert "Missing option '--due'" in there.seen


def test_a_list_in_a_terminal_is_a_table_no_wider_than_it(crm: Crm, sian: str, terminal: Callable[..., Terminal]) -> None:
    """Names in brackets are names."""
    there = terminal("contact", "list")
    assert there.ends() == 0
    assert "[she/her]" in there.seen, sian
    assert max(len(line) for line in there.seen.splitlines()) <= 80, crm


@pytest.fixture
def waiting(crm: Crm, amina: str) -> str:
    """Take in a form reply that may be of a contact; give its ref."""
    file = crm.workspace.folder / "reply.csv"
    file.write_text("Name,Email,Organisation,Message\nAmina Yusuf,amina@example.org,Mesmack,Figures\n", encoding="utf-8")
    assert amina == "P1"
    return str(crm.json("intake", "import", str(file))[0]["ref"])


def test_a_form_reply_is_walked_through_before_one_yes(crm: Crm, waiting: str, terminal: Callable[..., Terminal]) -> None:
    """Which contact, where from, what is offered and for whom; the reply itself is shown first."""
    there = terminal("intake", "accept", waiting).until("What they wrote").until("Who is Amina Yusuf").type("\r")
    there.until("Where do they work").until("O1 MESMAC").type("\x1b[B\r")  # not the new one, the one that is like it
    there.until("What do they offer").type("\r").until("For whom").type(" \r")  # data is ticked; the first community is too now
    there.until("P1 is filled in, with offers of data").until("Go on?").type("y").until("P1 filled in")
    assert there.ends() == 0
    assert [row["name"] for row in crm.json("org", "list")] == ["MESMAC"]
    assert [(row["kind"], row["for_communities"]) for row in crm.json("offer", "list")] == [("data", ["Gypsies and Travellers"])]


@pytest.mark.parametrize("question", ["Who is Amina Yusuf", "Where do they work", "What do they offer", "For whom", "Go on?"])
def test_ctrl_c_anywhere_in_the_walk_changes_nothing(crm: Crm, waiting: str, terminal: Callable[..., Terminal], question: str) -> None:
    """Exit code 130, and the reply waits as before."""
    before = len(crm.json("history"))
    there = terminal("intake", "accept", waiting)
    for asked in ("Who is Amina Yusuf", "Where do they work", "What do they offer", "For whom", "Go on?"):
        there.until(asked)
        if asked == question:
            break
        there.type("\r")
    assert there.type("\x03").ends() == 130
    assert "Traceback" not in there.seen
    assert len(crm.json("history")) == before
    assert crm.json("intake", "show", waiting)["status"] == "waiting"


def test_no_to_the_last_question_changes_nothing(crm: Crm, waiting: str, terminal: Callable[..., Terminal]) -> None:
    """Nor is anything asked that was said."""
    said = ("--as", "P1", "--no-org", "--no-offer")
    there = terminal("intake", "accept", waiting, *said).until("P1 is filled in, with no offer and a follow-up to reply. Go on?").type("n")
    assert there.ends() == 1
    assert crm.json("intake", "show", waiting)["status"] == "waiting"


def test_whoever_is_likely_there_already_is_asked_about(crm: Crm, amina: str, terminal: Callable[..., Terminal]) -> None:
    """No adds nobody; yes adds them."""
    typed = ("contact", "add", "Bea Lund", "--email", "amina@example.org")
    there = terminal(*typed).until(f"{amina} Amina Yusuf has the same e-mail").until("Add anyway?").type("n")
    assert there.ends() == 1
    assert len(crm.json("contact", "list")) == 1
    assert terminal(*typed).until("Add anyway?").type("y").ends() == 0
    assert len(crm.json("contact", "list")) == 2


def test_merging_asks_which_value_stays(crm: Crm, amina: str, terminal: Callable[..., Terminal]) -> None:
    """What would become of the two is shown first; Ctrl-C at any question leaves both as they were."""
    crm.ok("contact", "edit", amina, "--pronouns", "she/her")
    twin = crm.json("contact", "add", "Amina Hall", "--email", "amina@example.org", "--pronouns", "they")["ref"]
    before = [crm.json("show", ref) for ref in (amina, twin)]
    merge = ("contact", "merge", amina, twin)
    assert terminal(*merge).until("Where they differ").until("name: which stays").type("\x03").ends() == 130
    asked = terminal(*merge).until("name: which stays").type("\x1b[B\r").until("pronouns: which stays").type("\r").until("Go on?")
    assert asked.type("\x03").ends() == 130
    assert [crm.json("show", ref) for ref in (amina, twin)] == before
    asked = terminal(*merge).until("name: which stays").type("\x1b[B\r").until("pronouns: which stays").type("\r").until("Go on?")
    assert asked.type("y").ends() == 0
    merged = crm.json("show", amina)
    assert (merged["name"], merged["pronouns"]) == ("Amina Hall", "she/her")


def test_whom_an_export_is_for_is_asked_for(crm: Crm, amina: str, sian: str, terminal: Callable[..., Terminal]) -> None:
    """Then whether everybody may leave; a no, or Ctrl-C at either question, leaves no file and no record."""
    path = crm.workspace.exports / "contacts-2026-12-01.csv"
    asked = "Whom is it for, and why"
    assert terminal("contact", "export").until(asked).type("\x03").ends() == 130
    assert terminal("contact", "export").until(asked).type("Council: clinic\r").until("Go on?").type("\x03").ends() == 130
    assert terminal("contact", "export").until(asked).type("Council: clinic\r").until("Go on?").type("n").ends() == 1
    assert not path.exists()
    assert "Council" not in crm.ok("history").out
    assert terminal("contact", "export").until(asked).type("Council: clinic\r").until("2 contacts").until("Go on?").type("y").ends() == 0
    assert path.read_text(encoding="utf-8-sig").count("@example.org") == 2, (amina, sian)
    assert crm.ok("history").out.count("Council: clinic") == 1
