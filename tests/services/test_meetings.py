"""Meetings as services: what each call leaves in the store."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from rehearsal import NOW, TODAY, Rehearsal
from sqlmodel import select

from solidarity_crm.errors import BadValue, MoveRefused, Refused
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.models.meeting import Interaction, Meeting, Participant
from solidarity_crm.rules import meeting_times
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, interactions, meetings, organisations
from solidarity_crm.services.meetings import Action, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.store.transaction import Tx

LONDON = ZoneInfo("Europe/London")
AMINA, BEN, MESMAC, MEETING = Ref("P", 1), Ref("P", 2), Ref("O", 1), Ref("M", 1)
TEN = meeting_times.read("2026-11-30T10:00")  # the day before


@pytest.fixture
def tx() -> Iterator[Tx]:
    """Open a transaction in a store with two contacts and an organisation."""
    store = Rehearsal()
    with store.change() as opened:
        contacts.add(opened, "Amina Yusuf", today=TODAY)
        contacts.add(opened, "Ben Okafor", today=TODAY)
        organisations.add(opened, "MESMAC", kind="charity")
        yield opened
    store.close()


@pytest.fixture
def meeting(tx: Tx) -> Meeting:
    """Plan a meeting for yesterday at ten."""
    times = meeting_times.lasting(TEN, timedelta(hours=1), LONDON)
    ref = meetings.add(tx, "Steering group", times, contacts=[AMINA], organisations=[MESMAC], owner="Robin Marsh")
    assert ref == MEETING
    return tx.get(Meeting, 1)


def room(tx: Tx, **event: int) -> list[int | None]:
    """List the contacts who take part."""
    ((column, number),) = event.items()
    found = tx.session.exec(select(Participant).where(getattr(Participant, column) == number))
    return [row.contact_id for row in found if row.contact_id]


def recorded(tx: Tx) -> list[tuple[str, date, str | None]]:
    """List the interactions about the meeting."""
    return [(n.summary, n.happened_on, n.about) for n in tx.session.exec(select(Interaction))]


def test_local_times_are_kept_with_their_zone(meeting: Meeting) -> None:
    """As text, without an offset."""
    assert (meeting.starts, meeting.ends, meeting.time_zone) == ("2026-11-30T10:00", "2026-11-30T11:00", "Europe/London")


@pytest.mark.parametrize(
    ("when", "fields"),
    [
        (When(starts=meeting_times.read("2026-12-02T10:00")), {}),
        (When(length=timedelta(hours=2)), {}),
        (When(ends=meeting_times.read("2026-11-30T12:00")), {}),
        (When(zone=ZoneInfo("Asia/Kolkata")), {}),
        (When(), {"place": "Carlton Centre"}),
        (When(), {"link": "https://meet.example/1"}),
    ],
)
def test_another_time_or_place_is_a_new_revision(tx: Tx, meeting: Meeting, when: When, fields: dict[str, Any]) -> None:
    """Each edit of them raises the sequence by one."""
    meetings.edit(tx, MEETING, when=when, **fields)
    assert meeting.sequence == 1


def test_other_changes_are_no_revision(tx: Tx, meeting: Meeting) -> None:
    """Nor is an edit that says what was so already."""
    meetings.edit(tx, MEETING, title="Steering", agenda="Minutes", when=When(starts=TEN), coming=[BEN])
    assert (meeting.sequence, meeting.title, meeting.agenda) == (0, "Steering", "Minutes")


def test_moving_a_meeting_keeps_its_length(tx: Tx, meeting: Meeting) -> None:
    """Also into the night in which the clocks skip an hour."""
    meetings.edit(tx, MEETING, when=When(starts=meeting_times.read("2027-03-28T00:30")))
    assert (meeting.starts, meeting.ends) == ("2027-03-28T00:30", "2027-03-28T02:30")


def test_people_join_once_and_leave(tx: Tx, meeting: Meeting) -> None:
    """Somebody who is in the room already stays once; the meeting counts as changed."""
    meeting.updated_at = None
    meetings.edit(tx, MEETING, coming=[AMINA, BEN, BEN], leaving=[MESMAC])
    assert room(tx, meeting_id=1) == [1, 2]
    assert meeting.updated_at == NOW
    with pytest.raises(Refused, match="O1 does not take part in M1"):
        meetings.edit(tx, MEETING, leaving=[MESMAC])


def test_notes_hold_a_meeting_from_its_day_on(tx: Tx, meeting: Meeting) -> None:
    """That is recorded once, with everybody who came, on the meeting's day."""
    meetings.notes(tx, MEETING, "Agreed on a leaflet", today=TODAY)
    meetings.notes(tx, MEETING, "Ben will ring", today=TODAY)
    assert (meeting.status, meeting.notes, meeting.sequence) == ("held", "Agreed on a leaflet\n\nBen will ring", 1)
    assert recorded(tx) == [("Steering group", TEN.date(), "M1")]
    assert room(tx, interaction_id=1) == [1]


