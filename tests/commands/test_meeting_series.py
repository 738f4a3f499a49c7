"""Meetings that come again, as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Crm


@pytest.fixture
def weekly(crm: Crm, amina: str) -> Crm:
    """Plan a series of four Tuesdays, the first of them today."""
    crm.once(
        "meeting", "add", "Drop-in", "--at", "2026-12-01 10:00", "--every", "weekly", "--times", "4", "--with", amina, "--owner", "robin"
    )
    return crm


def starts(crm: Crm, *args: str) -> list[tuple[str, str]]:
    """List the refs of meetings and when they start."""
    return [(meeting["ref"], meeting["starts"][:16]) for meeting in crm.json("meeting", "list", *args)]


def events(crm: Crm) -> list[Any]:
    """Read the events of an export."""
    return list(Calendar.from_ical(crm.ok("calendar", "export", "-", "--titles", "full").out).walk("VEVENT"))


def test_a_series_is_listed_at_its_next_date_or_at_each(weekly: Crm, on_day: Callable[[str], None]) -> None:
    """With --until at each in those days; when it is over, no more."""
    assert starts(weekly) == [("M1", "2026-12-01T10:00")]
    on_day("2026-12-02")
    assert starts(weekly) == [("M1", "2026-12-08T10:00")]
    assert starts(weekly, "--until", "2027-01-31") == [("M1", f"2026-12-{day}T10:00") for day in ("08", "15", "22")]
    assert "Drop-in (every week, 4 times)" in weekly.ok("meeting", "list").out
    on_day("2026-12-23")
    assert starts(weekly) == []
    assert starts(weekly, "--from", "2026-11-01", "--until", "2026-12-10") == [("M1", "2026-12-01T10:00"), ("M1", "2026-12-08T10:00")]


def test_the_card_says_how_often_and_what_is_next(weekly: Crm, on_day: Callable[[str], None]) -> None:
    """And which dates are left out."""
    weekly.ok("meeting", "skip", "M1", "--on", "2026-12-15")
    on_day("2026-12-09")
    assert weekly.ok("meeting", "show", "M1").out.splitlines()[:6] == [
        "M1 Drop-in",
        "Meeting",
        "  When:     Tue 1 Dec 2026 10:00 to 11:00 (8 days ago)",
        "  Again:    every week, 4 times",
        "  Next:     Tue 22 Dec 2026 10:00 to 11:00 (in 13 days)",
        "  Left out: Tue 15 Dec 2026",
    ]


def test_today_knows_the_dates(weekly: Crm, on_day: Callable[[str], None]) -> None:
    """Those ahead, and the last one whose notes are missing; never the first again and again."""
    assert [(line["ref"], line["why"]) for line in weekly.json("today", "--days", "8")] == [
        ("M1", "today at 10:00"), ("M1", "in 7 days at 10:00"),
    ]  # fmt: skip
    on_day("2026-12-09")
    assert [(line["ref"], line["when"], line["why"]) for line in weekly.json("today", "--days", "6")] == [
        ("M1", "2026-12-08", "was yesterday: add its notes, or cancel it"), ("M1", "2026-12-15", "in 6 days at 10:00"),
    ]  # fmt: skip
    weekly.ok("meeting", "notes", "M1", "Ten people came")
    assert [line["when"] for line in weekly.json("today", "--days", "6")] == ["2026-12-15"]


def test_notes_of_a_series_are_a_dates(weekly: Crm, on_day: Callable[[str], None]) -> None:
    """The last date's unless another is said: it is held, whoever takes part was there, the series goes on."""
    on_day("2026-12-09")
    held = weekly.json("meeting", "notes", "M1", "Ten people came", "--action", "Order tea", "--due", "friday")
    assert (held["ref"], held["status"], held["starts"][:10], held["series"]) == (
        "M2", "held", "2026-12-08", {"ref": "M1", "name": "Drop-in"},
    )  # fmt: skip
    assert weekly.json("show", "N1")["on"] == "2026-12-08"
    assert weekly.json("meeting", "notes", "M1", "And this", "--on", "2026-12-01")["ref"] == "M3"
    assert weekly.json("meeting", "show", "M1")["status"] == "planned"
    assert weekly.json("meeting", "notes", "M1", "More")["notes"] == "Ten people came\n\nMore"
    assert "M1 has no date then; near it: 2026-12-01, 2026-12-08, 2026-12-15" in weekly.refused(
        Exit.USAGE, "meeting", "notes", "M1", "x", "--on", "2026-12-07"
    )


