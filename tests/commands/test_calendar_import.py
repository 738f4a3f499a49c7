"""Other calendars' files, taken in as typed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.errors import Exit

if TYPE_CHECKING:
    from conftest import Crm

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "ics"
FILES = sorted(CORPUS.glob("*.ics"))
HEAD, TAIL = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//made//EN\r\n", "END:VCALENDAR\r\n"
TIMES = ("DTSTART;TZID=Europe/London", "DTEND;TZID=Europe/London")
USUAL = {"UID": "a1@made.example", "DTSTAMP": "20261101T090000Z", "DTSTART;TZID=Europe/London": "20261204T140000",
         "DTEND;TZID=Europe/London": "20261204T153000", "SUMMARY": "Steering group"}  # fmt: skip


def event(*more: str, at: str = "", until: str = "", timed: bool = True, **changed: str) -> str:
    """Give an event's lines."""
    when = {name: value for name, value in zip(TIMES, (at, until), strict=True) if value}
    fields = {**USUAL, **when, **changed}
    lines = [f"{name}:{value}" for name, value in fields.items() if timed or name not in TIMES]
    return "\r\n".join(["BEGIN:VEVENT", *lines, *more, "END:VEVENT", ""])


def file(*events: str, method: str = "") -> str:
    """Write a file; give its name."""
    path = Path("calendar.ics")
    path.write_text(HEAD + (f"METHOD:{method}\r\n" if method else "") + "".join(events) + TAIL, encoding="utf-8", newline="")
    return str(path)


def counts(answer: dict[str, Any]) -> dict[str, int]:
    """Give the numbers of an answer that are not nought."""
    return {name: value for name, value in answer.items() if isinstance(value, int) and value}


def imported(crm: Crm, *events: str, method: str = "", args: tuple[str, ...] = ()) -> dict[str, Any]:
    """Import events; give the answer."""
    result = crm("--json", "calendar", "import", file(*events, method=method), *args)
    assert result.code in {Exit.DONE, Exit.PARTIAL}, result
    answer: dict[str, Any] = result.data[0]
    return answer


def test_events_become_meetings(crm: Crm, amina: str, sian: str) -> None:
    """With time, place, link and what is to be talked about; contacts are found by their addresses, in any case."""
    text = event(
        "LOCATION:Carlton Centre\\, Leeds", "URL:https://meet.example/1", "DESCRIPTION:1. Minutes\\n2. Leaflet\\; draft",
        "ATTENDEE;CN=Amina;PARTSTAT=ACCEPTED:MAILTO:AMINA@example.org", "ATTENDEE;PARTSTAT=DECLINED:sian@example.org",
        "ATTENDEE:mailto:bob@elsewhere.example", "ATTENDEE;CUTYPE=ROOM:mailto:room@elsewhere.example", "ORGANIZER:mailto:robin@leeds.example",
    )  # fmt: skip
    result = crm.ok("calendar", "import", file(text), "--owner", "robin")
    assert result.err.splitlines() == [
        "calendar.ics:4: ATTENDEE: no contact has bob@elsewhere.example",
        "solidarity undo takes all of it back; nobody was written to",
    ]
    meeting = crm.json("meeting", "show", "M1")
    assert {key: meeting[key] for key in ("title", "starts", "ends", "time_zone", "place", "link", "agenda", "status", "owner")} == {
        "title": "Steering group", "starts": "2026-12-04T14:00:00+00:00", "ends": "2026-12-04T15:30:00+00:00", "time_zone": "Europe/London",
        "place": "Carlton Centre, Leeds", "link": "https://meet.example/1", "agenda": "1. Minutes\n2. Leaflet; draft", "status": "planned",
        "owner": "Robin Marsh",
    }  # fmt: skip
    assert [who["ref"] for who in meeting["contacts"]] == [amina, sian]
    assert meeting["answers"] == [{"ref": amina, "answer": "coming"}, {"ref": sian, "answer": "not coming"}]
    card = " ".join(crm.ok("meeting", "show", "M1").out.split())
    assert "P1 Amina Yusuf (coming), P2 Siân O'Brien [she/her] (not coming)" in card


