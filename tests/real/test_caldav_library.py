"""Our calendar on a server in the caldav library, which changes it too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calendar_server import PASSWORD, USER, radicale

if TYPE_CHECKING:
    from conftest import Crm

CLIENT = """
import json, sys
from datetime import timedelta
from caldav import DAVClient

url, user, password = sys.argv[1:4]
with DAVClient(url, username=user, password=password) as client:
    calendar = client.calendar(url=url)
    events, todos = calendar.events(), calendar.todos(include_completed=True)
    print(json.dumps([[str(item.icalendar_component["summary"]) for item in items] for items in (events, todos)]))
    if "change" in sys.argv:
        event = next(item for item in events if "LOCATION" in item.icalendar_component)
        for name in ("DTSTART", "DTEND"):
            event.icalendar_component[name].dt += timedelta(hours=1)
        event.save()
        todos[0].complete()
"""


def seen(url: str, *args: str) -> Any:
    """Give the titles of the events and tasks that the library reads."""
    words = [sys.executable, "-c", CLIENT, url, USER, PASSWORD, *args]
    ran = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_library_reads_what_we_put_and_we_take_what_it_changed(crm: Crm, amina: str, tmp_path: Path) -> None:
    """A meeting that it moved, a task that it completed."""
    crm.ok("meeting", "add", "Steering; group", "--at", "2026-12-04 14:00", "--with", amina, "--where", "Carlton Centre, Leeds")
    crm.ok("followup", "add", "Ring Siân O'Brien [she/her]", "--due", "2026-12-04")
    Path("password").write_text(PASSWORD, encoding="utf-8")
    Path("password").chmod(0o600)
    with radicale(tmp_path) as server:
        server.make("VEVENT", "VTODO")
        words = ("calendar", "sync", server.url, "--user", USER, "--password-file", "password", "--titles", "full", "--yes", "--take")
        crm.ok(*words)
        assert seen(server.url) == [["Steering; group"], ["Ring Siân O'Brien [she/her]"]]
        seen(server.url, "change")
        assert [one["what"] for one in crm.json(*words)["taken"]] == [
            "Fri 4 Dec 2026 15:00 to 16:00 there, Fri 4 Dec 2026 14:00 to 15:00 here",
            "done there, open here",
        ]
        assert crm.json("show", "M1")["starts"] == "2026-12-04T15:00:00+00:00"
        assert crm.json("show", "F1")["status"] == "done"
        assert crm.json(*words)["unchanged"] == 2
