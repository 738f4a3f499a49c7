"""Where the password of a mail account comes from; the keyring is one of the test's own, in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError

from solidarity_crm.cli import passwords
from solidarity_crm.store.mail_settings import MailServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVER = MailServer("smtp.example.org", 587, "starttls", "hello@example.org")


class FileKeyring(KeyringBackend):
    """A keyring in a file."""

    priority = 1

    def __init__(self, path: Path) -> None:
        """Begin with nothing in it."""
        super().__init__()  # type: ignore[no-untyped-call] # keyring's own
        self._path = path
        path.write_text("{}", encoding="utf-8")

    def get_password(self, service: str, username: str) -> str | None:
        """Give what was kept."""
        found: dict[str, str] = json.loads(self._path.read_text(encoding="utf-8"))
        return found.get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep one."""
        found = json.loads(self._path.read_text(encoding="utf-8"))
        self._path.write_text(json.dumps(found | {f"{service} {username}": password}), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:  # noqa: ARG002 - keyring's own
        """Keep none: nothing here takes one away."""
        raise NoKeyringError


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[FileKeyring]:
    """Use a keyring of the test's own."""
    before = keyring.get_keyring()
    keyring.set_keyring(ours := FileKeyring(tmp_path / "keyring"))
    yield ours
    keyring.set_keyring(before)


def test_a_password_that_was_kept_is_found(kept: FileKeyring, capsys: pytest.CaptureFixture[str]) -> None:
    """By the server and the user, and not for others."""
    passwords.remember(SERVER, "correct horse")
    assert passwords.password_of(SERVER) == "correct horse"
    assert kept.get_password("solidarity:smtp.example.org", "hello@example.org") == "correct horse"
    assert kept.get_password("solidarity:imap.example.org", "hello@example.org") is None
    out, err = capsys.readouterr()
    assert (out, err) == ("", "the password is kept in the keyring\n")


def test_a_server_without_a_user_needs_none(kept: FileKeyring, capsys: pytest.CaptureFixture[str]) -> None:
    """And none is kept."""
    assert kept
    assert passwords.password_of(SERVER._replace(user=None)) is None
    passwords.remember(SERVER._replace(user=None), None)
    assert "there is no password to keep" in capsys.readouterr().err


def test_a_machine_without_a_keyring_says_so(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Once it is asked to keep one."""
    from keyring.backends.fail import Keyring

    before = keyring.get_keyring()
    keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call] # keyring's own
    try:
        passwords.remember(SERVER, "correct horse")
    finally:
        keyring.set_keyring(before)
    assert monkeypatch
    err = capsys.readouterr().err
    assert "the password was not kept" in err
    assert "correct" not in err


def test_a_file_has_the_password_in_its_first_line(tmp_path: Path) -> None:
    """Blanks are part of it, line ends are not."""
    path = tmp_path / "password"
    path.write_bytes(b" correct horse \r\nsecond line\n")
    path.chmod(0o600)
    assert passwords.password_of(SERVER, path) == " correct horse "
