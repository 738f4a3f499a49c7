"""Calendar files that are broken or mean harm; what becomes of those that are not is in the tests of the command."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from costs import grows_with_its_length
from solidarity_crm.exchange.calendar.reading import read as read_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from solidarity_crm.exchange.calendar.reading.items import CalendarFile

NEW_YORK = ZoneInfo("America/New_York")


def read(data: bytes) -> CalendarFile:
    """Read a file in a place whose clocks are behind UTC."""
    return read_file("team.ics", data, usual=NEW_YORK)


def calendar(*parts: str) -> bytes:
    """Give a file of some parts."""
    return "\n".join(["BEGIN:VCALENDAR", *parts, "END:VCALENDAR", ""]).encode()


def event(*lines: str) -> str:
    """Give an event."""
    return "\n".join(["BEGIN:VEVENT", "UID:1", *lines, "END:VEVENT"])


def zone(name: str, *changes: str) -> str:
    """Give the description of a time zone, each change of its clocks the same but for some lines."""
    offsets = "TZOFFSETFROM:+0307\nTZOFFSETTO:+0317"
    parts = [f"BEGIN:STANDARD\n{change}\n{offsets}\nEND:STANDARD" for change in changes]
    return "\n".join(["BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE"])


WHEN = "DTSTART;TZID=America/Chicago:20261201T100000"


@pytest.mark.parametrize(
    "line",
    [
        "DTEND;TZID=Asia/Tokyo:00010101T000000",
        "DTEND;TZID=America/Chicago:99991231T235959",
        "RECURRENCE-ID:00010101T000000Z",
        "RRULE:FREQ=DAILY;UNTIL=00010101T000000Z",
        "RRULE:FREQ=DAILY;UNTIL=99991231T235959Z",
        "RRULE:FREQ=DAILY\nEXDATE:00010101T000000Z,99991231T235959Z",
        f"SEQUENCE:{'9' * 5_000}",
        "LAST-MODIFIED:99991231T235959Z",
        "DURATION:P99999W",
    ],
)
def test_the_ends_of_time_cost_no_event_its_own(line: str) -> None:
    """Years that no other clock shows, and numbers that no computer counts to."""
    found = read(calendar(event(WHEN, line), event(WHEN)))
    assert [item.starts for item in found.items] == [datetime.fromisoformat("2026-12-01T10:00")] * 2


@pytest.mark.parametrize("when", ["DTSTART:00010101T000000Z", "DTSTART;TZID=Own:00010101T000000", "DTSTART;TZID=Own:99991231T235959"])
def test_what_begins_at_an_end_of_time_is_rejected(when: str) -> None:
    """Alone."""
    found = read(calendar(zone("Own", "DTSTART:00010101T000000"), event(when), event(WHEN)))
    assert (len(found.items), len(found.rejected)) == (1, 1)


@pytest.mark.parametrize("rule", ["FREQ=DAILY;UNTIL=20200101T000000Z", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;COUNT=9999"])
def test_a_zone_with_a_senseless_rule_is_read(rule: str) -> None:
    """As one whose clocks changed once."""
    file = calendar(zone("Own", f"DTSTART:16010101T000000\nRRULE:{rule}"), event("DTSTART;TZID=Own:20261201T100000"))
    offsets = datetime.fromisoformat("2026-12-01T10:00") - read(file).items[0].starts
    assert offsets in (timedelta(hours=5 + 3, minutes=17), timedelta(hours=5 + 3, minutes=7))


def test_a_zones_changes_are_of_the_year_before_too() -> None:
    """In January the clocks are as they were changed in autumn, and after a rule's end as it left them."""
    summer = "BEGIN:DAYLIGHT\nDTSTART:20000301T000000\nRRULE:FREQ=YEARLY;UNTIL=20200301T000000Z\nTZOFFSETFROM:+0307\nTZOFFSETTO:+0407\nEND:DAYLIGHT"
    own = zone("Own", "DTSTART:20001001T000000\nRRULE:FREQ=YEARLY").replace("END:VTIMEZONE", f"{summer}\nEND:VTIMEZONE")
    starts = {
        when: read(calendar(own, event(f"DTSTART;TZID=Own:{when}T120000"))).items[0].starts for when in ("20190115", "20190415", "20210415")
    }
    assert [starts[when].strftime("%m-%d %H:%M") for when in starts] == ["01-15 03:43", "04-15 03:53", "04-15 04:43"]


LONG: dict[str, Callable[[int], bytes]] = {
    "zones that are not known": lambda size: calendar(*(event(f"DTSTART;TZID=Zone {n}:20261201T100000") for n in range(size // 60))),
    "zones of many changes": lambda size: calendar(
        zone("Own", *(f"DTSTART:{1900 + n % 90}0101T000000" for n in range(size // 200))),
        *[event("DTSTART;TZID=Own:20261201T100000")] * (size // 100),
    ),
    "dates that are left out": lambda size: calendar(event(WHEN, "RRULE:FREQ=DAILY", f"EXDATE:{'20261201T100000Z,' * (size // 17)}")),
    "folds": lambda size: calendar(event(WHEN, "SUMMARY:x" + "\n x" * (size // 3))),
    "parts in parts": lambda size: calendar(event(WHEN, *["BEGIN:VALARM"] * (size // 13))),
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
def test_a_long_calendar_costs_what_its_length_does(make: Callable[[int], bytes]) -> None:
    """Whatever it is full of."""
    assert grows_with_its_length(read, make, 200_000)
