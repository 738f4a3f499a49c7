"""What was changed in a calendar on a real server, and what becomes of it here, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from calendar_syncing import ENDS, STARTS, Sync, move_there, state
from solidarity_crm.errors import Exit


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
