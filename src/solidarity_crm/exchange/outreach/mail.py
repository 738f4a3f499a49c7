"""One message to one person, as a file that mail programs open ready to send (exchange.md D4).

There is no way here to name a second recipient: a list of people in one message has exposed whole communities
(ICO penalties against Central YMCA, 2024, and HIV Scotland, 2021).
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import Header
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UniqueUnstructuredHeader
from email.message import EmailMessage
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from solidarity_crm.errors import Refused
from solidarity_crm.text import one_line, safe, shorten

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import Message
    from email.policy import Policy

_LINE = 76
_NAME_WIDTH = 60
_KEPT = 256  # headers
_UNMISTAKABLE = re.compile(r"[^\W_]+(?:[ '’-][^\W_]+)*\Z")
_ID = re.compile(r"<[A-Za-z0-9._%+=-]{1,100}@[A-Za-z0-9.-]{1,200}>\Z")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
# RFC 5322 §3.4.1, without quotes and what is obsolete; readers take =? for an encoded word (RFC 2047) there too
_ADDRESS = re.compile(rf"(?!.*=\?)({_ATOM}(?:\.{_ATOM})*)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
_SPECIAL = re.compile(r'[()<>@,:;\\"\[\]=?]+')


class _Subject(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc] # as Python makes them of the two
    """A subject in lines of its own making: Python's drop the blanks between accented words, and cut their codes in two."""

    def fold(self, *, policy: Policy[Message]) -> str:
        """Give the header's lines."""
        text = str(self)
        plain = text.isascii() and all(len(word) < _NAME_WIDTH for word in text.split())
        header = Header(text, "us-ascii" if plain else "utf-8", header_name=self.name, maxlinelen=_LINE)
        return f"{self.name}: {header.encode(linesep=policy.linesep)}{policy.linesep}"


class _Header(BaseHeader):
    """A header whose lines are made once."""

    def fold(self, *, policy: Policy[Message]) -> str:
        """Give the header's lines."""
        lines: str | None = self.__dict__.get("lines")
        if lines is None:
            lines = self.__dict__["lines"] = super().fold(policy=policy)
        return lines


class _Headers(HeaderRegistry):
    """The headers there are, each made once: most headers of a message are those of the message before it."""

    def __init__(self) -> None:
        """Put our subject in the place of Python's."""
        super().__init__()
        self.map_to_type("subject", _Subject)
        self._kinds: dict[str, type[BaseHeader]] = {}
        self._made: dict[tuple[str, type, str], BaseHeader] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        """Give the kind of a header by its name; Python makes a new kind for every header that is set."""
        found = self._kinds.get(name.lower())
        if found is None:
            found = self._kinds[name.lower()] = type("_Header", (_Header, super().__getitem__(name)), {})
        return found

    def __call__(self, name: str, value: object) -> BaseHeader:
        """Give a header, which nothing changes once it is made."""
        asked = name, type(value), str(value)
        found = self._made.get(asked)
        if found is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            found = self._made[asked] = super().__call__(name, value)
        return found


_POLICY = policy.SMTP.clone(header_factory=_Headers())
_READING = policy.default.clone(header_factory=_POLICY.header_factory)


class Mail(NamedTuple):
    """A message to one person; ``reply_to`` is where answers go, and people who want no more messages write.

    ``html`` is the same text as a page; a message without it is plain text alone.
    """

    sender_name: str
    sender: str
    to_name: str
    to: str
    reply_to: str
    subject: str
    body: str
    date: datetime
    message_id: str
    with_way_out: bool
    html: str = ""


def eml(mail: Mail, *, unsent: bool = True) -> bytes:
    """Give a message with CRLF line ends: as an .eml file that opens ready to send, or, not ``unsent``, as it goes out.

    Raises Refused for an address that no mail program could send to, or a Message-ID that is none.
    """
    sender = address(mail.sender_name, mail.sender)
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = address(mail.to_name, mail.to)
    if mail.reply_to != mail.sender:
        message["Reply-To"] = address("", mail.reply_to)
    message["Subject"] = one_line(mail.subject).replace("=?", "= ?")  # Python reads an encoded word, and a line end in it
    message["Date"] = mail.date
    message["Message-ID"] = _checked_id(mail.message_id)
    if unsent:
        message["X-Unsent"] = "1"
    if mail.with_way_out:
        message["List-Unsubscribe"] = f"<mailto:{quote(address('', mail.reply_to).addr_spec, safe='@')}?subject=unsubscribe>"
    message["MIME-Version"] = "1.0"
    message.set_content(safe(mail.body), subtype="plain", charset="utf-8", cte="quoted-printable")
    if mail.html:  # after the plain text: programs show the last part that they can (RFC 2046 section 5.1.4)
        message.add_alternative(mail.html, subtype="html", charset="utf-8", cte="quoted-printable")
        message.set_boundary(f"=_{sha256(mail.html.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _checked_id(message_id: str) -> str:
    """Give a Message-ID that every reader reads as one (RFC 5322 §3.6.4); a folder that was imported may say anything.

    Raises Refused.
    """
    if not _ID.match(message_id):
        sentence = f"{one_line(message_id)!r} is not a Message-ID"
        raise Refused(sentence, "cancel the draft and draft it again")
    return message_id


@lru_cache(maxsize=64)
def address(name: str, addr_spec: str) -> Address:
    """Give an address with a name that no reader can take for another address.

    Raises Refused for an address that no mail program could send to.
    """
    local, _, domain = addr_spec.rpartition("@")
    try:
        found = _ADDRESS.fullmatch(f"{local}@{domain.encode('idna').decode('ascii')}")
    except UnicodeError:
        found = None
    if found is None:
        sentence = f"{one_line(addr_spec)!r} is not an address that a mail program can send to"
        raise Refused(sentence)
    bare = Address("", *found.groups())
    return Address(_display_name(name, bare), bare.username, bare.domain)


def _display_name(name: str, bare: Address) -> str:
    """Give a name as a header can carry it.

    Python folds long names without their quotes, and reads marks of encoding inside them: then "Smith, Jo" is two
    people. So a name with anything but letters in it is read back before it is used, and does without its marks else.
    """
    short = shorten(name, _NAME_WIDTH)
    if _UNMISTAKABLE.match(short) or _reads_back(short, bare):
        return short
    plain = one_line(_SPECIAL.sub(" ", short))
    return plain if _reads_back(plain, bare) else ""


def _reads_back(name: str, bare: Address) -> bool:
    """Say whether a name in a header is read as that one name; Python's reader may put a blank where a line was folded."""
    message = EmailMessage(policy=_POLICY)
    message["To"] = Address(name, bare.username, bare.domain)
    try:
        read = message_from_bytes(message.as_bytes(), policy=_READING)["To"].addresses
    except ValueError:  # newer Pythons refuse to read a name with a line end encoded in it
        return False
    return [("".join(one.display_name.split()), one.addr_spec) for one in read] == [("".join(name.split()), bare.addr_spec)]