def test_the_same_file_twice_changes_nothing(crm: Crm) -> None:
    """Nor after somebody changed the meeting here; nothing is recorded."""
    assert counts(imported(crm, event(), event(UID="b@made.example"))) == {"new": 2}
    crm.ok("meeting", "edit", "M1", "--title", "Steering group, ours")
    before = crm.ok("history").out
    assert counts(imported(crm, event(), event(UID="b@made.example"))) == {"unchanged": 2}
    assert crm.ok("history").out == before
    assert crm.json("meeting", "show", "M1")["title"] == "Steering group, ours"


def test_a_newer_version_changes_what_it_says_otherwise(crm: Crm) -> None:
    """An older one changes nothing; of several in one file the newest counts, whatever the order."""
    imported(crm, event("SEQUENCE:2"))
    assert imported(crm, event("SEQUENCE:1", SUMMARY="Old"))["rows"][0]["reason"] == "older than what is here"
    newer = event("SEQUENCE:3", "LOCATION:Town hall", SUMMARY="Steering group, moved")
    answer = imported(crm, newer, event("SEQUENCE:2", SUMMARY="Between"))
    assert [(row["line"], row["what"], row["reason"]) for row in answer["rows"]] == [
        (4, "updated", "changed title, place"), (13, "skipped", "the event on line 4 is a newer version of it"),
    ]  # fmt: skip
    meeting = crm.json("meeting", "show", "M1")
    assert (meeting["title"], meeting["place"], meeting["sequence"]) == ("Steering group, moved", "Town hall", 1)


def test_what_was_cancelled(crm: Crm) -> None:
    """By METHOD or by STATUS; what is not here stays so, what was held too."""
    imported(crm, event(), event(UID="b@made.example"))
    assert imported(crm, event(), method="CANCEL")["rows"][0]["reason"] == "cancelled"
    assert counts(imported(crm, event(), method="CANCEL")) == {"unchanged": 1}
    assert counts(imported(crm, event("STATUS:CANCELLED", "SEQUENCE:1", UID="b@made.example"))) == {"updated": 1}
    assert [crm.json("meeting", "show", ref)["status"] for ref in ("M1", "M2")] == ["cancelled", "cancelled"]
    assert "cancelled on Tue 1 Dec 2026: said so in calendar.ics" in crm.ok("meeting", "show", "M1").out
    assert imported(crm, event(UID="c@made.example"), method="CANCEL")["rows"][0]["reason"] == "it was cancelled, and is not here"
    assert imported(crm, event("SEQUENCE:9", SUMMARY="Back"))["rows"][0]["reason"] == "it is cancelled here"


def test_a_series_that_was_cancelled_has_no_dates_left(crm: Crm) -> None:
    """Neither the one that was moved, though the file names only the whole."""
    weekly = event("RRULE:FREQ=WEEKLY;COUNT=4")
    moved = event("RECURRENCE-ID;TZID=Europe/London:20261211T140000", at="20261212T100000", until="20261212T113000")
    imported(crm, weekly, moved)
    assert [one["status"] for one in crm.json("meeting", "list", "--all")] == ["planned", "planned"]
    imported(crm, event("RRULE:FREQ=WEEKLY;COUNT=4", STATUS="CANCELLED", SEQUENCE="1"), method="CANCEL")
    assert [one["status"] for one in crm.json("meeting", "list", "--all")] == ["cancelled", "cancelled"]


