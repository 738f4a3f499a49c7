"""The options by which a contact's fields are given, for adding and for changing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.errors import BadValue, Usage
from solidarity_crm.rules import days
from solidarity_crm.rules.days import Every
from solidarity_crm.rules.help_kinds import CHANNELS
from solidarity_crm.rules.notices import BASES
from solidarity_crm.text import fold

NEVER = Every(0, "d")
ANY = "any"


def or_empty(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """Make a parser that leaves an empty text as it is: it takes away what was there."""

    def parse_or_empty(text: str) -> Any:
        return parse(text) if text.strip() else ""

    return parse_or_empty


def cadence(text: str) -> Every:
    """Read how often to keep in touch; ``never`` takes away what was there."""
    return NEVER if fold(text) == "never" else given.every(text)


def past_day(text: str) -> date:
    """Read a day that has come."""
    return together.not_ahead(given.day(text))


def whole(text: str) -> int:
    """Read how many times.

    Raises BadValue.
    """
    if not text.strip().isdecimal():
        raise BadValue("ask budget", text, "not a whole number", "--ask-budget 2")
    return int(text)


def of_source(text: str) -> str:
    """Read a source to look for; ``introduced by`` alone finds whoever was introduced."""
    return "introduced by" if fold(text) in ("introduced", "introduced by") else given.source(text)


def works_with_option(text: str) -> Any:
    """Make an option for communities; one empty text takes away what was there."""
    parse = or_empty(given.word("community", given.communities))
    listed = given.offering(given.communities)
    return typer.Option("--works-with", help=text, parser=parse, autocompletion=listed, metavar="COMMUNITY", show_default=False)


def filled(values: list[str] | None) -> list[str] | None:
    """Give a list as typed without empty texts, so that one empty text empties the list; None when none was given."""
    return None if values is None else [value for value in values if value.strip()]


Email = Annotated[list[str] | None, typer.Option("--email", help="An e-mail address; several times for several.", show_default=False)]
Phone = Annotated[list[str] | None, typer.Option("--phone", help="A phone number; several times for several.", show_default=False)]
Org = Annotated[Any, given.option("O", "--org", text="The organisation where they have a role.")]
Role = Annotated[str | None, typer.Option("--role", help="Their role there.", metavar="TITLE", show_default=False)]
WorksWith = Annotated[list[Any] | None, works_with_option("A community they work with; several times for several.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="A tag; several times for several.", show_default=False)]
Source = Annotated[
    Any,
    typer.Option(
        "--source",
        help="Where the details come from: self, 'introduced by P4', public page, event, partner, import.",
        parser=given.source,
        metavar="SOURCE",
        show_default=False,
    ),
]
OfSource = Annotated[
    Any, typer.Option("--source", help="Only those whose details come from there.", parser=of_source, metavar="SOURCE", show_default=False)
]
Basis = Annotated[
    Any,
    typer.Option(
        "--basis",
        help="The lawful basis: consent, legitimate interests, public task or contract.",
        parser=or_empty(given.word("lawful basis", lambda: BASES)),
        autocompletion=given.offering(lambda: BASES),
        metavar="BASIS",
        show_default=False,
    ),
]
Cadence = Annotated[
    Any, typer.Option("--every", help="Keep in touch so often, like 6w; or never.", parser=cadence, metavar="TIME", show_default=False)
]
KnownAs = Annotated[str | None, typer.Option("--known-as", help="The name to greet them by.", show_default=False)]
Given = Annotated[str | None, typer.Option("--given-name", help="Given name.", show_default=False)]
Family = Annotated[str | None, typer.Option("--family-name", help="Family name.", show_default=False)]
Pronouns = Annotated[str | None, typer.Option("--pronouns", help="Their pronouns, if they told you.", show_default=False)]
Obtained = Annotated[
    Any,
    typer.Option(
        "--obtained-on", help="The day the details were obtained; today if left out.", parser=past_day, metavar="DAY", show_default=False
    ),
]
NoticeGiven = Annotated[
    Any,
    typer.Option(
        "--notice-given-on", help="The day they were given the privacy notice.", parser=past_day, metavar="DAY", show_default=False
    ),
]
DoNotContact = Annotated[
    bool | None, typer.Option("--do-not-contact/--may-contact", help="Whether they asked not to be contacted.", show_default=False)
]
DncReason = Annotated[str | None, typer.Option("--reason", help="Why they are not to be contacted.", metavar="TEXT", show_default=False)]
Channels = Annotated[
    list[Any] | None,
    given.one_of(
        "channel",
        lambda: (*CHANNELS, ANY),
        "--channel",
        text="A channel that is safe for them, or any; several times for several.",
        metavar="CHANNEL",
    ),
]
Hours = Annotated[
    str | None, typer.Option("--hours", help="When it is safe to reach them, like 'weekdays 10 to 2'.", metavar="TEXT", show_default=False)
]
Voicemail = Annotated[
    bool | None, typer.Option("--no-voicemail/--voicemail", help="Whether a voicemail could harm them.", show_default=False)
]
Avoid = Annotated[str | None, typer.Option("--avoid", help="Words not to use with them.", metavar="WORDS", show_default=False)]
AskBudget = Annotated[
    Any,
    typer.Option(
        "--ask-budget",
        help='How many times they may be asked for something in the settings\' ask_budget_days; "" is as for everybody.',
        parser=or_empty(whole),
        metavar="N",
        show_default=False,
    ),
]
PauseAsks = Annotated[
    Any,
    typer.Option(
        "--pause-asks",
        help='Ask them for nothing until this day; "" takes that away.',
        parser=or_empty(given.day),
        metavar="DAY",
        show_default=False,
    ),
]


def fields(
    *,
    every: Every | None,
    reason: str | None,
    channel: list[str] | None,
    hours: str | None,
    avoid: str | None,
    ask_budget: int | str | None = None,
    pause_asks: date | str | None = None,
    **same: Any,
) -> dict[str, Any]:
    """Give what was typed by the names of the record's fields; what was not typed is left out."""
    renamed = {
        "cadence_days": days.in_days(every) if every else None,
        "do_not_contact_reason": reason,
        "channels": "" if channel and ANY in channel else ", ".join(channel) if channel else None,
        "contact_hours": hours,
        "words_to_avoid": avoid,
        "ask_budget": ask_budget,
        "asks_paused_until": pause_asks,
    }
    typed = {field: value for field, value in {**same, **renamed}.items() if value is not None}
    emptied = {"cadence_days": every == NEVER, "ask_budget": ask_budget == "", "asks_paused_until": pause_asks == ""}
    return typed | {field: None for field, gone in emptied.items() if gone}


def check_role(org: Any, role: str | None, left: Any = None, on: date | None = None) -> None:
    """Refuse what says something of a role without saying where.

    Raises Usage.
    """
    if role is not None and not org:
        sentence = "a role is at an organisation, and none was given"
        raise Usage(sentence, '--org NAME --role "Trustee"')
    if on and not (org or left):
        sentence = "--on is the day of a new role or of leaving one, and neither was given"
        raise Usage(sentence, "--org NAME --on DAY, or --left NAME --on DAY")
