"""Our calendar files in a real calendar: khal imports them and lists what the records say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from solidarity_crm.exchange.calendar import ics
from solidarity_crm.exchange.calendar.events import Event
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from conftest import Crm

LONDON = ZoneInfo("Europe/London")
KHAL = Path(sys.executable).with_name("khal.exe" if sys.platform == "win32" else "khal")
FIELDS = ("title", "start-long-full", "end-long-full", "all-day", "location", "description", "status", "url", "categories")
CONFIG = """
[calendars]
[[network]]
path = {vdir}
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {cache}
[default]
default_calendar = network
"""


def khal(folder: Path, *args: str) -> str:
    """Run khal with a configuration of the test's own; give what it prints."""
    config = folder / "khal.conf"
    config.write_text(CONFIG.format(vdir=folder / "vdir", cache=folder / "khal.db"), encoding="utf-8")
    (folder / "vdir").mkdir(exist_ok=True)
    env = {**os.environ, "LC_ALL": "C.UTF-8", "PYTHONWARNINGS": "ignore"}
    ran = subprocess.run([str(KHAL), "-c", str(config), *args], env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_khal_lists_what_the_records_say(crm: Crm, amina: str, sian: str, tmp_path: Path) -> None:
    """Times by London's clocks, titles, places, people and states; imported again, nothing doubles."""
    crm.ok("meeting", "add", "Steering; group, monthly", "--at", "2026-12-04 14:00", "--for", "90m", "--with", amina, "--with", sian,
           "--where", "Carlton Centre, Leeds", "--link", "https://meet.example/1", "--agenda", "1. Minutes\n2. Leaflet 🙂")  # fmt: skip
    crm.ok("meeting", "add", "Summer school", "--at", "2027-06-04 10:00", "--until", "2027-06-05 16:00")
    crm.ok("meeting", "add", "New York", "--at", "2026-12-07 09:00", "--zone", "America/New_York")
    crm.ok("meeting", "add", "Ramadan", "--at", "2027-03-01 09:00", "--zone", "Africa/Casablanca")
    crm.ok("meeting", "add", "Flooded", "--at", "2026-12-05 10:00")
    crm.ok("meeting", "cancel", "M5")
    crm.ok("followup", "add", "Ring Amina", "--due", "2026-12-04", "--about", amina)
    crm.ok("calendar", "export", "team.ics", "--titles", "full")
    for _ in range(2):
        khal(tmp_path, "import", "--batch", "-a", "network", "team.ics")
    listed = khal(tmp_path, "list", "--once", *(word for field in FIELDS for word in ("--json", field)), "2026-12-01", "365d")
    found = [tuple(event[field] for field in FIELDS[:3]) for line in listed.splitlines() for event in json.loads(line)]
    assert found == [
        ("Follow up: Ring Amina", "2026-12-04 00:00", "2026-12-04 00:00"),
        ("Steering; group, monthly", "2026-12-04 14:00", "2026-12-04 15:30"),
        ("Cancelled: Flooded", "2026-12-05 10:00", "2026-12-05 11:00"),
        ("New York", "2026-12-07 14:00", "2026-12-07 15:00"),
        ("Ramadan", "2027-03-01 09:00", "2027-03-01 10:00"),
        ("Summer school", "2027-06-04 10:00", "2027-06-05 16:00"),
    ]
    by_title = {event["title"]: event for line in listed.splitlines() for event in json.loads(line)}
    steering = by_title["Steering; group, monthly"]
    assert [title for title, event in by_title.items() if event["all-day"] == "True"] == ["Follow up: Ring Amina"]
    assert steering["location"] == "Carlton Centre, Leeds"
    assert steering["url"] == "https://meet.example/1"
    assert steering["categories"] == "Solidarity CRM,Meeting"
    assert steering["description"] == (
        "With:\nAmina Yusuf, amina@example.org\nSiân O'Brien [she/her], 0113 496 0123, sian@example.org\n\n"
        "1. Minutes\n2. Leaflet 🙂\n\nsolidarity show M1"
    )
    assert [by_title[title]["status"].strip() for title in ("Steering; group, monthly", "Cancelled: Flooded")] == ["CONFIRMED", "CANCELLED"]


def test_khal_lists_the_dates_of_a_series(crm: Crm, tmp_path: Path) -> None:
    """One left out, one moved, each at its time by the clocks there when they change; whole days too."""
    crm.ok("meeting", "add", "Drop-in", "--at", "2027-03-16 10:00", "--every", "weekly", "--until", "2027-04-13")
    crm.ok("meeting", "skip", "M1", "--on", "2027-03-23")
    crm.ok("meeting", "move", "M1", "--on", "2027-04-06", "--to", "2027-04-07 14:00")
    crm.ok("meeting", "add", "Rent", "--at", "2027-01-31", "--all-day", "--every", "monthly", "--times", "3")
    crm.ok("calendar", "export", "team.ics", "--titles", "full")
    khal(tmp_path, "import", "--batch", "-a", "network", "team.ics")
    listed = khal(tmp_path, "list", *(word for field in FIELDS[:2] for word in ("--json", field)), "2027-01-01", "200d")
    found = [(event["title"], event["start-long-full"]) for line in listed.splitlines() for event in json.loads(line)]
    assert found == [
        ("Rent", "2027-01-31 00:00"), ("Rent", "2027-02-28 00:00"), ("Drop-in", "2027-03-16 10:00"), ("Drop-in", "2027-03-30 10:00"),
        ("Rent", "2027-03-31 00:00"), ("Drop-in", "2027-04-07 14:00"), ("Drop-in", "2027-04-13 10:00"),
    ]  # fmt: skip


# khal writes what it imports with a library that makes a line end of a backslash and an N
PARTS = [*'\\;,:"', "\\n", "BEGIN:VEVENT", "ATTENDEE:mailto:x@example.org", "🙂", "é", "ß" * 40, "Siân O'Brien [she/her]", " "]
WORDS = st.sampled_from(PARTS) | st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=8)
HOSTILE = st.lists(WORDS, min_size=1, max_size=6).map("".join).filter(lambda text: "\\N" not in text)


@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=60, max_size=60))
def test_khal_reads_back_whatever_was_typed(texts: list[tuple[str, str, str]]) -> None:
    """Titles, places and descriptions, as they were typed but for blanks at their ends."""
    starts = datetime(2026, 12, 1, 10, tzinfo=LONDON)
    moment = datetime(2026, 11, 30, 10, tzinfo=UTC)
    made = [
        Event(f"{number}@made.example", f"{number} {title}", starts, starts + timedelta(hours=1), moment, moment, 0, ("Made",), None, description=text, location=place)
        for number, (title, place, text) in enumerate(texts)
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "made.ics").write_bytes(ics.write(made, name="Made", year=2026))
        khal(folder, "import", "--batch", "-a", "network", str(folder / "made.ics"))
        listed = khal(
            folder, "list", *(word for field in ("title", "location", "description") for word in ("--json", field)), "2026-12-01", "1d"
        )
    found = sorted((event["title"], event["location"], event["description"]) for line in listed.splitlines() for event in json.loads(line))
    wanted = sorted((one_line(one.summary), one_line(one.location), safe(one.description)) for one in made)
    assert [[part.strip() for part in each] for each in found] == [[part.strip() for part in each] for each in wanted]
