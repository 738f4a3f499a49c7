"""Duplicates, and making one record of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.cards import show
from solidarity_crm.cli.context import change, confirm, current, today
from solidarity_crm.output import Column
from solidarity_crm.queries.duplicates import TwoPeople, duplicates
from solidarity_crm.queries.lookup import name_of
from solidarity_crm.queries.reading import Named
from solidarity_crm.reports import text_form
from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.rules.merging import KEEP, OTHER, read_take

if TYPE_CHECKING:
    from solidarity_crm.rules.refs import Ref
    from solidarity_crm.services.merging import Plan

COLUMNS = (
    Column("Score", lambda d: str(d.score)),
    Column("Contact", lambda d: f"{d.contact.ref} {d.contact.name}"),
    Column("Perhaps the same", lambda d: f"{d.other.ref} {d.other.name}"),
    Column("Why", lambda d: ", ".join(d.reasons)),
)
_SETTLED = {KEEP: "stays", OTHER: "taken over", "filled": "was blank", "joined": "joined", "stricter": "the more careful one"}

Take = Annotated[
    list[str] | None,
    typer.Option("--take", help="Whose value of a field stays, like name=other; several times for several.", metavar="FIELD=keep|other",
                 show_default=False),
]  # fmt: skip
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only show what would become of the two.")]
Contact = Annotated[Any, given.argument("P", "The contact that stays, by ref or name.")]
OtherContact = Annotated[Any, given.argument("P", "The contact that becomes part of it.")]
Org = Annotated[Any, given.argument("O", "The organisation that stays, by ref or name.")]
OtherOrg = Annotated[Any, given.argument("O", "The organisation that becomes part of it.")]
Two = Annotated[
    tuple[str, str] | None,
    typer.Option("--not-duplicates", help="Two contacts that are two people; they are not listed again.", metavar="CONTACT CONTACT",
                 show_default=False),
]  # fmt: skip


def list_duplicates(not_duplicates: Two = None, limit: given.Limit = given.EVERYTHING) -> None:
    """List contacts that are likely one person, with the reasons; a name alone is none.

    Example: solidarity contact duplicates --limit 20
    """
    if not_duplicates is not None:
        _remember(*map(given.record("P"), not_duplicates))
        return
    found = duplicates(current().store)
    shown = found[:limit]
    output.show_list(shown, COLUMNS, current().style, "no likely duplicates")
    if len(shown) < len(found):
        output.note(f"and {len(found) - len(shown)} more")
    if shown:
        refs = f"{shown[0].contact.ref} {shown[0].other.ref}"
        output.note(f"one person: solidarity contact merge {refs}; two: solidarity contact duplicates --not-duplicates {refs}")


def merge_contacts(keep: Contact, other: OtherContact, take: Take = None, dry_run: DryRun = False, yes: given.Yes = False) -> None:
    """Make one contact of two: everything of the other becomes KEEP's, its names are kept as former ones.

    What protects the person more wins. Where the two differ otherwise, you are asked; with --yes KEEP's value stays.

    Example: solidarity contact merge P3 P9 --take name=other
    """
    _merge("contact", keep, other, take or [], dry_run=dry_run, yes=yes)


def merge_organisations(keep: Org, other: OtherOrg, take: Take = None, dry_run: DryRun = False, yes: given.Yes = False) -> None:
    """Make one organisation of two: its people, offers, meetings and membership become KEEP's, its name is kept as a former one.

    Example: solidarity org merge O2 O7 --take website=other
    """
    _merge("org", keep, other, take or [], dry_run=dry_run, yes=yes)


def _merge(noun: str, keep: Ref, other: Ref, take: list[str], *, dry_run: bool, yes: bool) -> None:
    """Show what would become of two records, ask, and merge them."""
    from solidarity_crm.services.merging import plan  # noqa: PLC0415 - with SQLModel, which listing duplicates does without

    chosen = dict(map(read_take, take))
    found = plan(current().store.connection, keep, other, take=chosen)
    if dry_run:
        output.show_record(found, _described(found), current().style)
        return
    if current().interactive and not yes:
        output.note(text_form.text(_described(found), current().style.width))
        chosen |= _asked(found, chosen)
    confirm(f"{other} {found.other.name} would become part of {keep} {found.keep.name}", f"solidarity {noun} merge {keep} {other}", yes=yes)
    with change(f"{noun} merge") as tx:
        services.merging.merge(tx, keep, other, take=chosen, today=today())
    show(keep)
    output.note(f"{other} is {keep} now; solidarity undo makes them two again")


def _asked(found: Plan, chosen: dict[str, str]) -> dict[str, str]:
    """Ask which value stays of each field in which either could, unless that was said."""
    from solidarity_crm.cli.prompts import choose  # noqa: PLC0415 - only when somebody is asked

    answers = {}
    for outcome in found.fields:
        if outcome.how in (KEEP, OTHER) and outcome.field not in chosen:
            values = [f"{outcome.keep} ({found.keep.ref})", f"{outcome.other} ({found.other.ref})"]
            answer = choose(f"{outcome.field.replace('_', ' ')}: which stays", values)
            answers[outcome.field] = OTHER if answer.endswith(f"({found.other.ref})") else KEEP
    return answers


def _described(found: Plan) -> Document:
    """Give what merging would do as a document."""
    keep, other = found.keep, found.other
    rows = [
        (o.field.replace("_", " "), _text(o.keep), _text(o.other), f"{_text(o.becomes) or 'nothing'} ({_SETTLED[o.how]})")
        for o in found.fields
    ]
    moves = [(move.what, str(move.rows), str(move.joined or "")) for move in found.moves]
    sections = [
        Section("Where they differ", table=Table(("Field", keep.ref, other.ref, "Becomes"), rows)) if rows else None,
        Section("What comes over", table=Table(("What", "Rows", "There already"), moves)) if moves else None,
    ]
    return Document(f"{other.ref} {other.name} into {keep.ref} {keep.name}", sections=[section for section in sections if section])


def _text(value: object) -> str:
    """Give a field's value as people read it."""
    return "" if value is None else {0: "no", 1: "yes"}.get(value, str(value)) if isinstance(value, int) and value in (0, 1) else str(value)


def _remember(one: Ref, other: Ref) -> None:
    """Remember that two contacts are two people, and say so."""
    with change("contact duplicates") as tx:
        services.merging.not_duplicates(tx, one, other, today=today())
    pair = [Named(str(ref), name_of(current().store, ref) or "") for ref in (one, other)]
    said = f"{pair[0].ref} {pair[0].name} and {pair[1].ref} {pair[1].name} are two people"
    output.show_record(TwoPeople(pair[0], pair[1]), Document(said), current().style)
