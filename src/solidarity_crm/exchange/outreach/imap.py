"""Putting messages into the drafts folder of a mail account by IMAP, which every mail program then shows (RFC 9051, RFC 6154)."""

from __future__ import annotations

import base64
import imaplib
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from solidarity_crm.exchange.outreach.servers import LoginRefused, NoMailServer, NotEncrypted, plainly, said_our_way, tls, words

if TYPE_CHECKING:
    from datetime import datetime
    from types import TracebackType

    from solidarity_crm.store.mail_settings import MailServer

_LISTED = re.compile(rb'\((?P<flags>[^)]*)\) (?:"(?:[^"\\]|\\.)*"|NIL) (?P<name>[\x20-\x7e]+)\Z')
_BEYOND = re.compile(r"[^\x20-\x7e]+")
_USUAL = "Drafts"
_IN_SETTINGS = 'folder = "…" under [mail.imap] in solidarity.toml'


class DraftsFolder:
    """The drafts folder of an account, open while this is entered."""

    def __init__(self, server: MailServer, password: str | None, named: str | None = None) -> None:
        """Keep where it is; ``named`` is what the folder is called, if the server is not to be asked."""
        self._server, self._password, self._named = server, password, named
        self._line: imaplib.IMAP4
        self._folder = ""

    def __enter__(self) -> Self:
        """Open it.

        Raises NoMailServer, NotEncrypted or LoginRefused.
        """
        with said_our_way(self._server, imaplib.IMAP4.error):
            self._line = self._opened()
            try:
                self._folder = _quoted(_utf7(self._named)) if self._named else self._found()
                done, said = self._line.select(self._folder, readonly=True)
            except BaseException:
                self._line.shutdown()
                raise
        if done != "OK":
            self.__exit__(None, None, None)
            raise NoMailServer(self._server, f"it has no folder for drafts ({words(said[0] or b'')})", _IN_SETTINGS)
        return self

    def __exit__(self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None) -> None:
        """Take leave, whether or not the server answers."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._line.logout()

    def put(self, message_id: str, content: bytes, moment: datetime) -> bool:
        """Put a message there as a draft, unless it is there already; say whether it was put.

        Raises NoMailServer.
        """
        with said_our_way(self._server, imaplib.IMAP4.error):
            self._line.noop()  # what another program put there since is seen
            done, found = self._line.search(None, "HEADER", "Message-ID", _quoted(message_id))
            if done == "OK" and found and found[0] and found[0].split():
                return False
            done, said = self._line.append(self._folder, r"(\Draft \Seen)", imaplib.Time2Internaldate(moment), content)
        if done != "OK":
            raise NoMailServer(
                self._server, f"it did not take the draft: {words(said[0] or b'')}", "make room there, and the same command again"
            )
        return True

    def _opened(self) -> imaplib.IMAP4:
        """Give a line on which the server has let us in."""
        server = self._server
        if server.security == "tls":
            line: imaplib.IMAP4 = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=tls(), timeout=server.timeout)
        else:
            line = imaplib.IMAP4(server.host, server.port, timeout=server.timeout)
        try:
            if server.security == "starttls":
                _encrypt(line, server)
            _log_in(line, server, self._password or "")
        except BaseException:
            line.shutdown()
            raise
        return line

    def _found(self) -> str:
        """Give the folder that the server says is for drafts, or the usual one."""
        special = "SPECIAL-USE" in self._line.capabilities
        done, lines = self._line.list('(SPECIAL-USE) ""' if special else '""', '"*"')
        for line in lines if done == "OK" else ():
            listed = _LISTED.match(line) if isinstance(line, bytes) else None
            if listed and rb"\drafts" in listed["flags"].lower().split():
                return listed["name"].decode("ascii")
        return _quoted(_USUAL)


def _encrypt(line: imaplib.IMAP4, server: MailServer) -> None:
    """Make a line safe before anything is said on it.

    Raises NotEncrypted.
    """
    if "STARTTLS" not in line.capabilities:
        raise NotEncrypted(server)
    line.starttls(ssl_context=tls())


def _log_in(line: imaplib.IMAP4, server: MailServer, password: str) -> None:
    """Say who we are.

    Raises LoginRefused.
    """
    said_plainly = plainly(server.user or "", password)
    try:
        if said_plainly is None:
            line.login(server.user or "", password)
        else:
            line.authenticate("PLAIN", lambda _: said_plainly)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as problem:
        said = problem.args[0] if problem.args else b""
        raise LoginRefused(server, words(said if isinstance(said, (bytes, str)) else b"")) from None


def _quoted(text: str) -> str:
    """Give a text as a quoted string (RFC 9051 §4.3)."""
    plain = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _utf7(name: str) -> str:
    """Give a folder's name as servers write it (RFC 3501 §5.1.3)."""

    def shifted(found: re.Match[str]) -> str:
        coded = base64.b64encode(found[0].encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",")
        return f"&{coded}-"

    return _BEYOND.sub(shifted, name.replace("&", "&-"))
