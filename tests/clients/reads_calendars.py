"""Our calendars in calcurse and in ical.js; run by ``make clients``, not by ``make test``."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Crm

AGENDA = "1. Minutes\n2. Leaflet, \\N and; more 🙂\n" + "ß" * 90
TITLE = 'Steering; group, "monthly" \\n'


@pytest.fixture(scope="session")
def calcurse() -> str:
    """Give calcurse, installed where that may be done."""
    if shutil.which("calcurse") is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-q", "calcurse"], check=False, capture_output=True)
    found = shutil.which("calcurse")
    if found is None:
        pytest.fail("this needs calcurse: install it and run make clients again")
    return found


@pytest.fixture
def exported(crm: Crm, sian: str, tmp_path: Path) -> Path:
    """Write meetings, a series without one date, a cancelled meeting and follow-ups, as events and as tasks."""
    crm.ok(
        "meeting",
        "add",
        TITLE,
        "--at",
        "2026-12-04 14:00",
        "--for",
        "90m",
        "--with",
        sian,
        "--where",
        "Carlton Centre, Leeds",
        "--agenda",
        AGENDA,
    )
    crm.ok("meeting", "add", "Drop-in", "--at", "2027-03-16 10:00", "--every", "weekly", "--until", "2027-04-06")
    crm.ok("meeting", "skip", "M2", "--on", "2027-03-23")
    crm.ok("meeting", "add", "Flooded", "--at", "2026-12-05 10:00")
    crm.ok("meeting", "cancel", "M3")
    crm.ok("followup", "add", "Ring Siân", "--due", "2026-12-07", "--about", sian)
    crm.ok("calendar", "export", "team.ics", "--titles", "full")
    crm.ok("calendar", "export", "tasks.ics", "--titles", "full", "--todo")
    return tmp_path


def test_calcurse_lists_what_the_records_say(exported: Path, calcurse: str) -> None:
    """The strictest of readers: it takes no comma that is not escaped and no event without a title (exchange.md, finding 6)."""
    folder = exported / "calcurse"
    folder.mkdir()

    def run(*args: str) -> str:
        env = {**os.environ, "TZ": "Europe/London", "LC_ALL": "C.UTF-8"}
        ran = subprocess.run(
            [calcurse, "-D", str(folder), *args], env=env, capture_output=True, text=True, encoding="utf-8", check=True, cwd=exported
        )
        return ran.stdout

    assert "0 skipped" in run("-i", "team.ics")
    assert "1 todo" in run("-i", "tasks.ics")
    when = "%(start:%Y-%m-%d %H:%M) %(end:%H:%M) %m\n"
    wanted = ("--from", "12/01/2026", "--to", "05/01/2027", "--filter-type", "cal")
    listed = run("-Q", *wanted, "--format-apt", when, "--format-recur-apt", when, "--format-event", "all day %m\n")
    assert [line for line in listed.splitlines() if line and not line.endswith(":")] == [
        f"2026-12-04 14:00 15:30 {TITLE}",
        "2026-12-05 10:00 11:00 Cancelled: Flooded",
        "all day Follow up: Ring Siân",
        "2027-03-16 10:00 11:00 Drop-in",
        "2027-03-30 10:00 11:00 Drop-in",
        "2027-04-06 10:00 11:00 Drop-in",
    ]
    assert run("-Q", "--filter-type", "todo", "--format-todo", "%m\n").splitlines()[-1] == "Ring Siân"
    notes = [note.read_text(encoding="utf-8") for note in (folder / "notes").iterdir()]
    assert any(AGENDA in note for note in notes)


def test_ical_js_reads_what_the_records_say(exported: Path, ical_js: Callable[[Path], Any]) -> None:
    """As Nextcloud and Thunderbird read it: texts, times with their zone, what comes again and what is left out."""
    _, properties, components = ical_js(exported / "team.ics")
    events = [{each[0]: each for each in body} for name, body, _ in components if name == "vevent"]
    by_title: dict[str, dict[str, list[Any]]] = {event["summary"][3]: event for event in events}
    assert set(by_title) == {TITLE, "Drop-in", "Cancelled: Flooded", "Follow up: Ring Siân"}
    steering, series = by_title[TITLE], by_title["Drop-in"]
    assert (steering["dtstart"][1]["tzid"], steering["dtstart"][3], steering["dtend"][3]) == (
        "Europe/London",
        "2026-12-04T14:00:00",
        "2026-12-04T15:30:00",
    )
    assert steering["location"][3] == "Carlton Centre, Leeds"
    assert AGENDA in steering["description"][3]
    assert series["rrule"][3]["freq"] == "WEEKLY"
    assert series["exdate"][3] == "2027-03-23T10:00:00"
    assert by_title["Cancelled: Flooded"]["status"][3] == "CANCELLED"
    assert {each[0] for each in properties} >= {"version", "prodid", "method"}
    assert not any(name in event for event in events for name in ("attendee", "organizer"))
