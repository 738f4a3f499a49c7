"""Meetings and follow-ups in a calendar on a server, and what was changed there taken back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import calendar_leaving as leaving
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing
from solidarity_crm.cli.calendar_items import Only
from solidarity_crm.cli.commands.calendar import SAID, Titles, count, telling_of, usual_titles
from solidarity_crm.cli.context import asked, confirm, current
from solidarity_crm.errors import Exit, Refused, Usage
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.store.errors import BadSettings
from solidarity_crm.store.workspace import SETTINGS_FILE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.cli.calendar_decisions import Matter
    from solidarity_crm.cli.calendar_sides import Calendar, Pair, Wanted
    from solidarity_crm.cli.calendar_writing import Writing
    from solidarity_crm.exchange.caldav.collection import Collection, Listing
    from solidarity_crm.exchange.caldav.connection import Address
    from solidarity_crm.rules.revealing import Known

PATIENCE = 30
_SOME = 3
Url = Annotated[
    str | None,
    typer.Argument(
        help="The calendar's CalDAV address, as its own settings show it; that of solidarity.toml if left out.", show_default=False
    ),
]


class Synced(NamedTuple):
    """What was done to a calendar and what was taken from it; ``undecided`` waits for somebody, ``failed`` the server refused."""

    calendar: str
    added: int
    updated: int
    removed: int
    unchanged: int
    taken: tuple[Matter, ...]
    undecided: tuple[Matter, ...]
    failed: tuple[Matter, ...]
    titles: str


def sync(
    url: Url = None,
    user: Annotated[str | None, typer.Option("--user", help="Your user name there.", metavar="NAME", show_default=False)] = None,
    password_file: given.PasswordFile = None,
    remember: given.Remember = False,
    titles: Titles = None,
    owner: given.Owner = None,
    only: Only = None,
    redact: revealing.Redact = False,
    take: Annotated[
        bool, typer.Option("--take", help="Take every change that was made there; what was deleted there is cancelled here.")
    ] = False,
    keep_ours: Annotated[bool, typer.Option("--keep-ours", help="Write ours over every change that was made there.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would happen.")] = False,
    patience: Annotated[
        int, typer.Option("--patience", help="Seconds to wait for a silent server.", min=1, max=3600, metavar="SECONDS")
    ] = PATIENCE,
    yes: given.Yes = False,
) -> None:
    """Keep a calendar on a server (CalDAV) in step: meetings and open follow-ups go there, changes made there come back.

    A changed time, place or state, or a deletion, is shown before it is taken; what changed on both sides you decide.
    Without a terminal they are listed and left, unless --take or --keep-ours says what to do. Nobody is ever invited.

    Example: solidarity calendar sync https://cal.example.org/robin/network/ --user robin
    """
    if take and keep_ours:
        sentence = "--take and --keep-ours contradict each other"
        raise Usage(sentence, "one of them, or neither to be asked")
    titles = titles or usual_titles()
    place = _place(url, user)
    if titles == "full" and not dry_run:
        confirm(f"names, phones and addresses of people go to {place.host}", "the same command with", yes=yes)
    collection = _opened(place, password_file, patience, remember=remember)
    from solidarity_crm.cli.calendar_sides import Calendar, look  # noqa: PLC0415 - what syncs loads more than what exports

    listing = collection.listing()
    if url is None:
        output.note(f"the calendar is {place.url}{f', as {place.user}' if place.user else ''}")
    everybody = revealing.known()
    calendar = Calendar(collection, listing, _wanted(listing, titles, owner, only).discreet(everybody if redact else None))
    pairs = look(calendar)
    if not dry_run:
        going = [pair.ours.says for pair in pairs if pair.ours and pair.step.do in ("put", "replace", "ask")]
        revealing.agreed(going, everybody, redact=redact, yes=yes)
    done = _foreseen(calendar, pairs) if dry_run else _in_step(calendar, pairs, everybody, take=take, keep=keep_ours)
    first = not dry_run and not any(pair.known for pair in pairs)
    _answer(done, dry_run=dry_run, new=place if first else None)


def _place(url: str | None, user: str | None) -> Address:
    """Read the address, or take that of the settings; who one is there may stand in it, or beside it in the settings."""
    from solidarity_crm.exchange.caldav.connection import address  # noqa: PLC0415 - 0.2 s that no other command needs

    usual = _usual()
    if url is None and usual is not None:
        return usual._replace(user=user or usual.user)
    place = address(
        url or asked("The calendar's CalDAV address", "solidarity calendar sync https://cal.example.org/robin/network/ --user robin")
    )
    if user is not None and place.user not in (None, user):
        sentence = "the address and --user name two users"
        raise Usage(sentence, "one of them")
    known = usual.user if usual and usual.url == place.url else None
    return place._replace(user=user or place.user or known)


def _usual() -> Address | None:
    """Give the calendar that the settings name, or None.

    Raises BadSettings.
    """
    from solidarity_crm.exchange.caldav.connection import address  # noqa: PLC0415 - as above

    workspace = current().workspace
    settings = workspace.settings.calendar
    try:
        found = address(settings.url) if settings.url else None
    except Usage as problem:
        raise BadSettings(workspace.folder / SETTINGS_FILE, f"[calendar] url: {problem.sentence}") from None
    return found and found._replace(user=settings.user or found.user)


def _opened(place: Address, password_file: Path | None, patience: int, *, remember: bool) -> Collection:
    """Give the calendar."""
    from solidarity_crm.cli import passwords  # noqa: PLC0415 - as above
    from solidarity_crm.exchange.caldav.collection import Collection  # noqa: PLC0415
    from solidarity_crm.exchange.caldav.connection import Connection  # noqa: PLC0415

    password = passwords.password_of(place, password_file)
    collection = Collection(Connection(place, password, patience))
    if remember:
        collection.listing()  # one that the server does not take is not worth keeping
        passwords.remember(place, password)
    return collection


def _wanted(listing: Listing, titles: str, owner: str | None, only: str | None) -> Wanted:
    """Say which records belong in the calendar.

    Raises Refused for a calendar that takes none of them.
    """
    from solidarity_crm.cli.calendar_sides import Wanted  # noqa: PLC0415 - as above

    if not listing.events and (not listing.tasks or only == "meetings"):
        sentence = "that calendar takes no events"
        raise Refused(sentence, "another calendar of that server")
    if not listing.events:
        output.note("that calendar takes tasks only: meetings stay out of it")
    elif not listing.tasks:
        output.note("that calendar takes no tasks: follow-ups are all-day reminders in it")
    return Wanted(telling_of(titles), owner, only, listing.tasks)


def _in_step(calendar: Calendar, pairs: Sequence[Pair], everybody: Known, *, take: bool, keep: bool) -> Synced:
    """Take what was decided to be taken, in one transaction; then write there what differs."""
    from solidarity_crm.cli import calendar_decisions as decisions  # noqa: PLC0415 - as above
    from solidarity_crm.cli.calendar_writing import Writing, taken_over  # noqa: PLC0415

    if not keep:
        _must_not_be_empty(calendar.collection, pairs)
    made = decisions.decided([pair for pair in pairs if pair.step.do == "ask"], take=take, keep=keep)
    said: dict[str, list[Pair]] = {decisions.TAKE: [], decisions.OURS: [], decisions.LATER: []}
    for pair, choice in made:
        said[choice].append(pair)
    told, undecided = ([_matter(pair) for pair in said[choice]] for choice in (decisions.TAKE, decisions.LATER))
    writing = Writing(calendar.collection)
    writing.plan([pair for pair in pairs if pair.step.do != "ask"])
    writing.plan_ours(said[decisions.OURS])
    if said[decisions.TAKE]:
        writing.plan(taken_over(calendar, pairs, said[decisions.TAKE]))
    _disclose(calendar, writing, everybody)
    writing.run()
    return Synced(
        calendar.collection.url, *writing.counts, tuple(told), tuple(undecided), tuple(writing.failed), calendar.wanted.telling.titles
    )


def _must_not_be_empty(collection: Collection, pairs: Sequence[Pair]) -> None:
    """Raise Refused when everything of ours is gone from a calendar: it was emptied, or is another, and nobody deleted each by will."""
    gone = sum(pair.gone for pair in pairs)
    if gone >= _SOME and gone == sum(
        pair.known is not None and pair.known.known.facts is not None and pair.step.do != "forget" for pair in pairs
    ):
        sentence = f"none of the {gone} items that were put into that calendar is there any more"
        raise Refused(sentence, f"solidarity calendar sync {collection.url} --keep-ours, to put them there again")


def _disclose(calendar: Calendar, writing: Writing, everybody: Known) -> None:
    """Record whose details go to the server, and who is named beside something revealing there, before they do."""
    beside = [each for says in writing.says for each in everybody.beside(says)]
    recipient = f"the calendar {calendar.collection.url}"
    leaving.record(writing.refs, calendar.wanted.telling, beside, command="calendar sync", recipient=recipient, form="calendar")


def _matter(pair: Pair) -> Matter:
    """Give an item and what was changed there."""
    from solidarity_crm.cli.calendar_decisions import Matter, described  # noqa: PLC0415 - as above

    return Matter(str(pair.ref), described(pair))


def _foreseen(calendar: Calendar, pairs: Sequence[Pair]) -> Synced:
    """Give what would be done."""
    from solidarity_crm.cli.calendar_writing import Writing  # noqa: PLC0415 - as above

    writing = Writing(calendar.collection)
    writing.plan([pair for pair in pairs if pair.step.do != "ask"])
    undecided = tuple(_matter(pair) for pair in pairs if pair.step.do == "ask")
    return Synced(calendar.collection.url, *writing.planned, (), undecided, (), calendar.wanted.telling.titles)


def _answer(done: Synced, *, dry_run: bool, new: Address | None) -> None:
    """Say what was done, and what is left to be decided; after the first time with a ``new`` calendar also how to do it again."""
    output.show_record(done, _document(done), current().style)
    would = "would be " if dry_run else ""
    written = f"{would}{done.added} added, {done.updated} updated, {done.removed} removed, {done.unchanged} unchanged there"
    output.note(f"{written}; {count(len(done.taken), 'change')} taken here; {SAID[done.titles]}")
    if new and current().workspace.settings.calendar.url is None:
        user = f" and user = {json.dumps(new.user, ensure_ascii=False)}" if new.user else ""
        output.note(f'next: url = "{new.url}"{user} under [calendar] in solidarity.toml, then solidarity calendar sync alone does the same')
    if done.taken:
        output.note("solidarity undo takes back what was taken here")
    if done.undecided and not dry_run:
        output.note(
            f"{count(len(done.undecided), 'change')} made there left undecided; try: the same command in a terminal, --take or --keep-ours"
        )
    if (done.undecided or done.failed) and not dry_run:
        raise typer.Exit(Exit.PARTIAL)


def _document(done: Synced) -> Document:
    """Say what was done."""
    facts = [
        ("Added", str(done.added)),
        ("Updated", str(done.updated)),
        ("Removed", str(done.removed)),
        ("Unchanged", str(done.unchanged)),
        ("Titles", done.titles),
    ]
    told = (("Taken here", done.taken), ("To be decided", done.undecided), ("Refused by the server", done.failed))
    sections = [Section(heading, table=Table(("Ref", "What"), list(matters))) for heading, matters in told if matters]
    return Document(done.calendar, "Calendar kept in step", facts, sections)
