"""What becomes of an offer of help: accepted, used, fulfilled and thanked for, confirmed, or ended without its use."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from solidarity_crm import services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import together
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.commands.offer_options import Offer, Outcome
from solidarity_crm.cli.context import change, today


def accept(offer: Offer, owner: given.Owner = None, on: given.On = None) -> None:
    """Accept an offer of help: it is now ours to use.

    Example: solidarity offer accept H1 --owner me
    """
    with change("offer accept") as tx:
        services.offers.accept(tx, offer, on=on or today(), today=today(), owner=owner)
    show(offer)


def use(
    offer: Offer,
    what: Annotated[str, typer.Argument(help="What it was used for.", show_default=False)],
    on: given.On = None,
    ask: Annotated[Any, given.option("A", "--ask", text="The ask that it helped to meet.")] = None,
    anyway: given.Anyway = None,
) -> None:
    """Record that an accepted offer was called on.

    Example: solidarity offer use H1 "Talk for the housing team" --on yesterday
    """
    together.not_the_name(offer, what, "offer use")
    with change("offer use") as tx:
        services.offers.use(tx, offer, what, on=on or today(), today=today(), ask=ask, anyway=anyway)
    show(offer)


def fulfil(offer: Offer, outcome: Outcome = None, on: given.On = None) -> None:
    """Say that an offer did what it could; thanks are owed from now on.

    Example: solidarity offer fulfil H1 --outcome "Three practices changed their forms"
    """
    with change("offer fulfil") as tx:
        services.offers.fulfil(tx, offer, on=on or today(), today=today(), outcome=outcome)
    show(offer)


def decline(offer: Offer, why: given.Why = None, on: given.On = None) -> None:
    """Decline an offer of help.

    Example: solidarity offer decline H1 --why "outside Leeds"
    """
    _end(offer, "decline", why, on)


def withdraw(offer: Offer, why: given.Why = None, on: given.On = None) -> None:
    """Record that whoever made an offer took it back.

    Example: solidarity offer withdraw H1 --why "changed jobs"
    """
    _end(offer, "withdraw", why, on)


def lapse(offer: Offer, why: given.Why = None, on: given.On = None) -> None:
    """Let an offer go that nobody has stood by for too long.

    Example: solidarity offer lapse H1 --why "no answer to three e-mails"
    """
    _end(offer, "lapse", why, on)


def confirm(offer: Offer, on: given.On = None) -> None:
    """Record that whoever made an offer still stands by it.

    Example: solidarity offer confirm H1
    """
    with change("offer confirm") as tx:
        services.offers.confirm(tx, offer, on=on or today(), today=today())
    show(offer)


def thank(offer: Offer, on: given.On = None) -> None:
    """Record that whoever helped was thanked.

    Example: solidarity offer thank H1
    """
    with change("offer thank") as tx:
        services.offers.thank(tx, offer, on=on or today(), today=today())
    show(offer)


def _end(offer: Any, step: str, why: str | None, on: Any) -> None:
    """End an offer without its use."""
    with change(f"offer {step}") as tx:
        services.offers.end(tx, offer, step, on=on or today(), today=today(), why=why)
    show(offer)
