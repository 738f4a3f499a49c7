"""Reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli import publishing, revealing
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import current, today
from solidarity_crm.cli.filters import contact_filter
from solidarity_crm.errors import BadValue, NotFound
from solidarity_crm.reports import text_form
from solidarity_crm.rules.disclosure import INTERNAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.exchange.network_map.publishing import Public
    from solidarity_crm.reports.report import Report
    from solidarity_crm.rules.revealing import Beside

app = Noun("Reports for the steering group, the funder, or a talk: as text, Markdown, a page to print, CSV or JSON.")

FORMATS = ("text", "md", "html", "csv", "json")
ENDINGS = {".html": "html", ".md": "md", ".csv": "csv", ".json": "json", ".txt": "text"}
Org = Annotated[Any, given.argument("O", "The organisation, by ref or name.")]
Format = Annotated[Any, given.one_of("format", lambda: FORMATS, "--format", text="text, md, html, csv or json.", metavar="FORMAT")]
To = Annotated[Path | None, typer.Option("--to", help="Write it to this file.", metavar="FILE", show_default=False)]


@app.command()
def contact(
    contact: given.Contact,
    form: Format = None,
    to: To = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Report on one contact: the card, with everything that happened.

    Example: solidarity report contact amina --format html --to amina.html
    """
    from solidarity_crm.reports.people import contact_report  # noqa: PLC0415 - one report's facts, not all of them

    _give(contact_report(current().store, contact.number, today=today()), Way(form, to, redact=redact, force=force, yes=yes), str(contact))


