"""Several files of a folder, all or none."""

from __future__ import annotations

import contextlib
import os
import stat
from typing import TYPE_CHECKING

import pytest

from solidarity_crm.errors import CannotWrite, FileExists
from solidarity_crm.store.files import write_bytes
from solidarity_crm.store.staging import staged

if TYPE_CHECKING:
    from pathlib import Path

FILES = {"D1.eml": b"one", "D2.eml": b"two"}


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """Give an empty folder."""
    (tmp_path / "drafts").mkdir()
    return tmp_path / "drafts"


def names(folder: Path) -> list[str]:
    """List what is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_files_have_their_names_once_they_are_published(tmp_path: Path) -> None:
    """The folder is made, for its owner alone, and so are the files."""
    folder = tmp_path / "new" / "drafts"
    with staged(folder) as staging:
        staging.add(FILES)
        assert not set(FILES) & set(names(folder))
        assert staging.publish() == {}
    assert {name: (folder / name).read_bytes() for name in names(folder)} == FILES
    if os.name == "posix":
        assert stat.S_IMODE((folder / "D1.eml").stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_was_not_published_is_gone(drafts: Path) -> None:
    """An error on the way leaves nothing behind."""
    problem = "the store is full"
    with contextlib.suppress(RuntimeError), staged(drafts) as staging:
        staging.add(FILES)
        raise RuntimeError(problem)
    assert names(drafts) == []


def test_a_file_that_is_there_stays(drafts: Path) -> None:
    """Unless it may be written over; a folder or a link never is."""
    (drafts / "D2.eml").write_bytes(b"mine")
    with pytest.raises(FileExists), staged(drafts) as staging:
        staging.add(FILES)
    assert (names(drafts), (drafts / "D2.eml").read_bytes()) == (["D2.eml"], b"mine")
    with staged(drafts, force=True) as staging:
        staging.add(FILES)
        staging.publish()
    assert (drafts / "D2.eml").read_bytes() == b"two"
    (drafts / "D3.eml").mkdir()
    with pytest.raises(FileExists), staged(drafts, force=True) as staging:
        staging.add({"D3.eml": b""})


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    """With the system's reason."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotWrite, match="cannot write"), staged(tmp_path / "file" / "drafts") as staging:
        staging.add(FILES)


def test_a_file_that_could_not_have_its_name_is_told(drafts: Path) -> None:
    """The others have theirs."""
    with staged(drafts) as staging:
        staging.add(FILES)
        (drafts / "D1.eml").mkdir()
        failed = staging.publish()
    assert list(failed) == ["D1.eml"]
    assert names(drafts) == ["D1.eml", "D2.eml"]


@pytest.mark.skipif(os.name == "nt", reason="Windows gives no folder to wait for")
def test_the_names_of_files_are_on_the_disk_before_they_count_as_written(drafts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After they were moved: a power cut just then must not leave a message that counts as exported under its other name."""
    waited: list[list[str]] = []
    fsync = os.fsync

    def looked(number: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            waited.append(names(drafts))
        fsync(number)

    monkeypatch.setattr(os, "fsync", looked)
    with staged(drafts) as staging:
        staging.add(FILES)
        staging.publish()
    assert waited == [sorted(FILES)]
    write_bytes(drafts / "one.ics", b"three")
    assert waited[1:] == [[*sorted(FILES), "one.ics"]]
