"""What people who live in a terminal are used to: other programs' lists of as many records, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from made import TODAY

CONFIG = """
[calendars]
[[made]]
path = {folder}/events
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
"""
EVENT = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//made//EN\r
BEGIN:VEVENT\r
UID:{number}@made.example\r
DTSTAMP:20261101T090000Z\r
DTSTART:{day:%Y%m%d}T{hour:02}0000Z\r
DURATION:PT1H\r
SUMMARY:Meeting {number}\r
END:VEVENT\r
END:VCALENDAR\r
"""


def khal(folder: Path, events: int, rounds: int) -> float | None:
    """Give the seconds that ``khal list`` takes for a week of so many events, its own cache filled; None without khal."""
    program = shutil.which("khal", path=str(Path(sys.executable).parent)) or shutil.which("khal")
    if program is None:
        return None
    (folder / "events").mkdir()
    for number in range(events):
        text = EVENT.format(number=number, day=TODAY, hour=number % 24)
        (folder / "events" / f"{number}.ics").write_text(text, encoding="utf-8", newline="")
    (folder / "config").write_text(CONFIG.format(folder=folder), encoding="utf-8")
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        subprocess.run([program, "-c", str(folder / "config"), "list", str(TODAY), "7d"], check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return median(times[1:])
