"""Meetings, as typed."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.cli.times import ending, starting, time_zone
from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm


@pytest.fixture
def steering(crm: Crm, amina: str, sian: str) -> Any:
    """Plan a meeting of two people for Friday; give its record."""
    return crm.once(
        "meeting", "add", "Steering group", "--at", "friday 2pm", "--for", "1h30m", "--with", amina, "--with", sian,
        "--org", "MESMAC", "--where", "Carlton Centre", "--link", "meet.example/1", "--agenda", "1. Minutes\n2. Leaflet", "--owner", "robin",
    )  # fmt: skip


def refs(found: list[dict[str, Any]]) -> list[str]:
    """List the refs of records."""
    return [record["ref"] for record in found]


def test_a_meeting_answers_with_its_record(crm: Crm, steering: dict[str, Any]) -> None:
    """Times have their offset, people and organisations their names; show gives the same."""
    assert {field: steering[field] for field in steering if field not in ("uid", "created_at", "updated_at")} == {
        "ref": "M1",
        "title": "Steering group",
        "starts": "2026-12-04T14:00:00+00:00",
        "ends": "2026-12-04T15:30:00+00:00",
        "time_zone": "Europe/London",
        "place": "Carlton Centre",
        "link": "https://meet.example/1",
        "contacts": [{"ref": "P1", "name": "Amina Yusuf"}, {"ref": "P2", "name": "Siân O'Brien [she/her]"}],
        "organisations": [{"ref": "O1", "name": "MESMAC"}],
        "agenda": "1. Minutes\n2. Leaflet",
        "notes": None,
        "status": "planned",
        "sequence": 0,
        "owner": "Robin Marsh",
        "all_day": False,
        "recurs": None,
        "left_out": [],
        "series": None,
        "series_uid": None,
        "date_of": None,
        "answers": [],
    }
    assert crm.json("meeting", "show", "M1") == crm.json("show", "steering group") == steering


def test_the_card_says_when_where_who_and_what_for(crm: Crm, steering: dict[str, Any]) -> None:
    """A name with brackets is just a name."""
    assert steering["ref"] == "M1"
    assert crm.ok("meeting", "show", "steering").out == (
        "M1 Steering group\n"
        "Meeting\n"
        "  When:          Fri 4 Dec 2026 14:00 to 15:30 (in 3 days)\n"
        "  Status:        planned\n"
        "  Where:         Carlton Centre\n"
        "  Link:          https://meet.example/1\n"
        "  With:          P1 Amina Yusuf, P2 Siân O'Brien [she/her]\n"
        "  Organisations: O1 MESMAC\n"
        "  Owner:         Robin Marsh\n"
        "\n"
        "Agenda\n"
        "  1. Minutes\n"
        "  2. Leaflet\n"
    )


@pytest.mark.parametrize(
    ("options", "starts", "ends"),
    [
        (("--at", "2026-12-04 14:00"), "2026-12-04T14:00:00+00:00", "2026-12-04T15:00:00+00:00"),
        (("--at", "2027-06-04 14:00"), "2027-06-04T14:00:00+01:00", "2027-06-04T15:00:00+01:00"),
        (("--at", "friday 2pm", "--until", "16:15"), "2026-12-04T14:00:00+00:00", "2026-12-04T16:15:00+00:00"),
        (("--at", "friday 2pm", "--until", "2026-12-05 10:00"), "2026-12-04T14:00:00+00:00", "2026-12-05T10:00:00+00:00"),
        (("--at", "friday 2pm", "--zone", "America/New_York"), "2026-12-04T14:00:00-05:00", "2026-12-04T15:00:00-05:00"),
        (("--at", "friday 2pm", "--zone", "new york"), "2026-12-04T14:00:00-05:00", "2026-12-04T15:00:00-05:00"),
        (("--at", "friday 2pm", "--zone", "UTC"), "2026-12-04T14:00:00+00:00", "2026-12-04T15:00:00+00:00"),
        (("--at", "friday 00:00"), "2026-12-04T00:00:00+00:00", "2026-12-04T01:00:00+00:00"),
        (("--at", "2026-12-04T14:00:59"), "2026-12-04T14:00:00+00:00", "2026-12-04T15:00:00+00:00"),
    ],
)
def test_times_as_people_type_them(crm: Crm, options: tuple[str, ...], starts: str, ends: str) -> None:
    """An hour unless told otherwise, in the workspace's zone unless another is named."""
    added = crm.json("meeting", "add", "Talk", *options)
    assert (added["starts"], added["ends"]) == (starts, ends)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "--at"),
        (("--at", "friday"), "the time of day is missing"),
        (("--at", "someday 2pm"), "not a day"),
        (("--at", "2026-02-30 10:00"), "not a day in the calendar"),
        (("--at", "2027-03-28 01:30"), "the clocks of Europe/London go forward and skip it"),
        (("--at", "2026-12-01T10:00+05:00"), "as the clocks there show it"),
        (("--at", "1066-10-14 09:00"), "between 1970 and 2999"),
        (("--at", "friday 2pm", "--until", "13:00"), "it must be after the start"),
        (("--at", "friday 2pm", "--until", "14:00"), "it must be after the start"),
        (("--at", "friday 2pm", "--until", "soon"), "not a day and a time"),
        (("--at", "friday 2pm", "--for", "0m"), "longer than nothing"),
        (("--at", "friday 2pm", "--for", "1h", "--until", "16:00"), "--for and --until"),
        (("--at", "friday 2pm", "--zone", "Mars"), "not a time zone"),
        (("--at", "friday 2pm", "--zone", "Europe"), "could be any of: Europe/Amsterdam"),
        (("--at", "friday 2pm", "--link", "javascript:alert(1)"), "not a web address"),
        (("--at", "friday 2pm", "--where", "x\x07"), "control characters"),
        (("--at", "friday 2pm", "--owner", "nobody"), "nobody"),
    ],
)
def test_bad_input_changes_nothing(crm: Crm, options: tuple[str, ...], says: str) -> None:
    """One clear line, exit code 2, and no meeting."""
    assert says in crm.refused(Exit.USAGE, "meeting", "add", "Talk", *options)
    assert crm.json("meeting", "list", "--all") == []


