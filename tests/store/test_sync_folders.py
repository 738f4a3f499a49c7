"""Folders that another program copies elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from solidarity_crm.store.sync_folders import synced_by

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("Dropbox/crm", "Dropbox"),
        ("Dropbox (Personal)/crm", "Dropbox"),
        ("OneDrive - Leeds GATE/crm", "OneDrive"),
        ("Google Drive/My Drive/crm", "Google Drive"),
        ("Library/CloudStorage/GoogleDrive-me@example.org/crm", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/crm", "iCloud"),
        ("iCloudDrive/crm", "iCloud"),
        ("Nextcloud/crm", "Nextcloud"),
        ("dropboxes/crm", None),
        ("crm", None),
    ],
)
def test_it_is_known_by_its_name(tmp_path: Path, folder: str, program: str | None) -> None:
    """By what such a program calls its own folder, on any system."""
    assert synced_by(tmp_path / folder) == program


@pytest.mark.parametrize(("marker", "program"), [(".dropbox", "Dropbox"), (".nextcloudsync.log", "Nextcloud")])
def test_it_is_known_by_what_lies_in_it(tmp_path: Path, marker: str, program: str) -> None:
    """By the file that such a program leaves there."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / marker).touch()
    assert synced_by(tmp_path / "shared" / "deep" / "crm") == program
    assert synced_by(tmp_path / "own") is None


def test_syncthing_marks_with_a_folder(tmp_path: Path) -> None:
    """Where others leave a file; a folder called .dropbox is only that program's own settings."""
    (tmp_path / "shared" / ".stfolder").mkdir(parents=True)
    (tmp_path / "home" / ".dropbox").mkdir(parents=True)
    assert (synced_by(tmp_path / "shared" / "crm"), synced_by(tmp_path / "home" / "crm")) == ("Syncthing", None)


def test_windows_says_where_its_onedrive_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the folder is called."""
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Work"))
    assert (synced_by(tmp_path / "Work" / "crm"), synced_by(tmp_path / "Other")) == ("OneDrive", None)