def test_one_date_moves_and_the_others_stay(weekly: Crm) -> None:
    """It is a meeting of its own, with the same people; moved again it is still that one."""
    moved = weekly.json("meeting", "move", "M1", "--on", "2026-12-22", "--to", "2026-12-21 14:00", "--where", "Town hall")
    assert (moved["ref"], moved["starts"][:16], moved["ends"][:16], moved["place"]) == (
        "M2",
        "2026-12-21T14:00",
        "2026-12-21T15:00",
        "Town hall",
    )
    assert [who["ref"] for who in moved["contacts"]] == ["P1"]
    assert weekly.json("meeting", "move", "M1", "--on", "2026-12-21", "--to", "2026-12-23 09:00")["ref"] == "M2"
    expected = [("M1", "2026-12-01T10:00"), ("M1", "2026-12-08T10:00"), ("M1", "2026-12-15T10:00"), ("M2", "2026-12-23T09:00")]
    assert starts(weekly, "--until", "2026-12-31") == expected
    assert "  Series: M1 Drop-in, in place of Tue 22 Dec 2026 10:00\n" in weekly.ok("meeting", "show", "M2").out.replace(
        "Series:   ", "Series: "
    )
    weekly.ok("undo", "--yes")
    assert starts(weekly, "--until", "2026-12-31")[-1] == ("M2", "2026-12-21T14:00")
    weekly.ok("store", "check")


def test_the_calendar_file_has_the_rule_and_its_exceptions(weekly: Crm) -> None:
    """RRULE with a described zone, EXDATE, RECURRENCE-ID under the series' id; the sequence goes up."""
    weekly.ok("meeting", "skip", "M1", "--on", "2026-12-15")
    weekly.ok("meeting", "move", "M1", "--on", "2026-12-22", "--to", "2026-12-21 14:00")
    out = weekly.ok("calendar", "export", "-").out
    assert "RRULE:FREQ=WEEKLY;COUNT=4\r\n" in out
    assert "EXDATE;TZID=Europe/London:20261215T100000\r\n" in out
    assert "RECURRENCE-ID;TZID=Europe/London:20261222T100000\r\n" in out
    assert out.count("BEGIN:VTIMEZONE") == 1
    series, date = events(weekly)
    assert (series["uid"], int(series["sequence"]), int(date["sequence"])) == (date["uid"], 1, 2)
    weekly.ok("meeting", "cancel", "M1")
    assert [str(event["status"]) for event in events(weekly)] == ["CANCELLED", "CANCELLED"]


def test_until_ends_a_series_at_that_day(crm: Crm) -> None:
    """By the clocks there; in a file in UTC, across a change of the clocks too."""
    crm.ok("meeting", "add", "Board", "--at", "2027-03-09 23:30", "--for", "15m", "--every", "2w", "--until", "2027-04-06")
    assert starts(crm, "--until", "2027-12-31") == [("M1", "2027-03-09T23:30"), ("M1", "2027-03-23T23:30"), ("M1", "2027-04-06T23:30")]
    assert [m["starts"][16:] for m in crm.json("meeting", "list", "--until", "2027-12-31")] == [":00+00:00", ":00+00:00", ":00+01:00"]
    assert "RRULE:FREQ=WEEKLY;UNTIL=20270406T225959Z;INTERVAL=2" in crm.ok("calendar", "export", "-").out


