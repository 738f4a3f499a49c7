"""The built wheel, by itself: its templates and examples are inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel and lay it out as an installer would, away from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the program from the wheel, without the checkout."""
    # what is measured is the checkout's code, not the wheel's copy of it
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")} | {"PYTHONPATH": str(installed)}
    command = [sys.executable, "-P", "-m", "solidarity_crm", *args]
    return subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


def test_the_wheel_holds_everything_that_the_program_reads(installed: Path) -> None:
    """Questions, migrations, templates, examples and the page of a report."""
    held = {path.relative_to(installed).as_posix() for path in installed.rglob("*")}
    for source, inside in (
        ("src/solidarity_crm", "solidarity_crm"),
        ("templates", "solidarity_crm/templates"),
        ("examples", "solidarity_crm/examples"),
    ):
        wanted = {
            f"{inside}/{path.relative_to(ROOT / source).as_posix()}"
            for path in (ROOT / source).rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        assert wanted <= held
    assert "solidarity_crm/py.typed" in held


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """All its steps, with its own examples and templates."""
    done = run(installed, "demo", "derby", "--folder", str(tmp_path / "demo"))
    assert done.returncode == 0, done.stderr
    shown = run(installed, "-w", str(tmp_path / "demo"), "outreach", "templates", "--json")
    assert '"thank-offer"' in shown.stdout
    where = run(installed, "-w", str(tmp_path / "demo"), "store", "check")
    assert (where.returncode, "is sound" in where.stdout) == (0, True)
