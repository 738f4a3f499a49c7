"""The list of those who are not to be written to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.errors import BadValue, NotFound
from solidarity_crm.output import Column
from solidarity_crm.queries.suppressions import suppressed
from solidarity_crm.reports.wording import short_day
from solidarity_crm.rules.refs import Ref, parse

if TYPE_CHECKING:
    from collections.abc import Collection

_DOMAIN = re.compile(r"@[^\s@]+\.[^\s@.]+\Z")
_NUMBER = re.compile(r"#(\d{1,9})\Z")

COLUMNS = (
    Column("Entry", lambda s: f"#{s.number}"),
    Column("Of", lambda s: {"person": "a person", "address": "an address", "domain": "a domain"}[s.kind]),
    Column("Since", lambda s: short_day(s.on)),
    Column("Why", lambda s: s.why),
)


def _what(text: str | Ref) -> Ref | str:
    """Read whom or what: an address, ``@domain``, or a contact by ref or name."""
    if isinstance(text, Ref):
        return text
    if "@" not in text:
        return _person(text)
    if not text.startswith("@"):
        from solidarity_crm.models.contact_points import clean_email  # noqa: PLC0415 - loads pydantic, as the service will

        return clean_email(text)[0]
    if not _DOMAIN.match(text):
        raise BadValue("domain", text, "not a domain", "@example.org")
    return text


def _person(text: str) -> Ref:
    """Find a contact; whoever is not kept need not be added to be left alone, their address will do."""
    try:
        return given.record("P")(text)
    except NotFound as unknown:
        if unknown.nearest or parse(text):
            raise
        raise NotFound("contact", text, hint="their e-mail address, or their domain as in @example.org") from unknown


def _entry(text: str | Ref) -> Ref | str | int:
    """Read what goes off the list: as :func:`_what` does, or an entry's number."""
    number = None if isinstance(text, Ref) else _NUMBER.match(text)
    return int(number[1]) if number else _what(text)


def _argument(parser: Any, text: str) -> Any:
    """Make the argument that says whom or what."""
    return typer.Argument(help=text, parser=parser, autocompletion=given.completing("P"), metavar="WHAT", show_default=False)


What = Annotated[Any, _argument(_what, "An address, a domain like @example.org, or a contact by ref or name.")]
Entry = Annotated[Any, _argument(_entry, "An address, a domain, a contact, or an entry's number like #3.")]


def suppress(what: What, why: given.Why = None) -> None:
    """Put an address, a domain or a person on the list of those who are never written to.

    Only a hash is kept, so that the list can outlive everything else about them; a person is marked do not contact too.

    Example: solidarity outreach suppress amina@example.org --why "asked to be taken off"
    """
    with change("outreach suppress") as tx:
        made = services.suppressing.suppress(tx, what, why=why, on=today())
    _show(made)


def list_suppressed() -> None:
    """List who is never written to: of what kind each entry is, since when and why; nobody can read whose it is.

    Example: solidarity outreach suppressed
    """
    _show()


def unsuppress(what: Entry, yes: given.Yes = False) -> None:
    """Take an address, a domain, a person or an entry off the list; it asks first.

    Example: solidarity outreach unsuppress amina@example.org
    """
    confirm("messages may go there again", "the same command with", yes=yes)
    with change("outreach unsuppress") as tx:
        gone = services.suppressing.unsuppress(tx, what)
    _show()
    output.note(f"{gone} {'entry is' if gone == 1 else 'entries are'} off the list")
    if isinstance(what, Ref):
        output.note(f"{what} may still be marked do not contact: solidarity contact edit {what} --may-contact")


def _show(numbers: Collection[int] | None = None) -> None:
    """Print the list, or the entries of these numbers."""
    found = [entry for entry in suppressed(current().store) if numbers is None or entry.number in numbers]
    output.show_list(found, COLUMNS, current().style, "nobody is on the list")