@pytest.mark.parametrize(
    ("at", "every", "said", "dates"),
    [
        ("2027-01-31", "monthly", "every month on the last day", ["01-31", "02-28", "03-31", "04-30"]),
        ("2027-01-30", "monthly", "every month on day 30", ["01-30", "03-30", "04-30", "05-30"]),
        ("2027-01-12", "monthly on the same weekday", "every month on the second Tuesday", ["01-12", "02-09", "03-09", "04-13"]),
        ("2027-01-29", "month on the same weekday", "every month on the last Friday", ["01-29", "02-26", "03-26", "04-30"]),
        ("2027-01-12", "quarterly", "every 3 months on day 12", ["01-12", "04-12", "07-12", "10-12"]),
        ("2027-01-12", "10d", "every 10 days", ["01-12", "01-22", "02-01", "02-11"]),
    ],
)
def test_how_often(crm: Crm, at: str, every: str, said: str, dates: list[str]) -> None:
    """The 31st is each month's last day; the 30th is not, and February's lack of one is said."""
    result = crm.ok("meeting", "add", "Board", "--at", f"{at} 10:00", "--every", every)
    assert said in result.out
    assert ("a month without a day 30 has no such meeting" in result.err) == (at == "2027-01-30")
    assert [when[5:10] for _, when in starts(crm, "--until", "2027-12-31")][:4] == dates


def test_whole_days_that_come_again(crm: Crm) -> None:
    """Every year, two days each."""
    crm.ok("meeting", "add", "Away days", "--at", "2026-12-30", "--all-day", "--until", "2026-12-31")
    crm.ok("meeting", "add", "Pride", "--at", "2027-06-05", "--all-day", "--every", "yearly")
    assert "Wed 30 Dec 2026 to Thu 31 Dec 2026, all day" in crm.ok("meeting", "show", "M1").out
    assert [m["starts"][:10] for m in crm.json("meeting", "list", "--from", "2028-01-01", "--until", "2028-12-31")] == ["2028-06-05"]
    out = crm.ok("calendar", "export", "-").out
    assert all(f"{line}\r\n" in out for line in ("DTSTART;VALUE=DATE:20270605", "DTEND;VALUE=DATE:20270606", "RRULE:FREQ=YEARLY"))
    crm.ok("meeting", "skip", "M2", "--on", "2028-06-05")
    assert "EXDATE;VALUE=DATE:20280605\r\n" in crm.ok("calendar", "export", "-").out


def test_what_does_not_go_together_is_refused(weekly: Crm) -> None:
    """One line, what to try, and nothing changed."""
    add = ("meeting", "add", "X", "--at", "2026-12-08 10:00")
    assert "--every is missing" in weekly.refused(Exit.USAGE, *add, "--times", "3")
    assert "both say when the series ends" in weekly.refused(Exit.USAGE, *add, "--every", "weekly", "--times", "3", "--until", "2027-01-01")
    assert "a day alone" in weekly.refused(Exit.USAGE, *add, "--until", "2027-01-01")
    assert "before the first" in weekly.refused(Exit.USAGE, *add, "--every", "weekly", "--until", "2026-12-02")
    assert "not a recurrence" in weekly.refused(Exit.USAGE, *add, "--every", "sometimes")
    assert "comes by months" in weekly.refused(Exit.USAGE, *add, "--every", "weekly on the same weekday")
    assert "the time of day is missing" in weekly.refused(Exit.USAGE, "meeting", "add", "X", "--at", "2026-12-08")
    assert "no time of day" in weekly.refused(Exit.USAGE, *add, "--all-day", "--for", "1h")
    weekly.ok("meeting", "add", "One", "--at", "2026-12-08 12:00")
    assert "is one meeting and no series" in weekly.refused(Exit.REFUSED, "meeting", "skip", "M2", "--on", "2026-12-08")
    assert "M1 has no date then" in weekly.refused(Exit.USAGE, "meeting", "skip", "M1", "--on", "2026-12-09")
    weekly.ok("meeting", "cancel", "M1")
    assert "is cancelled" in weekly.refused(Exit.REFUSED, "meeting", "move", "M1", "--on", "2026-12-08", "--to", "2026-12-09 10:00")
    assert starts(weekly, "--all") == [("M1", "2026-12-01T10:00"), ("M2", "2026-12-08T12:00")]


