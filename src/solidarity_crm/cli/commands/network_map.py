"""The network as a map for a browser, a picture, or a file for a graph program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output, services
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import publishing, revealing
from solidarity_crm.cli.context import change, current, today
from solidarity_crm.errors import BadValue, Refused, Usage
from solidarity_crm.reports.document import Document
from solidarity_crm.rules.disclosure import INTERNAL
from solidarity_crm.rules.revealing import beside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.network_map.network import Network
    from solidarity_crm.exchange.network_map.publishing import Public
    from solidarity_crm.rules.revealing import Beside

STDOUT = "-"
DETAILS = ("name", "roles", "works_with", "ties")  # what of people is in a map


class Mapped(NamedTuple):
    """A map that was written: its files, and how much is in it."""

    files: tuple[str, ...]
    format: str
    people: int
    organisations: int
    links: int


def _formats() -> Sequence[str]:
    from solidarity_crm.exchange.network_map.files import FORMATS  # noqa: PLC0415 - the noun's other commands need none of it

    return FORMATS


File = Annotated[str, typer.Argument(help="The file; its ending says the form; - is stdout.", show_default=False)]
Format = Annotated[
    Any,
    given.one_of("format", _formats, "--format", text="html, svg, graphml, dot or kumu, whatever the file's ending.", metavar="FORMAT"),
]


def map_(
    file: File,
    form: Format = None,
    publish: publishing.Publish = False,
    by: publishing.By = None,
    together: publishing.Together = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Write the network as a map: a page to search and filter, a picture, or a file for Gephi, Graphviz or Kumu.

    People, organisations, roles and ties are in it, and nothing else of anybody. That people were is kept in the journal;
    so is what was published, with which the next counts are compared.

    Example: solidarity network map network.html
    """
    from solidarity_crm.queries.network_map import network  # noqa: PLC0415 - as above

    form = _form(file, form)
    publishing.check(publish=publish, by=by, together=together)
    found: Network = network(current().store, today=today())
    _check(found, form)
    if publish:
        public = publishing.published(found, by=by, together=together)
        publishing.settle(public, yes=yes)
        _hand_over(public.network, (), form, file, force=force, public=public)
    else:
        found, named = _discreet(found, redact=redact, yes=yes)
        _hand_over(found._replace(mark=INTERNAL), named, form, file, force=force)


def _form(file: str, form: str | None) -> str:
    """Give the form of the map: as said, or as the file's ending has it.

    Raises BadValue for an ending that says none, or Usage for two sheets, or a second answer, on stdout.
    """
    from solidarity_crm.exchange.network_map.files import ENDINGS, form_of  # noqa: PLC0415 - as above

    found = form or (form_of(Path(file)) if file != STDOUT else "html")
    if found is None:
        raise BadValue("file", file, f"the ending says the form: {', '.join(ENDINGS)}", "a name like network.html")
    if file == STDOUT and (found == "kumu" or current().format is not None):
        sentence = (
            f"stdout is either the map or {current().format}" if current().format else "a map for Kumu is two sheets, and stdout is one"
        )
        raise Usage(sentence, "solidarity network map network.csv --format kumu")
    return found


def _check(found: Network, form: str) -> None:
    """Raise Refused for a network of nobody, or one that is too large to be drawn."""
    from solidarity_crm.exchange.network_map.files import DRAWN  # noqa: PLC0415 - as above
    from solidarity_crm.exchange.network_map.layout import MOST  # noqa: PLC0415 - as above

    if not found.nodes:
        sentence = "there is nobody to draw yet"
        raise Refused(sentence, "solidarity contact add NAME --org NAME")
    if form in DRAWN and len(found.nodes) > MOST:
        sentence = f"{len(found.nodes):,} people and organisations are too many to draw; {MOST:,} are the most"
        raise Refused(sentence, "solidarity network map network.graphml, which Gephi draws")


def _discreet(found: Network, *, redact: bool, yes: bool) -> tuple[Network, Sequence[Beside]]:
    """Give the network as it may leave, and whom it names beside something revealing: names beside something revealing are agreed to, or left out.

    Raises Declined, or NeedsYes where nobody can be asked.
    """
    from solidarity_crm.exchange.network_map.network import telling, without  # noqa: PLC0415 - as above

    told = telling(found)
    named = [each for key, one in revealing.known().people.items() if key in told for each in beside(told[key], [one])]
    if redact:
        return without(found, {one.ref for one in named}), ()
    revealing.settle(named, yes=yes)
    return found, named


def _hand_over(found: Network, named: Sequence[Beside], form: str, file: str, *, force: bool, public: Public | None = None) -> None:
    """Write the files and record that they were written, with the counts that are published: both, or neither."""
    from solidarity_crm.exchange.network_map import files  # noqa: PLC0415 - as above
    from solidarity_crm.store.files import placing  # noqa: PLC0415 - as above

    path = Path(file).expanduser()
    contents = files.files(found, form, path)
    people = files.people(found)
    with placing({} if file == STDOUT else contents, force=force):
        if public:
            publishing.record(public, command="network map", where=f"a map: {path.name}")
        elif people:
            with change("network map") as tx:
                services.disclosing.record(
                    tx, people, recipient=f"a map: {path.name}", form=form, fields=[*DETAILS, *revealing.fields(named)], today=today()
                )
    if file == STDOUT:
        output.write_bytes(contents[path])
    else:
        drawn = sum(node.is_person for node in found.nodes)
        done = Mapped(tuple(map(str, contents)), form, drawn, len(found.nodes) - drawn, len(found.links))
        output.show_record(done, _document(done), current().style)
    careful = "; it names people, so keep it as you keep the store" if people else ""
    output.note(f"{found.in_words()}: {files.SAID[form]}{careful}")


def _document(done: Mapped) -> Document:
    """Say what was written."""
    facts = [
        ("Form", done.format),
        ("People", f"{done.people:,}"),
        ("Organisations", f"{done.organisations:,}"),
        ("Links", f"{done.links:,}"),
    ]
    return Document(", ".join(done.files), "Network map", facts)
