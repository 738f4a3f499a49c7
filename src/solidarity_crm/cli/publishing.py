"""The options of whatever may be published, and the network as it may be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.errors import Usage
from solidarity_crm.queries.organisations import organisations
from solidarity_crm.queries.published_counts import last_published
from solidarity_crm.rules.disclosure import BY, KIND, MOST_HIDDEN, ORGANISATION, near
from solidarity_crm.rules.help_kinds import ORGANISATION_KINDS
from solidarity_crm.text import some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.network_map.network import Network
    from solidarity_crm.exchange.network_map.publishing import Public


def kinds(text: str | list[str]) -> list[str]:
    """Read kinds of organisation with commas between them; ``no organisation`` is one here."""
    from solidarity_crm.exchange.network_map.publishing import NOWHERE  # noqa: PLC0415 - only what publishes needs it

    if isinstance(text, list):
        return text
    return [given.word("kind of organisation", lambda: (*ORGANISATION_KINDS, NOWHERE))(part) for part in text.split(",")]


Publish = Annotated[bool, typer.Option("--publish", help="To be published: organisations alone, and of people how many there are, about.")]
By = Annotated[
    Any,
    given.one_of(
        "way of counting", lambda: BY, "--by", text="With --publish: count people by organisation, kind or total.", metavar="WORD"
    ),
]
Together = Annotated[
    list[Any] | None,
    typer.Option("--together", help="With --by kind: kinds to count as one.", parser=kinds, metavar="KIND,KIND", show_default=False),
]


def check(*, publish: bool, by: str | None, together: Sequence[Sequence[str]] | None) -> None:
    """Raise Usage for ways of counting where nothing is counted."""
    if (by or together) and not publish:
        sentence = "--by and --together say how people are counted, which --publish asks for"
        raise Usage(sentence, "the same command with --publish")
    if together and by != KIND:
        sentence = "--together joins kinds of organisation"
        raise Usage(sentence, "--by kind --together KIND,KIND")


def published(network: Network, *, by: str | None, together: Sequence[Sequence[str]] | None) -> Public:
    """Give a network as it may be published.

    Raises Refused when most counts of people would be hidden.
    """
    from solidarity_crm.exchange.network_map.publishing import public  # noqa: PLC0415 - as above

    listed = organisations(current().store, today=network.on)
    return public(network, by=by or ORGANISATION, groups=together or (), revealing={each.ref for each in listed if each.revealing})


def settle(found: Public, *, yes: bool, leaves: bool = True) -> None:
    """Ask before counts are published that are only a few people away from the last published ones; what does not leave is warned of.

    Raises Declined, or NeedsYes where nobody can be asked.
    """
    close = near(found.kept, last_published(current().store, found.by))
    if not close:
        return
    names = some([one.category for one, _ in close])
    said = "1 count of people differs" if len(close) == 1 else f"{len(close)} counts of people differ"
    day = max(on for _, on in close)
    sentence = f"{said} by 1 to {MOST_HIDDEN} from what was published on {day} ({names}), and the two together may tell of those few"
    if yes or not leaves:
        output.note(f"careful: {sentence}")
    else:
        confirm(sentence, "the same command once more people have come or gone, or with", yes=False)


def record(found: Public, *, command: str, where: str) -> None:
    """Record that counts of people are published as ``where``."""
    with change(command) as tx:
        services.publishing.record(tx, found.kept, by=found.by, where=where, today=today())
