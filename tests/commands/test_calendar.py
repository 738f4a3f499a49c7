"""Calendar files, as typed."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icalendar import Calendar

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm


def summaries(crm: Crm, *args: str) -> list[str]:
    """List the titles of the events that an export writes to stdout."""
    return [str(event["summary"]) for event in events(crm.ok("calendar", "export", "-", *args).out)]


def events(content: str | bytes) -> list[Any]:
    """Read a file's events."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_a_file_is_written_and_counted(week: Crm) -> None:
    """By default into the workspace's exports, for its owner alone; stderr says what was written and what to beware of."""
    result = week.ok("calendar", "export")
    path = week.workspace.exports / "calendar.ics"
    assert result.out == f"{path}\nCalendar file\n  Meetings:   2\n  Follow-ups: 2\n  Titles:     initials\n"
    first, advice = result.err.splitlines()
    assert first == "4 events written: 2 meetings, 2 follow-ups; people are in it by their initials"
    assert advice.startswith("import it into a calendar of its own, and empty that one before you import again")
    assert [str(e["summary"]) for e in events(path.read_bytes())] == [
        "Meeting with A.Y., S.O.", "Meeting M2", "Follow up: P1 A.Y.", "Follow up: F2",
    ]  # fmt: skip
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_as_json_it_answers_with_what_was_written(week: Crm) -> None:
    """Where, how many and how they are told."""
    assert week.json("calendar", "export", "team.ics", "--titles", "busy", "--only", "meetings") == {
        "file": "team.ics", "meetings": 2, "followups": 0, "titles": "busy",
    }  # fmt: skip
    assert Path("team.ics").read_bytes().count(b"SUMMARY:Busy") == 2


def test_a_dash_is_stdout_byte_for_byte(week: Crm) -> None:
    """With the line ends that calendars want, and nothing else on stdout."""
    week.ok("calendar", "export", "team.ics")
    assert week.ok("calendar", "export", "-").out.encode() == Path("team.ics").read_bytes()
    assert "stdout is either the calendar or json" in week.refused(Exit.USAGE, "calendar", "export", "-", "--json")


def test_unchanged_records_give_the_same_bytes(week: Crm, on_day: Callable[[str], None]) -> None:
    """On another day and in another year too; a change shows in the one event it is about."""
    before = week.ok("calendar", "export", "-").out
    on_day("2027-03-01")
    assert week.ok("calendar", "export", "-").out == before
    week.ok("meeting", "edit", "M2", "--at", "2027-03-08 10:00")
    changed = [str(e["uid"]) for e in events(week.ok("calendar", "export", "-").out) if e not in events(before)]
    (moved,) = (e for e in events(before) if str(e["summary"]) == "Meeting M2")
    assert changed == [str(moved["uid"])]


def test_uids_are_the_records_at_this_workspace(week: Crm) -> None:
    """So that no two partnerships' events are taken for one."""
    install = week.workspace.settings.uid
    meeting, followup = week.json("meeting", "show", "M1")["uid"], week.json("followup", "show", "F1")["uid"]
    found = [str(e["uid"]) for e in events(week.ok("calendar", "export", "-").out)]
    assert install
    assert found[0] == f"meeting-{meeting}@{install}"
    assert found[2] == f"followup-{followup}-event@{install}"


def test_which_events(week: Crm) -> None:
    """By owner, by day, by kind; whatever is no longer open stays out."""
    assert summaries(week, "--titles", "full") == ["Steering group", "Call", "Follow up: Ring Amina", "Follow up: Order tea"]
    assert summaries(week, "--titles", "full", "--owner", "sam") == ["Call", "Follow up: Order tea"]
    assert summaries(week, "--titles", "full", "--from", "2026-12-05") == ["Call", "Follow up: Order tea"]
    assert summaries(week, "--titles", "full", "--until", "2026-12-04") == ["Steering group", "Follow up: Ring Amina"]
    assert summaries(week, "--titles", "full", "--only", "followups") == ["Follow up: Ring Amina", "Follow up: Order tea"]
    week.ok("followup", "done", "F1")
    week.ok("followup", "snooze", "F2", "2026-12-20")
    (left,) = events(week.ok("calendar", "export", "-", "--only", "followups").out)
    assert left["dtstart"].dt.isoformat() == "2026-12-08"


