"""A calendar on a real server kept in step, as typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from icalendar import Calendar

from calendar_server import radicale
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Crm

from calendar_syncing import Sync, move_there, state


def test_meetings_and_follow_ups_go_there(sync: Sync) -> None:
    """Follow-ups as tasks, by initials, with nobody invited; counted on stderr."""
    result = sync()
    assert result.code == Exit.DONE, result.err
    assert result.out == (
        f"{sync.server.url}\nCalendar kept in step\n  Added:     4\n  Updated:   0\n  Removed:   0\n  Unchanged: 0\n  Titles:    initials\n"
    )
    assert result.err == (
        "4 added, 0 updated, 0 removed, 0 unchanged there; 0 changes taken here; people are in it by their initials\n"
        f'next: url = "{sync.server.url}" and user = "robin" under [calendar] in solidarity.toml, then solidarity calendar sync alone does the same\n'
    )
    found = [part for text in sync.server.items().values() for part in Calendar.from_ical(text).walk() if part.name in ("VEVENT", "VTODO")]
    assert sorted((part.name, str(part["summary"])) for part in found) == [
        ("VEVENT", "Meeting M2"), ("VEVENT", "Meeting with A.Y., S.O."), ("VTODO", "F2"), ("VTODO", "P1 A.Y."),
    ]  # fmt: skip
    whole = "".join(sync.server.items().values())
    assert not any(word in whole for word in ("METHOD", "ATTENDEE", "ORGANIZER", "Amina", "Siân", "example.org"))


def test_without_an_address_it_is_the_settings_calendar(sync: Sync) -> None:
    """As the settings' user, or another; what the first sync of a calendar suggests does it, and it is suggested once."""
    words = re.search("next: (url = .*) and (user = .*) under", sync().err)
    assert words is not None
    assert "next:" not in sync().err
    settings = sync.crm.workspace.folder / "solidarity.toml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}\n[calendar]\n{words[1]}\n{words[2]}\n", encoding="utf-8")
    password = ("--password-file", "password")
    result = sync.crm("calendar", "sync", *password)
    assert result.code == Exit.DONE, result.err
    assert result.out.startswith(f"{sync.server.url}\n")
    assert result.err.startswith(f"the calendar is {sync.server.url}, as robin\n0 added, ")
    # the settings' user is of the settings' calendar alone, and --user is another
    assert sync.crm("calendar", "sync", sync.server.url, *password).code == Exit.DONE
    assert "wants to know who you are" in sync.crm.refused(
        Exit.REFUSED, "calendar", "sync", sync.server.url.replace("network", "other"), *password
    )
    assert "password for sam" in sync.crm.refused(Exit.REFUSED, "calendar", "sync", "--user", "sam", *password)
    settings.write_text(f'{before}\n[calendar]\nurl = "http://cal.example.org/robin/"\n', encoding="utf-8")
    assert "solidarity.toml: [calendar] url: calendars go over https only" in sync.crm.refused(Exit.STORE, "calendar", "sync", *password)


def test_without_an_address_anywhere_it_is_asked_for(sync: Sync) -> None:
    """Where nobody can be asked, the command with one is shown."""
    said = sync.crm.refused(Exit.USAGE, "calendar", "sync")
    assert "cannot ask here: The calendar's CalDAV address\ntry: solidarity calendar sync https://" in said


def test_what_is_the_same_makes_no_writing_request(sync: Sync) -> None:
    """One look, after the login; the store is not written either."""
    sync()
    before = (sync.crm.workspace.store.read_bytes(), state(sync.crm))
    assert sync.counts() == (0, 0, 0, 4)
    assert [asked.method for asked in sync.server.asked] == ["PROPFIND", "PROPFIND"]
    assert (sync.crm.workspace.store.read_bytes(), state(sync.crm)) == before


def test_what_changed_here_goes_there(sync: Sync) -> None:
    """A new time, a cancellation, a task that was done; and only that."""
    sync()
    sync.crm.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")
    sync.crm.ok("meeting", "cancel", "M1")
    sync.crm.ok("followup", "done", "F1")
    assert sync.counts() == (0, 3, 0, 1)
    assert sync.server.wrote == ["PUT"] * 3
    assert "SUMMARY:Cancelled: Meeting with A.Y.\\, S.O." in sync.item("M1")[1]
    assert "STATUS:COMPLETED" in sync.item("F1")[1]
    assert sync.counts() == (0, 0, 0, 4)


def test_what_is_gone_here_is_removed_there(sync: Sync) -> None:
    """A record that was taken back; what belongs to somebody else when only somebody's are wanted."""
    sync()
    assert sync.counts("--owner", "sam") == (0, 0, 2, 2)
    sync.crm.ok("undo", "--yes")  # the follow-up of last
    assert sync.counts("--owner", "sam") == (0, 0, 1, 1)
    assert sync.counts() == (2, 0, 0, 1)


def test_a_meeting_cancelled_before_it_went_there_never_does(sync: Sync) -> None:
    """Nor a task done before."""
    sync.crm.ok("meeting", "cancel", "M1")
    sync.crm.ok("followup", "done", "F1")
    assert sync.counts() == (2, 0, 0, 0)


def test_items_of_others_are_left_alone(sync: Sync) -> None:
    """They are not even read."""
    other = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:{0}\nDTSTAMP:20261201T000000Z\nDTSTART:20261201T000000Z\nEND:VEVENT\nEND:VCALENDAR\n"
    for uid in ("theirs", "meeting-1@another"):
        sync.server.put(f"{uid}.ics", other.format(uid))
    before = sync.server.items()
    sync()
    assert "REPORT" not in {asked.method for asked in sync.server.asked}
    sync.crm.ok("meeting", "cancel", "M1")
    sync("--owner", "sam")
    assert {name: text for name, text in sync.server.items().items() if name in before} == before