def test_notes_before_the_day_leave_it_planned(tx: Tx, meeting: Meeting) -> None:
    """And nothing is recorded."""
    meetings.notes(tx, MEETING, "Bring cake", today=date(2026, 11, 29))
    assert (meeting.status, meeting.notes, meeting.sequence, recorded(tx)) == ("planned", "Bring cake", 0, [])


def test_nobody_there_is_nothing_to_record(tx: Tx) -> None:
    """A meeting with nobody in it is held all the same; it is recorded once somebody turns out to have been there."""
    meetings.add(tx, "Alone", meeting_times.lasting(TEN, timedelta(hours=1), LONDON))
    meetings.notes(tx, MEETING, "", today=TODAY)
    assert (tx.get(Meeting, 1).status, tx.get(Meeting, 1).notes, recorded(tx)) == ("held", None, [])
    meetings.edit(tx, MEETING, coming=[BEN])
    assert recorded(tx) == [("Alone", TEN.date(), "M1")]


def test_what_was_recorded_follows_a_correction(tx: Tx, meeting: Meeting) -> None:
    """The day, the title and who came; what somebody logged about the meeting is left alone."""
    interactions.log(tx, "A good mood", on=TODAY, contacts=[BEN], kind="meeting", about="M1")
    meetings.notes(tx, MEETING, "Notes", today=TODAY)
    earlier = When(starts=datetime(2026, 11, 27, 9, 0))  # noqa: DTZ001 - wall-clock time
    meetings.edit(tx, MEETING, title="Steering", when=earlier, coming=[BEN], leaving=[AMINA])
    assert recorded(tx) == [("A good mood", TODAY, "M1"), ("Steering", date(2026, 11, 27), "M1")]
    assert room(tx, interaction_id=2) == [2]
    assert meeting.status == "held"


def test_actions_become_follow_ups(tx: Tx, meeting: Meeting) -> None:
    """About the meeting, owned as the meeting is unless somebody else is named."""
    assert meeting.owner == "Robin Marsh"
    due = date(2026, 12, 8)
    opened = meetings.notes(tx, MEETING, "x", today=TODAY, actions=[Action("Draft", due)])
    opened += meetings.notes(tx, MEETING, "y", today=TODAY, actions=[Action("Send", due)], owner="Sam Adeyemi")
    found = [(f.ref, f.what, f.due, f.about, f.owner) for f in tx.session.exec(select(FollowUp))]
    assert found == [("F1", "Draft", due, "M1", "Robin Marsh"), ("F2", "Send", due, "M1", "Sam Adeyemi")]
    assert [str(ref) for ref in opened] == ["F1", "F2"]


def test_cancelling_is_a_revision_and_an_end(tx: Tx, meeting: Meeting) -> None:
    """A cancelled meeting takes notes, and no other time or place."""
    meetings.cancel(tx, MEETING, on=TODAY, why="flood")
    assert (meeting.status, meeting.sequence) == ("cancelled", 1)
    meetings.notes(tx, MEETING, "The room was under water", today=TODAY)
    assert (meeting.status, recorded(tx)) == ("cancelled", [])
    with pytest.raises(MoveRefused):
        meetings.cancel(tx, MEETING, on=TODAY)
    with pytest.raises(Refused, match="no other time or place"):
        meetings.edit(tx, MEETING, place="Next door")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("starts", "noon", "not a day and a time"),
        ("time_zone", "Mars/Olympus", "not a time zone"),
        ("link", "javascript:alert(1)", "is not a web address"),
        ("title", " ", "must not be empty"),
    ],
)
def test_a_record_that_will_not_do_is_refused(field: str, value: str, reason: str) -> None:
    """Whatever it comes from, a command line or a file."""
    good = {"title": "x", "starts": "2026-12-01T10:00", "ends": "2026-12-01T11:00", "time_zone": "Europe/London"}
    with pytest.raises(BadValue, match=reason):
        Meeting.checked(**{**good, field: value})
