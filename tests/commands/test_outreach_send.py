"""Sending by a mail server, as typed: to a real one, with TLS and a password, that refuses, is cut, or is silent."""

from __future__ import annotations

from datetime import date
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from mail_server import PASSWORD, USER, Office, Server, certificates, silent_server
from solidarity_crm import services
from solidarity_crm.cli.context import change
from solidarity_crm.errors import Exit
from solidarity_crm.rules.refs import Ref
from solidarity_crm.store import alone
from solidarity_crm.text import fold

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Crm

HELLO = "Subject: Hello {{ contact.greeting }}\nPurpose: service\nAbout: A greeting\n\nDear {{ contact.greeting }},\n\n.\nHello.\n"


class Post(NamedTuple):
    """The program, a mail server that it knows, and what the server has."""

    crm: Crm
    office: Office
    password: Path

    def send(self, *args: str, code: Exit = Exit.DONE) -> list[dict[str, Any]]:
        """Send; give what is said of each draft."""
        result = self.crm("--json", "outreach", "send", *args, "--password-file", str(self.password))
        assert result.code == code, result
        found: list[dict[str, Any]] = result.data
        return found

    def statuses(self) -> dict[str, str]:
        """Give each draft's status."""
        return {draft["ref"]: draft["status"] for draft in self.crm.json("outreach", "list")}


def settings(crm: Crm, mail: str) -> None:
    """Put mail settings into the workspace's file."""
    path = crm.workspace.folder / "solidarity.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n[mail]\n{mail}\n", encoding="utf-8")


