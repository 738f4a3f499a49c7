"""Handing messages to a mail server by SMTP, one recipient each, and what it said to each (RFC 5321, RFC 6409)."""

from __future__ import annotations

import re
import smtplib
from base64 import b64encode
from typing import TYPE_CHECKING, Self

from solidarity_crm.errors import Refused
from solidarity_crm.exchange.outreach.servers import LoginRefused, NoMailServer, NotEncrypted, plainly, said_our_way, tls, words
from solidarity_crm.rules.delivery import Reply

if TYPE_CHECKING:
    from email.headerregistry import Address
    from types import TracebackType

    from solidarity_crm.store.mail_settings import MailServer

_OK, _GO_ON, _LET_IN = 250, 354, 235
_DONE, _REFUSED = 2, (4, 5)  # what the first figure of an answer means (RFC 5321 §4.2.1)
_NOT_SMTP = "it does not speak SMTP there"
_AT_THE_END = 10  # times as long as elsewhere is waited for the last reply: giving up there makes a message unsure (RFC 5321 §4.5.3.2.6)
_US = "[127.0.0.1]"  # what this machine is called is nobody's business (RFC 5321 §4.1.3 allows an address instead)
_DOT = re.compile(rb"^\.", re.MULTILINE)


class Post:
    """A connection to a mail server, opened when the first message is handed over and again after it was cut."""

    def __init__(self, server: MailServer, password: str | None) -> None:
        """Keep where to connect."""
        self._server, self._password = server, password
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None) -> None:
        """Take leave of the server, whether or not it answers."""
        if self._line is not None:
            try:
                self._line.quit()
            except (OSError, smtplib.SMTPException):
                self._line.close()
            self._line = None

    def connect(self) -> None:
        """Open the line, unless it is open.

        Raises NoMailServer, NotEncrypted or LoginRefused.
        """
        if self._line is not None:
            return
        with said_our_way(self._server, smtplib.SMTPException):
            try:
                self._line = self._opened()
            except smtplib.SMTPAuthenticationError as problem:
                raise LoginRefused(self._server, words(problem.smtp_error)) from None
            except smtplib.SMTPNotSupportedError:
                raise NoMailServer(self._server, "it takes no password there", "port 587 with starttls, or 465 with tls") from None
            except smtplib.SMTPResponseException as problem:
                raise NoMailServer(self._server, self._said(problem), "later, or ask the provider") from None

    def deliver(self, sender: Address, to: Address, content: bytes) -> Reply:
        """Hand one message over, to one address; :meth:`connect` comes first."""
        line = self._line
        if line is None:
            return Reply("cut")
        try:
            for stage, (code, said) in (("sender", line.mail(_plain(sender))), ("recipient", line.rcpt(_plain(to)))):
                if code // 100 != _DONE:
                    return self._refused(stage, code, said)
            code, said = line.docmd("DATA")
            if code != _GO_ON:
                return self._refused("message", code, said)
            line.send(_DOT.sub(b"..", content).removesuffix(b"\r\n") + b"\r\n.\r\n")
        except (smtplib.SMTPException, OSError) as problem:
            self._cut()
            return Reply("cut", said=self._said(problem))
        return self._last_reply(line)

    def _opened(self) -> smtplib.SMTP:
        """Give a line on which the server has let us in."""
        server = self._server
        if server.security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, _US, timeout=server.timeout, context=tls())
        else:
            line = smtplib.SMTP(server.host, server.port, _US, timeout=server.timeout)
        try:
            line.ehlo_or_helo_if_needed()
            if server.security == "starttls":
                _encrypt(line, server)
            if server.user:
                _log_in(line, server.user, self._password or "")
        except BaseException:
            line.close()
            raise
        return line

    def _last_reply(self, line: smtplib.SMTP) -> Reply:
        """Wait for what the server says of a message that it has; when it says nothing, nobody knows what it did with it."""
        try:
            if line.sock is not None:
                line.sock.settimeout(self._server.timeout * _AT_THE_END)
            code, said = line.getreply()
            if line.sock is not None:
                line.sock.settimeout(self._server.timeout)
        except (smtplib.SMTPException, OSError) as problem:
            self._cut()
            return Reply("silent", said=self._said(problem))
        return Reply("done", code, words(said)) if code // 100 == _DONE else self._refused("message", code, said, otherwise="silent")

    def _refused(self, stage: str, code: int, said: bytes, *, otherwise: str = "cut") -> Reply:
        """Give a refusal, and make the line ready for the next message; a server that closes it (421) is left.

        An answer that is neither yes nor no is none: then the message is where it is when the line is cut.
        """
        if code // 100 not in _REFUSED:
            self._cut()
            return Reply(otherwise, said=_NOT_SMTP)
        found = Reply(stage, code, words(said))
        try:
            if code == 421 or self._line is None or self._line.docmd("RSET")[0] != _OK:  # noqa: PLR2004 - RFC 5321 §3.8
                self._cut()
        except (smtplib.SMTPException, OSError):
            self._cut()
        return found

    def _said(self, problem: Exception) -> str:
        """Give what the library says of a line in plain words."""
        if isinstance(problem, smtplib.SMTPResponseException):
            return f"it answered {problem.smtp_code} {words(problem.smtp_error)}" if problem.smtp_code > 0 else _NOT_SMTP
        if isinstance(problem, TimeoutError) or "timed out" in str(problem):
            return f"it did not answer in {self._server.timeout} seconds"
        return "the connection was cut" if isinstance(problem, smtplib.SMTPServerDisconnected) else words(str(problem))

    def _cut(self) -> None:
        """Let go of a line that is no use any more."""
        if self._line is not None:
            self._line.close()
            self._line = None


def _encrypt(line: smtplib.SMTP, server: MailServer) -> None:
    """Make a line safe before anything is said on it.

    Raises NotEncrypted when the server does not offer that, as one does whose offer somebody in between takes away.
    """
    if not line.has_extn("starttls"):
        raise NotEncrypted(server)
    line.starttls(context=tls())
    line.ehlo()


def _log_in(line: smtplib.SMTP, user: str, password: str) -> None:
    """Say who we are.

    Raises SMTPAuthenticationError when the server does not take it.
    """
    said_plainly = plainly(user, password)
    if said_plainly is None:
        line.login(user, password)
        return
    code, said = line.docmd("AUTH", f"PLAIN {b64encode(said_plainly).decode()}")
    if code != _LET_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _plain(address: Address) -> str:
    """Give an address as the envelope has it: one, and nothing that could end the line.

    Raises Refused.
    """
    plain = address.addr_spec
    if not plain.isascii() or any(letter.isspace() or letter in "<>,;" or not letter.isprintable() for letter in plain):
        sentence = "an address in an envelope has letters that no mail server takes"
        raise Refused(sentence)
    return plain
