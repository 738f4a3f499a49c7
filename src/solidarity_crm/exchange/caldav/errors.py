"""What can go wrong between here and a calendar on a server; none of it changes anything by half."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from solidarity_crm.errors import CrmError, Exit, Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = "the CalDAV address that the calendar's own settings show"


def _sync(*words: str) -> str:
    """Give the command with some words, for a shell: a server may have chosen them."""
    return shlex.join(["solidarity", "calendar", "sync", *words])


class PlainHttp(Usage):
    """An address by which names, times and a password would go unencrypted."""

    def __init__(self, url: str) -> None:
        """Name the address that would do."""
        super().__init__("calendars go over https only; http is for this machine itself", f"https{url.removeprefix('http')}")


class BadAddress(Usage):
    """What is no address of a calendar."""

    def __init__(self, reason: str) -> None:
        """Say why; the address itself may hold a password and is not repeated."""
        super().__init__(f"that is no address of a calendar: {reason}", "solidarity calendar sync https://cal.example.org/robin/network/")


class ServerProblem(CrmError):
    """A server that cannot be reached, does not let us in, or answers what no calendar does."""


class Unreachable(ServerProblem):
    """A server that cannot be reached."""

    def __init__(self, host: str, reason: str) -> None:
        """Name the host and the reason."""
        super().__init__(f"cannot reach {host}: {reason}", "its name in the address, and whether this machine is online")


class Silent(ServerProblem):
    """A server that does not answer in time."""

    def __init__(self, url: str, host: str, seconds: float) -> None:
        """Say how long it was waited for."""
        super().__init__(f"{host} did not answer within {seconds:g} seconds", _sync(url, "--patience", "120"))


class NotTrusted(ServerProblem):
    """A server whose certificate does not fit."""

    def __init__(self, host: str, reason: str) -> None:
        """Say why; nothing switches that off."""
        hint = "the name that its certificate is for, or ask whoever runs the server; nothing was sent to it"
        super().__init__(f"{host} may not be who it says: {reason}", hint)


class LoginRefused(ServerProblem):
    """A server that does not take the user's name or password."""

    def __init__(self, url: str, host: str, user: str | None) -> None:
        """Say whose password it was, or that a name is needed."""
        if user is None:
            super().__init__(f"{host} wants to know who you are", _sync(url, "--user", "NAME"))
        else:
            again = _sync(url, "--user", user, "--password-file", "FILE")
            super().__init__(f"{host} does not take this password for {user}", again)


class UnknownLogin(ServerProblem):
    """A server that wants another kind of login than a name and a password."""

    def __init__(self, host: str) -> None:
        """Name what it may have instead."""
        super().__init__(f"{host} takes no user name and password", "whether it has passwords for single applications; or calendar publish")


class NotAllowed(ServerProblem):
    """A calendar that may not be read or written by this user."""

    def __init__(self, host: str, what: str) -> None:
        """Say what was not allowed."""
        super().__init__(f"{host} does not let you {what} this calendar", "ask whoever shares it for the right to change it")


class MovedElsewhere(ServerProblem):
    """An address that sends on to another; nothing is sent there unless it is typed."""

    def __init__(self, host: str, url: str | None) -> None:
        """Name the other address, if it is one of a calendar."""
        super().__init__(f"{host} sends us on to another address", _sync(url) if url else _SHOWN)


class NoCalendar(ServerProblem):
    """An address where there is no calendar."""

    def __init__(self, url: str, reason: str, calendars: Sequence[str] = ()) -> None:
        """Say what is there, and name a calendar that is in it."""
        super().__init__(f"{url} is not a calendar: {reason}", _sync(calendars[0]) if calendars else _SHOWN)


class OddAnswer(ServerProblem):
    """An answer that no calendar server should give."""

    def __init__(self, host: str, reason: str) -> None:
        """Say what it was."""
        super().__init__(f"{host} answered what cannot be understood: {reason}", "the same command again, a little later")


class ItemRefused(ServerProblem):
    """One item that the server did not take; others may have gone before it."""

    def __init__(self, status: int) -> None:
        """Give the number it answered with; what stands beside that is anybody's text."""
        super().__init__(f"the server refused it ({status})")


class ChangedMeanwhile(ItemRefused):
    """An item that was changed at the server since it was looked at."""

    def __init__(self) -> None:
        """Say so."""
        ServerProblem.__init__(self, "changed there this very moment; sync again")


class CutShort(CrmError):
    """A sync that ended early, with some of it done."""

    exit_code = Exit.PARTIAL

    def __init__(self, problem: CrmError, done: int) -> None:
        """Say how far it came; what was done is remembered."""
        items = "1 item" if done == 1 else f"{done} items"
        super().__init__(f"{problem.sentence}; {items} had gone through, and the rest goes on from there next time", problem.hint)