def test_another_time_for_the_whole_series(weekly: Crm) -> None:
    """Takes what is left out and what was moved along."""
    weekly.ok("meeting", "skip", "M1", "--on", "2026-12-15")
    weekly.ok("meeting", "move", "M1", "--on", "2026-12-22", "--to", "2026-12-21 14:00")
    weekly.ok("meeting", "edit", "M1", "--at", "2026-12-01 11:00")
    assert starts(weekly, "--until", "2026-12-31") == [("M1", "2026-12-01T11:00"), ("M1", "2026-12-08T11:00"), ("M2", "2026-12-21T14:00")]


def test_a_series_goes_out_and_comes_in_again(weekly: Crm) -> None:
    """Unchanged in the workspace it is from, and a series again in another."""
    weekly.ok("meeting", "skip", "M1", "--on", "2026-12-15")
    weekly.ok("meeting", "move", "M1", "--on", "2026-12-22", "--to", "2026-12-21 14:00")
    expected = starts(weekly, "--until", "2026-12-31")
    weekly.ok("calendar", "export", "ours.ics", "--titles", "full")
    assert {row["what"] for row in weekly.json("calendar", "import", "ours.ics")[0]["rows"]} == {"unchanged"}
    path = weekly.workspace.folder / "solidarity.toml"
    text = path.read_text(encoding="utf-8").replace(str(weekly.workspace.settings.uid), "11111111-2222-4333-8444-555555555555")
    path.write_text(text, encoding="utf-8")
    weekly.ok("calendar", "import", "ours.ics")
    listed = [(ref, when) for ref, when in starts(weekly, "--until", "2026-12-31") if ref in {"M3", "M4"}]
    assert [when for _, when in listed] == [when for _, when in expected]


def test_a_double_booking_is_seen_at_any_date_of_a_series(crm: Crm) -> None:
    """Of either of two meetings, said once; not on a date that was left out or moved."""
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-04 14:00", "--every", "weekly", "--owner", "me")
    call = ("meeting", "add", "Call", "--owner", "me", "--at")
    assert crm.ok(*call, "2026-12-18 14:30").err == "Robin Marsh also has M1 Drop-in, Fri 18 Dec 2026 14:00 to 15:00\n"
    crm.ok("meeting", "skip", "M1", "--on", "2026-12-25")
    assert crm.ok(*call, "2026-12-25 14:30").err == ""
    crm.ok("meeting", "move", "M1", "--on", "2027-01-01", "--to", "2027-01-02 10:00")
    assert crm.ok(*call, "2027-01-01 14:30").err == ""
    every = crm.ok("meeting", "add", "Desk", "--at", "2026-12-02 14:00", "--for", "20m", "--every", "1d", "--owner", "me").err
    assert every == "Robin Marsh also has M1 Drop-in, Fri 4 Dec 2026 14:00 to 15:00\n"


def test_a_contact_s_card_has_the_next_date_of_a_series(crm: Crm, amina: str, on_day: Callable[[str], None]) -> None:
    """Among the meetings ahead; none once it has ended."""
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-04 14:00", "--every", "weekly", "--times", "3", "--with", amina)
    assert "Fri 4 Dec 2026" in crm.ok("show", amina).out
    on_day("2026-12-09")
    assert "Fri 11 Dec 2026" in crm.ok("show", amina).out
    on_day("2027-03-01")
    assert not any(f"Fri {day} Dec 2026" in crm.ok("show", amina).out for day in (11, 18))


def test_a_day_with_two_dates_loses_them_one_after_the_other(crm: Crm) -> None:
    """The one that was moved there first, then the series' own; whichever is cancelled is in nobody's way."""
    crm.ok("meeting", "add", "Steering group", "--at", "2026-12-08 10:00", "--every", "weekly", "--times", "4")
    crm.ok("meeting", "move", "M1", "--on", "2026-12-15", "--to", "2026-12-22 14:00")
    crm.ok("meeting", "skip", "M1", "--on", "2026-12-22")
    assert [one["starts"][:10] for one in crm.json("meeting", "list", "--until", "2027-01-31")] == [
        "2026-12-08",
        "2026-12-22",
        "2026-12-29",
    ]
    crm.ok("meeting", "skip", "M1", "--on", "2026-12-22")
    assert [one["starts"][:10] for one in crm.json("meeting", "list", "--until", "2027-01-31")] == ["2026-12-08", "2026-12-29"]
