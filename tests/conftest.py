"""What tests share: a workspace of its own for each, the program run in it, and a guard on everybody else's folders."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import settings

from solidarity_crm import cli
from solidarity_crm.errors import Exit
from solidarity_crm.store.create import create
from solidarity_crm.store.workspace import Workspace, opened

# what a check says of a commit must depend neither on chance nor on how busy its machine is; at a desk each run looks further
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "desk")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calendar_syncing import Sync

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own in it
TODAY = "2026-12-01"  # a Tuesday
COMMUNITIES = ["Gypsies and Travellers", "LGBTQ+ people", "asylum seekers and refugees", "sex workers"]


def pytest_configure() -> None:
    """Keep the folders of tests in memory, where there is a gigabyte of it and programs may run.

    A command waits for the disk several times, so that nothing is lost with the power; no test can cut that.
    """
    if not os.access(MEMORY, os.W_OK):
        return
    there = os.statvfs(MEMORY)
    if there.f_bavail * there.f_frsize > 1_000_000_000 and not there.f_flag & os.ST_NOEXEC:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


class Result(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The answer, read as JSON."""
        return json.loads(self.out)


class Crm:
    """The program, run in one workspace."""

    made: Path  # a folder for what was made before, which all tests of a run share

    def __init__(self, workspace: Workspace, capture: pytest.CaptureFixture[str]) -> None:
        """Keep the workspace and where the program's output is caught."""
        self.workspace, self._capture = workspace, capture

    def __call__(self, *args: str) -> Result:
        """Run a command as if typed; nothing is asserted."""
        self._capture.readouterr()
        code = cli.main(["--workspace", str(self.workspace.folder), *args])
        out, err = self._capture.readouterr()
        return Result(code, out, err)

    def ok(self, *args: str) -> Result:
        """Run a command that must end well."""
        result = self(*args)
        assert (result.code, result.err) == (Exit.DONE, result.err), result.err
        return result

    def json(self, *args: str) -> Any:
        """Run a command that must end well; give its answer read as JSON."""
        return self.ok("--json", *args).data

    def once(self, *args: str) -> Any:
        """Run a command as ``json`` does; where a test ran it in the same workspace already, put in place what it made there."""
        key = sha256(repr((args, os.environ["SOLIDARITY_TODAY"], os.environ["SOLIDARITY_USER"])).encode())
        for path in sorted(path for path in self.workspace.folder.rglob("*") if path.is_file()):
            key.update(f"\n{path.name}\n".encode() + path.read_bytes())
        made = self.made / key.hexdigest()
        if made.exists():
            shutil.copytree(made / "leeds", self.workspace.folder, dirs_exist_ok=True)
        else:
            answer = self.json(*args)
            shutil.copytree(self.workspace.folder, made / "leeds")
            (made / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
        return json.loads((made / "answer.json").read_text(encoding="utf-8"))

    def refused(self, code: Exit, *args: str) -> str:
        """Run a command that must end with a code, its answer empty; give what it says on stderr."""
        result = self(*args)
        assert (result.code, result.out) == (code, ""), result
        assert result.err.startswith("solidarity: "), result.err
        assert "Traceback" not in result.err
        return result.err

    def refused_with_notes(self, code: Exit, *args: str) -> str:
        """Run a command that must end with a code after notes of its own on stderr, its answer empty; give those."""
        result = self(*args)
        assert (result.code, result.out) == (code, ""), result
        assert "\nsolidarity: " in result.err, result.err
        return result.err


@pytest.fixture(autouse=True)
def _nobody_elses_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test in its own folders, on its own day, as its own person."""
    for variable in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(tmp_path / "home"))
    for variable in ("SOLIDARITY_WORKSPACE", "NO_COLOR", "EDITOR", "VISUAL"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SOLIDARITY_TODAY", TODAY)
    monkeypatch.setenv("SOLIDARITY_USER", "Robin Marsh")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def empty_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty workspace once; tests work on copies."""
    folder = tmp_path_factory.mktemp("made") / "leeds"
    people = [{"name": "Robin Marsh", "email": "robin@leeds.example"}, {"name": "Sam Adeyemi", "email": "sam@leeds.example"}]
    network = {"name": "Leeds Solidarity Network", "communities": COMMUNITIES, "email": "hello@leeds.example", "sign_off": "Robin and Sam"}
    return create(folder, network, people).folder


@pytest.fixture
def workspace(empty_workspace: Path, tmp_path: Path) -> Workspace:
    """Give a workspace of the test's own."""
    return opened(shutil.copytree(empty_workspace, tmp_path / "leeds"))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder for what commands made, by what they were and what was there."""
    return tmp_path_factory.mktemp("once")


@pytest.fixture
def crm(workspace: Workspace, capsys: pytest.CaptureFixture[str], made_once: Path) -> Crm:
    """Give the program, to be run in a workspace of the test's own."""
    program = Crm(workspace, capsys)
    program.made = made_once
    return program


@pytest.fixture
def amina(crm: Crm) -> str:
    """Add a contact with a role; give her ref."""
    crm.once("org", "add", "MESMAC", "--kind", "charity")
    return str(
        crm.once("contact", "add", "Amina Yusuf", "--email", "amina@example.org", "--org", "MESMAC", "--role", "Outreach lead")["ref"]
    )


@pytest.fixture
def sian(crm: Crm) -> str:
    """Add a contact whose name has everything that names have; give her ref."""
    return str(crm.once("contact", "add", "Siân O'Brien [she/her]", "--email", "sian@example.org", "--phone", "0113 496 0123")["ref"])


@pytest.fixture
def week(crm: Crm, amina: str, sian: str) -> Crm:
    """Plan two meetings and two follow-ups, of two owners."""
    first = ("Steering group", "--at", "friday 2pm", "--with", amina, "--with", sian, "--owner", "robin", "--where", "Carlton")
    crm.once("meeting", "add", *first, "--agenda", "Money")
    crm.once("meeting", "add", "Call", "--at", "2026-12-08 09:00", "--owner", "sam")
    crm.once("followup", "add", "Ring Amina", "--due", "friday", "--about", amina, "--owner", "robin")
    crm.once("followup", "add", "Order tea", "--due", "2026-12-08", "--owner", "sam")
    return crm


@pytest.fixture
def offer(crm: Crm, amina: str) -> str:
    """Add an offer of Amina's; give its ref."""
    return str(crm.json("offer", "add", amina, "data", "Figures on GP registration")["ref"])


@pytest.fixture
def sync(week: Crm, tmp_path: Path) -> Iterator[Sync]:
    """Give calendar sync at a server with a calendar for events and tasks, and the week's four records to bring in step."""
    from calendar_server import radicale
    from calendar_syncing import Sync

    with radicale(tmp_path) as there:
        there.make("VEVENT", "VTODO")
        yield Sync(week, there)


@pytest.fixture
def on_day(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a way to say which day it is."""
    return lambda day: monkeypatch.setenv("SOLIDARITY_TODAY", day)


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Any]:
    """Install ical.js into a folder of the run's own; give what reads a file with it. For ``make clients``."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.fail("this needs Node.js with npm: install nodejs and npm and run make clients again")
    folder = tmp_path_factory.mktemp("npm")
    subprocess.run([npm, "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), "ical.js"], check=True, cwd=folder)
    reader = 'console.log(JSON.stringify(require("ical.js").parse(require("fs").readFileSync(process.argv[1], "utf8"))))'

    def read(file: Path) -> Any:
        ran = subprocess.run(["node", "-e", reader, str(file)], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True)
        return json.loads(ran.stdout)

    return read
