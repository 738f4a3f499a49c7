"""``calendar sync`` as typed, at a server of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from calendar_server import PASSWORD, USER, Server

if TYPE_CHECKING:
    from conftest import Crm, Result

STARTS, ENDS = (f"DT{name};TZID=Europe/London:20261204T1{hour}0000" for name, hour in (("START", 4), ("END", 5)))
REPLY = tuple[str, list[tuple[str, str]], bytes]


class Sync:
    """The command, at one server."""

    def __init__(self, crm: Crm, server: Server) -> None:
        """Keep both, and the password in a file."""
        self.crm, self.server = crm, server
        Path("password").write_text(f"{PASSWORD}\n", encoding="utf-8")
        Path("password").chmod(0o600)

    def __call__(self, *args: str, url: str | None = None) -> Result:
        """Run the command; nothing is asserted."""
        self.server.asked.clear()
        return self.crm("calendar", "sync", url or self.server.url, "--user", USER, "--password-file", "password", *args)

    def json(self, *args: str, code: int = 0) -> dict[str, Any]:
        """Run the command, which must end with a code; give its answer."""
        result = self("--json", *args)
        assert result.code == code, result.err
        found: dict[str, Any] = result.data
        return found

    def counts(self, *args: str, code: int = 0) -> tuple[int, ...]:
        """Run the command; give how many items were added, updated, removed and right as they were."""
        found = self.json(*args, code=code)
        return tuple(found[key] for key in ("added", "updated", "removed", "unchanged"))

    def item(self, ref: str) -> tuple[str, str]:
        """Give the file name and the text of a record's item there."""
        ((name, text),) = [(name, text) for name, text in self.server.items().items() if f"solidarity show {ref}\n" in text]
        return name, text

    def edit(self, ref: str, old: str, new: str) -> None:
        """Change a record's item there, as another program does."""
        self.server.edit(self.item(ref)[0], old, new)

    def delete(self, ref: str) -> None:
        """Delete a record's item there."""
        self.server.delete(self.item(ref)[0])


def state(crm: Crm) -> tuple[Any, ...]:
    """Give what a sync might have changed here."""
    return tuple(crm.json("show", ref) for ref in ("M1", "M2", "F1", "F2")), len(crm.json("history"))


def move_there(sync: Sync) -> None:
    """Move the meeting by an hour and a half, as another program does."""
    name, text = sync.item("M1")
    sync.server.put(name, text.replace("T150000", "T163000").replace("T140000", "T153000"))
