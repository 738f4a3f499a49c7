"""Meetings and follow-ups as events of a calendar, saying no more than whoever exports them chose.

A calendar is often shared, synchronised through a company and shown on a locked screen, so names stay out of it
unless they are asked for: ``initials`` is the custom, ``full`` names people and how to reach them, ``busy`` says
nothing but when.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from solidarity_crm.rules.revealing import SOMEBODY, in_strings, without_names
from solidarity_crm.text import initials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.meetings import Meeting, Reachable
    from solidarity_crm.queries.reading import Named
    from solidarity_crm.rules.revealing import Someone

TITLES = ("initials", "full", "busy")
_BEFORE_A_MEETING, _IN_THE_MORNING = timedelta(minutes=-30), timedelta(hours=9)
_LAST_DAY = date.max - timedelta(days=1)
_FEW = 8  # initials in a title


class Event(NamedTuple):
    """Something in a calendar; days without times of day are all-day reminders that take up no time.

    ``ends`` is the first moment, or day, after it. ``alarm`` is counted from its start.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    created: datetime
    changed: datetime
    sequence: int
    categories: tuple[str, ...]
    alarm: timedelta
    cancelled: bool = False
    description: str = ""
    location: str = ""
    url: str = ""

    @property
    def all_day(self) -> bool:
        """Whether it is a day and not a time of day."""
        return not isinstance(self.starts, datetime)


class Telling(NamedTuple):
    """How events are told: one of TITLES, the workspace's own id, and whom ``full`` may give with their details, by ref."""

    titles: str
    install: str
    people: Mapping[str, Reachable]


def of_meeting(meeting: Meeting, telling: Telling) -> Event:
    """Give a meeting as an event."""
    busy = telling.titles == "busy"
    return Event(
        uid=f"meeting-{meeting.uid}@{telling.install}",
        summary={"busy": "Busy", "full": meeting.title}.get(telling.titles) or _who(meeting),
        starts=meeting.starts,
        ends=meeting.ends,
        created=meeting.created_at,
        changed=meeting.updated_at,
        sequence=meeting.sequence,
        categories=() if busy else ("Solidarity CRM", "Meeting"),
        alarm=_BEFORE_A_MEETING,
        cancelled=meeting.status == "cancelled",
        description="" if busy else "\n\n".join(_description(meeting, telling)),
        location="" if busy else meeting.place or "",
        url="" if busy else meeting.link or "",
    )


def of_followup(followup: FollowUp, telling: Telling) -> Event:
    """Give a follow-up as an all-day reminder on the day it is due."""
    busy, due = telling.titles == "busy", min(followup.due, _LAST_DAY)
    about = [f"About {_named(followup.about)}"] if followup.about and telling.titles == "full" else []
    return Event(
        uid=f"followup-{followup.uid}-event@{telling.install}",
        summary={"busy": "Busy", "full": f"Follow up: {followup.what}"}.get(telling.titles) or f"Follow up: {_whom(followup)}",
        starts=due,
        ends=due + timedelta(days=1),
        created=followup.created_at,
        changed=followup.updated_at,
        # it keeps no number of its changes; the seconds between its first and its last go up with each just the same
        sequence=max(0, round((followup.updated_at - followup.created_at).total_seconds())),
        categories=() if busy else ("Solidarity CRM", "Follow-up"),
        alarm=_IN_THE_MORNING,
        description="" if busy else "\n".join([*about, f"solidarity show {followup.ref}"]),
    )


def without_people(event: Event, people: Sequence[Someone]) -> Event:
    """Give an event in which some people are somebody, whatever says their names; how to reach them goes with the line that says it."""
    lines = event.description.split("\n")
    kept = [SOMEBODY if line != without_names(line, people) and ", " in line else line for line in lines]
    told = in_strings(event._replace(description="\n".join(kept)), lambda text: without_names(text, people))
    return cast("Event", told)._replace(uid=event.uid, url=event.url)


def _who(meeting: Meeting) -> str:
    """Give a meeting's title without a name in it."""
    short = [initials(named.name) for named in meeting.contacts or meeting.organisations]
    if not short:
        return f"Meeting {meeting.ref}"
    more = f" and {len(short) - _FEW} more" if len(short) > _FEW else ""
    return f"Meeting with {', '.join(short[:_FEW])}{more}"


def _named(about: Named) -> str:
    """Give a record with its name; an introduction's is two people's, who may not have said yes to each other."""
    return about.ref if about.ref.startswith("I") else f"{about.ref} {about.name}"


def _whom(followup: FollowUp) -> str:
    """Say what a follow-up is about by ref, and by initials if that is a contact."""
    if followup.about is None:
        return followup.ref
    contact = followup.about.ref.startswith("P")
    return f"{followup.about.ref} {initials(followup.about.name)}" if contact else followup.about.ref


def _description(meeting: Meeting, telling: Telling) -> Iterator[str]:
    """Give what stands under a meeting, in blocks: in full who comes and what for, and always how to find it again."""
    if telling.titles == "full":
        if meeting.contacts:
            yield "\n".join(["With:", *(_reach(telling.people[named.ref]) for named in meeting.contacts)])
        if meeting.organisations:
            yield f"Organisations: {', '.join(named.name for named in meeting.organisations)}"
        if meeting.agenda:
            yield meeting.agenda
    yield f"solidarity show {meeting.ref}"


def _reach(person: Reachable) -> str:
    """Give somebody with the phone and the e-mail that are safe to use with them."""
    safe_channels = None if person.channels is None else person.channels.split(", ")
    phone = person.phone if safe_channels is None or {"call", "text"} & set(safe_channels) else None
    email = person.email if safe_channels is None or "email" in safe_channels else None
    details = [] if person.do_not_contact else [detail for detail in (phone, email) if detail]
    return ", ".join([person.name, *details])
