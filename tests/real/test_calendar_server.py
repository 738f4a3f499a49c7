"""A calendar on a real server, in a terminal, over TLS, with many items, and read by those who read our folders."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import keyring
import keyring.backend
import pytest
import trustme
from test_terminal import Terminal

from calendar_server import PASSWORD, USER, Server, radicale
from solidarity_crm import services
from solidarity_crm.errors import Exit
from solidarity_crm.rules.meeting_times import lasting
from solidarity_crm.store.transaction import By, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Crm

MANY, FEW = 500, 20  # of which so many are meetings, whose time zones that server takes long over


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Run a server with a calendar for events and tasks."""
    with radicale(tmp_path) as there:
        there.make("VEVENT", "VTODO")
        yield there


@pytest.fixture
def words(server: Server) -> tuple[str, ...]:
    """Give the command, with the password in a file."""
    Path("password").write_text(f"{PASSWORD}\n", encoding="utf-8")
    Path("password").chmod(0o600)
    return ("calendar", "sync", server.url, "--user", USER, "--password-file", "password")


@pytest.fixture
def week(crm: Crm, amina: str, sian: str) -> Crm:
    """Plan a meeting and a follow-up."""
    crm.ok("meeting", "add", "Siân O'Brien [she/her]", "--at", "friday 2pm", "--with", amina, "--with", sian, "--where", "Carlton")
    crm.ok("followup", "add", "Ring Amina", "--due", "friday", "--about", amina)
    return crm


def edit(server: Server, old: str, new: str) -> None:
    """Change the item that says so, as another program does."""
    (name,) = (name for name, text in server.items().items() if old in text)
    server.edit(name, old, new)


@pytest.fixture
def terminal(crm: Crm) -> Callable[..., Terminal]:
    """Give a way to start the program in a terminal."""
    return lambda *args: Terminal(crm, *args)


