"""Follow-ups, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm


def test_a_follow_up_answers_with_its_record(crm: Crm, amina: str) -> None:
    """Adding prints the record in the shape that show gives."""
    added = crm.json("followup", "add", "Send the guidelines", "--due", "friday", "--about", amina, "--owner", "robin")
    assert (added["ref"], added["due"], added["owner"], added["status"]) == ("F1", "2026-12-04", "Robin Marsh", "open")
    assert added["about"] == {"ref": amina, "name": "Amina Yusuf"}
    assert crm.json("followup", "show", "F1") == added


def test_done_with_a_recurrence_opens_the_next(crm: Crm) -> None:
    """The next is due one recurrence on, and says so on stderr."""
    crm.ok("followup", "add", "Call round", "--due", "2026-11-20", "--every", "1w")
    done = crm("followup", "done", "F1")
    assert (done.code, done.err) == (Exit.DONE, "next: F2, due Fri 4 Dec 2026\n")
    assert [(f["ref"], f["due"], f["status"]) for f in crm.json("followup", "list", "--all")] == [
        ("F1", "2026-11-20", "done"),
        ("F2", "2026-12-04", "open"),
    ]


def test_done_twice_is_refused(crm: Crm) -> None:
    """A move that the lifecycle does not have says where the record stands."""
    crm.ok("followup", "add", "Call round", "--due", "today")
    crm.ok("followup", "done", "F1")
    assert "F1 is done" in crm.refused(Exit.REFUSED, "followup", "done", "F1")


def test_snoozing_keeps_the_due_day(crm: Crm) -> None:
    """Only the day on which it shows again changes."""
    crm.ok("followup", "add", "Call round", "--due", "today")
    snoozed = crm.json("followup", "snooze", "F1", "+1w")
    assert (snoozed["due"], snoozed["snoozed_until"]) == ("2026-12-01", "2026-12-08")
    assert "after today" in crm.refused(Exit.USAGE, "followup", "snooze", "F1", "yesterday")


def test_bad_input_changes_nothing(crm: Crm) -> None:
    """One clear line, the right code, and no follow-up."""
    assert "not a day" in crm.refused(Exit.USAGE, "followup", "add", "x", "--due", "someday")
    assert "--due" in crm.refused(Exit.USAGE, "followup", "add", "x")
    assert "control characters" in crm.refused(Exit.USAGE, "followup", "add", "x\x1b[31m", "--due", "today")
    assert "no follow-up 'F7'" in crm.refused(Exit.NOT_FOUND, "followup", "done", "F7")
    assert crm.json("followup", "list", "--all") == []


def test_every_field_can_be_changed(crm: Crm, amina: str) -> None:
    """What is not given stays."""
    crm.ok("followup", "add", "Ring", "--due", "today", "--priority", "high", "--owed-to", amina)
    edited = crm.json(
        "followup",
        "edit",
        "F1",
        "--what",
        "Ring Amina",
        "--due",
        "+1w",
        "--about",
        amina,
        "--owner",
        "sam",
        "--every",
        "2w",
        "--priority",
        "low",
    )
    assert [edited[field] for field in ("what", "due", "owner", "every", "priority")] == [
        "Ring Amina",
        "2026-12-08",
        "Sam Adeyemi",
        "2w",
        9,
    ]
    assert edited["owed_to"] == {"ref": amina, "name": "Amina Yusuf"}
    assert "nothing to change" in crm.refused(Exit.USAGE, "followup", "edit", "F1")


def test_a_follow_up_can_be_cancelled_and_then_no_more(crm: Crm) -> None:
    """The reason is kept; what has ended cannot be snoozed."""
    crm.ok("followup", "add", "Ring", "--due", "today")
    assert crm.json("followup", "cancel", "F1", "--why", "they wrote first")["status"] == "cancelled"
    assert "F1 is cancelled" in crm.refused(Exit.REFUSED, "followup", "snooze", "F1", "+1w")
    assert "F1 is cancelled" in crm.refused(Exit.REFUSED, "followup", "cancel", "F1")
    assert crm("followup", "list") == (Exit.DONE, "", "no follow-ups\n")


def test_the_list_can_be_narrowed(crm: Crm, amina: str) -> None:
    """By owner, by what it is about, by the day, and to so many."""
    crm.ok("followup", "add", "One", "--due", "today", "--owner", "sam", "--about", amina)
    crm.ok("followup", "add", "Two", "--due", "+9d")
    assert [f["what"] for f in crm.json("followup", "list", "--owner", "sam")] == ["One"]
    assert [f["what"] for f in crm.json("followup", "list", "--about", amina)] == ["One"]
    assert [f["what"] for f in crm.json("followup", "list", "--due", "+1w")] == ["One"]
    assert [f["what"] for f in crm.json("followup", "list", "--limit", "1")] == ["One"]


def test_a_day_may_be_given_in_working_days(crm: Crm) -> None:
    """Christmas Day, Boxing Day's Monday and the weekend between are none."""
    assert crm.json("followup", "add", "Ring", "--due", "+20wd")["due"] == "2026-12-31"


def test_what_recurs_from_the_31st_stays_there(crm: Crm, on_day: Callable[[str], None]) -> None:
    """A short month has its last day; the next has the 31st again, unless somebody gave it another day."""
    crm.ok("followup", "add", "Pay the rent", "--due", "2027-01-31", "--every", "monthly")
    due = []
    for number, today in enumerate(("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"), start=1):
        on_day(today)
        crm.ok("followup", "done", f"F{number}")
        due.append(crm.json("followup", "show", f"F{number + 1}")["due"])
    assert due == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    crm.ok("followup", "edit", "F5", "--due", "2027-05-29")
    on_day("2027-05-29")
    crm.ok("followup", "done", "F5")
    assert crm.json("followup", "show", "F6")["due"] == "2027-06-29"
