"""Putting drafts into a drafts folder, against a server that says a script; a real one is asked by ``make clients``."""

from __future__ import annotations

import re
import socketserver
import threading
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from test_outreach_send import draft

from mail_server import PASSWORD, USER, certificates, silent_server
from solidarity_crm.errors import Exit
from solidarity_crm.exchange.outreach import imap

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Crm


class Talk(socketserver.StreamRequestHandler):
    """One connection: what is said to each command."""

    server: Account

    def handle(self) -> None:
        """Answer until the other takes leave."""
        self.wfile.write(b"* OK here\r\n")
        for line in self.rfile:
            tag, verb, *_ = line.split()
            for said in self.server.answers(verb.decode().upper(), line.decode(), self):
                self.wfile.write(f"* {said}\r\n".encode("latin-1"))
            self.wfile.write(tag + b" " + self.server.ends.get(verb.decode().upper(), "OK done").encode() + b"\r\n")


class Account(socketserver.ThreadingTCPServer):
    """A mail account with one folder; ``ends`` is how a command ends that does not end well."""

    daemon_threads = True

    def __init__(self, context: Any, listed: str = r'(\HasNoChildren \Drafts) "/" "My drafts"') -> None:
        """Begin with nothing in it."""
        super().__init__(("127.0.0.1", 0), Talk)
        self.context, self.listed = context, listed
        self.ends: dict[str, str] = {}
        self.drafts: list[bytes] = []
        self.lines: list[str] = []
        self.logins: list[bytes] = []

    def get_request(self) -> tuple[Any, Any]:
        """Take a connection, with TLS from its first byte."""
        line, where = super().get_request()
        return self.context.wrap_socket(line, server_side=True), where

    def answers(self, verb: str, line: str, talk: Talk) -> list[str]:
        """Give what is said before a command's end."""
        self.lines.append(line.strip())
        if verb == "CAPABILITY":
            return ["CAPABILITY IMAP4rev1 SPECIAL-USE"]
        if verb == "AUTHENTICATE":
            talk.wfile.write(b"+ \r\n")
            self.logins.append(b64decode(talk.rfile.readline()))
        if verb == "LIST":
            return [f"LIST {self.listed}"]
        if verb == "EXAMINE":
            return ["1 EXISTS"]
        if verb == "SEARCH":
            wanted = re.findall(r"<[^>]+>", line)[0].encode()
            return [f"SEARCH {' '.join(str(place + 1) for place, each in enumerate(self.drafts) if wanted in each)}".strip()]
        if verb == "APPEND":
            talk.wfile.write(b"+ go on\r\n")
            content = talk.rfile.read(int(re.findall(r"\{(\d+)\}", line)[0]))
            talk.rfile.readline()
            if verb not in self.ends:
                self.drafts.append(content)
        return []


@pytest.fixture
def account(crm: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Account]:
    """Give an account that the workspace's settings name."""
    context, authority = certificates(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    server = Account(context)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings(crm, f'host = "localhost"\nport = {server.server_address[1]}\nuser = "{USER}"\ntimeout = 5')
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o600)
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def settings(crm: Crm, text: str) -> None:
    """Put an account into the workspace's settings."""
    path = crm.workspace.folder / "solidarity.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[mail.imap]\n{text}\n", encoding="utf-8")


def put(crm: Crm, *refs: str) -> list[tuple[str, str | None]]:
    """Put drafts there; give what is said of each."""
    found = crm.json("outreach", "send", *refs, "--to-drafts", "--password-file", "secret")
    return [(each["result"], each["why"]) for each in found]


def test_each_draft_is_there_once(crm: Crm, account: Account) -> None:
    """In the folder that the server says is for drafts, whatever it is called; marked as one."""
    one, two = draft(crm, "Amina Yusuf", "Dev Patel")
    assert put(crm, one, two) == [("in your drafts folder", None)] * 2
    crm.ok("undo", "--yes")
    assert put(crm, two) == [("in your drafts folder", "it was there already")]
    assert [re.findall(rb"^To: .*?<(.*?)>", each, re.MULTILINE) for each in account.drafts] == [
        [b"amina@example.org"],
        [b"dev@example.org"],
    ]
    (append, _) = [line for line in account.lines if " APPEND " in line]
    assert ' APPEND "My drafts" (\\Draft \\Seen) ' in append
    assert {each["status"] for each in crm.json("outreach", "list")} == {"exported"}