@pytest.mark.parametrize(("parse", "text"), [(starting, "2026-12-04 14:00"), (ending, "16:15"), (time_zone, "new york")])
def test_what_was_read_is_not_read_again(parse: Callable[[Any], Any], text: str) -> None:
    """Typer hands a value to its parser a second time when it was asked for."""
    value = parse(text)
    assert parse(value) is value


def test_nobody_by_that_name(crm: Crm) -> None:
    """Neither to invite nor to show."""
    assert "no contact 'nobody'" in crm.refused(Exit.NOT_FOUND, "meeting", "add", "Talk", "--at", "friday 2pm", "--with", "nobody")
    for verb in ("show", "brief", "cancel"):
        assert "no meeting 'M7'" in crm.refused(Exit.NOT_FOUND, "meeting", verb, "M7")


def test_a_time_that_comes_twice_is_the_first_and_said(crm: Crm, on_day: Callable[[str], None]) -> None:
    """On stderr, beside the answer."""
    on_day("2026-10-01")
    result = crm.ok("meeting", "add", "Night shift", "--at", "2026-10-25 01:30", "--for", "2h", "--json")
    assert (result.data["starts"], result.data["ends"]) == ("2026-10-25T01:30:00+01:00", "2026-10-25T02:30:00+00:00")
    assert result.err == "the clocks go back and show 2026-10-25 01:30 twice; the first is meant\n"


def test_a_double_booking_is_allowed_and_said(crm: Crm, steering: dict[str, Any]) -> None:
    """Of the owner only, of planned meetings only, and not when one ends as the other begins."""
    assert steering["owner"] == "Robin Marsh"
    said = "Robin Marsh also has M1 Steering group, Fri 4 Dec 2026 14:00 to 15:30\n"
    add = ("meeting", "add", "Call", "--at")
    assert crm.ok(*add, "2026-12-04 15:00", "--owner", "me").err == said
    assert crm.ok(*add, "2026-12-04 10:00", "--owner", "me", "--zone", "America/New_York").err != ""
    assert crm.ok(*add, "2026-12-04 15:00", "--owner", "sam").err == ""
    assert crm.ok(*add, "2026-12-04 13:00", "--owner", "me").err == ""
    assert crm.ok("meeting", "edit", "M4", "--owner", "me", "--at", "2026-12-04 14:30").err == (
        "Robin Marsh also has M3 Call, Fri 4 Dec 2026 10:00 to 11:00 (America/New_York)\n"
        f"{said}Robin Marsh also has M2 Call, Fri 4 Dec 2026 15:00 to 16:00\n"
    )
    assert crm.ok("meeting", "edit", "M4", "--title", "Chat").err == ""
    crm.ok("meeting", "cancel", "M1")
    assert "M1" not in crm.ok("meeting", "edit", "M4", "--for", "1h").err