@app.command()
def contacts(
    community: given.Community = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Only with this tag.", show_default=False)] = None,
    org: given.InOrg = None,
    members: Annotated[bool | None, typer.Option("--members", help="Only people of network members.", show_default=False)] = None,
    quiet_for: given.QuietFor = None,
    form: Format = None,
    to: To = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Report on the contacts, for a steering group: roles and communities, no addresses or numbers.

    Example: solidarity report contacts --format md
    """
    from solidarity_crm.reports.people import contacts_report  # noqa: PLC0415

    wanted = contact_filter(community=community, tag=tag, org=org, members=members, quiet_for=quiet_for)
    _give(contacts_report(current().store, today=today(), wanted=wanted), Way(form, to, redact=redact, force=force, yes=yes))


@app.command()
def org(
    organisation: Org,
    form: Format = None,
    to: To = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Report on one organisation: its people, and what happened with them.

    Example: solidarity report org mesmac
    """
    from solidarity_crm.reports.people import org_report  # noqa: PLC0415

    _give(
        org_report(current().store, organisation.number, today=today()),
        Way(form, to, redact=redact, force=force, yes=yes),
        str(organisation),
    )


@app.command()
def offers(
    since: given.Since = None,
    community: given.Community = None,
    form: Format = None,
    to: To = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Report on offers of help: how many of each kind, how far each got, what came of them.

    Example: solidarity report offers --since 2026-01-01
    """
    from solidarity_crm.reports.helping import offers_report  # noqa: PLC0415

    _give(
        offers_report(current().store, today=today(), since=since, community=community), Way(form, to, redact=redact, force=force, yes=yes)
    )


@app.command()
def introductions(
    since: given.Since = None,
    form: Format = None,
    to: To = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Report on introductions: by month and kind, how far each got, how long it took, and what came of them.

    It names nobody who has not said that they may be named, and tells no no from one that is not pursued.

    Example: solidarity report introductions --format csv
    """
    from solidarity_crm.reports.introductions import introductions_report  # noqa: PLC0415

    _give(introductions_report(current().store, today=today(), since=since), Way(form, to, redact=redact, force=force, yes=yes))


@app.command()
def network(
    publish: publishing.Publish = False,
    by: publishing.By = None,
    together: publishing.Together = None,
    form: Format = None,
    to: To = None,
    redact: revealing.Redact = False,
    force: given.Force = False,
    yes: given.Yes = False,
) -> None:
    """Report on the network: members, ties, who holds it together, and whom nobody is known to know.

    What --publish writes to a file is kept, and the next counts are compared with it.

    Example: solidarity report network --publish --by total --to network.html
    """
    from solidarity_crm.queries.network_map import network as drawn  # noqa: PLC0415
    from solidarity_crm.reports.network_report import network_report, public_report  # noqa: PLC0415

    publishing.check(publish=publish, by=by, together=together)
    store = current().store
    if not publish:
        _give(network_report(store, today=today()), Way(form, to, redact=redact, force=force, yes=yes))
        return
    public = publishing.published(drawn(store, today=today()), by=by, together=together)
    publishing.settle(public, yes=yes, leaves=to is not None)
    _give(public_report(public, today=today()), Way(form, to, redact=redact, force=force, yes=yes, public=public))


class Way(NamedTuple):
    """How a report is wanted: its format, the file, and what may be in it; ``public`` are the counts that it publishes."""

    form: str | None
    to: Path | None
    redact: bool
    force: bool
    yes: bool
    public: Public | None = None


def _give(report: Report | None, way: Way, subject: str = "") -> None:
    """Print a report, or write it to a file; ``subject`` is the ref of the record that it is on.

    Raises NotFound when there is none to give.
    """
    if report is None:
        raise NotFound("record", subject)
    here = current()
    form = way.form or _by_name(way.to) or {"table": "text", None: "text"}.get(here.format, here.format) or "text"
    report, named = _discreet(report, way, subject)
    if way.to is not None:
        if not way.public:
            report = report._replace(document=report.document._replace(mark=INTERNAL))
        path = way.to.expanduser()
        files = {path: _written(report, form, public=way.public is not None).encode()}
        with revealing.handing_over(files, named, command=f"report {report.name}", form=form, force=way.force):
            if way.public:
                publishing.record(way.public, command=f"report {report.name}", where=f"a report: {path.name}")
        output.note(f"written: {path}")
    elif form == "text":
        output.show_document(report.document, here.style)
    else:
        output.write(_written(report, form, public=way.public is not None))


def _discreet(report: Report, way: Way, subject: str) -> tuple[Report, Sequence[Beside]]:
    """Give a report as it may leave, and whom it names beside something revealing; what stays on the screen is not asked about.

    Raises Declined, NeedsYes where nobody can be asked, or Refused when leaving out is not enough.
    """
    if way.to is None and not way.redact:
        return report, ()
    from solidarity_crm.reports.redacting import redacted  # noqa: PLC0415 - only when a report leaves

    everybody = revealing.known()

    def less(one: Report, found: Sequence[Beside]) -> Report:
        return redacted(one, everybody.whom(found, but=subject), everybody.things(subject))

    (report,), named = revealing.discreet([report], less, everybody, redact=way.redact, yes=way.yes)
    return report, named


def _by_name(to: Path | None) -> str | None:
    """Give the format that a file's name asks for, if it asks for one.

    Raises BadValue for an ending that is that of none.
    """
    if to is None or not to.suffix:
        return None
    if to.suffix.lower() not in ENDINGS:
        raise BadValue("file", str(to), f"the ending says the format: {', '.join(ENDINGS)}", "a name like report.html, or --format text")
    return ENDINGS[to.suffix.lower()]


def _written(report: Report, form: str, *, public: bool) -> str:
    """Give a report in a format; one that is ``public`` holds nothing personal."""
    if form == "html":
        from solidarity_crm.reports.html import html  # noqa: PLC0415 - jinja2 is for HTML alone

        return html(report.document, current().workspace.settings.name, personal=not public)
    if form == "json":
        return f"{output.as_json(report.record())}\n"
    if form == "csv":
        return output.csv_of(report.rows, ())
    return text_form.markdown(report.document) if form == "md" else text_form.text(report.document)