def test_a_change_there_is_shown_before_it_is_taken(
    week: Crm, server: Server, words: tuple[str, ...], terminal: Callable[..., Terminal]
) -> None:
    """Take it, keep ours, leave it for now; what is ticked there too."""
    week.ok(*words)
    edit(server, "LOCATION:Carlton", "LOCATION:Roof")
    asked = "M1 Siân O'Brien [she/her]: Roof there, Carlton here"
    assert terminal(*words).until(asked).until("leave it for now").type("\x1b[B\x1b[B\r").ends() == Exit.PARTIAL
    assert week.json("show", "M1")["place"] == "Carlton"
    assert terminal(*words).until(asked).until("keep ours").type("\x1b[B\r").until("1 updated").ends() == 0
    assert "LOCATION:Carlton" in "".join(server.items().values())
    edit(server, "LOCATION:Carlton", "LOCATION:Roof")
    edit(server, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    there = terminal(*words).until(asked).type("\r").until("F1 Ring Amina: done there, open here").type("\r")
    assert there.until("2 changes taken here").ends() == 0
    assert (week.json("show", "M1")["place"], week.json("show", "F1")["status"]) == ("Roof", "done")


def test_a_single_date_changed_there_is_shown_before_it_is_taken(
    crm: Crm, server: Server, words: tuple[str, ...], terminal: Callable[..., Terminal]
) -> None:
    """Left as it is by Ctrl-C, twice; then taken, and nothing is asked again."""
    crm.ok("meeting", "add", "Siân O'Brien [she/her]", "--at", "2026-12-10 10:00", "--every", "1w", "--times", "4")
    crm.ok(*words)
    edit(server, "RRULE:", "EXDATE;TZID=Europe/London:20261217T100000\nRRULE:")
    for _ in range(2):
        assert terminal(*words).until("left out there").type("\x03").ends() == Exit.INTERRUPTED
        assert crm.json("show", "M1")["left_out"] == []
    assert terminal(*words).until("17 Dec 2026: left out there").type("\r").until("1 change taken here").ends() == 0
    assert crm.json("show", "M1")["left_out"] == ["2026-12-17T10:00"]
    assert terminal(*words).until("1 unchanged there").ends() == 0


@pytest.mark.parametrize("answers", [(), ("\r",)])
def test_ctrl_c_at_a_question_changes_nothing(
    week: Crm, server: Server, words: tuple[str, ...], terminal: Callable[..., Terminal], answers: tuple[str, ...]
) -> None:
    """Here or there, at the first or the second; and again."""
    week.ok(*words)
    edit(server, "LOCATION:Carlton", "LOCATION:Roof")
    edit(server, "STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    before = (week.json("show", "M1"), week.json("show", "F1"), len(week.json("history")), server.items())
    for _ in range(2):
        there = terminal(*words).until("Roof there")
        for answer in answers:
            there.type(answer).until("done there")
        assert there.type("\x03").ends() == Exit.INTERRUPTED
        assert "Traceback" not in there.seen
        assert (week.json("show", "M1"), week.json("show", "F1"), len(week.json("history")), server.items()) == before


def test_what_was_deleted_there_is_asked_about(
    week: Crm, server: Server, words: tuple[str, ...], terminal: Callable[..., Terminal]
) -> None:
    """Cancelled here too, or put there again."""
    week.ok(*words)
    (name,) = (name for name, text in server.items().items() if "LOCATION" in text)
    server.delete(name)
    there = terminal(*words).until("deleted there").until("put it there again").type("\x1b[B\r").until("1 added")
    assert there.ends() == 0
    server.delete(name)
    assert terminal(*words).until("cancel it here too").type("\r").until("1 change taken here").ends() == 0
    assert week.json("show", "M1")["status"] == "cancelled"


@pytest.mark.usefixtures("week")
def test_the_password_is_asked_for_and_not_shown(server: Server, terminal: Callable[..., Terminal]) -> None:
    """Ctrl-C at it ends everything before anything is sent."""
    start = ("calendar", "sync", server.url, "--user", USER)
    there = terminal(*start).until(f"The password of {USER}").type(f"{PASSWORD}\r").until("2 added")
    assert there.ends() == 0
    assert PASSWORD not in there.seen
    server.asked.clear()
    assert terminal(*start).until("The password of").type("\x03").ends() == Exit.INTERRUPTED
    assert server.asked == []


def test_five_hundred_that_are_the_same_make_no_writing_request(crm: Crm, server: Server, words: tuple[str, ...], tmp_path: Path) -> None:
    """Whether they are known or only found there: then they are read once. One that changes is the only one written."""
    start = datetime(2027, 1, 4, 10, tzinfo=UTC)
    with transaction(
        crm.workspace.store, crm.workspace.settings, By("Robin Marsh", "meeting add", datetime(2026, 12, 1, tzinfo=UTC))
    ) as tx:
        for number in range(FEW):
            times = lasting(start.replace(tzinfo=None) + timedelta(days=number), timedelta(hours=1), ZoneInfo("Europe/London"))
            services.meetings.add(tx, f"Meeting {number}", times)
        for number in range(MANY - FEW):
            services.followups.add(tx, f"Ring {number}", due=start.date() + timedelta(days=number))
    crm.ok("calendar", "publish", str(tmp_path / "data" / "collection-root" / USER / "network"), "--todo")  # where the server keeps them
    assert crm.json(*words)["unchanged"] == MANY
    assert server.wrote == []
    server.asked.clear()
    assert crm.json(*words)["unchanged"] == MANY
    assert [asked.method for asked in server.asked] == ["PROPFIND", "PROPFIND"]
    crm.ok("meeting", "edit", "M7", "--at", "2027-01-05 11:00")
    assert crm.json(*words)["updated"] == 1
    assert server.wrote == ["PUT"]


class Ring(keyring.backend.KeyringBackend):
    """A keyring of a test's own."""

    priority = 1

    def __init__(self) -> None:
        """Begin with nothing in it."""
        super().__init__()  # type: ignore[no-untyped-call] # the library's own
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """Give what is kept."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password


@pytest.fixture
def ring() -> Iterator[Ring]:
    """Put a keyring of the test's own in the place of whoever runs it."""
    before, there = keyring.get_keyring(), Ring()
    keyring.set_keyring(there)
    yield there
    keyring.set_keyring(before)


def test_the_keyring_keeps_a_password_that_the_server_took(week: Crm, server: Server, words: tuple[str, ...], ring: Ring) -> None:
    """A wrong one is not kept; then no file and no question are needed."""
    account = (f"solidarity:{server.root.removeprefix('http://')}", USER)
    Path("password").write_text("wrong", encoding="utf-8")
    week.refused(Exit.REFUSED, *words, "--remember")
    assert ring.kept == {}
    Path("password").write_text(PASSWORD, encoding="utf-8")
    assert "the password is kept in the keyring" in week.ok(*words, "--remember").err
    assert ring.kept == {account: PASSWORD}
    Path("password").unlink()
    assert week.json("calendar", "sync", server.url, "--user", USER)["unchanged"] == 2


def test_a_password_file_that_others_may_read_is_refused(week: Crm, server: Server, words: tuple[str, ...]) -> None:
    """As is one that is not there, or empty; nothing is sent."""
    for spoil in (
        lambda: Path("password").chmod(0o644),
        lambda: Path("password").write_text("\n", encoding="utf-8"),
        Path("password").unlink,
    ):
        spoil()
        week.refused(Exit.REFUSED, *words)
        if Path("password").exists():
            Path("password").chmod(0o600)
    assert server.asked == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_over_tls_only_a_certificate_that_fits_will_do(
    week: Crm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    """One for another name, and one that nobody vouches for, get nothing; one of one's own authority gets everything."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    for name, trusted, code in (("cal.example.org", True, 1), ("localhost", False, 1), ("localhost", True, 0)):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(name).configure_cert(context)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem")) if trusted else monkeypatch.delenv("REQUESTS_CA_BUNDLE")
        folder = tmp_path / f"{name}-{trusted}"
        folder.mkdir()
        with radicale(folder, tls=context) as there:
            if code == 0:
                folder.joinpath("data/collection-root", USER, "network").mkdir(parents=True)
                folder.joinpath("data/collection-root", USER, "network", ".Radicale.props").write_text(
                    '{"tag": "VCALENDAR"}', encoding="utf-8"
                )
            result = week("calendar", "sync", there.url, *words[3:])
            assert result.code == code, result.err
            assert ("may not be who it says" in result.err) == bool(code)
            assert bool(there.asked) == (code == 0)


def test_a_server_that_hangs_is_given_up(week: Crm, words: tuple[str, ...]) -> None:
    """After the patience that was asked for, with a way to have more."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        said = week.refused(
            Exit.REFUSED, "calendar", "sync", f"http://127.0.0.1:{silent.getsockname()[1]}/r/", *words[3:], "--patience", "1"
        )
    assert "did not answer within 1 seconds\ntry: solidarity calendar sync" in said
