"""A calendar of another program to import, and what khal takes for the same file."""

from __future__ import annotations

import shutil
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from made import TODAY

from solidarity_crm.store.create import create

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EVENTS = 1_000
CALENDAR = "events.ics"
HEAD = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//made//EN
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
END:STANDARD
END:VTIMEZONE
"""
EVENT = """BEGIN:VEVENT
UID:{number}@made.example
DTSTAMP:20261101T090000Z
SEQUENCE:0
DTSTART;TZID=Europe/London:{day:%Y%m%d}T{hour:02}0000
DTEND;TZID=Europe/London:{day:%Y%m%d}T{hour:02}3000
SUMMARY:Meeting {number}
LOCATION:Room {hour}\\, Town hall
DESCRIPTION:1. Minutes\\n2. Matters arising\\n3. Leaflet
STATUS:CONFIRMED
END:VEVENT
"""


def made(folder: Path) -> Path:
    """Give the file, made if it is not there."""
    path = folder / CALENDAR
    if not path.exists():
        events = (EVENT.format(number=number, day=TODAY + timedelta(days=number // 8), hour=8 + number % 8) for number in range(EVENTS))
        path.write_text("".join([HEAD, *events, "END:VCALENDAR\n"]).replace("\n", "\r\n"), encoding="utf-8", newline="")
    return path


def importing() -> Callable[[Path], list[str]]:
    """Import it, each time into a workspace that has no meetings yet."""
    numbers = count(1)

    def command(folder: Path) -> list[str]:
        empty, fresh = folder.parent / "empty", folder.parent / f"calendar-{next(numbers)}"
        if not empty.exists():
            create(empty, {"name": "Made", "communities": []}, [{"name": "Robin Marsh"}])
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(empty, fresh)
        return ["--workspace", str(fresh), "calendar", "import", str(made(folder.parent))]

    return command
