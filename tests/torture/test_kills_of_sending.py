"""kill -9 of a real send of fifty messages to a real server at random moments: none twice, none lost, the unsure named."""

from __future__ import annotations

import os
import signal
import sys
from email import message_from_bytes
from typing import TYPE_CHECKING

import pytest
from killing import CHANCE, KILLS, Running, pause

from mail_server import Office, Server
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")

MESSAGES = 50
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
MOMENTS = 2 * KILLS if "SOLIDARITY_KILLS" in os.environ else 6
HELLO = "Subject: Hello\nPurpose: service\nAbout: A greeting\n\nHello, {{ contact.greeting }}.\n"


@pytest.fixture
def office(crm: Crm) -> Iterator[Office]:
    """Give a mail server of this machine's own, which the workspace's settings name."""
    server = Server(office := Office(), None, passwords=False)
    server.start()
    path = crm.workspace.folder / "solidarity.toml"
    mail = f'\n[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nper_minute = 600\n'
    path.write_text(path.read_text(encoding="utf-8") + mail, encoding="utf-8")
    yield office
    server.stop(no_assert=True)


def fifty(crm: Crm) -> None:
    """Draft and approve a message to each of fifty people."""
    refs = [draft["ref"] for draft in crm.json("outreach", "draft", "hello", "--all-contacts", "--yes", "--again")]
    assert len(refs) == MESSAGES
    crm.ok("outreach", "approve", *refs)


def people(crm: Crm) -> None:
    """Add fifty people, and the template that is written to them."""
    (crm.workspace.templates / "hello.txt").write_text(HELLO, encoding="utf-8")
    rows = "".join(f"Person {number},person{number}@example.org\n" for number in range(MESSAGES))
    path = crm.workspace.folder.parent / "people.csv"
    path.write_text(f"Name,Email\n{rows}", encoding="utf-8")
    crm.ok("contact", "import", str(path), "--yes", "--source", "event")


def interrupted(crm: Crm, office: Office) -> None:
    """Begin a send and kill it at some moment: before its first message, in one, between two, or after its last."""
    before = len(office.received)
    running = Running(crm.workspace, "outreach", "send", "--yes")
    while running.process.poll() is None and len(office.received) == before and CHANCE.random() < 0.97:
        pause(0.02)
    pause(0.3)
    ended = running.end(signal.SIGKILL)
    assert ended.code in (0, -signal.SIGKILL), ended


def settled(crm: Crm, office: Office) -> set[str]:
    """Compare what is stored with what the server has, and resolve what is unsure by that; give what is still to be sent."""
    there = [message_from_bytes(each.content)["Message-ID"] for each in office.received]
    assert len(there) == len(set(there))
    drafts = {draft["ref"]: draft for draft in crm.json("outreach", "list")}
    unsure = {ref for ref, draft in drafts.items() if draft["status"] == "sending"}
    sent = {draft["message_id"] for draft in drafts.values() if draft["status"] == "sent"}
    assert len(unsure) <= 1
    assert sent <= set(there) <= sent | {drafts[ref]["message_id"] for ref in unsure}
    to = {draft["message_id"]: (draft["to_address"],) for draft in drafts.values()}
    assert [each.recipients for each in office.received] == [to[each] for each in there]
    if unsure:
        named = crm("--json", "outreach", "send", "--dry-run", "--yes")
        assert named.code == Exit.PARTIAL
        assert {each["ref"] for each in named.data if each["result"] == "unsure"} == unsure
        for ref in unsure:
            crm.ok("outreach", "resolve", ref, "--sent" if drafts[ref]["message_id"] in there else "--not-sent")
    return {ref for ref, draft in drafts.items() if draft["status"] == "draft"} | unsure


def test_none_goes_out_twice_and_none_is_lost(crm: Crm, office: Office) -> None:
    """Whoever resolves what is unsure by what the server has ends with each message there once."""
    people(crm)
    kills = rounds = 0
    while kills < MOMENTS:
        fifty(crm)
        rounds += 1
        while kills < MOMENTS:
            interrupted(crm, office)
            kills += 1
            if not settled(crm, office):
                break
    crm.ok("outreach", "send", "--yes")
    assert settled(crm, office) == set()
    expected = sorted(f"person{number}@example.org" for number in range(MESSAGES) for _ in range(rounds))
    assert sorted(office.recipients) == expected
    assert crm.json("store", "check")["problems"] == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc for the moment when a command listens")
def test_whatever_asks_it_to_end_lets_the_message_that_is_under_way_end(crm: Crm, office: Office) -> None:
    """So nothing is unsure; a slow server is waited for, but not by whoever asks twice: then the one under way is named."""
    people(crm)
    fifty(crm)
    office.slow = 0.05
    for moment in range(max(MOMENTS, 6)):
        number, impatient = SIGNALS[moment % len(SIGNALS)], moment % 4 == 3
        before = len(office.received)
        running = Running(crm.workspace, "outreach", "send", "--yes")
        running.until_it_listens()
        while running.process.poll() is None and len(office.received) == before and CHANCE.random() < 0.98:
            pause(0.02)
        pause(0.3)
        if impatient:
            running.process.send_signal(number)
        ended = running.end(number)
        assert (ended.code, ended.err) in ((0, ""), (128 + number, "")), ended
        statuses = [draft["status"] for draft in crm.json("outreach", "list")]
        assert impatient or set(statuses) <= {"draft", "sent"}
        assert impatient or statuses.count("sent") == len(office.received)
        if not settled(crm, office):
            break
    office.slow = 0
    crm("outreach", "send", "--yes")  # whatever is left, which may be nothing
    assert settled(crm, office) == set()
    assert sorted(office.recipients) == sorted(f"person{number}@example.org" for number in range(MESSAGES))
