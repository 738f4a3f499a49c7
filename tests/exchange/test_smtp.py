"""A mail server that takes a message and is not heard of again."""

from __future__ import annotations

import pytest

import mail_server
from mail_server import USER, Office, Server
from solidarity_crm.exchange.outreach import smtp
from solidarity_crm.exchange.outreach.mail import address
from solidarity_crm.exchange.outreach.servers import LoginRefused
from solidarity_crm.rules.delivery import UNSURE, verdict
from solidarity_crm.store.mail_settings import MailServer


def test_a_message_that_was_taken_and_not_answered_is_unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server is waited for longer there than elsewhere, and then nothing is guessed."""
    monkeypatch.setattr(smtp, "_AT_THE_END", 2)
    server = Server(office := Office(), None, passwords=False)
    office.silent = True
    server.start()
    with smtp.Post(MailServer("127.0.0.1", server.port, "none", timeout=1), None) as post:
        post.connect()
        found = post.deliver(address("", "hello@leeds.example"), address("", "amina@example.org"), b"Subject: x\r\n\r\nx\r\n")
    server.stop(no_assert=True)
    assert (found.stage, verdict(found).outcome) == ("silent", UNSURE)
    assert office.recipients == ["amina@example.org"]


def test_without_a_line_nothing_is_handed_over() -> None:
    """And nothing is taken for sent."""
    with smtp.Post(MailServer("127.0.0.1", 1, "none", timeout=1), None) as post:
        assert post.deliver(address("", "hello@leeds.example"), address("", "amina@example.org"), b"x").stage == "cut"


@pytest.mark.parametrize("password", ["correct horse", "£5 für Siân"])
def test_a_password_has_any_letters(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """A pound sign too; a wrong one is refused as any other is, and not repeated."""
    monkeypatch.setattr(mail_server, "PASSWORD", password)
    server = Server(office := Office(), None)
    server.start()
    there = MailServer("127.0.0.1", server.port, "none", USER, timeout=5)
    with smtp.Post(there, password) as post:
        post.connect()
    with smtp.Post(there, f"{password}!") as post, pytest.raises(LoginRefused) as refused:
        post.connect()
    server.stop(no_assert=True)
    assert set(office.users) == {USER}
    assert password not in refused.value.sentence + str(refused.value.hint)
