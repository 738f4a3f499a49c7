"""What goes to a calendar server and what does not, and what is said of servers that will not do."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import pytest
import trustme

from calendar_server import PASSWORD, USER, radicale
from solidarity_crm.errors import CrmError, Exit
from solidarity_crm.exchange.caldav import connection as module
from solidarity_crm.exchange.caldav.connection import Address, Connection, address
from solidarity_crm.exchange.caldav.errors import (
    BadAddress,
    LoginRefused,
    MovedElsewhere,
    NotTrusted,
    OddAnswer,
    PlainHttp,
    Silent,
    UnknownLogin,
    Unreachable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WELL = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


class Heard:
    """A server of the test's own, and what it heard."""

    def __init__(self, url: str) -> None:
        """Begin with nothing heard."""
        self.url, self.heard = url, list[str]()

    @property
    def passwords(self) -> list[str]:
        """The lines that would give a password away."""
        return [line for said in self.heard for line in said.splitlines() if line.lower().startswith("authorization")]


@contextmanager
def server(*answers: bytes, hang: bool = False) -> Iterator[Heard]:
    """Answer requests with these bytes, one after the other, each on its own connection; then, or at once, say nothing more."""
    listening = socket.create_server(("127.0.0.1", 0))
    found = Heard(f"http://127.0.0.1:{listening.getsockname()[1]}/cal/")
    kept = []

    def run() -> None:
        for answer in answers:
            caller, _ = listening.accept()
            found.heard.append(caller.recv(65536).decode())
            caller.sendall(answer)
            if hang:
                kept.append(caller)
            else:
                caller.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        listening.close()
        for caller in kept:
            caller.close()


def ask(url: str, user: str | None = USER, password: str | None = PASSWORD, patience: float = 5) -> module.Answer:
    """Send one request."""
    there = Connection(address(url)._replace(user=user), password, patience)
    try:
        return there.ask("PROPFIND", url, Depth="1")
    finally:
        there.close()


@pytest.mark.parametrize(
    ("typed", "url", "user"),
    [
        ("https://cal.example.org/robin/network", "https://cal.example.org/robin/network/", None),
        ("https://robin@cal.example.org:8443/r/", "https://cal.example.org:8443/r/", "robin"),
        ("https://robin%40example.org@cal.example.org/r/", "https://cal.example.org/r/", "robin@example.org"),
        ("https://cal.example.org", "https://cal.example.org/", None),
        ("https://cal.example.org/Siân O'Brien/", "https://cal.example.org/Si%C3%A2n%20O'Brien/", None),
        ("http://localhost:5232/r/", "http://localhost:5232/r/", None),
        ("http://127.3.2.1/r/", "http://127.3.2.1/r/", None),
        ("http://[::1]:5232/r/", "http://[::1]:5232/r/", None),
    ],
)
def test_an_address_is_read(typed: str, url: str, user: str | None) -> None:
    """With a slash at its end, and without anybody's name in it."""
    assert address(typed) == Address(url, user)


@pytest.mark.parametrize(
    "typed", ["http://cal.example.org/r/", "http://localhost.example.org/r/", "http://10.0.0.1/r/", "http://robin@cal.example.org/"]
)
def test_plain_http_is_for_this_machine_only(typed: str) -> None:
    """Nobody's times or password go unencrypted; what would do is named."""
    with pytest.raises(PlainHttp) as refused:
        address(typed)
    assert refused.value.hint is not None
    assert refused.value.hint.startswith("https://")
    assert refused.value.exit_code == Exit.USAGE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "cal.example.org",
        "ftp://cal.example.org/",
        "https://",
        "https://[::1/",
        "https://cal.example.org:port/",
        "https://c.example/?a=1",
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    """Whatever it is."""
    with pytest.raises(BadAddress):
        address(typed)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    """It would stay in the shell's history, and in whatever shows the error."""
    with pytest.raises(BadAddress) as refused:
        address("https://robin:hunter2@cal.example.org/")
    assert "hunter2" not in refused.value.sentence + str(refused.value.hint)


