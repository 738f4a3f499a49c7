"""A calendar on a real server: what is in it, and putting, changing and removing what is ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calendar_server import PASSWORD, USER, Asked, Server, radicale
from solidarity_crm.exchange.caldav import multistatus
from solidarity_crm.exchange.caldav.collection import Collection, Listing
from solidarity_crm.exchange.caldav.connection import Connection, address
from solidarity_crm.exchange.caldav.errors import ChangedMeanwhile, ItemRefused, NoCalendar, NotAllowed, OddAnswer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UID = "meeting-1@leeds"
ITEM = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:meeting-1@leeds\r\nDTSTAMP:20261201T000000Z\r\n"
    "DTSTART:20261204T140000Z\r\nDTEND:20261204T150000Z\r\nSUMMARY:{}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Run a server with a calendar for events and tasks."""
    with radicale(tmp_path) as there:
        there.make("VEVENT", "VTODO")
        yield there


@pytest.fixture
def calendar(server: Server) -> Collection:
    """Give that calendar."""
    return at(server.url)


def at(url: str) -> Collection:
    """Give a calendar at an address."""
    return Collection(Connection(address(url)._replace(user=USER), PASSWORD, 20))


def content(words: str) -> bytes:
    """Give an item that says something."""
    return ITEM.format(words).encode()


def test_an_item_is_put_changed_and_removed(calendar: Collection, server: Server) -> None:
    """Each under the condition that it is still as it was left."""
    path = calendar.path(f"{UID}.ics")
    first = calendar.put(path, content("Busy"), instead_of=None)
    assert first
    assert calendar.listing() == Listing({path: first}, events=True, tasks=True)
    second = calendar.put(path, content("Steering group"), instead_of=first)
    assert second
    assert second != first
    assert "SUMMARY:Steering group" in server.items()[f"{UID}.ics"]
    found = calendar.fetched([path, calendar.path("not-there.ics")])
    assert {where: there.etag for where, there in found.items()} == {path: second}
    assert "SUMMARY:Steering group" in found[path].content
    calendar.remove(path, second)
    calendar.remove(path, second)  # gone already, which is what was wanted
    assert server.items() == {}


def test_what_was_changed_meanwhile_is_left_alone(calendar: Collection, server: Server) -> None:
    """Nothing that somebody else wrote is overwritten or removed unseen."""
    path = calendar.path(f"{UID}.ics")
    tag = calendar.put(path, content("Busy"), instead_of=None)
    assert tag
    server.edit(f"{UID}.ics", "SUMMARY:Busy", "SUMMARY:Theirs")
    with pytest.raises(ChangedMeanwhile):
        calendar.put(path, content("Ours"), instead_of=tag)
    with pytest.raises(ChangedMeanwhile):
        calendar.put(path, content("Ours"), instead_of=None)
    with pytest.raises(ChangedMeanwhile):
        calendar.remove(path, tag)
    assert "SUMMARY:Theirs" in server.items()[f"{UID}.ics"]


def test_many_items_are_read_in_few_requests(calendar: Collection, server: Server) -> None:
    """A hundred at a time."""
    paths = []
    for number in range(101):
        paths.append(calendar.path(f"m{number}.ics"))
        calendar.put(paths[-1], content("x").replace(UID.encode(), f"m{number}".encode()), instead_of=None)
    server.asked.clear()
    assert len(calendar.fetched(paths)) == 101
    assert [asked.method for asked in server.asked] == ["REPORT", "REPORT"]


@pytest.mark.parametrize(
    ("components", "events", "tasks"), [(("VEVENT",), True, False), (("VTODO",), False, True), (("VEVENT", "VTODO"), True, True)]
)
def test_a_calendar_says_what_it_takes(tmp_path: Path, components: tuple[str, ...], events: bool, tasks: bool) -> None:
    """Events, tasks, or both."""
    with radicale(tmp_path) as there:
        there.make(*components)
        assert at(there.url).listing() == Listing({}, events, tasks)


def test_what_is_no_calendar_is_refused(server: Server) -> None:
    """The folder that the calendar is in names it; nothing, or a web page, are said too."""
    with pytest.raises(NoCalendar) as refused:
        at(f"{server.root}/{USER}/").listing()
    assert refused.value.hint == f"solidarity calendar sync {server.url}"
    with pytest.raises(NoCalendar, match="there is nothing at that address"):
        at(f"{server.root}/{USER}/other/").listing()
    server.answer = lambda _: ("405 Method Not Allowed", [], b"")
    with pytest.raises(NoCalendar, match="a web page"):
        at(server.url).listing()


def test_a_calendar_that_may_only_be_read_says_so(calendar: Collection, server: Server) -> None:
    """Reading and writing are told apart."""
    server.answer = lambda asked: ("403 Forbidden", [], b"") if asked.method == "PUT" else None
    with pytest.raises(NotAllowed, match="change this calendar"):
        calendar.put(calendar.path(f"{UID}.ics"), content("x"), instead_of=None)
    server.answer = lambda _: ("403 Forbidden", [], b"")
    with pytest.raises(NotAllowed, match="read this calendar"):
        calendar.listing()


def test_an_item_that_is_refused_says_why(calendar: Collection, server: Server) -> None:
    """By its number, since what servers write beside it is anybody's text."""
    server.answer = lambda asked: ("507 Insufficient Storage", [], b"<evil/>") if asked.method == "PUT" else None
    with pytest.raises(ItemRefused, match=r"the server refused it \(507\)"):
        calendar.put(calendar.path(f"{UID}.ics"), content("x"), instead_of=None)


def test_a_tag_that_a_proxy_weakened_will_do(calendar: Collection, server: Server) -> None:
    """As when a proxy packs what it passes on."""
    server.answer = lambda asked: ("201 Created", [("ETag", 'W/"1"')], b"") if asked.method == "PUT" else None
    assert calendar.put(calendar.path(f"{UID}.ics"), content("x"), instead_of=None) == '"1"'
    server.answer = lambda asked: ("201 Created", [], b"") if asked.method == "PUT" else None
    assert calendar.put(calendar.path(f"{UID}.ics"), content("x"), instead_of=None) is None


BOMB = b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><multistatus xmlns="DAV:">&b;</multistatus>'
FILE = b'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><multistatus xmlns="DAV:">&a;</multistatus>'


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"<html></html>", b"not xml", BOMB, FILE, b"\xff\xfe\x00", b'<?xml version="1.0" encoding="no"?><m/>']
)
def test_odd_answers_are_refused(calendar: Collection, server: Server, body: bytes) -> None:
    """Bombs and references to files among them."""
    server.answer = lambda _: ("207 Multi-Status", [], body)
    with pytest.raises(OddAnswer):
        calendar.listing()
    server.answer = lambda _: ("200 OK", [], body)
    with pytest.raises(OddAnswer):
        calendar.listing()


def test_an_address_in_an_answer_leads_nowhere_else(calendar: Collection, server: Server) -> None:
    """A path that begins like another server's name is a path of this one."""
    asked: list[Asked] = []
    server.before = asked.append
    with pytest.raises(NotAllowed):
        calendar.remove("//evil.example/robin/x.ics", '"1"')
    assert [(one.method, one.path.lstrip("/")) for one in asked][-1] == ("DELETE", "evil.example/robin/x.ics")


def test_addresses_are_compared_as_they_are_meant() -> None:
    """Whole or in part, with letters spelt out or not."""
    assert multistatus.path_of("https://cal.example.org/r/a%40b.ics") == multistatus.path_of("/r/a@b.ics ") == "/r/a@b.ics"