def test_a_series_of_ours_that_was_moved_keeps_what_was_left_out(crm: Crm) -> None:
    """The whole was put an hour later elsewhere: the date that was left out stays so, and one of its own is still that date's."""
    crm.ok("meeting", "add", "Steering group", "--at", "2026-12-04 14:00", "--every", "weekly", "--times", "4")
    crm.ok("meeting", "skip", "M1", "--on", "2026-12-11")
    crm.ok("meeting", "move", "M1", "--on", "2026-12-18", "--to", "2026-12-19 14:00")
    ours = crm.ok("calendar", "export", "-").out
    head, _, rest = ours.partition("BEGIN:VEVENT")
    whole = rest.partition("END:VEVENT")[0].replace("SEQUENCE:1", "SEQUENCE:9")
    later = whole.replace(":20261204T150000", ":20261204T160000").replace("T140000", "T150000")
    Path("later.ics").write_text(f"{head}BEGIN:VEVENT{later}END:VEVENT\nEND:VCALENDAR\n", encoding="utf-8")
    assert crm.json("calendar", "import", "later.ics")[0]["rows"][0]["reason"] == "changed starts, ends"
    listed = crm.json("meeting", "list", "--until", "2027-01-31")
    assert [one["starts"][:16] for one in listed] == ["2026-12-04T15:00", "2026-12-19T14:00", "2026-12-25T15:00"]


def test_a_series_of_ours_on_named_days_stays_on_them(crm: Crm) -> None:
    """Its first date cannot be moved off them, elsewhere no more than here."""
    crm.ok("meeting", "add", "Steering group", "--at", "2026-12-04 14:00", "--every", "monthly on the same weekday")
    ours = crm.ok("calendar", "export", "-").out.replace(":20261204T", ":20261205T").replace("SEQUENCE:0", "SEQUENCE:1")
    Path("later.ics").write_text(ours, encoding="utf-8")
    (row,) = crm.json("calendar", "import", "later.ics")[0]["rows"]
    assert (row["what"], "its first date cannot go to another day" in row["reason"]) == ("skipped", True)
    assert crm.json("meeting", "show", "M1")["starts"].startswith("2026-12-04T14:00")


def test_a_reply_sets_who_comes(crm: Crm, amina: str) -> None:
    """To ours by the id that our export gave it, without a time or an organiser; an older answer changes nothing."""
    crm.ok("meeting", "add", "Steering group", "--at", "friday 2pm", "--with", amina)
    uid = f"meeting-{crm.json('meeting', 'show', 'M1')['uid']}@{crm.workspace.settings.uid}"

    def reply(answer: str, stamp: str, who: str = "amina@example.org") -> str:
        return f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:{stamp}\r\nATTENDEE;PARTSTAT={answer}:mailto:{who}\r\nEND:VEVENT\r\n"

    assert imported(crm, reply("ACCEPTED", "20261201T100000Z"), method="REPLY")["rows"][0]["reason"] == "P1: coming"
    assert crm.json("meeting", "show", "M1")["answers"] == [{"ref": "P1", "answer": "coming"}]
    assert counts(imported(crm, reply("ACCEPTED", "20261201T100000Z"), method="REPLY")) == {"unchanged": 1}
    older = imported(crm, reply("DECLINED", "20261130T100000Z"), method="REPLY")["rows"][0]
    assert (older["what"], older["reason"]) == ("skipped", "P1's answer is older than the one that is here")
    assert counts(imported(crm, reply("DECLINED", "20261202T100000Z"), method="REPLY")) == {"updated": 1}
    assert crm.json("meeting", "show", "M1")["answers"] == [{"ref": "P1", "answer": "not coming"}]
    stranger = imported(crm, reply("ACCEPTED", "20261202T100000Z", "x@elsewhere.example"), method="REPLY")["rows"][0]
    assert (stranger["what"], stranger["reason"]) == ("skipped", "coming: somebody who is no contact")
    unknown = imported(crm, reply("ACCEPTED", "20261202T100000Z").replace("meeting-", "meeting-0"), method="REPLY")["rows"][0]
    assert (unknown["what"], unknown["reason"]) == ("skipped", "an answer to a meeting that is not here")
    crm.ok("undo", "--yes")
    assert crm.json("meeting", "show", "M1")["answers"] == [{"ref": "P1", "answer": "coming"}]