def test_nothing_of_a_password_is_sent_until_the_server_asks() -> None:
    """Nor is one from ~/.netrc, ever."""
    Path("home/.netrc").write_text("machine 127.0.0.1 login other password secret\n", encoding="utf-8")
    Path("home/.netrc").chmod(0o600)
    with server(WELL) as there:
        assert ask(there.url).body == b"ok"
        assert there.passwords == []


@pytest.mark.parametrize(
    ("scheme", "sent", "times"),
    [
        ('Basic realm="x"', "Basic ", 1),
        ('Digest realm="x", nonce="n", qop="auth"', "Digest ", 2),
        ('Basic realm="x", Digest realm="x", nonce="n"', "Digest ", 2),
    ],
)
def test_it_logs_in_as_the_server_asks(scheme: str, sent: str, times: int) -> None:
    """By Basic or Digest, the safer if both are offered; a digest's riddle is asked for once more."""
    asking = f"HTTP/1.1 401 No\r\nWWW-Authenticate: {scheme}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode()
    with server(*[asking] * times, WELL) as there:
        assert ask(there.url).status == 200
        assert [line.partition(": ")[2][: len(sent)] for line in there.passwords] == [sent]


def test_other_kinds_of_login_are_refused() -> None:
    """As Google's and Outlook's, which want a browser."""
    asking = b"HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer realm=x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    with server(asking) as there, pytest.raises(UnknownLogin):
        ask(there.url)


@pytest.mark.parametrize(("user", "password"), [(USER, "wrong"), (USER, ""), ("nobody", PASSWORD), (None, None)])
def test_a_wrong_password_is_refused(tmp_path: Path, user: str | None, password: str | None) -> None:
    """After one try, so that nobody is locked out; the password is not in the error."""
    with radicale(tmp_path) as there, pytest.raises(LoginRefused) as refused:
        ask(there.url, user, password)
    assert len(there.asked) == (1 if user is None else 2)
    assert "wrong" not in refused.value.sentence + str(refused.value.hint)


def test_nothing_is_followed_elsewhere() -> None:
    """A server may send us to another; what would go there is only named."""
    with server(WELL) as other:
        moved = f"HTTP/1.1 307 Moved\r\nLocation: {other.url}\r\nContent-Length: 0\r\n\r\n".encode()
        with server(moved) as there, pytest.raises(MovedElsewhere) as refused:
            ask(there.url)
        assert refused.value.hint == f"solidarity calendar sync {other.url}"
        assert other.heard == []


@pytest.mark.parametrize(
    ("location", "hint"),
    [
        ("/other/", "solidarity calendar sync {}/other/"),
        ("https://cal.example/$(id);x/", "solidarity calendar sync 'https://cal.example/$(id);x/'"),
        ("https://cal.example/\x1b[2J/", "solidarity calendar sync https://cal.example/%1B%5B2J/"),
        *(
            (other, "the CalDAV address that the calendar's own settings show")
            for other in ("http://a.example/", "https://u:pw@a.example/")
        ),
    ],
)
def test_where_a_server_sends_us_is_named_so_that_it_can_be_typed(location: str, hint: str) -> None:
    """As one word of a command, whatever the server puts there; what is no address of a calendar is not named."""
    moved = f"HTTP/1.1 307 Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()
    with server(moved) as there, pytest.raises(MovedElsewhere) as refused:
        ask(there.url)
    assert refused.value.hint == hint.format(there.url.removesuffix("/cal/"))


def test_a_server_that_hangs_is_given_up() -> None:
    """Whether it says nothing at all, or stops in the middle."""
    with server(b"", hang=True) as there, pytest.raises(Silent):
        ask(there.url, patience=0.2)
    with server(b"HTTP/1.1 207 Multi\r\nContent-Length: 100\r\n\r\n<multi", hang=True) as there, pytest.raises(Silent):
        ask(there.url, patience=0.2)


