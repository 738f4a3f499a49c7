"""Thousands of texts in each place of a message that a person's words can reach, and what a mail program reads of it.

No header more than there should be, nobody else to write to, no script, no control byte, and the same words as were put in.
"""

from __future__ import annotations

import os
import re
from binascii import a2b_qp
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from letter_parts import Page, letters, parts
from payloads import FORBIDDEN, generated
from solidarity_crm.errors import Unfilled
from solidarity_crm.exchange.outreach.mail import Mail, eml
from solidarity_crm.exchange.outreach.markdown import as_html, as_text
from solidarity_crm.exchange.outreach.template_files import Template
from solidarity_crm.exchange.outreach.templates import Form
from solidarity_crm.rules.closings import Network, closed
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.exchange.outreach.templates import Message

BODY = "Dear {{ who }},\n\n{{ who }}\n\n1. {{ who }} at [our page](https://leeds.example/{{ 'x' }}) of {{ who }}\n\n**So:** {{ who }} we said.\n"
AS_READ = "Dear {0},\n\n{0}\n\n1. {0} at our page (https://leeds.example/x) of {0}\n\n*So:* {0} we said.\n"
AS_SHOWN = "Dear {0},\n\n{0}\n\n{0} at our page of {0}\n\nSo: {0} we said.\n"
NETWORK = Network("Leeds Solidarity Network", "Robin and Sam", "12 Example Row", "hello@leeds.example")
HEADERS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "X-Unsent", "List-Unsubscribe", "MIME-Version", "Content-Type"]
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n")
TAGS = {"html", "head", "meta", "title", "body", "p", "br", "a", "strong", "ol", "li"}
EACH = int(os.environ.get("SOLIDARITY_TEXTS", "2000")) // 4  # make torture: ten thousand


def filled(seed: int) -> Iterator[tuple[str, Message]]:
    """Give texts, each with the message that it made; those that are empty or look like a template make none."""
    form = Form(Template("hello", "For {{ who }}", "engagement", "", BODY, 5, Path("hello.txt"), html=True))
    for text in generated(EACH * 2, seed):
        try:
            yield text, form.fill({"who": text})
        except Unfilled as refused:
            assert ("is empty" in refused.reason, "still has" in refused.reason) != (False, False)  # noqa: PT017 - of many


@pytest.mark.parametrize("seed", range(4))
def test_no_text_makes_a_header_a_recipient_or_a_script(seed: int) -> None:
    """In the subject, in both names, in the plain text and in the page."""
    count = 0
    for text, message in islice(filled(seed), EACH):
        count += 1
        body = closed(message.body, NETWORK)
        mail = Mail(
            sender_name="Robin Marsh" if count % 2 else text,
            sender="robin@leeds.example",
            to_name=text,
            to="sian@example.org",
            reply_to="hello@leeds.example",
            subject=message.subject,
            body=as_text(body),
            date=datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
            message_id="<50b49772@leeds.example>",
            with_way_out=True,
            html=as_html(body, message.subject),
        )
        content = eml(mail)
        head, plain, page = by_hand(content)
        assert [line.partition(b":")[0].decode() for line in head if not line.startswith(b" ")] == HEADERS, repr(text)
        assert content.isascii(), repr(text)
        assert not CONTROL.search(content), repr(text)
        assert letters(plain) == letters(closed(AS_READ.format(safe(text)), NETWORK)), repr(text)
        shown = Page(page)
        assert letters(shown.text) == letters(closed(AS_SHOWN.format(safe(text)), NETWORK)), repr(text)
        assert not FORBIDDEN.search(f"{plain}{shown.text}"), repr(text)
        assert shown.tags <= TAGS, repr(text)
        assert shown.attributes <= {"lang", "charset", "style", "href"}, repr(text)
        assert all(link.startswith(("http://", "https://")) for link in shown.links), repr(text)
        if count % 10 == 0:
            _check_as_a_program_reads_it(content, message.subject, plain)
    assert count == EACH


def _check_as_a_program_reads_it(content: bytes, subject: str, plain: str) -> None:
    """Python's own reader finds the same, in one message to one person."""
    read = parts(content)
    assert read.message.keys() == HEADERS, repr(subject)
    assert [one.addr_spec for one in read.message["To"].addresses] == ["sian@example.org"], repr(subject)
    assert [one.addr_spec for one in read.message["From"].addresses] == ["robin@leeds.example"], repr(subject)
    assert read.message["Subject"] == one_line(subject).replace("=?", "= ?"), repr(subject)
    assert not FORBIDDEN.search(read.message["Subject"]), repr(subject)
    assert read.text == plain, repr(subject)


def by_hand(content: bytes) -> tuple[list[bytes], str, str]:
    """Give a message's head in lines, its plain text and its page, as quickly as ten thousand of them need."""
    head, _, body = content.partition(b"\r\n\r\n")
    boundary = re.search(rb'boundary="([^"]+)"', head)
    assert boundary
    _, plain, page, end = body.split(b"--" + boundary[1])
    assert end.strip() == b"--"
    decoded = [a2b_qp(part.partition(b"\r\n\r\n")[2]).decode().replace("\r\n", "\n") for part in (plain, page)]
    return head.split(b"\r\n"), decoded[0].removesuffix("\n"), decoded[1]
