"""What came back: replies, wishes to be left alone, messages that could not be delivered, and what only programs say.

Automatic answers are told by RFC 3834, failed deliveries by RFC 3464. Which message a mail answers is told by the
Message-IDs that it names, which nobody else knows: a mail that names none of ours changes nothing but by asking to stop.
"""

from __future__ import annotations

import re
from email.utils import parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.forms.html_lines import lines_of
from solidarity_crm.exchange.messages import LIBRARY, MOST, header, inner, messages, parsed, parts_of, sent_on, text_of, tried
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.rules.quoting import asks_to_stop, own_words
from solidarity_crm.text import fold, one_line, safe, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, tzinfo
    from email.message import Message

UNSUBSCRIBE = "unsubscribe"  # the subject that List-Unsubscribe asks for (exchange.outreach.mail)
REPLY, OPT_OUT, BOUNCE, DELAY, AUTOMATIC = "reply", "opt-out", "bounce", "delay", "automatic"
_ID = re.compile(r"<[^<>\s]{3,250}>")
_SUBJECT, _WORDS, _REFERENCES = 300, 50_000, 100
_AWAY = re.compile(
    r"\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response)|out of (?:the )?office|abwesenheit|réponse automatique)\b", re.IGNORECASE
)
_REPORT = "multipart/report"
_NOBODY = ("", "mailer-daemon", "postmaster")
_AUTOMATIC_PRECEDENCE = ("auto_reply", "auto-reply", "bulk", "junk", "list")


class Arrived(NamedTuple):
    """A mail: its ``kind``, the Message-IDs that it answers, who wrote what; of a bounce, the address and what is wrong with it.

    ``key`` is the same whenever the same mail is read.
    """

    key: str
    kind: str
    answers: tuple[str, ...]
    sender: str
    subject: str
    words: str
    on: date | None
    failed: str = ""
    why: str = ""


class _Failure(NamedTuple):
    """What a server says of a message that it could not deliver."""

    address: str
    action: str
    why: str


def read(file: str, data: bytes, *, zone: tzinfo, mbox: bool = False) -> tuple[list[Arrived], list[Problem]]:
    """Give the mails in a message or an mbox, and those that cannot be read, each of which costs itself alone."""
    found: list[Arrived] = []
    problems: list[Problem] = []
    for place, (line, content) in enumerate(messages(data) if mbox else [(1, data)]):
        if place >= MOST:
            problems.append(Problem(file, line, "", f"only the first {MOST} messages are read"))
            break
        try:
            said = _arrived(content, zone)
        except LIBRARY:
            said = "the message is damaged"
        if isinstance(said, str):
            problems.append(Problem(file, line, "", said))
        else:
            found.append(said)
    return found, problems


def _arrived(content: bytes, zone: tzinfo) -> Arrived | str:
    """Give a mail, or why it cannot be read."""
    message = parsed(content)
    if isinstance(message, str):
        return message
    parts = list(parts_of(message))
    own_id = header(message, "Message-ID")
    key = sha256(own_id.encode() if own_id else content).hexdigest()
    subject = shorten(header(message, "Subject") or "no subject", _SUBJECT)
    sender = _sender(message)
    on = sent_on(message, zone)
    answers = tuple(dict.fromkeys(_ids(message, "In-Reply-To") + _ids(message, "References")[::-1]))
    failure = _failure(message)
    if failure:
        kind = BOUNCE if failure.action == "failed" else DELAY
        return Arrived(key, kind, (*_original(parts), *answers), sender, subject, "", on, failure.address, failure.why)
    words = own_words(_text(list(parts_of(message, attached=False))))[:_WORDS]
    kind = AUTOMATIC if _is_automatic(message, subject) else OPT_OUT if asks_to_stop(subject, words) else REPLY
    return Arrived(key, kind, answers, sender, subject, words, on)


def _is_automatic(message: Message, subject: str) -> bool:
    """Say whether a program wrote it and not a person (RFC 3834 §5), or only says that it was seen (RFC 8098).

    What a List-Unsubscribe button sends is a person's wish, whoever writes it.
    """
    if fold(subject) == UNSUBSCRIBE:
        return False
    if tried(message.get_content_type) == _REPORT or _returns(message) is False:
        return True
    said = (header(message, "Auto-Submitted") or "no").partition(";")[0].strip().lower()
    precedence = (header(message, "Precedence") or "").strip().lower()
    others = any(header(message, name) for name in ("X-Autoreply", "X-Autorespond"))
    return said != "no" or precedence in _AUTOMATIC_PRECEDENCE or others or _AWAY.match(subject) is not None


def _returns(message: Message) -> bool | None:
    """Say whether a mail came with somebody's return path; what programs answer comes with none (RFC 5321 §4.5.5, RFC 3834 §3.3)."""
    path = header(message, "Return-Path")
    return None if path is None else parseaddr(path)[1].casefold().partition("@")[0] not in _NOBODY


def _sender(message: Message) -> str:
    """Give the address that a mail says it comes from."""
    return one_line(parseaddr(header(message, "From") or "")[1]).casefold()


def _ids(message: Message, name: str) -> list[str]:
    """Give the Message-IDs that a header names, in its order; Outlook breaks it where it likes."""
    return _ID.findall(header(message, name) or "")[-_REFERENCES:]


def _text(parts: list[Message]) -> str:
    """Give what a mail says: its plain text, or what its HTML says without its tags."""
    for wanted in ("text/plain", "text/html"):
        for part in parts:
            if tried(part.get_content_type) == wanted and tried(part.get_content_disposition) != "attachment":
                text = safe(text_of(part))
                if text.strip():
                    return text if wanted == "text/plain" else safe("\n".join(line.text for line in lines_of(text)))
    return ""


def _failure(message: Message) -> _Failure | None:
    """Give what a delivery report says of its first recipient: we write to no more than one (RFC 3464 §2.3).

    The mail itself must be the report, and no person's: one that somebody sends on, or that came with a return path, is none.
    """
    own = tried(message.get_content_type) == _REPORT and not _returns(message)
    parts = list(inner(message)) if own else []
    report = next((part for part in parts if tried(part.get_content_type) == "message/delivery-status"), None)
    if report is None:
        return None
    for block in inner(report):
        action = header(block, "Action")
        if action:
            address = (header(block, "Original-Recipient") or header(block, "Final-Recipient") or "").rpartition(";")[2]
            status, said = header(block, "Status") or "", (header(block, "Diagnostic-Code") or "").partition(";")[2]
            why = said if status in said else f"{status} {said}"
            return _Failure(one_line(address).strip("<> ").casefold(), action.lower(), shorten(why, _SUBJECT))
    return None


def _original(parts: list[Message]) -> Iterator[str]:
    """Give the Message-ID of what could not be delivered, which the report has whole or by its headers (RFC 3464 §2)."""
    for part in parts:
        kind = tried(part.get_content_type)
        if kind in ("message/rfc822", "message/rfc822-headers"):
            for inside in inner(part):
                yield from _ids(inside, "Message-ID")
        elif kind == "text/rfc822-headers":
            named = re.search(r"^message-id:\s*(<[^<>\s]{3,250}>)", text_of(part), re.IGNORECASE | re.MULTILINE)
            if named:
                yield named[1]