def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size, and by its time."""
    monkeypatch.setattr(module, "_MOST_BYTES", 1000)
    long = b"HTTP/1.1 207 Multi\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000
    with server(long) as there, pytest.raises(OddAnswer):
        ask(there.url)
    monkeypatch.setattr(module, "_MOST_BYTES", 100_000)
    monkeypatch.setattr(module, "_IN_ALL", 0)
    with server(long) as there, pytest.raises(Silent):
        ask(there.url)


def test_an_answer_in_drops_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """No piece of it comes too late, and all of it would."""
    monkeypatch.setattr(module, "_IN_ALL", 1)
    with dripping(b"HTTP/1.1 207 Multi\r\nContent-Length: 5000\r\n\r\n") as url, pytest.raises(Silent):
        ask(url, patience=1)


@contextmanager
def dripping(head: bytes) -> Iterator[str]:
    """Answer one request with a letter now and then, until the caller hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def run() -> None:
        caller, _ = listening.accept()
        with caller, suppress(OSError):
            caller.recv(65536)
            caller.sendall(head)
            while True:
                sleep(0.1)
                caller.sendall(b"x")

    threading.Thread(target=run, daemon=True).start()
    with listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/cal/"


@pytest.mark.parametrize("said", [b"", b"220 mail ESMTP\r\n", b"HTTP/1.1 207 Multi\r\nContent-Length: 100\r\n\r\n<multi"])
def test_a_connection_that_breaks_off_is_said(said: bytes) -> None:
    """With nothing of what was sent."""
    with server(said) as there, pytest.raises(Unreachable):
        ask(there.url)


def test_nobody_there_is_said() -> None:
    """No such name, nothing at that port."""
    with pytest.raises(Unreachable, match="there is no server of that name"):
        ask("https://cal.invalid/r/")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(Unreachable, match="nothing answers at that address"):
        ask(f"http://127.0.0.1:{port}/r/")


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ssl.SSLContext]:
    """Give certificates of a test's own authority, which this machine trusts only when told to."""
    authority = trustme.CA()

    def made(*names: str, trusted: bool = True) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*names).configure_cert(context)
        authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
        if trusted:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
        return context

    return made


def test_a_certificate_that_fits_will_do(tmp_path: Path, signed: Callable[..., ssl.SSLContext]) -> None:
    """One by an authority of one's own too, if the machine is set to trust it."""
    with radicale(tmp_path, tls=signed("localhost")) as there:
        there_url = there.url.replace("/network", "")
        assert ask(there_url).status == 207


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize(
    ("name", "trusted", "said"),
    [
        ("cal.example.org", True, "its certificate is for another name"),
        ("localhost", False, "not signed by anybody whom this machine trusts"),
    ],
)
def test_a_certificate_that_does_not_fit_is_refused(
    tmp_path: Path, signed: Callable[..., ssl.SSLContext], name: str, trusted: bool, said: str
) -> None:
    """Before anything is asked for; nothing switches that off."""
    with radicale(tmp_path, tls=signed(name, trusted=trusted)) as there, pytest.raises(NotTrusted, match=said):
        ask(there.url)
    assert there.asked == []


def test_every_error_is_one_line_with_something_to_try() -> None:
    """And the code of what is refused."""
    made: list[CrmError] = [
        Unreachable("cal.example.org", "x"), Silent("https://cal.example.org/", "cal.example.org", 30), NotTrusted("cal.example.org", "x"),
        LoginRefused("https://cal.example.org/", "cal.example.org", "robin"), UnknownLogin("cal.example.org"), OddAnswer("cal.example.org", "x"),
    ]  # fmt: skip
    for error in made:
        assert "\n" not in error.sentence
        assert error.hint
        assert error.exit_code == Exit.REFUSED