def test_a_reply_to_one_date_of_a_series_is_kept_with_that_date(crm: Crm, amina: str, sian: str) -> None:
    """Which becomes a meeting of its own, where others' answers are those to all; a date that is none, or nobody's answer, makes nothing."""
    crm.ok("meeting", "add", "Drop-in", "--at", "2026-12-04 14:00", "--every", "weekly", "--with", amina, "--with", sian)
    uid = f"meeting-{crm.json('meeting', 'show', 'M1')['uid']}@{crm.workspace.settings.uid}"

    def reply(answer: str, date: str, who: str = "amina@example.org", stamp: str = "20261201T100000Z") -> dict[str, Any]:
        lines = (f"UID:{uid}", f"DTSTAMP:{stamp}", *([date] if date else []), f"ATTENDEE;PARTSTAT={answer}:mailto:{who}")
        row = imported(crm, "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""]), method="REPLY")["rows"][0]
        return {name: row[name] for name in ("what", "ref", "reason")}

    none = {"what": "skipped", "ref": "M1", "reason": "an answer to a date that it does not have"}
    assert reply("DECLINED", "RECURRENCE-ID:20261212T140000Z") == none
    assert reply("DECLINED", "RECURRENCE-ID:soon") == none
    assert reply("DECLINED", "RECURRENCE-ID:20261211T140000Z", "x@elsewhere.example")["what"] == "skipped"
    assert [one["ref"] for one in crm.json("meeting", "list", "--all")] == ["M1"]
    assert reply("ACCEPTED", "", "sian@example.org")["reason"] == "P2: coming"
    declined = {"what": "updated", "ref": "M2", "reason": "P1: not coming"}
    assert reply("DECLINED", "RECURRENCE-ID;TZID=America/New_York:20261211T090000") == declined
    date = crm.json("meeting", "show", "M2")
    assert (date["date_of"], date["series"]["ref"], date["starts"][:16]) == ("2026-12-11T14:00", "M1", "2026-12-11T14:00")
    assert date["answers"] == [{"ref": "P1", "answer": "not coming"}, {"ref": "P2", "answer": "coming"}]
    assert crm.json("meeting", "show", "M1")["answers"] == [{"ref": "P2", "answer": "coming"}]
    assert reply("DECLINED", "RECURRENCE-ID;VALUE=DATE:20261211")["what"] == "unchanged"
    assert reply("TENTATIVE", "RECURRENCE-ID:20261211T140000Z", stamp="20261202T100000Z")["ref"] == "M2"
    crm.ok("meeting", "skip", "M1", "--on", "2026-12-18")
    assert reply("DECLINED", "RECURRENCE-ID:20261218T140000Z") == none


def test_who_declined_was_not_there(crm: Crm, amina: str, sian: str) -> None:
    """When a meeting is held, whoever said no did not come; whoever came after all is let in again."""
    attendees = ("ATTENDEE;PARTSTAT=DECLINED:mailto:amina@example.org", "ATTENDEE:mailto:sian@example.org")
    imported(crm, event(*attendees, at="20261201T080000", until="20261201T090000"))
    crm.ok("meeting", "notes", "M1", "Agreed on a leaflet")
    assert [who["ref"] for who in crm.json("show", "N1")["contacts"]] == [sian]
    crm.ok("meeting", "edit", "M1", "--with", amina)
    assert {who["ref"] for who in crm.json("show", "N1")["contacts"]} == {amina, sian}


def test_invitations_and_proposals_are_shown_for_a_decision(crm: Crm) -> None:
    """An invitation is taken with --yes, or a yes in a terminal; another time that somebody proposes only by a command of ours."""
    said = crm.refused(Exit.REFUSED, "calendar", "import", file(event(), method="REQUEST"))
    assert "an invitation to 'Steering group' on 2026-12-04 14:00" in said
    assert "the same command with --yes" in said
    assert crm.json("meeting", "list") == []
    assert counts(imported(crm, event(), method="REQUEST", args=("--yes",))) == {"new": 1}
    (proposed,) = imported(crm, event(at="20261205T100000"), method="COUNTER")["rows"]
    assert proposed["reason"] == "proposes this time; if that suits: solidarity meeting edit M1 --at '2026-12-05 10:00'"
    assert crm.json("meeting", "show", "M1")["starts"] == "2026-12-04T14:00:00+00:00"


def test_one_bad_event_costs_itself_alone(crm: Crm) -> None:
    """And is named with its line and the reason; the command ends as done in part."""
    bad = event(UID="b@made.example", at="noon")
    result = crm(
        "calendar", "import", file(event(), bad, event(UID="c@made.example", timed=False), event("nonsense", UID="d@made.example"))
    )
    assert result.code == Exit.PARTIAL
    assert result.err.splitlines() == [
        "rejected: calendar.ics:14: DTSTART: 'noon' is no day or time",
        "rejected: calendar.ics:18: DTSTART: it does not say when it is",
        "calendar.ics:29: is no property: it has no name and colon",
        "solidarity undo takes all of it back; nobody was written to",
    ]
    assert [meeting["ref"] for meeting in crm.json("meeting", "list")] == ["M1", "M2"]


def test_a_rehearsal_changes_nothing(crm: Crm) -> None:
    """It says what would happen."""
    result = crm.ok("calendar", "import", file(event()), "--dry-run", "--rows")
    assert "M1" in result.out
    assert result.err == "this was a rehearsal: nothing changed\n"
    assert crm.json("meeting", "list", "--all") == []


def test_one_undo_takes_all_of_it_back(crm: Crm, amina: str) -> None:
    """What was new, what was changed and what was cancelled; the store is as the journal says."""
    imported(crm, event(f"ATTENDEE:mailto:amina@example.org\r\nX-WHO:{amina}"), event(UID="b@made.example"))
    before = crm.json("meeting", "list", "--all")
    imported(crm, event("SEQUENCE:1", SUMMARY="Moved"), event("STATUS:CANCELLED", UID="b@made.example"), event(UID="c@made.example"))
    crm.ok("undo", "--yes")
    after = crm.json("meeting", "list", "--all")
    assert after == before
    crm.ok("store", "check")


def test_meetings_that_are_over_were_held(crm: Crm, amina: str) -> None:
    """Nobody is asked every morning for their notes, and whoever came is not quiet."""
    imported(crm, event("ATTENDEE:mailto:amina@example.org", at="20261103T100000", until="20261103T110000"))
    assert crm.json("meeting", "show", "M1")["status"] == "held"
    assert crm.json("today") == []
    (interaction,) = [line for line in crm.json("show", amina)["timeline"] if line["what"] == "meeting held"]
    assert interaction["on"] == "2026-11-03"


def test_our_own_file_comes_back(crm: Crm, amina: str) -> None:
    """As unchanged; a time that was changed in another calendar is taken, a title of initials is not."""
    crm.ok("meeting", "add", "Steering group", "--at", "friday 2pm", "--with", amina, "--where", "Town hall")
    crm.ok("followup", "add", "Ring", "--due", "friday")
    crm.ok("calendar", "export", "ours.ics")
    answer = crm.json("calendar", "import", "ours.ics")[0]
    assert [(row["what"], row["reason"]) for row in answer["rows"]] == [
        ("unchanged", ""), ("skipped", "a reminder of a follow-up of ours, which calendars do not change"),
    ]  # fmt: skip
    text = Path("ours.ics").read_text(encoding="utf-8").replace("20261204T140000", "20261204T143000").replace("SEQUENCE:0", "SEQUENCE:1")
    Path("moved.ics").write_text(text, encoding="utf-8", newline="")
    assert crm.json("calendar", "import", "moved.ics")[0]["rows"][0]["reason"] == "changed starts"
    meeting = crm.json("meeting", "show", "M1")
    assert (meeting["title"], meeting["starts"], meeting["place"]) == ("Steering group", "2026-12-04T14:30:00+00:00", "Town hall")
    assert crm.json("calendar", "import", "ours.ics")[0]["rows"][0]["reason"] == "older than what is here"


def test_what_is_skipped_for_one_reason_is_one_line(crm: Crm) -> None:
    """However many follow-ups were exported; each is in the rows."""
    for number in range(4):
        crm.ok("followup", "add", f"Ring {number}", "--due", "friday")
    crm.ok("calendar", "export", "ours.ics")
    line = next(
        number for number, text in enumerate(Path("ours.ics").read_text(encoding="utf-8").splitlines(), 1) if text == "BEGIN:VEVENT"
    )
    said = f"skipped: ours.ics:{line}: a reminder of a follow-up of ours, which calendars do not change"
    assert crm.ok("calendar", "import", "ours.ics").err.splitlines()[0] == f"{said} (and 3 more)"
    assert crm.ok("calendar", "import", "ours.ics", "--rows").out.count("a reminder of a follow-up") == 4
    Path("one.ics").write_text(
        f"{Path('ours.ics').read_text(encoding='utf-8').split('END:VEVENT')[0]}END:VEVENT\nEND:VCALENDAR\n", encoding="utf-8"
    )
    assert f"{said.replace('ours.ics', 'one.ics')}\n" in crm.ok("calendar", "import", "one.ics").err


def test_whole_days(crm: Crm) -> None:
    """A day is a day, and goes out as it came in."""
    imported(crm, event("DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261209", timed=False))
    meeting = crm.json("meeting", "show", "M1")
    assert (meeting["all_day"], meeting["starts"], meeting["ends"]) == (True, "2026-12-07T00:00:00+00:00", "2026-12-09T00:00:00+00:00")
    assert "Mon 7 Dec 2026 to Tue 8 Dec 2026, all day" in crm.ok("meeting", "show", "M1").out
    out = crm.ok("calendar", "export", "-").out
    assert "DTSTART;VALUE=DATE:20261207\r\nDTEND;VALUE=DATE:20261209\r\n" in out
    assert [m["ref"] for m in crm.json("meeting", "list", "--from", "2026-12-08")] == ["M1"]
    assert crm.json("meeting", "list", "--from", "2026-12-09") == []


def test_bad_files_are_one_line(crm: Crm) -> None:
    """And nothing changes."""
    assert "cannot read nothing.ics" in crm.refused(Exit.REFUSED, "calendar", "import", "nothing.ics")
    Path("people.vcf").write_text("BEGIN:VCARD\nFN:x\nEND:VCARD\n", encoding="utf-8")
    assert "it is a file of vCards" in crm.refused(Exit.REFUSED, "calendar", "import", "people.vcf")
    Path("page.ics").write_text("<!DOCTYPE html><html>", encoding="utf-8")
    assert "it is a web page" in crm.refused(Exit.REFUSED, "calendar", "import", "page.ics")
    Path("words.ics").write_text("hello\n", encoding="utf-8")
    assert "it has no calendar in it" in crm.refused(Exit.REFUSED, "calendar", "import", "words.ics")
    assert "it is a calendar and has no contacts" in crm.refused(Exit.REFUSED, "contact", "import", file(event()))


@pytest.mark.skipif(not FILES, reason="the corpus of real files is not beside the project")
def test_real_files_of_other_programs(crm: Crm) -> None:
    """Each is read as far as it can be, in less than two seconds of the processor's time; a second time changes nothing."""
    slow, odd = [], []
    for path in FILES:
        began = time.process_time()
        first = crm("--json", "calendar", "import", str(path), "--yes")
        if time.process_time() - began >= 2:
            slow.append(path.name)
        again = crm("--json", "calendar", "import", str(path), "--yes")
        if first.code not in {Exit.DONE, Exit.PARTIAL, Exit.REFUSED} or "Traceback" in first.err + again.err or again.code != first.code:
            odd.append((path.name, first.err))
        elif first.code != Exit.REFUSED and any(again.data[0][what] for what in ("new", "updated")):
            odd.append((path.name, str(again.data)))
    assert (slow, odd) == ([], [])
    assert len(crm.json("meeting", "list", "--all")) > 500
    crm.ok("store", "check")