def test_a_change_there_is_listed_and_left_where_nobody_can_be_asked(sync: Sync) -> None:
    """With exit code 5; the rest goes on."""
    sync()
    move_there(sync)
    sync.crm.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")
    before = sync.item("M1")[1]
    result = sync()
    assert result.code == Exit.PARTIAL
    assert "To be decided\n  Ref  What\n  M1   Fri 4 Dec 2026 15:30 to 16:30 there, Fri 4 Dec 2026 14:00 to 15:00 here\n" in result.out
    assert "1 change made there left undecided; try: the same command in a terminal, --take or --keep-ours" in result.err
    assert sync.item("M1")[1] == before
    assert sync.crm.json("show", "M1")["starts"] == "2026-12-04T14:00:00+00:00"
    assert "20261209T090000" in sync.item("M2")[1]


def test_a_calendar_without_tasks_gets_reminders(tmp_path: Path, week: Crm) -> None:
    """All-day events, which go when they are done; a moved one is due then."""
    with radicale(tmp_path) as there:
        there.make("VEVENT")
        sync = Sync(week, there)
        assert "follow-ups are all-day reminders in it" in sync().err
        assert "SUMMARY:Follow up: F2" in sync.item("F2")[1]
        sync.edit("F2", "DTSTART;VALUE=DATE:20261208\n", "DTSTART;VALUE=DATE:20261209\n")
        sync.json("--take")
        assert week.json("show", "F2")["due"] == "2026-12-09"
        week.ok("followup", "done", "F2")
        assert sync.counts() == (0, 0, 1, 3)


def test_a_calendar_of_tasks_gets_no_meetings(tmp_path: Path, week: Crm) -> None:
    """And says so; one that takes neither is refused."""
    with radicale(tmp_path) as there:
        there.make("VTODO")
        sync = Sync(week, there)
        assert sync.counts() == (2, 0, 0, 0)
        assert "meetings stay out of it" in sync().err
        assert "takes no events" in sync("--only", "meetings").err


def test_a_dry_run_writes_nothing(sync: Sync) -> None:
    """There, or here."""
    before = (sync.crm.workspace.store.read_bytes(), state(sync.crm))
    assert sync.counts("--dry-run") == (4, 0, 0, 0)
    assert sync.server.wrote == []
    sync()
    move_there(sync)
    before = (sync.crm.workspace.store.read_bytes(), state(sync.crm))
    found = sync.json("--dry-run")
    assert [one["ref"] for one in found["undecided"]] == ["M1"]
    assert sync.server.wrote == []
    assert (sync.crm.workspace.store.read_bytes(), state(sync.crm)) == before


def test_full_titles_are_asked_for_and_recorded(sync: Sync) -> None:
    """Whose details went where is kept for good; a second run sends nothing and records nothing."""
    result = sync("--titles", "full")
    assert (result.code, sync.server.asked) == (Exit.REFUSED, [])
    assert "names, phones and addresses of people go to 127.0.0.1" in result.err
    assert sync.counts("--titles", "full", "--yes") == (4, 0, 0, 0)
    assert "Amina Yusuf" in sync.item("M1")[1]
    entries = sync.crm.json("history")
    assert entries[0]["note"] == f"2 contacts as calendar for the calendar {sync.server.url}: name, phone, e-mail"
    assert sync.counts("--titles", "full", "--yes") == (0, 0, 0, 4)
    assert sync.crm.json("history") == entries


def test_whom_full_titles_name_beside_something_revealing_is_asked_or_left_out(sync: Sync) -> None:
    """As at every other door: what goes is recorded, what is left out is somebody, and what is there already is not asked about."""
    sync.crm.ok("org", "edit", "mesmac", "--revealing")
    sync.crm.ok("meeting", "edit", "M1", "--agenda", "Amina tells of MESMAC")
    sync.crm.ok("followup", "edit", "F1", "--what", "Ring Amina of MESMAC")
    done = sync("--titles", "full", "--redact", "--yes")
    assert done.code == 0, done.err
    assert "somebody tells of MESMAC" in sync.item("M1")[1]
    assert "Amina" not in re.sub("\r?\n ", "", "".join(sync.server.items().values()))
    assert "revealing" not in sync.crm.json("history")[0]["note"]
    assert sync.counts("--titles", "full", "--redact", "--yes") == (0, 0, 0, 4)
    assert sync.counts("--titles", "full", "--yes") == (0, 2, 0, 2)
    assert sync.crm.json("history")[0]["note"].endswith(": name, phone, e-mail, revealing organisation")
    assert "Amina tells of MESMAC" in re.sub("\r?\n ", "", "".join(sync.server.items().values()))
    assert sync.counts("--titles", "full", "--yes") == (0, 0, 0, 4)


def test_a_name_in_the_place_is_asked_about_without_full_titles(sync: Sync) -> None:
    """And nothing is written before there is an answer."""
    sync.crm.ok("org", "edit", "mesmac", "--revealing")
    sync.crm.ok("meeting", "edit", "M1", "--where", "Amina's room, MESMAC")
    result = sync()
    assert result.code == Exit.REFUSED
    assert "this would put 1 named person (P1) beside 1 revealing thing (MESMAC)" in result.err
    assert sync.server.items() == {}
    assert sync.counts("--redact") == (4, 0, 0, 0)
    assert "somebody's room" in sync.item("M1")[1]
    assert sync.crm.json("show", "M1")["place"] == "Amina's room, MESMAC"