def test_a_cancelled_meeting_says_so(week: Crm) -> None:
    """In its title too, with a sequence one higher."""
    week.ok("meeting", "cancel", "M1", "--why", "flood")
    cancelled = events(week.ok("calendar", "export", "-").out)[0]
    assert [str(cancelled[key]) for key in ("summary", "status", "sequence")] == ["Cancelled: Meeting with A.Y., S.O.", "CANCELLED", "1"]


def test_full_titles_name_people_and_say_so(week: Crm) -> None:
    """With phone, e-mail and agenda."""
    result = week.ok("calendar", "export", "-", "--titles", "full", "--owner", "robin")
    assert str(events(result.out)[0]["description"]) == (
        "With:\nAmina Yusuf, amina@example.org\nSiân O'Brien [she/her], 0113 496 0123, sian@example.org\n\nMoney\n\nsolidarity show M1"
    )
    assert result.err.startswith("2 events written: 1 meeting, 1 follow-up; people are in it by name, with their phones and addresses\n")


def test_whom_full_titles_name_is_recorded(week: Crm) -> None:
    """In a file or on stdout, those alone who are in it; of initials, or of a file that was not written, there is nothing to record."""
    before = week.json("history")
    week.ok("calendar", "export", "-")
    week.ok("calendar", "export", "-", "--titles", "full", "--owner", "sam")
    week.ok("calendar", "export", "team.ics")
    week.refused(Exit.REFUSED, "calendar", "export", "team.ics", "--titles", "full")
    assert week.json("history") == before
    week.ok("calendar", "export", "team.ics", "--titles", "full", "--force")
    week.ok("calendar", "export", "-", "--titles", "full", "--only", "followups")
    assert [entry["note"] for entry in week.json("history")[:2]] == [
        "1 contact as ics for stdout: name, phone, e-mail",
        "2 contacts as ics for a file: team.ics: name, phone, e-mail",
    ]


def test_the_settings_say_which_titles_are_usual(week: Crm) -> None:
    """Unless --titles does; a word that is none is an error in the settings."""
    path = week.workspace.folder / "solidarity.toml"
    usual = path.read_text(encoding="utf-8")
    path.write_text(f'{usual}\n[calendar]\ntitles = "busy"\n', encoding="utf-8")
    assert set(summaries(week)) == {"Busy"}
    assert summaries(week, "--titles", "full", "--only", "meetings") == ["Steering group", "Call"]
    path.write_text(f'{usual}\n[calendar]\ntitles = "loud"\n', encoding="utf-8")
    assert "titles is one of: initials, full, busy" in week.refused(Exit.STORE, "calendar", "export")
    assert not (week.workspace.exports / "calendar.ics").exists()


def test_a_file_that_is_there_is_left_alone(week: Crm) -> None:
    """Unless --force."""
    Path("team.ics").write_text("mine", encoding="utf-8")
    assert "was left as it is" in week.refused(Exit.REFUSED, "calendar", "export", "team.ics")
    assert Path("team.ics").read_text(encoding="utf-8") == "mine"
    week.ok("calendar", "export", "team.ics", "--force")
    assert Path("team.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_bad_input_writes_nothing(week: Crm) -> None:
    """One clear line and the right code."""
    assert "ends in .ics\ntry: solidarity calendar export team.ics" in week.refused(Exit.USAGE, "calendar", "export", "team.txt")
    assert "ends in .ics" in week.refused(Exit.USAGE, "calendar", "export", ".")
    assert "no kind of title 'loud'" in week.refused(Exit.USAGE, "calendar", "export", "--titles", "loud")
    assert "nothing to export" in week.refused(Exit.REFUSED, "calendar", "export", "team.ics", "--from", "2030-01-01")
    Path("file").write_text("", encoding="utf-8")
    week.refused(Exit.STORE, "calendar", "export", "file/team.ics")
    assert sorted(path.name for path in Path().glob("*.ics")) == []


def test_a_workspace_without_an_id_uses_its_domain(week: Crm) -> None:
    """As when its settings were written by hand."""
    path = week.workspace.folder / "solidarity.toml"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("uid")]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert str(events(week.ok("calendar", "export", "-").out)[0]["uid"]).endswith("@leeds.example")