def draft(crm: Crm, *names: str) -> list[str]:
    """Add people and write to each; give the drafts' refs."""
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    for name in names:
        crm.ok("contact", "add", name, "--email", f"{fold(name).split()[0]}@example.org")
    to = [word for name in names for word in ("--to", name)]
    return [str(made["ref"]) for made in crm.json("outreach", "draft", "hello", *to)]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for this machine, once."""
    return certificates(tmp_path_factory.mktemp("certificates"), "localhost", "127.0.0.1")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Give a file with the password in it."""
    path = tmp_path / "password"
    path.write_text(f"{PASSWORD}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


@pytest.fixture(params=["starttls"])
def post(
    request: pytest.FixtureRequest, crm: Crm, certificate: tuple[ssl.SSLContext, Path], secret: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Post]:
    """Give the program with a mail server in its settings."""
    context, authority = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    server = Server(office := Office(), context, tls=request.param == "tls")
    server.start()
    settings(
        crm,
        f'host = "localhost"\nport = {server.port}\nsecurity = "{request.param}"\nuser = "{USER}"\nper_minute = 600\nretry_after = 0\ntimeout = 5',
    )
    yield Post(crm, office, secret)
    server.stop(no_assert=True)


@pytest.mark.parametrize("post", ["starttls", "tls"], indirect=True)
def test_named_drafts_are_sent_to_one_person_each(post: Post) -> None:
    """With the headers that they should have, CRLF, and nothing of a draft's file; a line of one dot arrives."""
    one, two = draft(post.crm, "Amina Yusuf", "Siân O'Brien")
    sent = post.send(one, two)
    assert [(each["ref"], each["to"]["name"], each["result"], each["why"]) for each in sent] == [
        (one, "Amina Yusuf", "sent", None),
        (two, "Siân O'Brien", "sent", None),
    ]
    assert [(each.sender, each.recipients) for each in post.office.received] == [
        ("robin@leeds.example", ("amina@example.org",)),
        ("robin@leeds.example", ("sian@example.org",)),
    ]
    message = message_from_bytes(post.office.received[0].content, policy=policy.default)
    assert message.keys() == [
        "From",
        "To",
        "Reply-To",
        "Subject",
        "Date",
        "Message-ID",
        "MIME-Version",
        "Content-Type",
        *message.keys()[8:],
    ]
    assert "X-Unsent" not in message
    assert b"\r\n.\r\n" in post.office.received[0].content
    shown = post.crm.json("outreach", "show", one)
    assert (shown["status"], shown["message_id"]) == ("sent", message["Message-ID"])
    assert shown["sent_at"] == shown["sending_at"] != shown["exported_at"]


def test_what_was_sent_is_an_interaction_and_restarts_the_clock(post: Post) -> None:
    """Once, with a follow-up where one was asked for."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.crm.ok("contact", "edit", "amina", "--every", "30d")
    post.send(one, "--follow-up", "Ask what she thought", "--due", "2026-12-08")
    timeline = post.crm.json("contact", "show", "amina")["timeline"]
    assert [(event["what"], event["text"]) for event in timeline if event["ref"].startswith("N")] == [("email", "Hello Amina")]
    (step,) = post.crm.json("followup", "list")
    assert (step["what"], step["due"], step["about"]["ref"]) == ("Ask what she thought", "2026-12-08", "P1")


def test_only_approved_drafts_go_without_being_named(post: Post) -> None:
    """Naming one approves it; approving can be taken back; a second send sends nothing again."""
    one, two, three = draft(post.crm, "Amina Yusuf", "Dev Patel", "Eve Moss")
    assert post.send() == []
    post.crm.ok("outreach", "approve", one, two)
    post.crm.ok("outreach", "approve", two, "--take-back")
    assert [each["ref"] for each in post.send("--yes")] == [one]
    assert post.send("--yes") == []
    assert post.statuses() == {one: "sent", two: "draft", three: "draft"}
    assert post.office.recipients == ["amina@example.org"]
    err = post.crm.refused(Exit.REFUSED, "outreach", "send", one)
    assert err.startswith(f"solidarity: {one} was sent already, on 2026-12-01; nothing is sent twice")
    post.crm.ok("outreach", "approve", two, three)
    assert "this sends 2 messages, one to each person, and nobody is here to ask" in post.crm.refused(Exit.REFUSED, "outreach", "send")


def test_what_was_changed_after_it_was_looked_at_is_not_sent(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else may reword a draft or take an approval back while one is asked, or while others are sent."""
    one, two, three = draft(post.crm, "Amina Yusuf", "Dev Patel", "Eve Moss")
    post.crm.ok("outreach", "approve", one, two, three)

    def meanwhile(*_: object, **__: object) -> None:
        with change("outreach edit") as tx:
            services.outreach.reword(tx, Ref("D", 1), "Hello", "Siân O'Brien of MESMAC says hello.")
            services.sending.approve(tx, [Ref("D", 2)], today=date(2026, 12, 1), approved=False)

    monkeypatch.setattr("solidarity_crm.cli.revealing.settle", meanwhile)
    found = post.send("--yes", code=Exit.PARTIAL)
    why = "it was changed after it was looked at; the same command again looks anew"
    assert [(each["ref"], each["result"]) for each in found] == [(one, "left out"), (two, "left out"), (three, "sent")]
    assert [each["why"] for each in found] == [why, why, None]
    assert post.office.recipients == ["eve@example.org"]


def test_a_dry_run_and_a_limit(post: Post) -> None:
    """Nothing is sent, nothing is kept; with a limit the rest waits."""
    one, two = draft(post.crm, "Amina Yusuf", "Dev Patel")
    assert [each["result"] for each in post.send(one, two, "--dry-run")] == ["would be sent"] * 2
    assert (post.office.received, post.statuses()) == ([], {one: "draft", two: "draft"})
    assert [each["ref"] for each in post.send(one, two, "--limit", "1")] == [one]
    assert post.statuses() == {one: "sent", two: "draft"}


def test_whoever_objected_since_gets_nothing(post: Post) -> None:
    """The rest goes out, and the code says that it was not all."""
    one, two = draft(post.crm, "Amina Yusuf", "Dev Patel")
    post.crm.ok("contact", "edit", "dev", "--do-not-contact")
    left_out, sent = post.send(two, one, code=Exit.PARTIAL)[::-1]
    assert (sent["result"], left_out["result"], left_out["why"]) == ("sent", "left out", "they asked not to be contacted")
    assert post.office.recipients == ["amina@example.org"]
    err = post.crm.refused(Exit.REFUSED, "outreach", "send", two)
    assert "they asked not to be contacted" in err


def test_a_temporary_refusal_is_tried_again(post: Post) -> None:
    """In the same run, and in the next if it lasts; the Message-ID stays."""
    one, two = draft(post.crm, "Amina Yusuf", "Dev Patel")
    post.office.refused = {"amina@example.org": ["451 4.7.1 greylisted", "250 OK"], "dev@example.org": ["450 4.2.2 mailbox full"]}
    first, second = post.send(one, two, code=Exit.PARTIAL)
    assert (first["result"], second["result"], second["why"]) == ("sent", "later", "450 4.2.2 mailbox full")
    kept = post.crm.json("outreach", "show", two)
    assert (kept["status"], kept["approved_on"]) == ("draft", "2026-12-01")
    post.office.refused = {}
    assert [each["ref"] for each in post.send("--yes")] == [two]
    assert post.crm.json("outreach", "show", two)["message_id"] == kept["message_id"]


@pytest.mark.parametrize(
    ("said", "dead"),
    [("550 5.1.1 no such user", True), ("550 no such user here", True), ("554 5.7.1 relaying denied", False), ("552 5.2.2 full", False)],
)
def test_a_permanent_refusal_fails_and_marks_the_address_that_is_dead(post: Post, said: str, dead: bool) -> None:
    """It is not used again while it is; a refusal of us says nothing of the address."""
    one, two = draft(post.crm, "Amina Yusuf", "Dev Patel")
    post.office.refused = {"amina@example.org": [said]}
    failed, sent = post.send(one, two, code=Exit.PARTIAL)
    assert (failed["result"], failed["why"], sent["result"]) == ("failed", said, "sent")
    post.office.refused = {}
    assert f"Why:      {said}" in post.crm.ok("outreach", "show", one).out
    again = post.crm("outreach", "draft", "hello", "--to", "amina")
    assert again.code == (Exit.REFUSED if dead else Exit.DONE)
    assert ("nothing arrives at amina@example.org any more" in again.err) == dead
    assert post.crm.json("store", "check")["problems"] == 0


def test_a_server_that_takes_no_mail_from_us_ends_it(post: Post) -> None:
    """It would say so of each; nothing is failed by that."""
    one, two = draft(post.crm, "Amina Yusuf", "Dev Patel")
    post.office.refused_senders = {"robin@leeds.example": "553 5.7.1 not your address"}
    result = post.crm("outreach", "send", one, two, "--password-file", str(post.password))
    assert (result.code, result.out) == (Exit.REFUSED, "")
    assert result.err.splitlines() == [
        "solidarity: the mail server takes no mail from this address: 553 5.7.1 not your address",
        'try: from = "the address of your account" under [mail] in solidarity.toml',
    ]
    assert post.statuses() == {one: "draft", two: "draft"}


def test_a_line_that_is_cut_in_the_middle_is_opened_again(post: Post) -> None:
    """A message of which the server has not the end is not sent; one that it has, and was not heard of after, is unsure."""
    one, two, three = draft(post.crm, "Amina Yusuf", "Dev Patel", "Eve Moss")
    post.office.cut_after = 2
    results = {each["ref"]: each["result"] for each in post.send(one, two, three, code=Exit.PARTIAL)}
    assert results == {one: "sent", two: "unsure", three: "sent"}
    assert post.office.recipients == ["amina@example.org", "dev@example.org", "eve@example.org"]
    named = post.crm("outreach", "send", "--yes")
    assert named.code == Exit.PARTIAL
    assert two in named.out
    assert "solidarity outreach resolve" in named.out
    post.crm.ok("outreach", "resolve", two, "--sent")
    assert post.send() == []
    assert set(post.statuses().values()) == {"sent"}


def test_an_unsure_message_that_was_not_sent_goes_out_once_more(post: Post) -> None:
    """With the Message-ID that it had, so that a program which has both shows one."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.office.cut_after = 1
    assert [each["result"] for each in post.send(one, code=Exit.PARTIAL)] == ["unsure"]
    waits = f"nobody knows whether it arrived: solidarity outreach resolve {one} --sent or --not-sent"
    assert waits in [line["why"] for line in post.crm.json("today")]
    assert "say whether it was sent" in post.crm.refused(Exit.USAGE, "outreach", "resolve", one)
    post.crm.ok("outreach", "resolve", one, "--not-sent")
    assert [each["result"] for each in post.send("--yes")] == ["sent"]
    first, second = (message_from_bytes(each.content)["Message-ID"] for each in post.office.received)
    assert first == second


def test_what_went_out_cannot_be_taken_back(post: Post) -> None:
    """What came before can."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.send(one)
    err = post.crm.refused(Exit.REFUSED, "undo", "--yes")
    assert "what left the program cannot be called back" in err
    assert post.statuses() == {one: "sent"}


def test_an_exported_draft_can_be_taken_as_sent(post: Post) -> None:
    """By whoever sent it in their mail program; it is not sent by us as well."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.crm.ok("outreach", "export", one)
    for verb in ("send", "approve"):
        said = post.crm.refused(Exit.REFUSED, "outreach", verb, one)
        assert f"{one} was exported on 2026-12-01, for your mail program to send; nothing is sent twice" in said
        assert f"try: solidarity outreach resolve {one} --sent" in said
    shown = post.crm.json("outreach", "resolve", one, "--sent")
    assert (shown["status"], shown["sent_at"]) == ("sent", shown["exported_at"])


def test_a_sent_message_is_on_the_timeline_once(post: Post) -> None:
    """Exported until somebody says that it was sent, and then what was in touch with them."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.crm.ok("outreach", "export", one)
    before = [(event["ref"], event["what"]) for event in post.crm.json("contact", "show", "amina")["timeline"]]
    post.crm.ok("outreach", "resolve", one, "--sent")
    after = [(event["ref"], event["what"]) for event in post.crm.json("contact", "show", "amina")["timeline"]]
    assert (before, after) == ([(one, "message exported")], [("N1", "email")])


def test_a_wrong_password_sends_nothing(post: Post) -> None:
    """And says what the server said."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.password.write_text("wrong\n", encoding="utf-8")
    err = post.crm.refused(Exit.REFUSED, "outreach", "send", one, "--password-file", str(post.password))
    assert err.startswith(f"solidarity: localhost does not let {USER} in: ")
    assert (post.office.received, post.statuses()) == ([], {one: "draft"})


@pytest.mark.parametrize(("mode", "text", "said"), [(0o644, PASSWORD, "others may read it"), (0o600, "", "its first line is empty")])
def test_a_password_file_must_be_ones_own(post: Post, mode: int, text: str, said: str) -> None:
    """And have a password in it."""
    (one,) = draft(post.crm, "Amina Yusuf")
    post.password.write_text(text, encoding="utf-8")
    post.password.chmod(mode)
    assert said in post.crm.refused(Exit.REFUSED, "outreach", "send", one, "--password-file", str(post.password))


def test_without_a_password_nobody_is_asked_in_a_pipe(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keyring is asked first; this machine may have none."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    (one,) = draft(post.crm, "Amina Yusuf")
    err = post.crm.refused(Exit.USAGE, "outreach", "send", one)
    assert err.splitlines() == [
        f"solidarity: cannot ask here: The password of {USER} at localhost",
        "try: the same command with --password-file FILE, or once in a terminal with --remember",
    ]


def test_a_certificate_that_does_not_fit_sends_nothing(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that nobody we trust has signed; there is no switch for it, and no password is said."""
    monkeypatch.delenv("SSL_CERT_FILE")
    (one,) = draft(post.crm, "Amina Yusuf")
    err = post.crm.refused(Exit.REFUSED, "outreach", "send", one, "--password-file", str(post.password))
    assert "its certificate does not fit" in err
    assert (post.office.users, post.office.received) == ([], [])


def test_a_certificate_for_another_name_sends_nothing(crm: Crm, secret: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that somebody we trust has signed."""
    context, authority = certificates(tmp_path, "elsewhere.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    server = Server(office := Office(), context)
    server.start()
    settings(crm, f'host = "localhost"\nport = {server.port}\nuser = "{USER}"')
    (one,) = draft(crm, "Amina Yusuf")
    err = crm.refused(Exit.REFUSED, "outreach", "send", one, "--password-file", str(secret))
    server.stop(no_assert=True)
    assert "its certificate does not fit" in err
    assert office.users == []


def test_a_server_that_offers_no_tls_gets_nothing(crm: Crm, secret: Path) -> None:
    """As when somebody in between takes the offer away."""
    server = Server(office := Office(), None)
    server.start()
    settings(crm, f'host = "localhost"\nport = {server.port}\nuser = "{USER}"')
    (one,) = draft(crm, "Amina Yusuf")
    err = crm.refused(Exit.REFUSED, "outreach", "send", one, "--password-file", str(secret))
    server.stop(no_assert=True)
    assert "it offers no STARTTLS, so nothing was sent" in err
    assert office.users == []


def test_a_server_on_this_machine_needs_neither(crm: Crm) -> None:
    """As a mail system of one's own has it."""
    server = Server(office := Office(), None, passwords=False)
    server.start()
    settings(crm, f'host = "localhost"\nport = {server.port}\nsecurity = "none"')
    (one,) = draft(crm, "Amina Yusuf")
    crm.ok("outreach", "send", one)
    server.stop(no_assert=True)
    assert office.recipients == ["amina@example.org"]


@pytest.mark.parametrize("greeting", [b"", b"220 mail.example ESMTP\r\n"])
def test_a_server_that_is_silent_is_left(crm: Crm, greeting: bytes) -> None:
    """After the seconds that the settings allow."""
    (one,) = draft(crm, "Amina Yusuf")
    with silent_server(greeting) as port:
        settings(crm, f'host = "127.0.0.1"\nport = {port}\nsecurity = "none"\ntimeout = 1')
        err = crm.refused(Exit.REFUSED, "outreach", "send", one)
    assert "it did not answer in 1 seconds" in err
    assert crm.json("outreach", "show", one)["status"] == "draft"


@pytest.mark.parametrize(("host", "said"), [("nowhere.invalid", "no such host is known"), ("127.0.0.1", "refused")])
def test_a_server_that_is_not_there(crm: Crm, host: str, said: str) -> None:
    """One clear line."""
    settings(crm, f'host = "{host}"\nport = 1\nsecurity = "tls"\ntimeout = 5')
    (one,) = draft(crm, "Amina Yusuf")
    err = crm.refused(Exit.REFUSED, "outreach", "send", one)
    assert said in err.lower()
    assert len(err.splitlines()) == 2


def test_without_settings_nothing_is_sent(crm: Crm) -> None:
    """It says what to write where."""
    (one,) = draft(crm, "Amina Yusuf")
    err = crm.refused(Exit.REFUSED, "outreach", "send", one)
    assert err.startswith("solidarity: there is no mail server in solidarity.toml\ntry: host = ")


def test_two_sends_at_once_are_one(post: Post) -> None:
    """The second is refused, so what the first is sending is not taken for lost."""
    (one,) = draft(post.crm, "Amina Yusuf")
    with alone.alone(post.crm.workspace.folder / "solidarity.toml", "solidarity outreach send"):
        err = post.crm.refused(Exit.REFUSED, "outreach", "send", one)
    assert "at work in this workspace already" in err


def test_what_a_killed_send_left_is_named(post: Post, on_day: Callable[[str], None]) -> None:
    """As unsure, with the code for work done in part; and not sent."""
    from solidarity_crm.cli.context import change, today
    from solidarity_crm.rules.refs import parse
    from solidarity_crm.services import sending

    one, two = draft(post.crm, "Amina Yusuf", "Dev Patel")
    on_day("2026-12-02")
    ref = parse(one)
    assert ref
    with change("outreach send") as tx:
        sending.claim(tx, ref, today=today())
    results = {each["ref"]: each["result"] for each in post.send(two, code=Exit.PARTIAL)}
    assert results == {one: "unsure", two: "sent"}
    assert post.office.recipients == ["dev@example.org"]
    assert post.crm.json("store", "check")["problems"] == 0


def test_nobody_is_sent_one_question_too_many(post: Post) -> None:
    """Of two to one person with room for one the second stays, until there is a reason, which is kept with it."""
    crm = post.crm
    draft(crm, "Amina Yusuf")
    crm.ok("contact", "edit", "amina", "--ask-budget", "1")
    one, two = (crm.json("outreach", "draft", "request-help", "--kind", "data", "--to", "amina", "--again")[0]["ref"] for _ in range(2))
    found = post.send(one, two, code=Exit.PARTIAL)
    assert [each["result"] for each in found] == ["sent", "left out"]
    assert found[1]["why"].startswith(f"asked once in the last 30 days ({one} on 2026-12-01), and may be 1")
    crm.ok("outreach", "approve", two)
    assert [each["result"] for each in post.send("--yes", "--anyway", "the hearing is on Friday")] == ["sent"]
    assert [crm.json("outreach", "show", ref)["anyway"] for ref in (one, two)] == [None, "the hearing is on Friday"]
    assert [each["reason"] for each in crm.json("network", "who", "--load")[0]["over_budget"]] == ["the hearing is on Friday"]


@pytest.mark.parametrize(
    ("mail", "said"),
    [
        ('host = "smtp.example.org"\npassword = "x"', "[mail] must have no password"),
        ('host = "smtp.example.org"\nsecurity = "none"', "only for a server on this machine"),
        ('host = "localhost"\nuser = "robin"\nsecurity = "none"', "only for a server on this machine"),
        ('host = "smtp.example.org"\nsecurity = "ssl"', "[mail] security is one of: starttls, tls, none"),
        ('host = "smtp.example.org"\nport = 99999', "[mail] port must be a whole number from 1 to 65535"),
        ('host = "smtp.example.org"\nverify = false', "[mail] does not know verify"),
        ("host = 5", "[mail] host must be text in quotes"),
        ("imap = 5", "[mail.imap] must be a table"),
    ],
)
def test_settings_that_would_not_do_are_named(crm: Crm, mail: str, said: str) -> None:
    """In one line, before anything else."""
    settings(crm, mail)
    assert said in crm("today").err
