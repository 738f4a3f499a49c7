"""A calendar on a real server kept in step, as typed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from calendar_server import PASSWORD, USER, Asked, Server, radicale
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm, Result

STARTS, ENDS = (f"DT{name};TZID=Europe/London:20261204T1{hour}0000" for name, hour in (("START", 4), ("END", 5)))
REPLY = tuple[str, list[tuple[str, str]], bytes]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Run a server with a calendar for events and tasks."""
    with radicale(tmp_path) as there:
        there.make("VEVENT", "VTODO")
        yield there


class Sync:
    """The command, at one server."""

    def __init__(self, crm: Crm, server: Server) -> None:
        """Keep both, and the password in a file."""
        self.crm, self.server = crm, server
        Path("password").write_text(f"{PASSWORD}\n", encoding="utf-8")
        Path("password").chmod(0o600)

    def __call__(self, *args: str, url: str | None = None) -> Result:
        """Run the command; nothing is asserted."""
        self.server.asked.clear()
        return self.crm("calendar", "sync", url or self.server.url, "--user", USER, "--password-file", "password", *args)

    def json(self, *args: str, code: int = 0) -> dict[str, Any]:
        """Run the command, which must end with a code; give its answer."""
        result = self("--json", *args)
        assert result.code == code, result.err
        found: dict[str, Any] = result.data
        return found

    def counts(self, *args: str, code: int = 0) -> tuple[int, ...]:
        """Run the command; give how many items were added, updated, removed and right as they were."""
        found = self.json(*args, code=code)
        return tuple(found[key] for key in ("added", "updated", "removed", "unchanged"))

    def item(self, ref: str) -> tuple[str, str]:
        """Give the file name and the text of a record's item there."""
        ((name, text),) = [(name, text) for name, text in self.server.items().items() if f"solidarity show {ref}\n" in text]
        return name, text

    def edit(self, ref: str, old: str, new: str) -> None:
        """Change a record's item there, as another program does."""
        self.server.edit(self.item(ref)[0], old, new)

    def delete(self, ref: str) -> None:
        """Delete a record's item there."""
        self.server.delete(self.item(ref)[0])


@pytest.fixture
def sync(week: Crm, server: Server) -> Sync:
    """Give the command, with four records to bring in step."""
    return Sync(week, server)


def state(crm: Crm) -> tuple[Any, ...]:
    """Give what a sync might have changed here."""
    return tuple(crm.json("show", ref) for ref in ("M1", "M2", "F1", "F2")), len(crm.json("history"))


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


def move_there(sync: Sync) -> None:
    """Move the meeting by an hour and a half, as another program does."""
    name, text = sync.item("M1")
    sync.server.put(name, text.replace("T150000", "T163000").replace("T140000", "T153000"))


def test_a_change_of_time_there_is_taken(sync: Sync) -> None:
    """As one step here, which undo takes back; the server is not written to again for it."""
    sync()
    move_there(sync)
    found = sync.json("--take")
    assert found["taken"] == [{"ref": "M1", "what": "Fri 4 Dec 2026 15:30 to 16:30 there, Fri 4 Dec 2026 14:00 to 15:00 here"}]
    assert sync.server.wrote == []
    meeting = sync.crm.json("show", "M1")
    assert (meeting["starts"], meeting["ends"]) == ("2026-12-04T15:30:00+00:00", "2026-12-04T16:30:00+00:00")
    assert sync.counts() == (0, 0, 0, 4)
    assert sync.crm.json("history")[0]["command"] == "calendar sync"
    sync.crm.ok("undo", "--yes")
    assert sync.counts() == (0, 1, 0, 3)
    assert "T140000" in sync.item("M1")[1]


def test_a_change_of_place_there_is_taken(sync: Sync) -> None:
    """Also to no place at all."""
    sync()
    sync.edit("M1", "LOCATION:Carlton", "LOCATION:Siân O'Brien's [the annexe]\\, Leeds")
    assert sync.json("--take")["taken"][0]["what"] == "Siân O'Brien's [the annexe], Leeds there, Carlton here"
    assert sync.crm.json("show", "M1")["place"] == "Siân O'Brien's [the annexe], Leeds"
    sync.edit("M1", "LOCATION:Siân O'Brien's [the annexe]\\, Leeds\n", "")
    assert sync.json("--take")["taken"][0]["what"] == "no place there, Siân O'Brien's [the annexe], Leeds here"
    assert sync.crm.json("show", "M1")["place"] is None


