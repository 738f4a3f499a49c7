"""Single dates of a series that were changed in a calendar on a real server, as typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from calendar_server import radicale
from calendar_syncing import Sync
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Crm

LONDON = ";TZID=Europe/London:"
SECOND = "Thu 17 Dec 2026"
AS_PLANNED = f"{SECOND} 10:00 to 11:00 here"


@pytest.fixture
def sync(tmp_path: Path, crm: Crm) -> Iterator[Sync]:
    """Give the command at a server that has a series of four Thursdays."""
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-10 10:00", "--where", "Carlton", "--every", "1w", "--times", "4")
    with radicale(tmp_path) as there:
        there.make("VEVENT")
        found = Sync(crm, there)
        assert found.counts() == (1, 0, 0, 0)
        yield found


def item(sync: Sync) -> tuple[str, str]:
    """Give the name and the text of the series there, its long lines whole."""
    name, text = next(
        (name, text) for name, text in sync.server.items().items() if "2026121" in text or "20270" in text or "202611" in text
    )
    return name, text.replace("\n ", "")


def override(sync: Sync, date_of: str, *lines: str) -> None:
    """Tell one date of the series by itself there, as another program does."""
    name, text = item(sync)
    uid = next(line for line in text.splitlines() if line.startswith("UID:meeting"))
    told = "\n".join(["BEGIN:VEVENT", uid, "DTSTAMP:20261201T100000Z", f"RECURRENCE-ID{date_of}", *lines, "END:VEVENT", ""])
    sync.server.put(name, text.replace("END:VCALENDAR", f"{told}END:VCALENDAR"))


def moved(sync: Sync, date_of: str = f"{LONDON}20261217T100000", *, to: str = "20261218T1130", place: str = "Carlton") -> None:
    """Move one date to an hour from a time on, as another program does."""
    ends = f"{to[:9]}{int(to[9:11]) + 1}{to[11:]}"
    override(sync, date_of, f"DTSTART{LONDON}{to}00", f"DTEND{LONDON}{ends}00", f"LOCATION:{place}")


def leave_out(sync: Sync, date_of: str) -> None:
    """Leave one date out, as another program does."""
    sync.server.edit(item(sync)[0], "RRULE:", f"EXDATE{date_of}\nRRULE:")


def not_alone(sync: Sync) -> None:
    """Tell the last date there that is told by itself no more, as another program does."""
    name, text = item(sync)
    before, alone = text.rsplit("BEGIN:VEVENT", 1)
    assert "RECURRENCE-ID" in alone
    sync.server.put(name, f"{before}END:VCALENDAR\n")


def undecided(sync: Sync, *args: str) -> str:
    """Run the command; give the one thing that is left to be decided."""
    (left,) = sync.json(*args, code=Exit.PARTIAL)["undecided"]
    assert left["ref"] == "M1"
    said: str = left["what"]
    return said


def taken(sync: Sync) -> str:
    """Take what is there; give what was said of it. The server is not written to for it, and then both are the same."""
    found = sync.json("--take")
    assert sync.server.wrote == []
    assert sync.json()["unchanged"] == 1
    assert [asked.method for asked in sync.server.asked] == ["PROPFIND", "PROPFIND"]
    said: str = found["taken"][0]["what"]
    return said


def shown(sync: Sync, ref: str) -> dict[str, Any]:
    """Give a meeting."""
    found: dict[str, Any] = sync.crm.json("show", ref)
    return found


def days(sync: Sync) -> list[str]:
    """Give when the dates of the series are."""
    return [one["starts"][:16] for one in sync.crm.json("meeting", "list", "--until", "2027-01-31") if one["status"] == "planned"]


OTHERS = ["2026-12-10T10:00", "2026-12-24T10:00", "2026-12-31T10:00"]


@pytest.mark.parametrize(
    "date_of", [f"{LONDON}20261217T100000", ":20261217T100000Z", ";VALUE=DATE:20261217", ";TZID=Europe/Paris:20261217T110000"]
)
def test_a_date_moved_there_is_shown_and_taken(sync: Sync, date_of: str) -> None:
    """However its date is spelt: it is a meeting of its own then, and the others stay."""
    moved(sync, date_of)
    said = f"{SECOND}: Fri 18 Dec 2026 11:30 to 12:30 there, {AS_PLANNED}"
    assert undecided(sync) == said
    assert days(sync) == [*OTHERS[:1], "2026-12-17T10:00", *OTHERS[1:]]
    assert taken(sync) == said
    assert days(sync) == [*OTHERS[:1], "2026-12-18T11:30", *OTHERS[1:]]
    assert (shown(sync, "M2")["place"], shown(sync, "M2")["date_of"]) == ("Carlton", "2026-12-17T10:00")
    assert "sound" in sync.crm.ok("store", "check").out


@pytest.mark.parametrize(
    "date_of", [f"{LONDON}20261217T100000", ":20261217T100000Z", ";VALUE=DATE:20261217", f"{LONDON}20261217T100000,20261217T100000"]
)
def test_a_date_left_out_there_is_shown_and_taken(sync: Sync, date_of: str) -> None:
    """However it is spelt, and the others stay."""
    leave_out(sync, date_of)
    assert undecided(sync) == f"{SECOND}: left out there, open here"
    assert taken(sync) == f"{SECOND}: left out there, open here"
    assert days(sync) == OTHERS


def test_a_date_cancelled_there_is_left_out(sync: Sync) -> None:
    """Some programs say so in place of leaving it out."""
    override(sync, ":20261217T100000Z", f"DTSTART{LONDON}20261217T100000", "STATUS:CANCELLED")
    assert taken(sync) == f"{SECOND}: left out there, open here"
    assert days(sync) == OTHERS


def test_a_date_is_taken_to_another_place(sync: Sync) -> None:
    """Alone, at its usual time; that of the others stays."""
    moved(sync, to="20261217T1000", place="Siân O'Brien's [she/her]")
    assert taken(sync) == f"{SECOND}: Siân O'Brien's [she/her] there, Carlton here"
    assert (shown(sync, "M2")["place"], shown(sync, "M2")["starts"][:16]) == ("Siân O'Brien's [she/her]", "2026-12-17T10:00")
    assert shown(sync, "M1")["place"] == "Carlton"


def test_several_dates_and_the_whole_are_taken_at_once(sync: Sync) -> None:
    """In one step, which undo takes back; then ours is written there."""
    name, text = item(sync)
    sync.server.put(name, text.replace("T100000\nDTEND", "T093000\nDTEND"))
    moved(sync, f"{LONDON}20261217T093000")
    leave_out(sync, f"{LONDON}20261224T093000")
    assert taken(sync) == (
        "Thu 10 Dec 2026 09:30 to 11:00 there, Thu 10 Dec 2026 10:00 to 11:00 here; "
        f"{SECOND}: Fri 18 Dec 2026 11:30 to 12:30 there, {AS_PLANNED}; Thu 24 Dec 2026: left out there, open here"
    )
    assert days(sync) == ["2026-12-10T09:30", "2026-12-18T11:30", "2026-12-31T09:30"]
    sync.crm.ok("undo", "--yes")
    assert days(sync) == [*OTHERS[:1], "2026-12-17T10:00", *OTHERS[1:]]
    assert sync.counts() == (0, 1, 0, 0)
    assert "RECURRENCE-ID" not in item(sync)[1]
    assert sync.counts() == (0, 0, 0, 1)


def test_a_date_that_is_as_the_others_is_no_change(sync: Sync) -> None:
    """Programs tell dates by themselves for an alarm, or for nothing."""
    moved(sync, to="20261217T1000")
    assert sync.counts() == (0, 0, 0, 1)
    assert sync.server.wrote == []


def test_the_clocks_change_between_the_first_date_and_another(sync: Sync) -> None:
    """A date in summer of a series that began in winter is an hour earlier in UTC, and longer by no hour."""
    sync.crm.ok("meeting", "edit", "M1", "--at", "2027-03-18 10:00")
    assert sync.counts() == (0, 1, 0, 0)
    override(sync, ":20270401T090000Z", "DTSTART:20270401T090000Z", "DTEND:20270401T100000Z", "LOCATION:Carlton")
    assert sync.counts() == (0, 0, 0, 1)
    override(sync, f"{LONDON}20270408T100000", "DTSTART:20270408T100000Z", "DTEND:20270408T110000Z", "LOCATION:Carlton")
    assert taken(sync) == "Thu 8 Apr 2027: Thu 8 Apr 2027 11:00 to 12:00 there, Thu 8 Apr 2027 10:00 to 11:00 here"
    assert shown(sync, "M2")["starts"] == "2027-04-08T11:00:00+01:00"


def test_a_date_near_midnight_is_of_the_day_of_its_own_clocks(sync: Sync) -> None:
    """In UTC it may be the day before."""
    sync.crm.ok("meeting", "edit", "M1", "--at", "2027-06-03 00:30", "--zone", "Europe/Paris")
    assert sync.counts() == (0, 1, 0, 0)
    leave_out(sync, ":20270609T223000Z")
    assert taken(sync) == "Thu 10 Jun 2027: left out there, open here"
    assert shown(sync, "M1")["left_out"] == ["2027-06-10T00:30"]


@pytest.mark.parametrize("date_of", [";VALUE=DATE:20261217", ":20261217T000000Z"])
def test_a_date_of_whole_days_is_moved_by_days(sync: Sync, date_of: str) -> None:
    """One that is left out too; a time of day is refused."""
    Path("fair.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:fair@example.org\nDTSTAMP:20261101T000000Z\nDTSTART;VALUE=DATE:20261210\n"
        "DTEND;VALUE=DATE:20261212\nSUMMARY:Fair\nRRULE:FREQ=WEEKLY;COUNT=4\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    sync.crm.ok("calendar", "import", "fair.ics")
    sync.crm.ok("meeting", "cancel", "M1")
    sync()
    sync.server.delete(next(name for name, text in sync.server.items().items() if "STATUS:CANCELLED" in text))
    sync()
    override(sync, date_of, "DTSTART;VALUE=DATE:20261218", "DTEND;VALUE=DATE:20261220")
    leave_out(sync, ";VALUE=DATE:20261224")
    assert sync.json("--take")["taken"][0]["what"] == (
        f"{SECOND}: Fri 18 Dec 2026 to Sat 19 Dec 2026 there, {SECOND} to Fri 18 Dec 2026 here; Thu 24 Dec 2026: left out there, open here"
    )
    assert (shown(sync, "M3")["starts"][:10], shown(sync, "M3")["ends"][:10], shown(sync, "M3")["all_day"]) == (
        "2026-12-18",
        "2026-12-20",
        True,
    )
    assert sync.counts() == (0, 0, 0, 1)
    override(sync, ";VALUE=DATE:20261231", "DTSTART:20261231T100000Z", "DTEND:20261231T110000Z")
    (left,) = sync.json("--take", code=Exit.PARTIAL)["undecided"]
    assert "it takes whole days here" in left["what"]


def test_the_same_date_changed_on_both_sides_is_shown_and_decided(sync: Sync) -> None:
    """Ours or theirs, never a guess; a place changed here stays when only the time was taken."""
    sync.crm.ok("meeting", "move", "M1", "--on", "2026-12-17", "--to", "2026-12-17 15:00", "--where", "Annexe")
    moved(sync)
    said = f"{SECOND}: Fri 18 Dec 2026 11:30 to 12:30 there, {SECOND} 15:00 to 16:00 here, changed here too"
    assert undecided(sync) == said
    assert sync.server.wrote == []
    assert sync.json("--take")["taken"] == [{"ref": "M1", "what": said}]
    assert (shown(sync, "M2")["starts"][:16], shown(sync, "M2")["place"]) == ("2026-12-18T11:30", "Annexe")
    assert "LOCATION:Annexe" in item(sync)[1]
    sync.crm.ok("meeting", "edit", "M2", "--at", "2026-12-19 10:00")
    sync.server.edit(item(sync)[0], "20261218T1", "20261220T1")
    assert undecided(sync).endswith("changed here too")
    assert sync.counts("--keep-ours") == (0, 1, 0, 0)
    assert f"DTSTART{LONDON}20261219T100000" in item(sync)[1]
    assert sync.counts() == (0, 0, 0, 1)


def test_dates_changed_on_either_side_come_together(sync: Sync) -> None:
    """What was changed here alone is no question, and is not lost."""
    moved(sync)
    sync.crm.ok("meeting", "skip", "M1", "--on", "2026-12-24")
    assert undecided(sync) == f"{SECOND}: Fri 18 Dec 2026 11:30 to 12:30 there, {AS_PLANNED}"
    assert sync.json("--take")["updated"] == 1
    text = item(sync)[1]
    assert (f"EXDATE{LONDON}20261224T100000" in text, f"DTSTART{LONDON}20261218T113000" in text) == (True, True)
    assert sync.counts() == (0, 0, 0, 1)


def test_a_moved_date_of_ours_is_moved_on_left_out_or_put_back_there(sync: Sync) -> None:
    """The meeting that it is takes that over; a date moved onto the day of another is not taken for that."""
    sync.crm.ok("meeting", "move", "M1", "--on", "2026-12-17", "--to", "2026-12-24 15:00")
    sync()
    sync.server.edit(item(sync)[0], f"DTSTART{LONDON}20261224T150000", f"DTSTART{LONDON}20261224T143000")
    assert taken(sync) == f"{SECOND}: Thu 24 Dec 2026 14:30 to 16:00 there, Thu 24 Dec 2026 15:00 to 16:00 here"
    leave_out(sync, f"{LONDON}20261224T100000")
    assert taken(sync) == "Thu 24 Dec 2026: left out there, open here"
    assert days(sync) == ["2026-12-10T10:00", "2026-12-24T14:30", "2026-12-31T10:00"]
    not_alone(sync)
    assert taken(sync) == f"{SECOND}: {SECOND} 10:00 to 11:00 there, Thu 24 Dec 2026 14:30 to 16:00 here"
    leave_out(sync, f"{LONDON}20261217T100000")
    assert taken(sync) == f"{SECOND}: left out there, open here"
    assert shown(sync, "M2")["status"] == "cancelled"


def test_what_of_single_dates_cannot_be_taken_says_why(sync: Sync) -> None:
    """And is left as it is on both sides, until ours is written over it."""
    sync.crm.ok("meeting", "skip", "M1", "--on", "2026-12-31")
    sync()
    name, text = item(sync)
    usual = f"DTSTART{LONDON}20261210T100000"
    changed = {
        "what has ended here stays so": text.replace(f"EXDATE{LONDON}20261231T100000\n", ""),
        "M1 has no date then; near it: 2026-12-10, 2026-12-17, 2026-12-24": text.replace("RRULE", f"EXDATE{LONDON}20261218T100000\nRRULE"),
        "how it comes again is said here": text.replace("COUNT=4", "COUNT=5"),
        "the series was moved to other days, and dates of it by themselves": text.replace(usual, f"DTSTART{LONDON}20261209T100000").replace("EXDATE", f"EXDATE{LONDON}20261216T100000\nEXDATE"),
    }  # fmt: skip
    for why, there in changed.items():
        assert there != text
        before = sync.crm.json("history")
        sync.server.put(name, there)
        assert f"; cannot be taken: {why}" in undecided(sync, "--take")
        assert sync.crm.json("history") == before
    assert sync.counts("--keep-ours") == (0, 1, 0, 0)
    assert sync.counts() == (0, 0, 0, 1)


def test_a_date_that_was_held_is_not_left_out(sync: Sync) -> None:
    """It took place, whatever the calendar says of it later."""
    sync.crm.ok("meeting", "edit", "M1", "--at", "2026-11-26 10:00")
    sync.crm.ok("meeting", "notes", "M1", "It went well", "--on", "2026-11-26")
    sync()
    not_alone(sync)
    leave_out(sync, f"{LONDON}20261126T100000")
    assert "what has ended here stays so" in undecided(sync, "--take")
    assert shown(sync, "M2")["status"] == "held"
