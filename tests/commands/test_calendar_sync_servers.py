"""Keeping a calendar in step with servers that refuse, forget or go away, and in programs that are ended, as typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from calendar_server import USER, Asked
from calendar_syncing import REPLY, Sync, move_there, state
from solidarity_crm.errors import Exit


def instead(method: str, status: str) -> Any:
    """Answer a kind of request with a status."""

    def answer(asked: Asked) -> REPLY | None:
        return (status, [], b"") if asked.method == method else None

    return answer


def test_an_item_that_the_server_refuses_is_named(sync: Sync) -> None:
    """The others go on; it is tried again next time."""
    refused = instead("PUT", "507 Insufficient Storage")
    first: list[Asked] = []

    def answer(asked: Asked) -> REPLY | None:
        if asked.method == "PUT" and (not first or asked in first):
            first.append(asked)
            found: REPLY | None = refused(asked)
            return found
        return None

    sync.server.answer = answer
    found = sync.json(code=Exit.PARTIAL)
    assert (found["added"], found["failed"]) == (3, [{"ref": "M1", "what": "the server refused it (507)"}])
    sync.server.answer = lambda _: None
    assert sync.counts() == (1, 0, 0, 3)


def test_a_change_this_very_moment_is_not_written_over(sync: Sync) -> None:
    """Between the look and the writing."""
    sync()
    sync.crm.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")

    def meanwhile(asked: Asked) -> None:
        if asked.method == "PUT":
            sync.server.before = None
            sync.edit("M2", "T090000", "T093000")

    sync.server.before = meanwhile
    found = sync.json(code=Exit.PARTIAL)
    assert found["failed"] == [{"ref": "M2", "what": "changed there this very moment; sync again"}]
    assert "T093000" in sync.item("M2")[1]
    assert [one["ref"] for one in sync.json(code=Exit.PARTIAL)["undecided"]] == ["M2"]


def test_a_server_that_gives_no_tag_is_asked_for_it(sync: Sync) -> None:
    """So that the next look knows the item; the server may have changed it (RFC 4791 §5.3.4)."""
    sync.server.hides_tags = True
    assert sync.counts() == (4, 0, 0, 0)
    assert sync.counts() == (0, 0, 0, 4)
    assert "REPORT" not in {asked.method for asked in sync.server.asked}


def test_items_that_a_server_took_and_lost_are_missed(sync: Sync) -> None:
    """They are asked about as what was deleted there is."""
    sync.server.answer = instead("PUT", "201 Created")
    sync()
    sync.server.answer = lambda _: None
    assert "none of the 4 items" in sync().err
    assert sync.counts("--keep-ours") == (4, 0, 0, 0)


def test_a_calendar_that_may_only_be_read_is_refused(sync: Sync) -> None:
    """At the first item, with nothing remembered."""
    sync.server.answer = instead("PUT", "403 Forbidden")
    result = sync()
    assert (result.code, result.out) == (Exit.REFUSED, "")
    assert "does not let you change this calendar\ntry: " in result.err
    sync.server.answer = lambda _: None
    assert sync.counts() == (4, 0, 0, 0)


def test_a_server_that_goes_away_in_the_middle_is_gone_on_with(sync: Sync) -> None:
    """What was put is remembered; the rest follows the next time."""
    seen: list[Asked] = []

    def answer(asked: Asked) -> REPLY | None:
        seen.extend([asked] if asked.method == "PUT" else [])
        return ("403 Forbidden", [], b"") if len(seen) > 2 else None

    sync.server.answer = answer
    result = sync()
    assert (result.code, result.out) == (Exit.PARTIAL, "")
    assert "2 items had gone through, and the rest goes on from there next time" in result.err
    sync.server.answer = lambda _: None
    assert sync.counts() == (2, 0, 0, 2)


def test_a_store_that_forgot_finds_its_items_again(sync: Sync) -> None:
    """As one that was restored from before, or killed between putting and remembering: nothing is written twice."""
    sync()
    sync.crm.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")
    copy = sync.crm.workspace.store.read_bytes()
    sync()
    sync.crm.workspace.store.write_bytes(copy)
    assert sync.counts() == (0, 0, 0, 4)
    assert sync.server.wrote == []
    assert sync.counts() == (0, 0, 0, 4)
    assert "REPORT" not in {asked.method for asked in sync.server.asked}


def killed_after_putting(sync: Sync) -> None:
    """Run the command, and leave the store as it was when the last item had arrived there, and nothing was remembered of that."""
    stores: list[bytes] = []
    sync.server.before = lambda asked: stores.append(sync.crm.workspace.store.read_bytes()) if asked.method == "PUT" else None
    assert sync().code == Exit.DONE
    sync.server.before = None
    sync.crm.workspace.store.write_bytes(stores[-1])


def at(sync: Sync, hour: int) -> None:
    """Move a meeting here to an hour."""
    sync.crm.ok("meeting", "edit", "M1", "--at", f"2026-12-04 {hour}:00")


def test_what_arrived_and_was_not_remembered_is_no_change_there(sync: Sync) -> None:
    """Killed twice between putting and remembering, and changed here after each: nobody is asked, and the newest goes there."""
    at(sync, 10)
    killed_after_putting(sync)  # it was not there before
    at(sync, 11)
    killed_after_putting(sync)
    at(sync, 12)
    killed_after_putting(sync)
    at(sync, 13)
    found = sync.json("--take")
    assert (found["taken"], found["updated"]) == ([], 1)
    assert "T130000" in sync.item("M1")[1]
    assert sync.crm.json("show", "M1")["starts"] == "2026-12-04T13:00:00+00:00"
    assert sync.counts() == (0, 0, 0, 4)
    assert len(sync.server.items()) == 4


def test_what_was_changed_there_after_it_arrived_is_asked(sync: Sync) -> None:
    """As always; what did not arrive is not taken for agreed."""
    sync()
    sync.crm.ok("meeting", "edit", "M1", "--where", "Annexe")
    killed_after_putting(sync)
    move_there(sync)
    assert sync.json(code=Exit.PARTIAL)["undecided"][0]["what"] == "Fri 4 Dec 2026 15:30 to 16:30 there, Fri 4 Dec 2026 14:00 to 15:00 here"
    sync.json("--take")
    assert "LOCATION:Annexe" in sync.item("M1")[1]
    sync.server.answer = instead("PUT", "503 Service Unavailable")
    sync.crm.ok("meeting", "edit", "M1", "--where", "Cellar")
    assert sync.json(code=Exit.PARTIAL)["failed"] != []
    sync.server.answer = lambda _: None
    sync.edit("M1", "T153000", "T154500")
    found = sync.json("--take")
    assert [one["what"] for one in found["taken"]] == ["Fri 4 Dec 2026 15:45 to 16:30 there, Fri 4 Dec 2026 15:30 to 16:30 here"]
    assert "LOCATION:Cellar" in sync.item("M1")[1]


def test_a_first_sync_that_did_not_arrive_begins_anew(sync: Sync) -> None:
    """Nothing that never was there counts as deleted there, though it was about to be sent."""
    for _ in range(2):
        sync.server.answer = instead("PUT", "503 Service Unavailable")
        assert len(sync.json(code=Exit.PARTIAL)["failed"]) == 4
    sync.server.answer = lambda _: None
    assert sync.counts() == (4, 0, 0, 0)
    for name in sync.server.items():
        sync.server.delete(name)
    assert "none of the 4 items" in sync("--take").err


def test_undo_takes_back_no_memory_of_the_server(sync: Sync) -> None:
    """The last command is the last that changed a record."""
    before = sync.crm.json("history")
    sync()
    assert sync.crm.json("history") == before
    assert "sound" in sync.crm.ok("store", "check").out


def test_bad_input_is_one_line(sync: Sync) -> None:
    """With the right code and something to try; nothing is written anywhere."""
    before = state(sync.crm)
    user = ("--user", USER, "--password-file", "password")
    url = sync.server.url
    assert "https only" in sync.crm.refused(Exit.USAGE, "calendar", "sync", "http://cal.example.org/r/", *user)
    assert "password does not belong" in sync.crm.refused(Exit.USAGE, "calendar", "sync", "https://a:b@cal.example.org/", *user)
    assert "contradict" in sync.crm.refused(Exit.USAGE, "calendar", "sync", url, *user, "--take", "--keep-ours")
    assert "two users" in sync.crm.refused(Exit.USAGE, "calendar", "sync", url.replace("//", "//sam@"), *user)
    assert "wants to know who you are" in sync.crm.refused(Exit.REFUSED, "calendar", "sync", url)
    assert "The password of robin" in sync.crm.refused(Exit.USAGE, "calendar", "sync", url, "--user", USER)
    assert "is not a calendar" in sync.crm.refused(Exit.REFUSED, "calendar", "sync", f"{url}no/", *user)
    assert "there is no server of that name" in sync.crm.refused(Exit.REFUSED, "calendar", "sync", "https://cal.invalid/", *user)
    Path("password").write_text("wrong\n", encoding="utf-8")
    said = sync.crm.refused(Exit.REFUSED, "calendar", "sync", url, *user)
    assert "does not take this password for robin" in said
    assert "wrong" not in said
    assert state(sync.crm) == before
    assert sync.server.items() == {}
