"""Files are written whole, for their owner alone, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from solidarity_crm.errors import CannotWrite, Exit, FileExists
from solidarity_crm.store.files import write_bytes, write_text


def test_text_keeps_its_letters_and_line_ends(tmp_path: Path) -> None:
    """UTF-8, and no line end is turned into the system's own."""
    path = write_text(tmp_path / "new" / "a.txt", "Siân\r\nŁukasz\n")
    assert path.read_bytes() == "Siân\r\nŁukasz\n".encode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no permission bits")
def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """And so is the folder that it needed."""
    path = write_bytes(tmp_path / "new" / "a", b"x")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_is_there_stays_unless_told_otherwise(tmp_path: Path) -> None:
    """Never overwritten without force."""
    path = tmp_path / "a"
    path.write_bytes(b"old")
    with pytest.raises(FileExists, match="left as it is"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    write_bytes(path, b"new", force=True)
    assert path.read_bytes() == b"new"


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    """Not even with force: what it points at is somebody else's."""
    target, link = tmp_path / "theirs", tmp_path / "link"
    target.write_bytes(b"theirs")
    link.symlink_to(target)
    with pytest.raises(FileExists):
        write_bytes(link, b"x", force=True)
    assert target.read_bytes() == b"theirs"


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """One clear line, with the path."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(CannotWrite, match="file/a") as refused:
        write_bytes(tmp_path / "file" / "a", b"x")
    assert refused.value.exit_code is Exit.STORE


def test_nothing_is_left_of_a_file_that_could_not_be_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file stays whole, and no temporary one remains."""
    (tmp_path / "a").write_bytes(b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("solidarity_crm.store.files.os.fsync", full)
    with pytest.raises(CannotWrite, match="No space left on device"):
        write_bytes(tmp_path / "a", b"new", force=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == {"a": b"old"}
    assert list(Path(tmp_path).glob(".solidarity-*")) == []
