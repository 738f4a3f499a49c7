"""Who leaves by name in a calendar, recorded by whichever command it does: in a file, in a folder, or to a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.cli import revealing
from solidarity_crm.cli.context import current
from solidarity_crm.queries.followups import followups
from solidarity_crm.queries.meetings import meetings

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from solidarity_crm.exchange.calendar.events import Telling
    from solidarity_crm.rules.revealing import Beside

DETAILS = ("name", "phone", "e-mail")  # what full titles tell of people


def record(refs: Iterable[str], telling: Telling, beside: Sequence[Beside], *, command: str, recipient: str, form: str) -> None:
    """Record whom the events of these records name, and who stands beside something revealing in them; of nobody, nothing.

    Full titles name whoever takes part or is followed up; others name nobody but those beside.
    """
    full = telling.titles == "full"
    people = sorted(_named(frozenset(refs)), key=lambda ref: int(ref[1:])) if full else ()
    details = DETAILS if people else DETAILS[:1]
    revealing.record(beside, command=command, recipient=recipient, form=form, people=people, details=details)


def _named(refs: Container[str]) -> set[str]:
    """Give the contacts of some meetings and follow-ups."""
    coming = {mention.ref for one in meetings(current().store) if one.ref in refs for mention in one.contacts}
    about = {one.about.ref for one in followups(current().store) if one.ref in refs and one.about}
    return coming | {ref for ref in about if ref.startswith("P")}
