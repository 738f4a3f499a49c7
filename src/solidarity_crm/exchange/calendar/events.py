"""Meetings and follow-ups as events of a calendar, saying no more than whoever exports them chose.

A calendar is often shared, synchronised through a company and shown on a locked screen, so names stay out of it
unless they are asked for: ``initials`` is the custom, ``full`` names people and how to reach them, ``busy`` says
nothing but when.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast
from uuid import UUID, uuid5

from solidarity_crm.rules import recurring
from solidarity_crm.rules.revealing import SOMEBODY, in_strings, without_names
from solidarity_crm.text import initials, some

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solidarity_crm.exchange.calendar.tasks import Task
    from solidarity_crm.queries.followups import FollowUp
    from solidarity_crm.queries.meetings import Meeting, Reachable
    from solidarity_crm.queries.reading import Named
    from solidarity_crm.rules.recurring import Rule
    from solidarity_crm.rules.revealing import Known, Someone

Told = TypeVar("Told", bound="Event | Task")
TITLES = ("initials", "full", "busy")
_BEFORE_A_MEETING, _IN_THE_MORNING = timedelta(minutes=-30), timedelta(hours=9)
_LAST_DAY = date.max - timedelta(days=1)
_FEW = 8  # initials in a title


class Event(NamedTuple):
    """Something in a calendar; days without times of day are all-day reminders that take up no time.

    ``ends`` is the first moment, or day, after it. ``alarm`` is counted from its start; what is over or off has none.
    ``rule`` is how it comes again, without the dates in ``left_out``; ``date_of`` the date of such an event that it stands for.
    """

    uid: str
    summary: str
    starts: datetime | date
    ends: datetime | date
    created: datetime
    changed: datetime
    sequence: int
    categories: tuple[str, ...]
    alarm: timedelta | None
    cancelled: bool = False
    description: str = ""
    location: str = ""
    url: str = ""
    rule: Rule | None = None
    left_out: tuple[datetime | date, ...] = ()
    date_of: datetime | date | None = None

    @property
    def all_day(self) -> bool:
        """Whether it is a day and not a time of day."""
        return not isinstance(self.starts, datetime)


class Telling(NamedTuple):
    """How events are told: one of TITLES, the workspace's own id, and whom ``full`` may give with their details, by ref.

    With ``afresh`` events are new ones to every calendar, for those that refuse what they once deleted (exchange.md A1).
    Whoever of ``unnamed`` would be named beside something revealing is somebody.
    """

    titles: str
    install: str
    people: Mapping[str, Reachable]
    afresh: UUID | None = None
    unnamed: Known | None = None

    def uid(self, kind: str, uid: str) -> str:
        """Give a record's id as an event or a task; the same in every form of titles."""
        return f"{kind}-{uuid5(self.afresh, uid) if self.afresh else uid}@{self.install}"


def of_record(record: Meeting | FollowUp, telling: Telling) -> Event:
    """Give a meeting or a follow-up as an event."""
    told = of_meeting(cast("Meeting", record), telling) if record.ref.startswith("M") else of_followup(cast("FollowUp", record), telling)
    return discreet(told, telling.unnamed)


def of_meeting(meeting: Meeting, telling: Telling) -> Event:
    """Give a meeting as an event."""
    busy, cancelled = telling.titles == "busy", meeting.status == "cancelled"
    return Event(
        uid=telling.uid("meeting", meeting.series_uid or meeting.uid),
        summary={"busy": "Busy", "full": meeting.title}.get(telling.titles) or _who(meeting),
        starts=meeting.starts.date() if meeting.all_day else meeting.starts,
        ends=meeting.ends.date() if meeting.all_day else meeting.ends,
        created=meeting.created_at,
        changed=meeting.updated_at,
        sequence=meeting.sequence,
        categories=() if busy else ("Solidarity CRM", "Meeting"),
        alarm=None if cancelled else _IN_THE_MORNING if meeting.all_day else _BEFORE_A_MEETING,
        cancelled=cancelled,
        description="" if busy else "\n\n".join(_description(meeting, telling)),
        location="" if busy else meeting.place or "",
        url="" if busy else meeting.link or "",
        rule=recurring.parse(meeting.recurs) if meeting.recurs else None,
        left_out=tuple(_date(meeting, wall) for wall in meeting.left_out),
        date_of=_date(meeting, meeting.date_of) if meeting.date_of else None,
    )


def _date(meeting: Meeting, wall: str) -> datetime | date:
    """Give a date of a series as its events have it."""
    found = datetime.fromisoformat(wall).replace(tzinfo=meeting.starts.tzinfo)
    return found.date() if meeting.all_day else found


def of_followup(followup: FollowUp, telling: Telling) -> Event:
    """Give a follow-up as an all-day reminder on the day it is due; one that has ended says so, or takes back that it was there."""
    busy, due, done = telling.titles == "busy", min(followup.due, _LAST_DAY), followup.status == "done"
    title = "Busy" if busy else titled(followup, telling, "Follow up: ")
    return Event(
        uid=telling.uid("followup", f"{followup.uid}-event"),
        summary=f"Done: {title}" if done and not busy else title,
        starts=due,
        ends=due + timedelta(days=1),
        created=followup.created_at,
        changed=followup.updated_at,
        sequence=revision(followup),
        categories=() if busy else ("Solidarity CRM", "Follow-up"),
        alarm=_IN_THE_MORNING if followup.status == "open" else None,
        cancelled=followup.status == "cancelled" or (done and busy),
        description="" if busy else described(followup, telling),
    )


def discreet(told: Told, people: Known | None) -> Told:
    """Give an event or a task in which whoever of some people it names beside something revealing is somebody."""
    found = people.beside(told) if people else ()
    return without_people(told, people.whom(found)) if people and found else told


def without_people(told: Told, people: Sequence[Someone]) -> Told:
    """Give an event or a task in which some people are somebody, whatever says their names; how to reach them goes with the line that says it."""
    lines = told.description.split("\n")
    kept = [SOMEBODY if line != without_names(line, people) and ", " in line else line for line in lines]
    less = in_strings(told._replace(description="\n".join(kept)), lambda text: without_names(text, people))
    same = {field: getattr(told, field) for field in ("uid", "url") if field in told._fields}
    return cast("Told", cast("Any", less)._replace(**same))


def titled(followup: FollowUp, telling: Telling, before: str = "") -> str:
    """Give what there is to do, without a name in it unless those are asked for."""
    return f"{before}{followup.what if telling.titles == 'full' else _whom(followup)}"


def described(followup: FollowUp, telling: Telling) -> str:
    """Give what stands under something to do: what it is about if names are asked for, and how to find it again."""
    about = [f"About {_named(followup.about)}"] if followup.about and telling.titles == "full" else []
    return "\n".join([*about, f"solidarity show {followup.ref}"])


def revision(followup: FollowUp) -> int:
    """Give a number that goes up with each change of a follow-up: it keeps none, but the seconds between its first and its last do."""
    return max(0, round((followup.updated_at - followup.created_at).total_seconds()))


def _who(meeting: Meeting) -> str:
    """Give a meeting's title without a name in it."""
    short = [initials(named.name) for named in meeting.contacts or meeting.organisations]
    if not short:
        return f"Meeting {meeting.ref}"
    return f"Meeting with {some(short, _FEW)}"


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