def test_only_what_changed_since_a_day(week: Crm, on_day: Callable[[str], None]) -> None:
    """What ended since too, so that other calendars hear of it; the message says what they do with it."""
    on_day("2026-12-03")
    week.ok("meeting", "edit", "M2", "--where", "Carlton Centre")
    week.ok("followup", "done", "F1")
    week.ok("followup", "cancel", "F2")
    result = week.ok("calendar", "export", "-", "--titles", "full", "--since", "2026-12-02")
    found = [(str(e["summary"]), str(e["status"]), len(e.walk("VALARM"))) for e in events(result.out)]
    assert found == [
        ("Call", "CONFIRMED", 1), ("Done: Follow up: Ring Amina", "CONFIRMED", 0), ("Cancelled: Follow up: Order tea", "CANCELLED", 0),
    ]  # fmt: skip
    assert result.err.splitlines()[1].startswith("it has only what changed, what was done or cancelled too: khal puts it in place")
    taken_back = events(week.ok("calendar", "export", "-", "--titles", "busy", "--since", "2026-12-02", "--only", "followups").out)
    assert {(str(e["summary"]), str(e["status"])) for e in taken_back} == {("Cancelled: Busy", "CANCELLED")}
    assert "nothing to export" in week.refused(Exit.REFUSED, "calendar", "export", "-", "--since", "2026-12-04")


def test_new_uids_are_new_each_time(week: Crm) -> None:
    """For a calendar that still refuses what was deleted there; the rest is the same."""
    usual = week.ok("calendar", "export", "-").out
    first = week.ok("calendar", "export", "-", "--new-uids")
    uids = [{str(e["uid"]) for e in events(out)} for out in (usual, first.out, week.ok("calendar", "export", "-", "--new-uids").out)]
    assert [len(each) for each in uids] == [4, 4, 4]
    assert uids[0] & uids[1] == uids[1] & uids[2] == set()
    assert first.err.splitlines()[1] == "these are new events to every calendar: delete the old ones there first, or you have both"
    assert [str(e["summary"]) for e in events(first.out)] == [str(e["summary"]) for e in events(usual)]


def test_follow_ups_as_tasks(week: Crm) -> None:
    """In a file of their own, with ids of their own, told as events are; twice the same."""
    result = week.ok("calendar", "export", "-", "--todo")
    assert "VEVENT" not in result.out
    found = [(str(t["summary"]), t["due"].dt.isoformat(), str(t["status"]), t["priority"]) for t in tasks(result.out)]
    assert found == [("P1 A.Y.", "2026-12-04", "NEEDS-ACTION", 5), ("F2", "2026-12-08", "NEEDS-ACTION", 5)]
    assert [str(t["uid"]) for t in tasks(result.out)] == [
        str(e["uid"]).replace("-event@", "@") for e in events(week.ok("calendar", "export", "-", "--only", "followups").out)
    ]
    assert result.err.splitlines() == [
        "2 tasks written; people are in it by their initials",
        "Google Calendar and Outlook ignore tasks; Apple Reminders, Thunderbird, Nextcloud Tasks and todoman take them",
    ]
    assert week.ok("calendar", "export", "-", "--todo").out == result.out
    assert [str(t["summary"]) for t in tasks(week.ok("calendar", "export", "-", "--todo", "--titles", "full").out)] == [
        "Ring Amina",
        "Order tea",
    ]
    assert [str(t["summary"]) for t in tasks(week.ok("calendar", "export", "-", "--todo", "--titles", "busy").out)] == ["F1", "F2"]
    assert "--todo and --only meetings" in week.refused(Exit.USAGE, "calendar", "export", "-", "--todo", "--only", "meetings")
    assert "no such follow-ups" in week.refused(
        Exit.REFUSED, "calendar", "export", "-", "--todo", "--owner", "robin", "--from", "2030-01-01"
    )


def test_tasks_that_ended_say_when(week: Crm) -> None:
    """Asked for what changed, since only then another program has them."""
    week.ok("followup", "done", "F1")
    week.ok("followup", "cancel", "F2")
    first, second = tasks(week.ok("calendar", "export", "-", "--todo", "--since", "today").out)
    assert (str(first["status"]), first["percent-complete"], first["completed"].dt.isoformat()) == (
        "COMPLETED",
        100,
        "2026-12-01T12:00:00+00:00",
    )
    assert (str(second["status"]), "completed" in second) == ("CANCELLED", False)


def tasks(content: str | bytes) -> list[Any]:
    """Read a file's tasks."""
    return list(Calendar.from_ical(content).walk("VTODO"))