def test_what_was_ticked_there_is_done_here(sync: Sync) -> None:
    """A follow-up that comes again opens its next, which goes there at once."""
    sync.crm.ok("followup", "edit", "F2", "--every", "2w")
    sync()
    sync.edit("F2", "STATUS:NEEDS-ACTION", "STATUS:COMPLETED\nPERCENT-COMPLETE:100\nCOMPLETED:20261201T090000Z")
    found = sync.json("--take")
    assert (found["added"], found["taken"]) == (1, [{"ref": "F2", "what": "done there, open here"}])
    assert [sync.crm.json("show", ref)["status"] for ref in ("F2", "F3")] == ["done", "open"]
    assert sync.counts() == (0, 0, 0, 5)


def test_a_task_moved_there_is_due_then(sync: Sync) -> None:
    """On the day that it has there, whatever the time."""
    sync()
    sync.edit("F1", "DUE;VALUE=DATE:20261204", "DUE:20261206T233000Z")
    sync.json("--take")
    assert sync.crm.json("show", "F1")["due"] == "2026-12-06"


def test_what_was_cancelled_there_is_cancelled_here(sync: Sync) -> None:
    """With where that came from as the reason; the calendar hears of it in our words too."""
    sync()
    sync.edit("M1", "STATUS:CONFIRMED", "STATUS:CANCELLED")
    assert sync.json("--take")["taken"] == [{"ref": "M1", "what": "cancelled there, open here"}]
    assert sync.crm.json("show", "M1")["status"] == "cancelled"
    assert sync.counts() == (0, 0, 0, 4)


def test_what_was_deleted_there_is_asked(sync: Sync) -> None:
    """Left where nobody is; cancelled here, or put there again, when that was said."""
    sync()
    sync.delete("M1")
    sync.delete("F1")
    assert sync.json(code=Exit.PARTIAL)["undecided"] == [{"ref": "M1", "what": "deleted there"}, {"ref": "F1", "what": "deleted there"}]
    assert sync.counts("--keep-ours") == (2, 0, 0, 2)
    sync.delete("M1")
    sync.delete("F1")
    assert len(sync.json("--take")["taken"]) == 2
    assert [sync.crm.json("show", ref)["status"] for ref in ("M1", "F1")] == ["cancelled", "cancelled"]
    assert sync.counts() == (0, 0, 0, 2)


def test_what_has_ended_may_be_cleared_away_there(sync: Sync) -> None:
    """A meeting that was held, a task that was done: nobody is asked, and it is not put there again."""
    sync.crm.ok("meeting", "add", "Yesterday", "--at", "2026-11-30 10:00")
    sync()
    sync.crm.ok("meeting", "notes", "M3", "It went well")
    sync.crm.ok("followup", "done", "F1")
    assert sync.counts() == (0, 2, 0, 3)
    sync.delete("M3")
    sync.delete("F1")
    for _ in range(2):
        assert sync.counts() == (0, 0, 0, 3)
    assert [sync.crm.json("show", ref)["status"] for ref in ("M3", "F1")] == ["held", "done"]


def test_what_has_ended_here_stays_so(sync: Sync) -> None:
    """A meeting that was held is not cancelled there, a task that was done not unticked; what else was changed is taken."""
    sync.crm.ok("meeting", "add", "Yesterday", "--at", "2026-11-30 10:00")
    sync()
    sync.crm.ok("meeting", "notes", "M3", "It went well")
    sync.crm.ok("followup", "done", "F1")
    sync()
    sync.edit("M3", "STATUS:CONFIRMED", "STATUS:CANCELLED")
    name, text = sync.item("F1")
    left = [line for line in text.splitlines() if not line.startswith(("COMPLETED", "PERCENT-COMPLETE"))]
    sync.server.put(name, "\n".join(left).replace("STATUS:COMPLETED", "STATUS:NEEDS-ACTION") + "\n")
    move_there(sync)
    found = sync.json("--take", code=Exit.PARTIAL)
    assert found["undecided"] == [
        {"ref": "M3", "what": "cancelled there, open here; cannot be taken: what has ended here stays so"},
        {"ref": "F1", "what": "open there, done here; cannot be taken: what has ended here stays so"},
    ]
    assert [one["ref"] for one in found["taken"]] == ["M1"]
    assert sync.counts("--keep-ours") == (0, 2, 0, 3)


