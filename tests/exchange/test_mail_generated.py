"""Thousands of hostile texts in everything that a message has: one recipient, no header but ours, no byte that steers anything."""

from __future__ import annotations

import os
import re
from email import message_from_bytes, policy
from email.headerregistry import Address
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_mail import MAIL

from payloads import generated
from solidarity_crm.errors import Refused
from solidarity_crm.exchange.outreach.mail import address, eml
from solidarity_crm.exchange.outreach.mailboxes import MBOX, files

if TYPE_CHECKING:
    from email.headerregistry import AddressHeader

COUNT = 10_000 if "SOLIDARITY_KILLS" in os.environ else 1_000  # all of them by make torture
BATCHES = 10
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]")
HEADERS = message_from_bytes(eml(MAIL, unsent=False), policy=policy.default).keys()
STRINGS = generated(COUNT)


@pytest.mark.parametrize("batch", range(BATCHES))
def test_whatever_is_written_there_is_one_message_to_one_person(batch: int) -> None:
    """The text in every field at once, as a message goes out and as a mbox has it."""
    for text in STRINGS[batch::BATCHES]:
        mail = MAIL._replace(to_name=text, sender_name=text, subject=text, body=text)
        content = eml(mail, unsent=False)
        assert not CONTROL.search(content), text
        assert b"\n" not in content.replace(b"\r\n", b""), text
        head, _, body = content.partition(b"\r\n\r\n")
        assert [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")] == HEADERS, text
        assert max(len(line) for line in body.split(b"\r\n")) <= 78, text
        found: Any = message_from_bytes(content, policy=policy.default)
        for header, wanted in (("To", MAIL.to), ("From", MAIL.sender)):
            field: AddressHeader = found[header]
            assert [each.addr_spec for each in field.addresses] == [wanted], text
        ((_, box),) = files(MBOX, [("D1", content)] * 2, sender=MAIL.sender, moment=MAIL.date).items()
        assert len(re.findall(rb"^From ", box, re.MULTILINE)) == 2, text


def test_a_message_id_is_one_or_is_refused() -> None:
    """It comes from the store, and a folder that was imported may say anything there."""
    for text in STRINGS:
        with pytest.raises(Refused, match="is not a Message-ID"):
            eml(MAIL._replace(message_id=f"<{text} @leeds.example>"))


def test_whatever_is_given_for_an_address_is_one_or_is_refused() -> None:
    """And what the server is told is that one, on one line."""
    for text in STRINGS:
        for candidate in (text, f"{text}@example.org", f"amina@{text}"):
            try:
                found = address("", candidate)
            except Refused:
                continue
            assert re.fullmatch(r"[!-~]+@[!-~]+", found.addr_spec), candidate
            assert not re.search(r"[<>,;]", found.addr_spec.strip('"')), candidate
            assert Address(addr_spec=found.addr_spec) == found, candidate


@given(st.from_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{1,12}@[A-Za-z0-9.\-]{1,12}", fullmatch=True))
def test_an_address_is_read_as_it_is_written(candidate: str) -> None:
    """Whatever it is made of, Python's reader, which takes out comments and reads encoded words, finds the same in it."""
    try:
        found = address("", candidate)
    except Refused:
        return
    assert found.addr_spec == candidate
    assert Address(addr_spec=candidate) == found
