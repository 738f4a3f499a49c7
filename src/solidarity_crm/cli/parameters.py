"""What is typed, turned into values: the parsers and the annotated types that commands take.

A parser runs while the command line is read, so a command receives refs, days and known words and never a raw text
that could still be wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence  # Typer reads the annotations when it runs
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import AmbiguousName, BadValue, UnknownChoice
from solidarity_crm.queries import lookup
from solidarity_crm.rules import days, refs
from solidarity_crm.rules.days import Every
from solidarity_crm.rules.help_kinds import ALSO_CALLED, CHANNELS, INTERACTION_KINDS, ORGANISATION_KINDS
from solidarity_crm.rules.notices import SOURCES
from solidarity_crm.rules.refs import BY_LETTER, Ref
from solidarity_crm.text import fold, slug

# --- records ----------------------------------------------------------------------------------------------


def record(letters: str = lookup.ANYTHING) -> Callable[[str], Ref]:
    """Make a parser that finds the record somebody means; in a terminal it asks which of several."""

    def parse(text: str | Ref) -> Ref:
        if isinstance(text, Ref):
            return text
        found = _found(text)
        current().typed[found] = text
        return found

    def _found(text: str) -> Ref:
        try:
            return lookup.find(current().store, text, letters)
        except AmbiguousName as several:
            if not current().interactive:
                raise
            from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only when somebody is asked

            # the line is read again when more is asked for that it lacks; what was chosen for this place in it stands
            chosen, place = current().chosen, (parse, text)
            if place not in chosen:
                question = f"Which {BY_LETTER[letters].word if len(letters) == 1 else 'one'} is {text!r}"
                chosen[place] = choose(question, several.candidates).partition(" ")[0]
            return lookup.find(current().store, chosen[place], letters)

    parse.__name__ = "NAME" if letters in ("P", "O") else "REF"
    return parse


def completing(letters: str = lookup.ANYTHING) -> Callable[[str], Iterator[tuple[str, str]]]:
    """Make a completion of refs and names."""

    def complete(incomplete: str) -> Iterator[tuple[str, str]]:
        for ref, name in lookup.complete(current().store, incomplete, letters):
            yield completed(incomplete, ref, name), f"{ref} {name}"

    return complete


def completed(incomplete: str, ref: Ref, name: str) -> str:
    """Give what a begun word becomes: the ref, or a person's or organisation's name as one word that finds it too.

    ``ami`` becomes ``amina-yusuf`` and ``yus`` becomes ``yusuf-amina``: the order of words does not matter, and no shell
    need quote it.
    """
    if ref.letter not in "PO" or refs.parse(incomplete) == ref:
        return str(ref)
    start, parts = slug(incomplete), slug(name).split("-")
    turns = ("-".join([*parts[turn:], *parts[:turn]]) for turn in range(len(parts)))
    typed = next((turn for turn in turns if turn.startswith(start)), slug(name))
    return incomplete + typed[len(incomplete) :] if len(start) == len(incomplete) else typed


def argument(letters: str, text: str, **extra: Any) -> Any:
    """Make an argument that names a record."""
    return typer.Argument(help=text, parser=record(letters), autocompletion=completing(letters), show_default=False, **extra)


def option(letters: str, *names: str, text: str, **extra: Any) -> Any:
    """Make an option that names a record."""
    return typer.Option(*names, help=text, parser=record(letters), autocompletion=completing(letters), show_default=False, **extra)


# --- days and times ---------------------------------------------------------------------------------------


def day(text: str | date) -> date:
    """Read a day as people say it."""
    if isinstance(text, date):
        return text
    return days.parse_day(text, today=today(), holidays=_Holidays(), wordy=wordy_day)


def wordy_day(text: str) -> date | None:
    """Read a day in anybody's words: ``next tuesday``, ``in two weeks``, ``1 Dec``; None when it is none."""
    found = wordy_moment(text)
    return found.date() if found else None