def test_nobody_is_asked_too_much_by_a_drafts_folder(crm: Crm, account: Account) -> None:
    """What would be is not put there; with a reason it is, and the reason is kept once."""
    draft(crm, "Amina Yusuf")
    crm.ok("outreach", "cancel", "D1")
    crm.ok("outreach", "draft", "request-help", "--kind", "data", "--to", "amina")
    crm.ok("contact", "edit", "amina", "--ask-budget", "0")
    into = ("outreach", "send", "D2", "--to-drafts", "--password-file", "secret")
    assert "their ask budget is 0" in crm.refused(Exit.REFUSED, *into)
    assert account.drafts == []
    assert crm.json(*into, "--anyway", "she wrote to us")[0]["result"] == "in your drafts folder"
    assert [each["reason"] for each in crm.json("network", "who", "--load")[0]["over_budget"]] == ["she wrote to us"]


@pytest.mark.parametrize(
    ("verb", "end", "said"),
    [
        ("LOGIN", "NO [AUTHENTICATIONFAILED] no", f"localhost does not let {USER} in: [AUTHENTICATIONFAILED] no"),
        ("EXAMINE", "NO no such folder", "it has no folder for drafts (no such folder)"),
        ("APPEND", "NO [OVERQUOTA] full", "it did not take the draft: [OVERQUOTA] full"),
    ],
)
def test_what_the_server_refuses_is_said(crm: Crm, account: Account, verb: str, end: str, said: str) -> None:
    """In one line; the draft stays one."""
    (one,) = draft(crm, "Amina Yusuf")
    account.ends[verb] = end
    assert said in crm.refused(Exit.REFUSED, "outreach", "send", one, "--to-drafts", "--password-file", "secret")
    assert crm.json("outreach", "show", one)["status"] == "draft"


def test_without_an_account_or_with_a_follow_up_nothing_is_put_anywhere(crm: Crm) -> None:
    """It says what to write where."""
    (one,) = draft(crm, "Amina Yusuf")
    assert "there is no account for drafts in solidarity.toml" in crm.refused(Exit.REFUSED, "outreach", "send", one, "--to-drafts")
    step = ("--follow-up", "Ask", "--due", "friday")
    assert "--to-drafts sends nothing" in crm.refused(Exit.USAGE, "outreach", "send", one, "--to-drafts", *step)


def test_a_server_that_is_silent_is_left(crm: Crm) -> None:
    """After the seconds that the settings allow."""
    (one,) = draft(crm, "Amina Yusuf")
    with silent_server() as port:
        settings(crm, f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\ntimeout = 1')
        assert "it did not answer in 1 seconds" in crm.refused(Exit.REFUSED, "outreach", "send", one, "--to-drafts")


@pytest.mark.parametrize(
    ("name", "written"), [("Drafts", "Drafts"), ("Entwürfe", "Entw&APw-rfe"), ("A & B", "A &- B"), ("日本", "&ZeVnLA-")]
)
def test_a_folders_name_is_written_as_servers_do(name: str, written: str) -> None:
    """In the UTF-7 of RFC 3501."""
    assert imap._utf7(name) == written


def test_a_password_has_any_letters(crm: Crm, account: Account, tmp_path: Path) -> None:
    """Those that the library's own login does not take are said in SASL's way."""
    (tmp_path / "secret").write_text("£5 für Siân", encoding="utf-8")
    (one,) = draft(crm, "Amina Yusuf")
    assert put(crm, one) == [("in your drafts folder", None)]
    assert account.logins == [f"\0{USER}\0£5 für Siân".encode()]


def test_a_folder_with_a_name_that_cannot_be_said_is_not_asked_for(crm: Crm, account: Account) -> None:
    """A server that writes it in bytes of its own (RFC 3501 §5.1.3 has none): the usual one is taken."""
    account.listed = r'(\Drafts) "/" "Entwürfe"'
    (one,) = draft(crm, "Amina Yusuf")
    assert put(crm, one) == [("in your drafts folder", None)]
    assert next(line for line in account.lines if "EXAMINE" in line).endswith('"Drafts"')