def test_the_list_is_of_what_is_ahead(crm: Crm) -> None:
    """Planned ones from today on, the soonest first, unless days, a state or all are asked for."""
    for day in ("2026-12-03", "2026-12-01", "2026-11-30", "2026-12-02", "2026-11-29"):
        crm.ok("meeting", "add", f"On {day}", "--at", f"{day} 09:00")
    crm.ok("meeting", "notes", "M3", "went well")
    crm.ok("meeting", "cancel", "M4")
    crm.ok("meeting", "edit", "M5", "--until", "2026-12-01 10:00")
    listed = ("meeting", "list")
    assert refs(crm.json(*listed)) == ["M5", "M2", "M1"]  # M5 is still going on
    assert refs(crm.json(*listed, "--limit", "1")) == ["M5"]
    assert refs(crm.json(*listed, "--until", "tomorrow")) == ["M5", "M2"]
    assert refs(crm.json(*listed, "--until", "yesterday")) == ["M5", "M3"]
    assert refs(crm.json(*listed, "--from", "2026-11-30")) == ["M5", "M3", "M2", "M4", "M1"]
    assert refs(crm.json(*listed, "--from", "tomorrow", "--until", "tomorrow")) == ["M4"]
    assert refs(crm.json(*listed, "--status", "held")) == ["M3"]
    assert refs(crm.json(*listed, "--all")) == ["M5", "M3", "M2", "M4", "M1"]