def wordy_moment(text: str) -> datetime | None:
    """Read a moment in anybody's words, in the workspace's wall-clock time; None when it is none."""
    import dateparser  # noqa: PLC0415 - 70 ms, and only when the short forms fail

    plain = fold(text)
    if plain.startswith("next ") and plain[5:] in days.WEEKDAYS:
        text = plain[5:]
    base = datetime.combine(today(), datetime.min.time())
    found: datetime | None = dateparser.parse(
        text,
        languages=["en"],
        settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY", "RETURN_AS_TIMEZONE_AWARE": False},
    )
    return found


def moment(text: str | datetime) -> datetime:
    """Read a day and a time of day: ``2026-12-01 10:00``, ``friday 2pm``; wall-clock time, without a zone."""
    if isinstance(text, datetime):
        return text
    plain = text.strip()
    try:
        return datetime.fromisoformat(plain).replace(tzinfo=None) if len(plain) > len("2026-12-01") else _named_moment(plain)
    except ValueError:
        return _named_moment(plain)


def _named_moment(plain: str) -> datetime:
    """Read a day in words and the time after it."""
    head, _, tail = plain.rpartition(" ")
    clock = days.parse_clock(tail)
    if head and clock:
        start = day(head.removesuffix(" at"))
        return datetime(start.year, start.month, start.day, *clock)  # noqa: DTZ001 - wall-clock time, see above
    found = wordy_moment(plain)
    if found is None:
        raise BadValue("day and time", plain, "not a day and a time", "'2026-12-01 10:00' or 'friday 2pm'")
    return found


def every(text: str | Every) -> Every:
    """Read a recurrence."""
    return text if isinstance(text, Every) else days.parse_every(text)


def duration(text: str | timedelta) -> timedelta:
    """Read a length of time."""
    return text if isinstance(text, timedelta) else days.parse_duration(text)


class _Holidays:
    """The workspace's bank holidays, loaded when a working day is first asked about."""

    def __contains__(self, day: object) -> bool:
        from solidarity_crm.services.calendar_days import holidays  # noqa: PLC0415 - 15 ms that few commands need

        return day in holidays(current().workspace.settings)


# --- words from a list ------------------------------------------------------------------------------------


def word(what: str, choices: Callable[[], Sequence[str]]) -> Callable[[str], str]:
    """Make a parser for one of a list: its beginning is enough while it is the only such word."""

    def parse(text: str) -> str:
        listed = list(choices())
        wanted = fold(text)
        exact = [choice for choice in listed if fold(choice) == wanted]
        begun = exact or [choice for choice in listed if wanted and fold(choice).startswith(wanted)]
        within = begun or [choice for choice in listed if wanted and wanted in fold(choice)]
        if len(within) != 1 and ALSO_CALLED.get(wanted) in listed:
            return ALSO_CALLED[wanted]
        if len(within) != 1:
            raise UnknownChoice(what, text, listed)
        return within[0]

    parse.__name__ = what.upper()
    return parse


def offering(choices: Callable[[], Sequence[str]]) -> Callable[[str], list[str]]:
    """Make a completion from a list; several words are completed as one, ``sex-workers``, which means the same."""

    def complete(incomplete: str) -> list[str]:
        typed = [choice if choice.isalnum() else slug(choice) for choice in choices()]
        return [incomplete + word[len(incomplete) :] for word in typed if word.lower().startswith(incomplete.lower())]

    return complete


def communities() -> Sequence[str]:
    """List the workspace's communities."""
    return current().workspace.settings.communities


def kinds() -> Sequence[str]:
    """List the workspace's kinds of help."""
    return current().workspace.settings.help_kinds


def people() -> Sequence[str]:
    """List the people who use the workspace."""
    return [person.name for person in current().workspace.settings.people]


def owner(text: str) -> str:
    """Read an owner: one of the workspace's people, or ``me`` for whoever is typing."""
    if fold(text) == "me":
        return current().actor
    return word("person in solidarity.toml", people)(text) if people() else text


def one_of(what: str, choices: Callable[[], Sequence[str]], *names: str, text: str, **extra: Any) -> Any:
    """Make an option that takes one of a list."""
    return typer.Option(*names, help=text, parser=word(what, choices), autocompletion=offering(choices), show_default=False, **extra)


