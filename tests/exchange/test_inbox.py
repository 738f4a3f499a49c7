"""What came back, read from mails that mean harm; what becomes of it is in the tests of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from costs import grows_with_its_length
from solidarity_crm.exchange.outreach import inbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from solidarity_crm.exchange.outreach.inbox import Arrived

REPORT = (
    b"From: postmaster@example.org\nContent-Type: multipart/report; boundary=q\n\n"
    b"--q\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
)
FAILED = b"Final-Recipient: rfc822; sian.obrien@example.org\nAction: failed\nStatus: 5.1.1\n"
LONG: dict[str, Callable[[int], bytes]] = {
    "action": lambda size: REPORT + FAILED.replace(b"failed", b"failed" + b" a" * (size // 2)),
    "recipient": lambda size: REPORT + FAILED.replace(b"sian", b" a" * (size // 2)),
    "why": lambda size: REPORT + FAILED + b"Diagnostic-Code: smtp;" + b" a" * (size // 2) + b"\n",
    "blocks": lambda size: REPORT + b"X: y\n\n" * (size // 6) + FAILED,
    "original": lambda size: (
        REPORT + FAILED + b"\n--q\nContent-Type: message/rfc822\n\nMessage-ID: " + b"<a@b>" * (size // 5) + b"\n\n--q--\n"
    ),
    "references": lambda size: b"References: " + b"<a@b> " * (size // 6) + b"\n\nyes\n",
}


def read(data: bytes) -> Arrived:
    """Read the one mail in a message."""
    found, problems = inbox.read("mail", data, zone=ZoneInfo("Europe/London"))
    assert (len(found), problems) == (1, [])
    return found[0]


def test_a_failed_delivery_names_the_address_and_the_letter() -> None:
    """By the server's own fields, and the Message-ID of what it sends back."""
    original = b"\n--q\nContent-Type: message/rfc822\n\nMessage-ID: <d1@leeds.example>\nSubject: x\n\nDear\n--q--\n"
    found = read(REPORT + FAILED + b"Diagnostic-Code: smtp; 550 no such user\n" + original)
    assert (found.kind, found.failed, found.why) == ("bounce", "sian.obrien@example.org", "5.1.1 550 no such user")
    assert found.answers == ("<d1@leeds.example>",)


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_a_long_report_costs_what_its_length_does(make: Callable[[int], bytes]) -> None:
    """Whatever it is full of."""
    assert grows_with_its_length(read, make, 200_000)
