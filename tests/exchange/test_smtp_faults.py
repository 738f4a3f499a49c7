"""Mail servers that fail at each step of a message: nothing is taken for sent that may not have been, nor for not sent that may."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING, NamedTuple

import pytest

from solidarity_crm.exchange.outreach import smtp
from solidarity_crm.exchange.outreach.mail import address
from solidarity_crm.exchange.outreach.servers import NoMailServer
from solidarity_crm.rules.delivery import FAILED, LATER, SENT, STOP, UNSURE, verdict
from solidarity_crm.store.mail_settings import MailServer

if TYPE_CHECKING:
    from collections.abc import Iterator

CUT = b""
NONSENSE = b"hello\r\n"
ANSWERS = {b"EHLO": b"250 mail.example\r\n", b"MAIL": b"250 OK\r\n", b"RCPT": b"250 OK\r\n", b"DATA": b"354 go on\r\n", b".": b"250 OK\r\n"}


class Line(NamedTuple):
    """A server that takes one connection: where it is, and what it says to each command, nothing being that it hangs up."""

    port: int
    answers: dict[bytes, bytes]


@pytest.fixture
def line() -> Iterator[Line]:
    """Give a server whose answers can be changed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        found = Line(listening.getsockname()[1], {b"": b"220 mail.example\r\n", **ANSWERS})
        thread = threading.Thread(target=_talk, args=(listening, found.answers), daemon=True)
        thread.start()
        yield found
    thread.join(5)


def _talk(listening: socket.socket, answers: dict[bytes, bytes]) -> None:
    """Answer one connection until it is left, or hung up on; what is in a message is not answered."""
    line, _ = listening.accept()
    with line, line.makefile("rb") as said:
        line.sendall(answers[b""])
        in_message = False
        for each in said:
            verb = b"." if in_message and each == b".\r\n" else b"" if in_message else each[:4].strip().upper()
            if not verb:
                continue
            answer = answers.get(verb, b"221 bye\r\n" if verb == b"QUIT" else b"250 OK\r\n")
            if answer == CUT:
                return
            line.sendall(answer)
            in_message = verb == b"DATA" and answer.startswith(b"354")


def outcome(line: Line) -> tuple[str, bool]:
    """Hand a message over; give what becomes of it, and whether its address is dead."""
    with smtp.Post(MailServer("127.0.0.1", line.port, "none", timeout=5), None) as post:
        post.connect()
        found = verdict(post.deliver(address("", "hello@leeds.example"), address("", "amina@example.org"), b"Subject: x\r\n\r\nx\r\n"))
    return found.outcome, found.dead


@pytest.mark.parametrize(
    ("verb", "answer", "expected"),
    [
        (b"MAIL", b"451 4.3.0 later\r\n", LATER),
        (b"MAIL", b"553 5.7.1 not you\r\n", STOP),
        (b"RCPT", b"251 sent on\r\n", SENT),
        (b"RCPT", b"450 4.2.0 greylisted\r\n", LATER),
        (b"RCPT", b"552 5.2.2 full\r\n", FAILED),
        (b"DATA", b"421 4.3.2 closing\r\n", LATER),
        (b"DATA", b"554 5.7.1 spam\r\n", FAILED),
        (b".", b"451 4.3.0 later\r\n", LATER),
        (b".", b"554 5.7.1 spam\r\n", FAILED),
        (b".", b"252 taken\r\n", SENT),
        *((verb, answer, LATER) for verb in (b"MAIL", b"RCPT", b"DATA") for answer in (CUT, NONSENSE)),
        (b"DATA", b"250 OK\r\n", LATER),
        (b".", CUT, UNSURE),
        (b".", NONSENSE, UNSURE),
        (b".", b"354 go on\r\n", UNSURE),
    ],
)
def test_each_step_may_fail(line: Line, verb: bytes, answer: bytes, expected: str) -> None:
    """Refused, hung up on or answered with what is no answer: only after the whole message is it unsure."""
    line.answers[verb] = answer
    assert outcome(line) == (expected, False)


@pytest.mark.parametrize("answer", [NONSENSE, b"HTTP/1.1 400 Bad Request\r\n"])
def test_what_does_not_speak_smtp_is_named(line: Line, answer: bytes) -> None:
    """Another program on that port."""
    line.answers[b""] = answer
    with pytest.raises(NoMailServer, match="it does not speak SMTP there"):
        outcome(line)
