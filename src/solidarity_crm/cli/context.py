"""What a command knows of where it runs: the workspace, who is typing, what day it is, how the answer is wanted.

One process runs one command, so this is one value; ``main`` makes it anew.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from solidarity_crm.errors import BadValue, MissingAnswer
from solidarity_crm.output import Style, note
from solidarity_crm.queries.reading import Store, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.store.transaction import Tx
    from solidarity_crm.store.workspace import Workspace

TODAY = "SOLIDARITY_TODAY"
USER = "SOLIDARITY_USER"


class Context:
    """The options that every command has, and what follows from them."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        self.folder: Path | None = None
        self.user: str | None = None
        self.format: str | None = None
        self.ask = True
        self.color = "NO_COLOR" not in os.environ
        self.debug = False
        self.chosen: dict[tuple[object, str], str] = {}  # by place and words of the command line: the ref of whom they mean
        self.typed: dict[Ref, str] = {}  # each record that the command line names, and the words that named it
        self._workspace: Workspace | None = None
        self._store: Store | None = None

    @property
    def workspace(self) -> Workspace:
        """The workspace, found when it is first needed."""
        if self._workspace is None:
            from solidarity_crm.store.workspace import find  # noqa: PLC0415 - --version needs none

            self._workspace = find(self.folder)
        return self._workspace

    @property
    def store(self) -> Store:
        """The store, open for reading until the command ends or writes."""
        if self._store is None:
            self._store = open_store(self.workspace)
        return self._store

    @property
    def style(self) -> Style:
        """How the answer is wanted."""
        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size((80, 24)).columns if terminal else 80
        return Style(self.format, terminal, terminal and self.color, max(width, 40))

    @property
    def actor(self) -> str:
        """Who is typing: ``--as``, ``SOLIDARITY_USER``, the settings' user, or the system's."""
        named = self.user or os.environ.get(USER) or self.workspace.settings.user
        return named or os.environ.get("USER") or os.environ.get("USERNAME") or "somebody"

    @property
    def interactive(self) -> bool:
        """Whether somebody is there to be asked."""
        return self.ask and sys.stdin.isatty() and sys.stderr.isatty()

    def close(self) -> None:
        """Let go of the store."""
        if self._store is not None:
            self._store.close()
            self._store = None


_current = Context()


def current() -> Context:
    """Give the running command's context."""
    return _current


def begin() -> Context:
    """Forget the last command's context and begin a new one."""
    global _current  # noqa: PLW0603 - one process, one command; see the module's docstring
    _current.close()
    _current = Context()
    return _current


def today() -> date:
    """Give the day it is in the workspace's time zone; ``SOLIDARITY_TODAY`` sets another, to rehearse."""
    rehearsed = os.environ.get(TODAY)
    if not rehearsed:
        return datetime.now(current().workspace.settings.zone).date()
    try:
        return date.fromisoformat(rehearsed)
    except ValueError:
        raise BadValue(TODAY, rehearsed, "not a day", f"{TODAY}=2026-12-01") from None


def now() -> datetime:
    """Give the moment in UTC, on the rehearsed day if there is one."""
    moment = datetime.now(UTC).replace(microsecond=0)
    if os.environ.get(TODAY):
        day = today()
        moment = moment.replace(year=day.year, month=day.month, day=day.day)
    return moment


@contextmanager
def change(command: str) -> Iterator[Tx]:
    """Run one command that writes: one transaction, journaled under the command's name."""
    from solidarity_crm.store.transaction import By, transaction  # noqa: PLC0415 - reading must not load SQLModel

    here = current()
    workspace = here.workspace
    here.close()
    upgraded()
    with transaction(workspace.store, workspace.settings, By(here.actor, command, now())) as tx:
        yield tx


def upgraded() -> None:
    """Bring an older store's schema up to date before the first write, with a backup."""
    from solidarity_crm.store import sqlite  # noqa: PLC0415

    workspace = current().workspace
    if sqlite.version(workspace.store) < sqlite.SCHEMA:
        from solidarity_crm.store.backup import upgrade_with_backup  # noqa: PLC0415

        kept = upgrade_with_backup(workspace, now())
        note(f"the store was upgraded; as it was before: {kept}")


def confirm(question: str, command: str, *, yes: bool) -> None:
    """Ask before much changes or leaves the program.

    Raises Declined, or NeedsYes where nobody can be asked; ``command`` is what to type then.
    """
    if yes:
        return
    from solidarity_crm.errors import Declined, NeedsYes  # noqa: PLC0415

    if not current().interactive:
        raise NeedsYes(question, command)
    from solidarity_crm.cli.prompts import agree  # noqa: PLC0415

    if not agree(question):
        raise Declined


def asked(question: str, hint: str) -> str:
    """Ask for a text, in a terminal only.

    Raises MissingAnswer where nobody can be asked.
    """
    if not current().interactive:
        raise MissingAnswer(question, hint)
    from solidarity_crm.cli.prompts import text  # noqa: PLC0415

    return text(question)
