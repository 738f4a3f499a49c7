"""Our folder of calendar items in the programs that read such folders: khal and todoman, which change it too."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_khal import khal

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

TODO = Path(sys.executable).with_name("todo.exe" if sys.platform == "win32" else "todo")
DAYS = ("2026-12-01", "30d")


@pytest.fixture
def week(crm: Crm, amina: str, sian: str) -> Crm:
    """Plan a meeting and two follow-ups."""
    crm.ok(
        "meeting", "add", "Steering group", "--at", "2026-12-04 14:00", "--with", amina, "--with", sian, "--where", "Carlton Centre, Leeds"
    )
    crm.ok("followup", "add", "Ring Siân O'Brien", "--due", "2026-12-04", "--about", sian)
    crm.ok("followup", "add", "Order tea", "--due", "2026-12-08")
    return crm


def listed(folder: Path) -> list[str]:
    """List what khal shows."""
    found = khal(folder, "list", "--once", "--format", "{start-date} {start-time} {title} @ {location}", "--day-format", "", *DAYS)
    return [line.strip() for line in found.splitlines() if line.strip()]


def todo(folder: Path, *args: str) -> str:
    """Run todoman with a configuration of the test's own; give what it prints."""
    config = folder / "todoman.py"
    config.write_text(
        f"path = {str(folder / '*dir')!r}\ncache_path = {str(folder / 'todo.db')!r}\ndate_format = '%Y-%m-%d'\ntime_format = ''\n",
        encoding="utf-8",
    )
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore", "TZ": "Europe/London"}
    command = [str(TODO), "--config", str(config), *args]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_khal_shows_the_folder_as_it_is_kept_in_step(week: Crm, tmp_path: Path) -> None:
    """Moved, cancelled and done ones too."""
    folder = str(tmp_path / "vdir")
    week.ok("calendar", "publish", folder, "--titles", "full")
    assert listed(tmp_path) == [
        "2026-12-04  Follow up: Ring Siân O'Brien @", "2026-12-04 14:00 Steering group @ Carlton Centre, Leeds", "2026-12-08  Follow up: Order tea @",
    ]  # fmt: skip
    week.ok("meeting", "edit", "M1", "--at", "2026-12-11 15:30")
    week.ok("followup", "done", "F1")
    week.ok("calendar", "publish", folder, "--titles", "full")
    assert listed(tmp_path) == ["2026-12-08  Follow up: Order tea @", "2026-12-11 15:30 Steering group @ Carlton Centre, Leeds"]
    week.ok("meeting", "cancel", "M1")
    week.ok("calendar", "publish", folder, "--titles", "full")
    assert listed(tmp_path)[1] == "2026-12-11 15:30 Cancelled: Steering group @ Carlton Centre, Leeds"


def test_what_todoman_ticks_is_seen_as_changed_there(week: Crm, tmp_path: Path) -> None:
    """It lists our tasks, and what it did to one is not written over."""
    folder = str(tmp_path / "vdir")
    week.ok("calendar", "publish", folder, "--titles", "full", "--todo")
    shown = todo(tmp_path, "list")
    assert "2026-12-04 Ring Siân O'Brien" in shown
    assert "2026-12-08 Order tea" in shown
    number = next(line.split()[2] for line in shown.splitlines() if "Order tea" in line)
    todo(tmp_path, "done", number)
    result = week("calendar", "publish", folder, "--titles", "full", "--todo")
    assert result.code == Exit.PARTIAL
    assert "1 file left as another program changed it" in result.err
    week.ok("followup", "done", "F2")
    week.ok("calendar", "publish", folder, "--titles", "full", "--todo")
    assert "Order tea" not in todo(tmp_path, "list")