def test_a_calendar_that_was_emptied_cancels_nothing(sync: Sync) -> None:
    """Nobody deleted each by will; everything can be put there again."""
    sync()
    for name in sync.server.items():
        sync.server.delete(name)
    before = state(sync.crm)
    for args in ((), ("--take",)):
        result = sync(*args)
        assert (result.code, result.out) == (Exit.REFUSED, "")
        assert "none of the 4 items that were put into that calendar is there any more\ntry: " in result.err
    assert state(sync.crm) == before
    assert sync.counts("--keep-ours") == (4, 0, 0, 0)


def test_a_change_on_both_sides_is_shown_and_decided(sync: Sync) -> None:
    """Ours or theirs, never a guess; a place changed here stays when only the time was taken."""
    sync()
    move_there(sync)
    sync.crm.ok("meeting", "edit", "M1", "--at", "2026-12-05 10:00", "--where", "Annexe")
    found = sync.json(code=Exit.PARTIAL)
    assert found["undecided"] == [
        {"ref": "M1", "what": "Fri 4 Dec 2026 15:30 to 16:30 there, Sat 5 Dec 2026 10:00 to 11:00 here, changed here too"}
    ]
    assert sync.server.wrote == []
    sync.json("--take")
    meeting = sync.crm.json("show", "M1")
    assert (meeting["starts"], meeting["place"]) == ("2026-12-04T15:30:00+00:00", "Annexe")
    assert "LOCATION:Annexe" in sync.item("M1")[1]
    sync.edit("M1", "LOCATION:Annexe", "LOCATION:Roof")
    sync.crm.ok("meeting", "edit", "M1", "--where", "Cellar")
    assert sync.counts("--keep-ours") == (0, 1, 0, 3)
    assert "LOCATION:Cellar" in sync.item("M1")[1]
    assert sync.crm.json("show", "M1")["place"] == "Cellar"


def test_the_same_change_on_both_sides_is_no_question(sync: Sync) -> None:
    """Nobody is asked what is agreed."""
    sync()
    move_there(sync)
    sync.crm.ok("meeting", "edit", "M1", "--at", "2026-12-04 15:30")
    found = sync.json()
    assert (found["taken"], found["undecided"]) == ([], [])
    assert sync.counts() == (0, 0, 0, 4)


def test_what_was_removed_here_and_changed_there_is_asked(sync: Sync) -> None:
    """Removed there, or left there and forgotten."""
    sync()
    sync.edit("F2", "DUE;VALUE=DATE:20261208", "DUE;VALUE=DATE:20261210")
    sync.crm.ok("undo", "--yes")  # adding F2
    assert sync.json(code=Exit.PARTIAL)["undecided"] == [{"ref": "F2", "what": "changed there, and removed here"}]
    assert sync.json("--take")["undecided"] == []
    assert "20261210" in sync.item("F2")[1]
    assert sync.counts() == (0, 0, 0, 3)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (f"{STARTS}\n{ENDS}", "DTSTART;VALUE=DATE:20261204\nDTEND;VALUE=DATE:20261205", "it has a time of day here"),
        (STARTS, "DTSTART;TZID=Europe/London:20261204T150000", "it must be after the start"),
        ("LOCATION:Carlton", f"LOCATION:{'x' * 501}", "a place has up to 500 characters"),
        ("SEQUENCE:0", "SEQUENCE:1\nRRULE:FREQ=WEEKLY;COUNT=3", "how it comes again is said here"),
    ],
)
def test_what_cannot_be_taken_says_why(sync: Sync, old: str, new: str, why: str) -> None:
    """And is left; ours can be written over it."""
    sync()
    before = state(sync.crm)
    sync.edit("M1", old, new)
    (left,) = sync.json("--take", code=Exit.PARTIAL)["undecided"]
    assert left["ref"] == "M1"
    assert why in left["what"]
    assert state(sync.crm) == before
    assert sync.counts("--keep-ours") == (0, 1, 0, 3)
    assert sync.counts() == (0, 0, 0, 4)


def test_a_change_of_anything_else_there_stays_there(sync: Sync) -> None:
    """A title, an alarm: not ours to take, nor to write over as long as nothing changes here."""
    sync()
    sync.edit("M1", "SUMMARY:Meeting with", "SUMMARY:Do not miss")
    assert sync.counts() == (0, 0, 0, 4)
    assert sync.server.wrote == []
    assert sync.counts() == (0, 0, 0, 4)
    assert [asked.method for asked in sync.server.asked] == ["PROPFIND", "PROPFIND"]
    assert "Do not miss" in sync.item("M1")[1]


