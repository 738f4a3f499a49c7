"""A real mail server on this machine, with TLS, passwords and refusals, for tests of sending."""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

USER, PASSWORD = "robin@leeds.example", "correct horse"


class Received(NamedTuple):
    """One message that the server took: the envelope's addresses, and the bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


class Office:
    """What the server does with each message: it keeps it, unless it was told otherwise."""

    def __init__(self) -> None:
        """Begin with no messages, and nothing refused."""
        self.received: list[Received] = []
        self.refused: dict[str, list[str]] = {}  # what RCPT is answered, by address, the first first; the last stays
        self.refused_senders: dict[str, str] = {}
        self.refused_content: str | None = None
        self.cut_after: int | None = None  # the line is cut once so many messages have come, before the last is answered
        self.cut_before: int | None = None  # the line is cut in the middle of that message
        self.silent = False  # a message is taken and not answered
        self.slow = 0.0  # seconds that it takes to answer a message
        self.users: list[str] = []

    @property
    def recipients(self) -> list[str]:
        """Who was written to, in order."""
        return [recipient for each in self.received for recipient in each.recipients]

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - aiosmtpd's
        """Answer MAIL FROM."""
        if address in self.refused_senders:
            return self.refused_senders[address]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - aiosmtpd's
        """Answer RCPT TO."""
        answers = self.refused.get(address, [])
        if answers:
            answer = answers.pop(0) if len(answers) > 1 else answers[0]
            if not answer.startswith("250"):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
        """Take the message."""
        if self.refused_content:
            return self.refused_content
        if self.cut_before == len(self.received):
            self.cut_before = None
            server.transport.abort()
            return "250 never seen"
        self.received.append(Received(envelope.mail_from, tuple(envelope.rcpt_tos), envelope.original_content))
        if self.cut_after == len(self.received):
            self.cut_after = None
            server.transport.abort()
        await asyncio.sleep(3600 if self.silent else self.slow)
        return "250 taken"

    def let_in(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """Say whether a user and a password are right."""
        if mechanism not in ("LOGIN", "PLAIN") or not isinstance(data, LoginPassword):
            return AuthResult(success=False, handled=False)
        self.users.append(data.login.decode())
        return AuthResult(success=(data.login.decode(), data.password.decode()) == (USER, PASSWORD), handled=False)


class Server(Controller):
    """The server; ``tls`` from the first byte, or offered by STARTTLS, or none."""

    def __init__(self, office: Office, context: ssl.SSLContext | None, *, tls: bool = False, passwords: bool = True) -> None:
        """Listen on a port that is free."""
        self._offered = None if tls else context
        self._passwords = passwords
        super().__init__(office, hostname="127.0.0.1", port=0, ssl_context=context if tls else None)

    def factory(self) -> SMTP:
        """Make what answers one connection."""
        handler: Any = self.handler
        return SMTP(
            handler,
            hostname="mail.example",
            tls_context=self._offered,
            require_starttls=self._offered is not None,
            authenticator=handler.let_in,
            auth_required=False,  # it warns where that goes without TLS; the tests look who was let in
            auth_require_tls=False,
            auth_exclude_mechanism=[] if self._passwords else ["LOGIN", "PLAIN"],
            enable_SMTPUTF8=False,
        )

    def _trigger_server(self) -> None:
        """Learn which port it is; aiosmtpd looks whether it answers, and knows only port 0."""
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call] # aiosmtpd's own


def certificates(folder: Path, *names: str, server: Path | None = None) -> tuple[ssl.SSLContext, Path]:
    """Make an authority and a server's certificate for some names; give the server's context, and the authority's file.

    ``server`` is a file that gets the certificate with its key, for a server that is another program.
    """
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made = authority.issue_cert(*names)
    made.configure_cert(context)
    if server:
        made.private_key_and_cert_chain_pem.write_to_path(str(server))
    file = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    return context, file


@contextmanager
def silent_server(greeting: bytes = b"") -> Iterator[int]:
    """Give the port of a server that takes connections and says no more than its greeting."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        lines: list[socket.socket] = []

        def take() -> None:
            while True:
                try:
                    line, _ = listening.accept()
                    line.sendall(greeting)
                    lines.append(line)
                except OSError:
                    return

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)
        for line in lines:
            line.close()
    thread.join(5)
