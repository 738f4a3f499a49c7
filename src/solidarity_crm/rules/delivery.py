"""What follows from a mail server's answer: whether a message arrived, is tried again, or never will be.

A reply of 4xx asks to try again, one of 5xx not to (RFC 5321 §4.2.1); the code in the reply's text says what was wrong
(RFC 3463). Only what is wrong with the address itself makes it a dead one: a server that refuses us or our message
would refuse it to others too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SENDING = "outreach send"  # the command by which messages go out; no undo takes back what it wrote (services.undoing)
SENT, LATER, FAILED, UNSURE, STOP = "sent", "later", "failed", "unsure", "stop"
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_TEMPORARY, _PERMANENT = 400, 500
_MAILBOX_GONE = (550, 551, 553)  # what replies to RCPT without a code in their text mean, but for those about relaying
_BAD_ADDRESS = {"0", "1", "2", "3", "4", "6", "10"}  # 5.1.x, without what is about the sender's address (RFC 3463 §3.2, RFC 7505)
_NOT_THEIRS = re.compile(r"relay|authenticat|spam|block|policy|blacklist|spf|dmarc|reputation", re.IGNORECASE)


class Reply(NamedTuple):
    """What a server said: to the ``sender``'s address, the ``recipient``'s, the ``message``, or nothing, since the line was cut.

    ``stage`` is ``done`` when it took the message, ``cut`` when the line was cut before it had all of it, ``silent``
    when it had all of it and was not heard of again.
    """

    stage: str
    code: int = 0
    said: str = ""


class Verdict(NamedTuple):
    """What becomes of a message, why, and whether its address is dead."""

    outcome: str
    why: str = ""
    dead: bool = False


def verdict(reply: Reply) -> Verdict:
    """Say what follows from a server's answer to a message."""
    why = f"{reply.code} {reply.said}".strip() if reply.code else reply.said
    if reply.stage == "done":
        return Verdict(SENT)
    if reply.stage == "silent":
        return Verdict(UNSURE, why or "the server was not heard of after it had the message")
    if reply.stage == "cut" or _TEMPORARY <= reply.code < _PERMANENT:
        return Verdict(LATER, why or "the connection was cut")
    if reply.stage == "sender":
        return Verdict(STOP, why)
    return Verdict(FAILED, why, address_is_dead(reply.code, reply.said) if reply.stage == "recipient" else _says_dead(reply.said))


def address_is_dead(code: int, said: str) -> bool:
    """Say whether a refusal is of the address itself; without a code of RFC 3463, by its number and its words."""
    if _STATUS.search(said):
        return _says_dead(said)
    return code in _MAILBOX_GONE and not _NOT_THEIRS.search(said)


def _says_dead(said: str) -> bool:
    """Say whether a text has a code by which no such mailbox is there, or it is closed for good."""
    found = _STATUS.search(said)
    if found is None or found[1] != "5":
        return False
    return (found[2] == "1" and found[3] in _BAD_ADDRESS) or (found[2], found[3]) == ("2", "1")