def test_what_is_put_over_a_change_counts_as_newer(sync: Sync) -> None:
    """Its number of changes is higher than there (RFC 5545 §3.8.7.4)."""
    sync()
    name, text = sync.item("M1")
    sync.server.put(name, text.replace("SEQUENCE:0", "SEQUENCE:7").replace("LOCATION:Carlton", "LOCATION:Roof"))
    sync("--keep-ours")
    assert "SEQUENCE:8" in sync.item("M1")[1]
    sync.crm.ok("meeting", "edit", "M1", "--where", "Annexe")
    sync()
    assert "SEQUENCE:8" in sync.item("M1")[1]


def test_the_clocks_of_the_meetings_own_zone_count(sync: Sync) -> None:
    """A time that another program writes in UTC, or by other clocks, is the same time."""
    sync.crm.ok("meeting", "add", "New York", "--at", "2026-12-07 09:00", "--zone", "America/New_York")
    sync()
    name, text = sync.item("M3")
    changed = text.replace("DTSTART;TZID=America/New_York:20261207T090000", "DTSTART:20261207T140000Z")
    sync.server.put(name, changed.replace("DTEND;TZID=America/New_York:20261207T100000", "DTEND:20261207T150000Z"))
    assert sync.counts() == (0, 0, 0, 5)
    sync.server.edit(name, "DTSTART:20261207T140000Z", "DTSTART:20261207T143000Z")
    assert sync.json("--take")["taken"][0]["what"] == "Mon 7 Dec 2026 09:30 to 10:00 there, Mon 7 Dec 2026 09:00 to 10:00 here"
    assert sync.crm.json("show", "M3")["starts"] == "2026-12-07T09:30:00-05:00"


def test_a_meeting_of_whole_days_is_moved_by_days(sync: Sync) -> None:
    """And does not get a time of day."""
    Path("fair.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:fair@example.org\nDTSTAMP:20261101T000000Z\nDTSTART;VALUE=DATE:20261210\n"
        "DTEND;VALUE=DATE:20261211\nSUMMARY:Fair\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    sync.crm.ok("calendar", "import", "fair.ics")
    sync()
    sync.edit("M3", "DTEND;VALUE=DATE:20261211", "DTEND;VALUE=DATE:20261213")
    assert sync.json("--take")["taken"][0]["what"] == "Thu 10 Dec 2026 to Sat 12 Dec 2026 there, Thu 10 Dec 2026 here"
    assert sync.crm.json("show", "M3")["ends"][:10] == "2026-12-13"
    assert sync.counts() == (0, 0, 0, 5)
    name, text = sync.item("M3")
    text = text.replace("DTSTART;VALUE=DATE:20261210", "DTSTART:20261210T100000Z")
    sync.server.put(name, text.replace("DTEND;VALUE=DATE:20261213", "DTEND:20261210T110000Z"))
    assert "it takes whole days here" in sync.json("--take", code=Exit.PARTIAL)["undecided"][0]["what"]


def test_a_series_is_one_item_with_its_dates(sync: Sync) -> None:
    """Moved and cancelled ones in it; when something is that is off is nothing to decide."""
    sync.crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-10 10:00", "--every", "1w", "--times", "4")
    sync.crm.ok("meeting", "move", "M3", "--on", "2026-12-17", "--to", "2026-12-18 11:00")
    assert sync.counts() == (5, 0, 0, 0)
    ((name, text),) = [(name, text) for name, text in sync.server.items().items() if "RECURRENCE-ID" in text]
    assert text.count("BEGIN:VEVENT") == 2
    assert text.count("RECURRENCE-ID") == 1
    assert "RRULE:FREQ=WEEKLY;COUNT=4" in text
    sync.crm.ok("meeting", "cancel", "M4")
    assert sync.counts() == (0, 1, 0, 4)
    assert sync.server.items()[name].count("STATUS:CANCELLED") == 1
    sync.server.edit(name, "20261218T110000", "20261219T110000")
    assert sync.counts() == (0, 0, 0, 5)
    sync.crm.ok("meeting", "cancel", "M3")
    assert sync.counts() == (0, 1, 0, 4)


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
