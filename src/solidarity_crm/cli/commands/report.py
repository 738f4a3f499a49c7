"""Reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from solidarity_crm import output
from solidarity_crm.cli import parameters as given
from solidarity_crm.cli.command import Noun
from solidarity_crm.cli.context import current, today
from solidarity_crm.cli.filters import contact_filter
from solidarity_crm.errors import NotFound
from solidarity_crm.reports import text_form

if TYPE_CHECKING:
    from solidarity_crm.reports.report import Report

app = Noun("Reports for the steering group, the funder, or a talk: as text, Markdown, a page to print, CSV or JSON.")

FORMATS = ("text", "md", "html", "csv", "json")
Org = Annotated[Any, given.argument("O", "The organisation, by ref or name.")]
Format = Annotated[Any, given.one_of("format", lambda: FORMATS, "--format", text="text, md, html, csv or json.", metavar="FORMAT")]
To = Annotated[Path | None, typer.Option("--to", help="Write it to this file.", metavar="FILE", show_default=False)]


@app.command()
def contact(contact: given.Contact, form: Format = None, to: To = None, force: given.Force = False) -> None:
    """Report on one contact: the card, with everything that happened.

    Example: solidarity report contact amina --format html --to amina.html
    """
    from solidarity_crm.reports.people import contact_report  # noqa: PLC0415 - one report's facts, not all of them

    _give(contact_report(current().store, contact.number, today=today()), form, to, force=force, missing=str(contact))


@app.command()
def contacts(
    community: given.Community = None,
    tag: Annotated[str | None, typer.Option("--tag", help="Only with this tag.", show_default=False)] = None,
    org: given.InOrg = None,
    members: Annotated[bool | None, typer.Option("--members", help="Only people of network members.", show_default=False)] = None,
    quiet_for: given.QuietFor = None,
    form: Format = None,
    to: To = None,
    force: given.Force = False,
) -> None:
    """Report on the contacts, for a steering group: roles and communities, no addresses or numbers.

    Example: solidarity report contacts --format md
    """
    from solidarity_crm.reports.people import contacts_report  # noqa: PLC0415

    wanted = contact_filter(community=community, tag=tag, org=org, members=members, quiet_for=quiet_for)
    _give(contacts_report(current().store, today=today(), wanted=wanted), form, to, force=force)


@app.command()
def org(organisation: Org, form: Format = None, to: To = None, force: given.Force = False) -> None:
    """Report on one organisation: its people, and what happened with them.

    Example: solidarity report org mesmac
    """
    from solidarity_crm.reports.people import org_report  # noqa: PLC0415

    _give(org_report(current().store, organisation.number, today=today()), form, to, force=force, missing=str(organisation))


@app.command()
def offers(
    since: given.Since = None, community: given.Community = None, form: Format = None, to: To = None, force: given.Force = False
) -> None:
    """Report on offers of help: how many of each kind, how far each got, what came of them.

    Example: solidarity report offers --since 2026-01-01
    """
    from solidarity_crm.reports.helping import offers_report  # noqa: PLC0415

    _give(offers_report(current().store, today=today(), since=since, community=community), form, to, force=force)


@app.command()
def introductions(since: given.Since = None, form: Format = None, to: To = None, force: given.Force = False) -> None:
    """Report on introductions: by month and kind, how far each got, how long it took, and what came of them.

    It names nobody who has not said that they may be named, and tells no no from one that is not pursued.

    Example: solidarity report introductions --format csv
    """
    from solidarity_crm.reports.introductions import introductions_report  # noqa: PLC0415

    _give(introductions_report(current().store, today=today(), since=since), form, to, force=force)


def _give(report: Report | None, form: str | None, to: Path | None, *, force: bool, missing: str = "") -> None:
    """Print a report, or write it to a file.

    Raises NotFound when there is none to give.
    """
    if report is None:
        raise NotFound("record", missing)
    here = current()
    form = form or _by_name(to) or {"table": "text", None: "text"}.get(here.format, here.format)
    if to is None and form == "text":
        output.show_document(report.document, here.style)
        return
    text = _written(report, form or "text")
    if to is None:
        output.write(text)
        return
    from solidarity_crm.store.files import write_text  # noqa: PLC0415 - only when a file is wanted

    path = write_text(to.expanduser(), text, force=force)
    output.note(f"written: {path}")


def _by_name(to: Path | None) -> str | None:
    """Give the format that a file's name asks for, if it asks for one."""
    return {".html": "html", ".md": "md", ".csv": "csv", ".json": "json", ".txt": "text"}.get(to.suffix.lower()) if to else None


def _written(report: Report, form: str) -> str:
    """Give a report in a format."""
    if form == "html":
        from solidarity_crm.reports.html import html  # noqa: PLC0415 - jinja2 is for HTML alone

        return html(report.document, current().workspace.settings.name)
    if form == "json":
        return f"{output.as_json(report.record())}\n"
    if form == "csv":
        return output.csv_of(report.rows, ())
    return text_form.markdown(report.document) if form == "md" else text_form.text(report.document)
