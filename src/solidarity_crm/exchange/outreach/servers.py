"""Connections to mail servers: made safe or not made, and what went wrong said in one line.

The certificate is always verified, and there is no way to switch that off: a password, and who writes to whom, would
go to whoever answers.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from solidarity_crm.errors import CrmError
from solidarity_crm.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.store.mail_settings import MailServer

_SAID = 200  # letters of what a server says


class NoMailServer(CrmError):
    """A mail server that cannot be used."""

    def __init__(self, server: MailServer, reason: str, hint: str) -> None:
        """Name the server and what is wrong."""
        super().__init__(f"cannot use the mail server {server.host}, port {server.port}: {reason}", hint)


class LoginRefused(CrmError):
    """A mail server that does not take the user and the password."""

    def __init__(self, server: MailServer, said: str) -> None:
        """Name the server and the user, and what it said."""
        sentence = f"{server.host} does not let {server.user} in: {said or 'wrong user or password'}"
        super().__init__(sentence, "the password again; many providers want one made for programs, an app password")


class NotEncrypted(NoMailServer):
    """A server that offers no TLS where it must."""

    def __init__(self, server: MailServer) -> None:
        """Say what was missing."""
        super().__init__(server, "it offers no STARTTLS, so nothing was sent", f'security = "tls" {_IN_SETTINGS}, with its port')


_IN_SETTINGS = "under [mail] in solidarity.toml"


def words(said: bytes | str) -> str:
    """Give what a server said, on one line and short."""
    return shorten(one_line(said.decode("utf-8", "replace") if isinstance(said, bytes) else said), _SAID)


def plainly(user: str, password: str) -> bytes | None:
    """Give a user and a password as SASL's PLAIN has them (RFC 4616), where they have letters that the libraries' own login does not take."""
    both = user + password
    return None if both.isascii() and both.isprintable() else f"\0{user}\0{password}".encode()


def tls() -> ssl.SSLContext:
    """Give the context of a connection that is safe: certificate and name verified, TLS 1.2 or newer."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextmanager
def said_our_way(server: MailServer, other: type[Exception] = OSError) -> Iterator[None]:
    """Turn the system's errors of connecting into ours; ``other`` is that of the protocol's library.

    Raises NoMailServer.
    """
    try:
        yield
    except ssl.SSLCertVerificationError as problem:
        reason = f"its certificate does not fit ({words(problem.verify_message)}), so nothing was sent"
        raise NoMailServer(server, reason, f"the host as the provider writes it {_IN_SETTINGS}") from None
    except ssl.SSLError as problem:
        reason = f"it does not speak TLS there ({words(problem.reason or 'unknown reason')})"
        raise NoMailServer(server, reason, f'security = "starttls" or "tls", with the port that goes with it, {_IN_SETTINGS}') from None
    except socket.gaierror:
        raise NoMailServer(server, "no such host is known", f"host {_IN_SETTINGS}; or is this machine offline") from None
    except (OSError, other) as problem:
        said = words((problem.strerror if isinstance(problem, OSError) else None) or str(problem))
        if isinstance(problem, TimeoutError) or "timed out" in said:
            said = f"it did not answer in {server.timeout} seconds"
        raise NoMailServer(server, said or "the connection was cut", f"host and port {_IN_SETTINGS}, or later") from None
