"""People's details as a file for somebody else, or for another program; recorded with whom it was for and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import revealing
from solidarity_crm.cli.context import asked, change, confirm, current, now, today
from solidarity_crm.cli.filters import filtered
from solidarity_crm.errors import BadValue, Refused, Usage
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.reports.document import Document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solidarity_crm.exchange.address_book import Entry
    from solidarity_crm.exchange.contact_files import Form
    from solidarity_crm.rules.revealing import Beside

STDOUT = "-"


class Exported(NamedTuple):
    """A file of contacts, or a folder of one each: who is in it, for whom and why, with which details; ``left_out`` counts people."""

    file: str
    format: str
    layout: str | None
    contacts: tuple[str, ...]
    left_out: int
    recipient: str
    fields: tuple[str, ...]


class Place(NamedTuple):
    """Where an export goes: a file, a folder of a file each, or stdout where there is no path."""

    path: Path | None
    folder: bool = False
    force: bool = False


def _formats() -> Sequence[str]:
    from solidarity_crm.exchange.contact_files import FORMATS  # noqa: PLC0415 - other commands about contacts need none of it

    return FORMATS


def _layouts() -> Sequence[str]:
    from solidarity_crm.exchange.tables.foreign import NAMES  # noqa: PLC0415 - as above

    return NAMES


File = Annotated[
    str | None,
    typer.Argument(help="The file; its ending says the format; - is stdout; exports/contacts-DAY.csv if left out.", show_default=False),
]
Recipient = Annotated[
    str | None, typer.Option("--for", help="Whom it is for, and why; kept for good.", metavar="'WHO: WHY'", show_default=False)
]
Named = Annotated[list[Any] | None, given.option("P", "--contact", text="A contact, by ref or name; several times for several.")]
Format = Annotated[Any, given.one_of("format", _formats, "--format", text="vcf, csv, xlsx or json.", metavar="FORMAT")]
Layout = Annotated[
    Any,
    given.one_of("layout", _layouts, "--layout", text="CSV as google, outlook, thunderbird or mailchimp imports it.", metavar="PROGRAM"),
]
Each = Annotated[
    Path | None, typer.Option("--each", help="A folder for a vCard each, named by refs.", metavar="FOLDER", show_default=False)
]


@filtered()
def export(
    file: File = None,
    recipient: Recipient = None,
    contact: Named = None,
    format_: Format = None,
    layout: Layout = None,
    each: Each = None,
    vcard4: Annotated[bool, typer.Option("--vcard4", help="vCard 4.0; most programs read 3.0.")] = False,
    notes: Annotated[bool, typer.Option("--notes", help="With notes, reasons, words to avoid and former names.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="CSV without the mark that Excel needs.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="CSV without guards against formulas.")] = False,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
    *,
    wanted: ContactFilter,
) -> None:
    """Write contacts to a file for somebody else, or for another program.

    Whoever asked not to be contacted stays out, unless named with --contact. What left, for whom and why is kept for good.

    Example: solidarity contact export council.xlsx --org "Leeds City Council" --for "Council: planning the winter clinic"
    """
    from solidarity_crm.exchange.contact_files import Form  # noqa: PLC0415 - other commands about contacts need none of it

    format_ = _format(file, format_, layout, each=each, vcard4=vcard4)
    form = Form(format_, layout, private=notes, plain=plain, raw=raw, vcard4=vcard4)
    _check(form)
    place = _place(file, each, form, force=force)
    people, left_out = _people(contact, wanted, form)
    recipient = _recipient(recipient)
    _agree(len(people), wanted, recipient, named=contact is not None, yes=yes)
    people, named = _discreet(people, redact=redact, yes=yes)
    _hand_over(form, place, people, recipient, left_out=left_out, named=named)


def _format(file: str | None, format_: str | None, layout: str | None, *, each: Path | None, vcard4: bool) -> str:
    """Give the format: as said, as the file's ending has it, as the other options mean, or CSV.

    Raises Usage for options that contradict each other, BadValue for an ending that is none.
    """
    if file is not None and each is not None:
        sentence = "a file and a folder for a file each were both given"
        raise Usage(sentence, "solidarity contact export --each FOLDER, or FILE alone")
    meant = "vcf" if each or vcard4 else "csv" if layout else None
    ending = Path(file).suffix[1:].lower() if file not in (None, STDOUT) else None
    if ending is not None and ending not in _formats():
        raise BadValue("file", str(file), f"the ending says the format: {', '.join(_formats())}", "a name like contacts.csv")
    said = {format_, meant, ending} - {None}
    if len(said) > 1:
        sentence = f"these options do not go together: one is for {', one for '.join(sorted(map(str, said)))}"
        raise Usage(sentence, "solidarity contact export --help")
    return next(iter(said)) or "csv" if said else "csv"


def _check(form: Form) -> None:
    """Raise Usage for an option that the format does not have."""
    for given_, option in ((form.plain, "--plain"), (form.raw, "--raw")):
        if given_ and form.format != "csv":
            sentence = f"{option} is for CSV, and this is {form.format}"
            raise Usage(sentence, f"{option} --format csv")


def _place(file: str | None, each: Path | None, form: Form, *, force: bool) -> Place:
    """Give where to write; the usual file has the day in its name, and nobody.

    Raises Usage when stdout would have to hold two answers, or a workbook would go to a screen.
    """
    if each is not None:
        return Place(each.expanduser(), folder=True, force=force)
    if file != STDOUT:
        usual = current().workspace.exports / f"contacts-{today()}{f'-{form.layout}' if form.layout else ''}.{form.format}"
        return Place(Path(file).expanduser() if file else usual, force=force)
    if current().format is not None:
        sentence = f"stdout is either the contacts or {current().format}"
        raise Usage(sentence, f"a file's name in place of -, or -  --format {form.format} alone")
    if form.format == "xlsx" and sys.stdout.isatty():
        sentence = "a workbook is not for a screen"
        raise Usage(sentence, "solidarity contact export contacts.xlsx")
    return Place(None)


def _people(named: Sequence[Any] | None, wanted: ContactFilter, form: Form) -> tuple[dict[str, Entry], int]:
    """Give what of whom leaves, by ref, and how many are left out since they asked not to be contacted.

    Raises Usage when both people and filters were given, Refused when there is nobody.
    """
    from solidarity_crm.exchange.contact_files import leaving  # noqa: PLC0415 - as above
    from solidarity_crm.queries.address_book import entries  # noqa: PLC0415 - as above

    if named is not None and wanted != ContactFilter():
        sentence = "people were named, and filters given too"
        raise Usage(sentence, "--contact P12, or filters like --org MESMAC")
    numbers = [ref.number for ref in named] if named is not None else None
    found = entries(current().store, today=today(), wanted=wanted, numbers=numbers)
    asked_out = [ref for ref, entry in found.items() if named is None and entry.do_not_contact is not None]
    people = leaving(form, {ref: entry for ref, entry in found.items() if ref not in set(asked_out)})
    if not people:
        sentence = f"there is nobody to export: {_why_nobody(asked_out, found)}"
        raise Refused(sentence, "solidarity contact list")
    without = len(found) - len(asked_out) - len(people)
    if without:
        output.note(f"{_count(without)} without an e-mail address left out, since {str(form.layout).capitalize()} takes none")
    return people, len(asked_out)


def _why_nobody(asked_out: Sequence[str], found: Mapping[str, Entry]) -> str:
    """Say why nobody is left of those who were found."""
    if not found:
        return "no such contacts"
    return "whoever it would be asked not to be contacted" if asked_out else "nobody has an e-mail address"


def _recipient(said: str | None) -> str:
    """Give whom it is for and why, asked for in a terminal.

    Raises MissingAnswer where nobody can be asked, BadValue when either is not said.
    """
    hint = '--for "Leeds City Council: planning the winter clinic"'
    text = said if said is not None else asked("Whom is it for, and why (WHO: WHY)", hint)
    who, _, why = (part.strip() for part in text.partition(":"))
    if not (who and why):
        raise BadValue("recipient", text, "it says whom it is for and why, with a colon between", hint)
    return f"{who}: {why}"


def _agree(people: int, wanted: ContactFilter, recipient: str, *, named: bool, yes: bool) -> None:
    """Ask before everybody, or all who work with a community, leave the program (protection.md P2).

    Raises Declined, or NeedsYes where nobody can be asked.
    """
    if named or (wanted.community is None and wanted != ContactFilter()):
        return
    whose = f" who work with {wanted.community}" if wanted.community else ", all who are kept here"
    confirm(f"details of {_count(people)}{whose}, go to {recipient}", "the same command with", yes=yes)


def _discreet(people: dict[str, Entry], *, redact: bool, yes: bool) -> tuple[dict[str, Entry], Sequence[Beside]]:
    """Give what may leave, and whom that names beside something revealing: names beside something revealing are agreed to, or what they stand beside is left out.

    Raises Declined, NeedsYes where nobody can be asked, or Refused when leaving out is not enough.
    """
    from solidarity_crm.exchange.disclosed import without  # noqa: PLC0415 - as above

    everybody = revealing.known()

    def less(one: tuple[str, Entry], found: Sequence[Beside]) -> tuple[str, Entry]:
        return one[0], without(one[1], everybody.things(one[0]), everybody.whom(found, but=one[0]))

    done, named = revealing.discreet(list(people.items()), less, everybody, redact=redact, yes=yes)
    return dict(done), named


def _hand_over(form: Form, place: Place, people: Mapping[str, Entry], recipient: str, *, left_out: int, named: Sequence[Beside]) -> None:
    """Write the file and record that it was written: both, or neither."""
    from solidarity_crm.exchange import contact_files  # noqa: PLC0415 - as above
    from solidarity_crm.exchange.disclosed import kinds  # noqa: PLC0415 - as above
    from solidarity_crm.store.files import placing  # noqa: PLC0415 - as above

    fields = kinds(people.values())
    files: dict[Path, bytes] = {}
    written = contact_files.Written(b"")
    if place.path and place.folder:
        files = {place.path / name: card for name, card in contact_files.cards(form, people).items()}
    else:
        written = contact_files.write(form, list(people.values()), now=now())
        files = {place.path: written.content} if place.path else {}
    with placing(files, force=place.force), change("contact export") as tx:
        whose, what = revealing.with_refs(people, named), [*fields, *revealing.fields(named)]
        services.disclosing.record(tx, whose, recipient=recipient, form=form.in_words, fields=what, today=today())
    done = Exported(str(place.path or STDOUT), form.format, form.layout, tuple(people), left_out, recipient, tuple(fields))
    if place.path:
        output.show_record(done, _document(done), current().style)
    else:
        output.write_bytes(written.content)
    _say(done, form, written.warnings)


def _say(done: Exported, form: Form, warnings: Sequence[str]) -> None:
    """Say what was not taken along, and what the file is."""
    for warning in warnings:
        output.note(warning)
    if done.left_out:
        output.note(f"{_count(done.left_out)} who asked not to be contacted left out; --contact takes somebody along")
    if not form.private:
        output.note("notes, reasons, words to avoid and former names stayed here; --notes takes them along")
    output.note(f"{_count(len(done.contacts))} exported for {done.recipient}; solidarity history keeps that, and nothing calls it back")


def _count(people: int) -> str:
    """Give a number of contacts."""
    return "1 contact" if people == 1 else f"{people:,} contacts"


def _document(done: Exported) -> Document:
    """Say what was written."""
    facts = [
        ("Contacts", f"{len(done.contacts):,}"),
        ("Left out", f"{done.left_out:,}, who asked not to be contacted" if done.left_out else "nobody"),
        ("For", done.recipient),
        ("Format", done.format + (f" for {done.layout.capitalize()}" if done.layout else "")),
        ("Details", ", ".join(field.replace("_", " ") for field in done.fields)),
    ]
    return Document(done.file, "Contacts exported", facts)
