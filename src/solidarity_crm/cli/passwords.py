"""Where the password of a mail server comes from: a file, the keyring, or whoever is typing; never a command's arguments."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from solidarity_crm.cli.context import current
from solidarity_crm.errors import CannotRead, MissingAnswer
from solidarity_crm.output import note

if TYPE_CHECKING:
    from pathlib import Path

    from solidarity_crm.store.mail_settings import MailServer

_OTHERS = 0o077
_LONGEST = 4096


def password_of(server: MailServer, file: Path | None = None) -> str | None:
    """Give the password for a server, None where it wants none.

    Raises CannotRead for a file that has none or that others may read, MissingAnswer where nobody can be asked.
    """
    if server.user is None:
        return None
    found = _from_file(file) if file else _kept(server)
    if found:
        return found
    question = f"The password of {server.user} at {server.host}"
    if not current().interactive:
        raise MissingAnswer(question, "the same command with --password-file FILE, or once in a terminal with --remember")
    from solidarity_crm.cli.prompts import secret  # noqa: PLC0415 - only when somebody is asked

    return secret(question)


def remember(server: MailServer, password: str | None) -> None:
    """Keep a password in the keyring of whoever is typing, or say why it was not."""
    from keyring import set_password  # noqa: PLC0415 - 60 ms that few commands need
    from keyring.errors import KeyringError  # noqa: PLC0415

    if server.user is None or password is None:
        note("there is no password to keep: solidarity.toml names no user")
        return
    try:
        set_password(server.account, server.user, password)
    except KeyringError:
        note("the password was not kept: this machine has no keyring that is open; --password-file FILE does without")
    else:
        note("the password is kept in the keyring")


def _kept(server: MailServer) -> str | None:
    """Give the password that the keyring has, or None; a machine without a keyring has none."""
    from keyring import get_password  # noqa: PLC0415 - 60 ms that few commands need
    from keyring.errors import KeyringError  # noqa: PLC0415

    try:
        return get_password(server.account, server.user or "")
    except KeyringError:
        return None


def _from_file(path: Path) -> str:
    """Give the first line of a file.

    Raises CannotRead.
    """
    try:
        with path.expanduser().open("rb") as file:
            about = os.fstat(file.fileno())
            if os.name == "posix" and stat.S_ISREG(about.st_mode) and about.st_mode & _OTHERS:
                raise CannotRead(path, "others may read it, and it has a password in it", f"chmod 600 {path}")
            found = file.read(_LONGEST).decode("utf-8").partition("\n")[0].rstrip("\r")
    except OSError as problem:
        raise CannotRead(path, (problem.strerror or "unknown reason").lower(), "a file with nothing but the password") from None
    except UnicodeDecodeError:
        raise CannotRead(path, "it is not text", "a file with nothing but the password") from None
    if not found:
        raise CannotRead(path, "its first line is empty", "a file with nothing but the password")
    return found
