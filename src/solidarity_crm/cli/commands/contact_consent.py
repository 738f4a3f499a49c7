"""What somebody says to being written to: giving consent, withdrawing it, and all that was said."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import contact_options as opt
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import Refused, Usage
from solidarity_crm.output import Column
from solidarity_crm.queries.consents import Said, consents_of
from solidarity_crm.reports.wording import short_day
from solidarity_crm.rules.consent import CHANNELS as FOR_CHANNELS
from solidarity_crm.rules.help_kinds import CHANNELS
from solidarity_crm.rules.outreach import PURPOSES
from solidarity_crm.rules.permission import MARKETING
from solidarity_crm.text import fold


def _how(text: str) -> str:
    """Read the way in which something was said; people call a call a phone call."""
    return given.word("channel", lambda: CHANNELS)("call" if fold(text) in ("phone", "telephone") else text)


Purposes = Annotated[
    list[Any] | None,
    given.one_of("purpose", lambda: PURPOSES, "--purpose", text="What for: service, engagement or marketing; several times for several.",
                 metavar="PURPOSE"),
]  # fmt: skip
How = Annotated[
    Any,
    typer.Option("--by", help="How they said it: email, call, visit …", parser=_how, autocompletion=given.offering(lambda: CHANNELS),
                 metavar="CHANNEL", show_default=False),
]  # fmt: skip
On = Annotated[
    Any,
    typer.Option("--on", help="The day they said it; today if left out.", parser=opt.past_day, metavar="DAY", show_default=False),
]
Until = Annotated[
    Any, typer.Option("--until", help="The last day on which it holds; until they withdraw it if left out.", parser=given.day,
                      metavar="DAY", show_default=False),
]  # fmt: skip
Words = Annotated[str | None, typer.Option("--words", help="What they said, in their words.", metavar="TEXT", show_default=False)]
Told = Annotated[
    str | None,
    typer.Option("--told", help="What they were told first: the words of the form or the question.", metavar="TEXT", show_default=False),
]
For = Annotated[
    Any,
    given.one_of("channel", lambda: FOR_CHANNELS, "--channel", text="The channel it is for: email (if left out), call, text or letter.",
                 metavar="CHANNEL"),
]  # fmt: skip
Soft = Annotated[
    bool,
    typer.Option(
        "--soft-opt-in", help="They did not say yes, but gave you their details and did not opt out when told how; for charities."
    ),
]

COLUMNS = (
    Column("Day", lambda e: short_day(e.on)),
    Column("What", lambda e: e.kind),
    Column("For", lambda e: e.purpose if e.channel == "email" else f"{e.purpose} by {e.channel}"),
    Column("Until", lambda e: short_day(e.until)),
    Column("By", lambda e: e.how),
    Column("In their words", lambda e: e.words),
)


def give(
    contact: given.Contact,
    purpose: Purposes = None,
    words: Words = None,
    by: How = None,
    on: On = None,
    until: Until = None,
    told: Told = None,
    channel: For = None,
    soft_opt_in: Soft = False,
) -> None:
    """Record that somebody consented to being written to, for a purpose; it is added to what they said before.

    Example: solidarity contact consent give amina --purpose marketing --by call --words "Yes, send me the newsletter" --until 2027-12-01
    """
    if soft_opt_in and purpose not in (None, [MARKETING]):
        sentence = "a soft opt-in is for marketing alone"
        raise Usage(sentence, "the same command without --purpose")
    if not purpose and not soft_opt_in and current().interactive:
        from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only when somebody is asked

        purpose = [choose("What did they consent to", PURPOSES)]
    if not purpose and not soft_opt_in:
        sentence = "what they consented to was not given"
        raise Usage(sentence, f"--purpose {' or --purpose '.join(PURPOSES[1:])}")
    said = services.consents.Words(by, words, told, channel or "email")
    with change("contact consent give") as tx:
        services.consents.give(tx, contact, purpose or [MARKETING], said, on=on or today(), until=until, soft=soft_opt_in)
    _show(contact.number)


def withdraw(
    contact: given.Contact, purpose: Purposes = None, words: Words = None, by: How = None, on: On = None, channel: For = None
) -> None:
    """Record that somebody withdrew their consent: to engagement and marketing, unless you name the purposes.

    Example: solidarity contact consent withdraw amina
    """
    said = services.consents.Words(by, words, None, channel or "email")
    with change("contact consent withdraw") as tx:
        if not services.consents.withdraw(tx, contact, purpose or (), said, on=on or today()):
            sentence = f"{contact} has withdrawn that already, so nothing was changed"
            raise Refused(sentence, f"solidarity contact consent list {contact}")
    _show(contact.number)


def list_(contact: given.Contact) -> None:
    """List what somebody said to being written to, earliest first.

    Example: solidarity contact consent list amina
    """
    _show(contact.number)


def _show(number: int) -> None:
    """Print what somebody said."""
    said: tuple[Said, ...] = consents_of(current().store, number)
    output.show_list(said, COLUMNS, current().style, "nothing was said")
