"""A disk that is full or may not be written: one clear line, and nothing damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from killing import Running, unsound

from conftest import Crm
from solidarity_crm.errors import Exit
from solidarity_crm.store.workspace import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 1_500_000  # bytes: an empty workspace and a few more records


@pytest.fixture
def small(crm: Crm, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Crm]:
    """Give a workspace on a disk of its own that is nearly full."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if not _mounted("-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)):
        pytest.skip("this user may not mount a disk")
    try:
        crm.ok("contact", "add", "Amina Yusuf", "--email", "amina@example.org")
        yield Crm(opened(shutil.copytree(crm.workspace.folder, disk / "leeds")), capsys)
    finally:
        subprocess.run([shutil.which("umount") or "umount", str(disk)], check=True)


def _mounted(*options: str) -> bool:
    """Mount; say whether that was allowed."""
    mount = shutil.which("mount")
    return bool(mount) and subprocess.run([str(mount), *options], check=False, capture_output=True).returncode == 0


def test_a_full_disk_stops_a_command_and_damages_nothing(small: Crm) -> None:
    """The path and the bytes that are free; what was there is there, what was not acknowledged is not."""
    added, err = 1, ""
    while not err and added < 200:
        result = small("contact", "add", f"Person {added}", "--note", "word " * 4000)
        added += result.code == 0
        err = result.err if result.code else ""
    said, hint = err.splitlines()
    assert said.startswith(f"solidarity: no room to write {small.workspace.store} (")
    assert said.endswith(" bytes free); nothing was changed")
    assert hint == "try: make room on the disk and try again"
    assert len(small.json("contact", "list")) == added
    assert unsound(small.workspace) == []


def test_a_full_disk_leaves_no_part_of_a_backup(small: Crm) -> None:
    """And an old one stays whole."""
    first = Path(small.json("store", "backup")["file"]).read_bytes()
    filler = small.workspace.folder.parent / "filler"
    filler.write_bytes(b"x" * (shutil.disk_usage(filler.parent).free - 50_000))
    (there,) = small.workspace.backups.iterdir()
    for words in (["store", "backup"], ["store", "backup", str(there), "--force"]):
        assert "no room to write" in small.refused(Exit.STORE, *words)
        assert (list(small.workspace.backups.iterdir()), there.read_bytes()) == ([there], first)


def test_a_disk_that_may_only_be_read_is_read(small: Crm) -> None:
    """Every reading command works; what writes says so in one line."""
    disk = small.workspace.folder.parent
    assert _mounted("-o", "remount,ro", str(disk))
    for words in (["contact", "list"], ["show", "P1"], ["today"], ["search", "amina"], ["history"], ["store", "check"]):
        small.ok(*words)
    for words in (["contact", "add", "Sam"], ["log", "x", "--with", "P1"], ["contact", "edit", "P1", "--note", "x"]):
        err = small.refused(Exit.STORE, *words)
        assert err.splitlines()[0] == f"solidarity: the store {small.workspace.store} cannot be written: it is read-only"
        assert len(err.splitlines()) == 2
    assert small("store", "backup").code == Exit.STORE
    small.ok("store", "backup", str(disk.parent / "elsewhere.db"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sets a limit on another process")
def test_a_limit_on_files_stops_a_command_and_damages_nothing(crm: Crm) -> None:
    """Where no disk can be mounted this stands in for a full one."""
    import resource

    crm.ok("contact", "add", "Amina Yusuf")
    size = crm.workspace.store.stat().st_size
    running = Running(crm.workspace, "contact", "add", "Person", "--note", "word " * 15_000)
    resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, (size, size))
    ended = running.wait()
    assert (ended.code, ended.out) == (Exit.STORE, "")
    assert ended.err.startswith(f"solidarity: no room to write {crm.workspace.store} (")
    assert len(ended.err.splitlines()) == 2
    assert [contact["name"] for contact in crm.json("contact", "list")] == ["Amina Yusuf"]
    assert unsound(crm.workspace) == []


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write whatever the bits say")
def test_a_file_whose_bits_forbid_it_is_not_written(crm: Crm) -> None:
    """Reading works; the hint is a command that helps."""
    crm.workspace.store.chmod(0o400)
    crm.ok("contact", "list")
    assert f"try: chmod u+w {crm.workspace.store}" in crm.refused(Exit.STORE, "contact", "add", "Sam")