def source(text: str) -> str:
    """Read where details come from; ``introduced by`` takes the name or ref of who did it."""
    head, _, who = text.partition(" by ")
    if fold(head) in ("introduced", "introduction") and who:
        return f"introduced by {record('P')(who)}"
    return word("source", lambda: [known for known in SOURCES if known != "introduced by"])(text)


# --- the types that several commands take ------------------------------------------------------------------

Contact = Annotated[Any, argument("P", "The contact, by ref or name.")]
Anything = Annotated[Any, argument(lookup.ANYTHING, "Any record, by ref or name.")]
With = Annotated[list[Any] | None, option("P", "--with", text="A contact who took part; several times for several.")]
WithOrg = Annotated[list[Any] | None, option("O", "--with-org", text="An organisation that took part.")]
About = Annotated[Any, option(lookup.ANYTHING, "--about", text="The record it is about.")]
InOrg = Annotated[Any, option("O", "--org", text="Only those with a role at this organisation.")]
Community = Annotated[Any, one_of("community", communities, "--community", "--works-with", "--for", text="Only for this community.")]
WorksWith = Annotated[
    list[Any] | None, one_of("community", communities, "--works-with", text="A community they work with; several times for several.")
]
ForCommunities = Annotated[
    list[Any] | None, one_of("community", communities, "--for", text="A community it is for; several times for several.")
]
HelpKind = Annotated[
    Any, typer.Argument(help="The kind of help.", parser=word("kind of help", kinds), autocompletion=offering(kinds), show_default=False)
]
OfKind = Annotated[Any, one_of("kind of help", kinds, "--kind", text="Only this kind of help.")]
Owner = Annotated[
    Any, typer.Option("--owner", help="Who looks after it.", parser=owner, autocompletion=offering(people), show_default=False)
]
On = Annotated[Any, typer.Option("--on", help="The day it happened; today if left out.", parser=day, metavar="DAY", show_default=False)]
Due = Annotated[Any, typer.Option("--due", help="The day it is due.", parser=day, metavar="DAY", show_default=False)]
Since = Annotated[Any, typer.Option("--since", help="Only from this day on.", parser=day, metavar="DAY", show_default=False)]
Recurs = Annotated[Any, typer.Option("--every", help="How often, like 2w.", parser=every, metavar="TIME", show_default=False)]
QuietFor = Annotated[
    Any, typer.Option("--quiet-for", help="Only those not heard of for so long, like 6w.", parser=every, metavar="TIME", show_default=False)
]
Channel = Annotated[Any, one_of("channel", lambda: CHANNELS, "--by", text="How: email, call, visit …", metavar="CHANNEL")]
InteractionKind = Annotated[
    Any, one_of("kind", lambda: INTERACTION_KINDS, "--kind", text="email, call, visit, letter, form, note or meeting.", metavar="KIND")
]
OrganisationKind = Annotated[
    Any,
    one_of("kind of organisation", lambda: ORGANISATION_KINDS, "--kind", text="What it is: charity, council, NHS body …", metavar="KIND"),
]
Limit = Annotated[int, typer.Option("--limit", help="At most so many.", min=1, metavar="N", show_default=False)]
Note = Annotated[str | None, typer.Option("--note", help="Anything worth keeping.", metavar="TEXT", show_default=False)]
Why = Annotated[str | None, typer.Option("--why", help="The reason, kept with it.", metavar="TEXT", show_default=False)]
Anyway = Annotated[
    str | None,
    typer.Option(
        "--anyway",
        help="Ask although they were asked often lately: why it cannot wait, which is kept.",
        metavar="REASON",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help="A file with the password in its first line, for you alone to read; else the keyring has it, or you are asked.",
        metavar="FILE",
        show_default=False,
    ),
]
Remember = Annotated[bool, typer.Option("--remember", help="Keep the password in this machine's keyring.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Go on without asking.")]
EVERYTHING = 1_000_000_000