def test_the_list_can_be_of_somebodys(crm: Crm, steering: dict[str, Any], amina: str) -> None:
    """A contact's, an organisation's, an owner's."""
    crm.ok("meeting", "add", "Call", "--at", "friday 10am", "--zone", "America/New_York")
    assert steering["ref"] == "M1"
    for chosen in (("--with", amina), ("--org", "MESMAC"), ("--owner", "me")):
        assert refs(crm.json("meeting", "list", *chosen)) == ["M1"]
    assert crm.json("meeting", "list", "--owner", "sam") == []
    assert crm.ok("meeting", "list", "--owner", "sam").err == "no meetings\n"
    lines = crm.ok("meeting", "list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["REF", "M2", "M1"]
    assert "Fri 4 Dec 2026 10:00 (America/New_York)  Call" in lines[1]
    assert "Amina Yusuf, Siân O'Brien [she/her], MESMAC  Carlton Centre  Robin Marsh  planned" in lines[2]


def test_an_edit_keeps_what_is_not_given(crm: Crm, steering: dict[str, Any]) -> None:
    """Another time or place raises the sequence by one; the length stays."""
    moved = crm.json("meeting", "edit", "M1", "--at", "2026-12-07 10:00", "--where", "Online", "--agenda", "", "--without", "sian")
    assert moved == steering | {
        "starts": "2026-12-07T10:00:00+00:00",
        "ends": "2026-12-07T11:30:00+00:00",
        "place": "Online",
        "agenda": None,
        "contacts": [{"ref": "P1", "name": "Amina Yusuf"}],
        "sequence": 1,
        "updated_at": moved["updated_at"],
    }
    later = crm.json("meeting", "edit", "M1", "--until", "10:45", "--with", "sian", "--without", "MESMAC")
    assert (later["ends"], later["sequence"], later["organisations"]) == ("2026-12-07T10:45:00+00:00", 2, [])
    elsewhere = crm.json("meeting", "edit", "M1", "--zone", "Asia/Kolkata")
    assert (elsewhere["starts"], elsewhere["sequence"]) == ("2026-12-07T10:00:00+05:30", 3)
    assert "Asia/Kolkata" in crm.ok("meeting", "show", "M1").out


def test_an_edit_of_nothing_or_to_nonsense_is_refused(crm: Crm, steering: dict[str, Any]) -> None:
    """And the meeting stays as it was."""
    assert "nothing to change" in crm.refused(Exit.USAGE, "meeting", "edit", "M1")
    assert "after the start" in crm.refused(Exit.USAGE, "meeting", "edit", "M1", "--until", "13:00")
    assert "O2" not in crm.refused(Exit.NOT_FOUND, "meeting", "edit", "M1", "--without", "nobody")
    assert "must not be empty" in crm.refused(Exit.USAGE, "meeting", "edit", "M1", "--title", " ")
    crm.ok("org", "add", "Leeds GATE")
    assert "O2 does not take part in M1" in crm.refused(Exit.REFUSED, "meeting", "edit", "M1", "--without", "gate", "--where", "x")
    assert crm.json("meeting", "show", "M1") == steering


def test_notes_from_the_day_on_hold_a_meeting(crm: Crm, steering: dict[str, Any], on_day: Callable[[str], None]) -> None:
    """Everybody's quiet clock starts anew, on the meeting's day, once."""
    early = crm.ok("meeting", "notes", "M1", "Bring cake", "--json")
    assert (early.data["status"], early.err) == ("planned", "its day has not come, so M1 stays planned\n")
    on_day("2026-12-07")
    held = crm.json("meeting", "notes", "M1", "Agreed on a leaflet")
    assert (held["status"], held["notes"], held["sequence"]) == ("held", "Bring cake\n\nAgreed on a leaflet", 1)
    crm.ok("meeting", "notes", "M1", "And on another")
    for contact in steering["contacts"]:
        assert crm.json("contact", "show", contact["ref"])["last_contact_on"] == "2026-12-04"
    crm.ok("log", "She was late", "--with", "amina", "--kind", "meeting", "--about", "M1")
    timeline = crm.ok("contact", "show", "amina").out.partition("Timeline")[2]
    assert (timeline.count("Steering group"), timeline.count("She was late")) == (1, 1)
    assert "'group' is a part of the name of M1 Steering group" in crm.refused(Exit.USAGE, "meeting", "notes", "steering", "group")
    assert "M1 is held" in crm.refused(Exit.REFUSED, "meeting", "cancel", "M1")


def test_notes_open_follow_ups(crm: Crm, steering: dict[str, Any], on_day: Callable[[str], None]) -> None:
    """Each action with its day, or all with one; about the meeting, and on its card."""
    on_day("2026-12-04")
    assert steering["owner"] == "Robin Marsh"
    result = crm.ok("meeting", "notes", "M1", "Agreed", "--action", "Draft", "--due", "+1w", "--action", "Send", "--due", "2026-12-18")
    assert result.err == "F1 Draft, due Fri 11 Dec 2026\nF2 Send, due Fri 18 Dec 2026\n"
    crm.ok("meeting", "notes", "M1", "", "--action", "Print", "--action", "Post", "--due", "+3w", "--owner", "sam")
    found = crm.json("followup", "list", "--about", "M1")
    assert [(f["what"], f["due"], f["owner"]) for f in found] == [
        ("Draft", "2026-12-11", "Robin Marsh"),
        ("Send", "2026-12-18", "Robin Marsh"),
        ("Print", "2026-12-25", "Sam Adeyemi"),
        ("Post", "2026-12-25", "Sam Adeyemi"),
    ]
    assert "  F1   Fri 11 Dec 2026 (in 7 days)   Robin Marsh  Draft\n" in crm.ok("meeting", "show", "M1").out


@pytest.mark.parametrize(
    "half", [("--action", "Draft"), ("--due", "friday"), ("--action", "a", "--due", "friday", "--due", "friday"), ("--due", "x")]
)
def test_half_an_action_is_refused(crm: Crm, steering: dict[str, Any], half: tuple[str, ...]) -> None:
    """And the notes are not kept either."""
    crm.refused(Exit.USAGE, "meeting", "notes", "M1", "Agreed", *half)
    assert crm.json("meeting", "show", "M1") == steering


def test_a_cancelled_meeting_says_since_when_and_why(crm: Crm, steering: dict[str, Any]) -> None:
    """It stays, is no longer ahead, and is not cancelled twice or moved."""
    cancelled = crm.json("meeting", "cancel", "M1", "--why", "the room was flooded")
    assert (cancelled["status"], cancelled["sequence"], steering["sequence"]) == ("cancelled", 1, 0)
    assert "Status:        cancelled on Tue 1 Dec 2026: the room was flooded\n" in crm.ok("meeting", "show", "M1").out
    assert crm.json("meeting", "list") == []
    assert "it has ended" in crm.refused(Exit.REFUSED, "meeting", "cancel", "M1")
    assert "no other time or place" in crm.refused(Exit.REFUSED, "meeting", "edit", "M1", "--at", "friday 4pm")
    assert crm.json("meeting", "edit", "M1", "--title", "Steering")["sequence"] == 1


def test_undo_takes_a_held_meeting_back_whole(crm: Crm, steering: dict[str, Any], on_day: Callable[[str], None]) -> None:
    """Its interaction and its follow-ups go with it."""
    on_day("2026-12-04")
    crm.ok("meeting", "notes", "M1", "Agreed", "--action", "Draft", "--due", "+1w")
    crm.ok("undo", "--yes")
    assert crm.json("meeting", "show", "M1") == steering
    assert crm.json("followup", "list", "--all") == []
    assert crm.json("contact", "show", "amina")["last_contact_on"] is None


def test_a_brief_has_the_card_of_everyone_in_the_room(crm: Crm, steering: dict[str, Any]) -> None:
    """As JSON the records themselves."""
    crm.ok("followup", "add", "Ring her", "--due", "today", "--about", "P1")
    brief = crm.json("meeting", "brief", "M1")
    assert (brief["ref"], brief["uid"], brief["meeting"]) == ("M1", steering["uid"], steering)
    assert brief["people"] == [crm.json("contact", "show", ref) for ref in ("P1", "P2")]
    assert [f["what"] for f in brief["people"][0]["follow_ups"]] == ["Ring her"]
    assert [link["ref"] for link in brief["people"][1]["meetings"]] == ["M1"]


def test_a_brief_reads_as_one_page(crm: Crm, steering: dict[str, Any]) -> None:
    """The meeting first, then each person under their name, with a warning where there is one."""
    assert steering["ref"] == "M1"
    crm.ok("contact", "edit", "sian", "--do-not-contact", "--reason", "asked us in March")
    text = crm.ok("meeting", "brief", "M1").out
    assert text.startswith("M1 Steering group\nBrief for a meeting\n  When:")
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
    assert heads == [
        "M1 Steering group",
        "Brief for a meeting",
        "Agenda",
        "P1 Amina Yusuf",
        "Amina Yusuf: Roles",
        "Amina Yusuf: Meetings ahead",
        "Amina Yusuf: Timeline",
        "P2 Siân O'Brien [she/her]",
        "Siân O'Brien [she/her]: Meetings ahead",
        "Siân O'Brien [she/her]: Timeline",
    ]
    assert "DO NOT CONTACT: asked us in March" in text
    assert "E-mail:       amina@example.org" in text
    markdown = crm.ok("meeting", "brief", "M1", "-o", "md").out
    assert markdown.startswith("# M1 Steering group\n\nBrief for a meeting\n\n- **When:** Fri 4 Dec 2026 14:00 to 15:30")
    assert "## P2 Siân O'Brien \\[she/her\\]" in markdown


@pytest.mark.parametrize("args", [("brief", "M1"), ("list",), ("show", "M1")])
def test_reading_loads_nothing_slow(crm: Crm, steering: dict[str, Any], args: tuple[str, ...]) -> None:
    """Neither the writing half of the program nor templates nor calendars."""
    assert steering["ref"] == "M1"
    script = (
        "import sys; from solidarity_crm.cli import main; code = main(sys.argv[1:]);"
        " slow = {'sqlmodel', 'pydantic', 'jinja2', 'icalendar', 'questionary', 'rich'} & set(sys.modules);"
        " sys.exit(code or repr(slow) if slow else code)"
    )
    command = [sys.executable, "-c", script, "meeting", *args, "-w", str(crm.workspace.folder)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
