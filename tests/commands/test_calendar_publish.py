"""A calendar file, or a folder of them, kept in step, as typed."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm

VDIR = Path("vdir")


def publish(crm: Crm, *args: str, code: int = 0) -> dict[str, Any]:
    """Publish into the folder; give the answer's counts."""
    result = crm("--json", "calendar", "publish", str(VDIR), *args)
    assert result.code == code, result.err
    answer: dict[str, Any] = result.data
    return answer


def counts(answer: dict[str, Any]) -> tuple[int, int, int]:
    """Give how many files were written, removed and left as they were right."""
    return answer["written"], answer["removed"], answer["unchanged"]


def titles() -> list[str]:
    """List the titles of the items in the folder."""
    return sorted(
        str(part["summary"]) for path in VDIR.glob("*.ics") for part in Calendar.from_ical(path.read_bytes()).walk() if "summary" in part
    )


def state() -> dict[str, tuple[int, int]]:
    """Give each file with what changes when it is written."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in VDIR.iterdir()}


def edit(which: str, old: str, new: str) -> None:
    """Change the file of an item, as another program does."""
    (path,) = (path for path in VDIR.glob("*.ics") if which in path.read_text(encoding="utf-8"))
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def test_a_folder_gets_a_file_for_each_item(week: Crm) -> None:
    """One calendar object each, which publishes nothing and invites nobody, for its owner alone."""
    result = week.ok("calendar", "publish", str(VDIR))
    assert result.out == "vdir\nCalendar kept in step\n  Written:   4\n  Removed:   0\n  Unchanged: 0\n  Titles:    initials\n"
    assert result.err == "4 files written, 0 removed, 0 unchanged; people are in it by their initials\n"
    assert titles() == ["Follow up: F2", "Follow up: P1 A.Y.", "Meeting M2", "Meeting with A.Y., S.O."]
    for path in VDIR.iterdir():
        content = path.read_bytes()
        (one,) = (part for part in Calendar.from_ical(content).walk() if part.name == "VEVENT")
        assert path.name == f"{one['uid']}.ics"
        assert not any(word in content for word in (b"METHOD", b"ATTENDEE", b"ORGANIZER", b"X-WR-CALNAME"))
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    if sys.platform != "win32":
        assert stat.S_IMODE(VDIR.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in VDIR.iterdir()} == {0o600}


def test_twice_writes_nothing(week: Crm, on_day: Callable[[str], None]) -> None:
    """On another day, in another year; and leaves no file of its own work behind."""
    publish(week)
    before = state()
    on_day("2027-03-01")
    assert counts(publish(week)) == (0, 0, 4)
    assert state() == before


def test_only_what_changed_is_written(week: Crm) -> None:
    """A moved meeting; one that was cancelled says so; a follow-up that was done goes."""
    publish(week)
    before = state()
    week.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")
    assert counts(publish(week)) == (1, 0, 3)
    assert len(set(state().items()) - set(before.items())) == 1
    week.ok("meeting", "cancel", "M1")
    week.ok("followup", "done", "F1")
    assert counts(publish(week)) == (1, 1, 2)
    assert titles() == ["Cancelled: Meeting with A.Y., S.O.", "Follow up: F2", "Meeting M2"]
    week.ok("undo", "--yes")
    assert counts(publish(week)) == (1, 0, 3)


def test_a_meeting_cancelled_before_it_was_published_never_shows(week: Crm) -> None:
    """A calendar that never had it need not hear of it."""
    week.ok("meeting", "cancel", "M1")
    publish(week, "--only", "meetings")
    assert titles() == ["Meeting M2"]


def test_files_of_others_are_left_alone(week: Crm) -> None:
    """Another program's, another workspace's, and whatever else lies there; only ours are removed."""
    VDIR.mkdir()
    other = {"theirs.ics": b"x", "displayname": b"Work", "meeting-1@another.ics": b"x", "meeting-1@another": b"x", "notes.txt": b"x"}
    for name, content in other.items():
        (VDIR / name).write_bytes(content)
    publish(week)
    for ref in ("M1", "M2"):
        week.ok("meeting", "cancel", ref)
    publish(week, "--only", "followups")
    assert {path.name: path.read_bytes() for path in VDIR.iterdir() if path.name in other} == other
    assert len(list(VDIR.iterdir())) == len(other) + 2


def test_what_belongs_there_follows_the_options(week: Crm) -> None:
    """By owner, by kind, by titles; what no longer does is removed."""
    publish(week)
    assert counts(publish(week, "--owner", "sam")) == (0, 2, 2)
    assert titles() == ["Follow up: F2", "Meeting M2"]
    publish(week, "--titles", "full", "--only", "meetings")
    assert titles() == ["Call", "Steering group"]
    publish(week, "--titles", "busy")
    assert titles() == ["Busy"] * 4
    assert "Carlton" not in "".join(path.read_text(encoding="utf-8") for path in VDIR.iterdir())


def test_follow_ups_may_be_tasks(week: Crm) -> None:
    """One that was done stays, ticked, where it was; one that was done before is not brought."""
    week.ok("followup", "add", "Old", "--due", "2026-12-02")
    week.ok("followup", "done", "F3")
    assert counts(publish(week, "--todo", "--only", "followups")) == (2, 0, 0)
    week.ok("followup", "done", "F1")
    assert counts(publish(week, "--todo", "--only", "followups")) == (1, 0, 1)
    found = [part for path in VDIR.iterdir() for part in Calendar.from_ical(path.read_bytes()).walk("VTODO")]
    assert sorted((str(part["summary"]), str(part["status"])) for part in found) == [("F2", "NEEDS-ACTION"), ("P1 A.Y.", "COMPLETED")]


def test_what_another_program_changed_is_left_and_named(week: Crm) -> None:
    """It is not taken back here, and not lost there; --force writes over it."""
    publish(week)
    edit("Meeting M2", "DTSTART;TZID=Europe/London:20261208T090000", "DTSTART;TZID=Europe/London:20261208T083000")
    answer = publish(week, code=Exit.PARTIAL)
    (name,) = answer["changed_elsewhere"]
    assert counts(answer) == (0, 0, 3)
    assert "083000" in (VDIR / name).read_text(encoding="utf-8")
    week.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")
    result = week("calendar", "publish", str(VDIR))
    assert result.code == Exit.PARTIAL
    assert f"1 file left as another program changed it: {name}\ntry: " in result.err
    assert counts(publish(week, "--force")) == (1, 0, 3)
    assert counts(publish(week)) == (0, 0, 4)


def test_what_another_program_changed_is_not_removed_unseen(week: Crm) -> None:
    """When the follow-up is done here."""
    publish(week)
    edit("Follow up: F2", "VALUE=DATE:20261208", "VALUE=DATE:20261210")
    week.ok("followup", "done", "F2")
    assert counts(publish(week, code=Exit.PARTIAL)) == (0, 0, 3)
    assert counts(publish(week, "--force")) == (0, 1, 3)


def test_a_file_that_another_program_only_wrote_anew_is_right_as_it_is(week: Crm) -> None:
    """As a server does, in its own order and with its own additions; it is written again when the record changes."""
    publish(week)
    edit("Meeting M2", "PRODID:-//Solidarity CRM//solidarity", "PRODID:-//Another//")
    edit("Meeting M2", "CLASS:PRIVATE\r\n", "")
    before = state()
    assert counts(publish(week)) == (0, 0, 4)
    assert state() == before
    week.ok("meeting", "edit", "M2", "--at", "2026-12-08 09:00", "--link", "https://meet.example/2")
    assert publish(week, code=Exit.DONE)["written"] == 1


def test_a_file_that_cannot_be_read_is_left_and_named(week: Crm) -> None:
    """Whatever is in it."""
    publish(week)
    for place, content in enumerate((b"", b"\xff\xfe\x00", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR")):
        sorted(VDIR.iterdir())[place].write_bytes(content)
    assert len(publish(week, code=Exit.PARTIAL)["changed_elsewhere"]) == 3


def test_one_file_is_kept_in_step(week: Crm) -> None:
    """The same one, written when something changed."""
    week.ok("calendar", "publish", "team.ics")
    before = Path("team.ics").stat().st_ino
    assert Path("team.ics").read_bytes().count(b"BEGIN:VEVENT") == 4
    answer = week.json("calendar", "publish", "team.ics")
    assert (answer["written"], answer["unchanged"], Path("team.ics").stat().st_ino) == (0, 1, before)
    week.ok("meeting", "cancel", "M1")
    week.ok("followup", "done", "F1")
    assert week.json("calendar", "publish", "team.ics")["written"] == 1
    assert Path("team.ics").read_bytes().count(b"BEGIN:VEVENT") == 3
    assert b"Cancelled: Meeting with A.Y." in Path("team.ics").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"mine",
        b"BEGIN:VCALENDAR\r\nPRODID:-//Other//\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nPRODID:-//Solidarity CRM//x\r\nUID:x@other\r\n",
    ],
)
def test_a_file_that_is_not_ours_is_left_alone(week: Crm, content: bytes) -> None:
    """Another program's, another workspace's; unless --force."""
    Path("team.ics").write_bytes(content)
    assert "was left as it is" in week.refused(Exit.REFUSED, "calendar", "publish", "team.ics")
    assert Path("team.ics").read_bytes() == content
    week.ok("calendar", "publish", "team.ics", "--force")
    assert Path("team.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\nVERSION")


def test_bad_input_writes_nothing(week: Crm) -> None:
    """One clear line and the right code."""
    assert "tasks and events in one file" in week.refused(Exit.USAGE, "calendar", "publish", "team.ics", "--todo")
    assert "no kind of title 'loud'" in week.refused(Exit.USAGE, "calendar", "publish", str(VDIR), "--titles", "loud")
    Path("file").write_text("", encoding="utf-8")
    week.refused(Exit.STORE, "calendar", "publish", "file")
    week.refused(Exit.STORE, "calendar", "publish", "file/vdir")
    assert not VDIR.exists()
    assert not Path("team.ics").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows asks for a right to make links")
def test_a_link_is_not_followed(week: Crm) -> None:
    """What it leads to stays as it is."""
    publish(week)
    target, (first, *_) = Path("target"), sorted(VDIR.iterdir())
    target.write_text("mine", encoding="utf-8")
    first.unlink()
    first.symlink_to(Path.cwd() / target)
    assert "was left as it is" in week.refused(Exit.REFUSED, "calendar", "publish", str(VDIR))
    assert target.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(sys.platform == "win32" or getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_says_so(week: Crm) -> None:
    """With nothing half written."""
    VDIR.mkdir(mode=0o500)
    week.refused(Exit.STORE, "calendar", "publish", str(VDIR))
    assert list(VDIR.iterdir()) == []


def test_whom_full_titles_name_is_recorded(week: Crm) -> None:
    """Those of the items that are written, in a folder or a file; what is there already is not recorded again."""
    before = week.json("history")
    publish(week)
    assert week.json("history") == before
    for _ in range(2):
        publish(week, "--titles", "full")
        week.ok("calendar", "publish", "all.ics", "--titles", "full", "--only", "followups")
    assert [entry["note"] for entry in week.json("history")[: -len(before)]] == [
        "1 contact as ics for a file: all.ics: name, phone, e-mail",
        "2 contacts as ics for a folder: vdir: name, phone, e-mail",
    ]
    week.ok("meeting", "edit", "M2", "--at", "2026-12-09 09:00")  # nobody takes part
    publish(week, "--titles", "full")
    assert week.json("history")[0]["command"] == "meeting edit"


def test_whoever_comes_to_one_date_of_a_series_is_recorded(week: Crm) -> None:
    """Though it is the series' file that they are in."""
    week.ok("meeting", "add", "Drop-in", "--at", "2026-12-10 10:00", "--every", "1w")
    publish(week, "--titles", "full")
    week.ok("meeting", "move", "M3", "--on", "2026-12-17", "--to", "2026-12-18 10:00")
    week.ok("meeting", "edit", "M4", "--with", "Amina Yusuf")
    publish(week, "--titles", "full")
    assert week.json("history")[0]["note"] == "1 contact as ics for a folder: vdir: name, phone, e-mail"


def test_hostile_words_stay_words(crm: Crm) -> None:
    """In a folder as in a file: no line of their own, no property."""
    name = "Siân O'Brien [she/her]\nATTENDEE:mailto:x@example.org"
    crm.refused(Exit.USAGE, "meeting", "add", "x\x1b]0;", "--at", "friday 2pm")
    crm.ok("meeting", "add", name.replace("\n", " "), "--at", "friday 2pm", "--where", "A; B, C\\nBEGIN:VALARM")
    publish(crm, "--titles", "full")
    (path,) = VDIR.iterdir()
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert str(event["summary"]) == name.replace("\n", " ")
    assert str(event["location"]) == "A; B, C\\nBEGIN:VALARM"
    assert "attendee" not in event
