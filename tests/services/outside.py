"""Everything by which somebody who is not us could see an introduction: messages, reports, maps, calendars, exported contacts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rehearsal import NOW, TODAY

from solidarity_crm import output
from solidarity_crm.exchange import contact_files
from solidarity_crm.exchange.calendar import ics
from solidarity_crm.exchange.calendar.events import TITLES, Telling, of_followup, of_meeting
from solidarity_crm.exchange.contact_files import Form
from solidarity_crm.exchange.network_map import dot, graphml, kumu, page, svg
from solidarity_crm.exchange.network_map.publishing import public
from solidarity_crm.queries.address_book import entries
from solidarity_crm.queries.drafts import drafts
from solidarity_crm.queries.followups import followups
from solidarity_crm.queries.meetings import meetings, people
from solidarity_crm.queries.network_map import network
from solidarity_crm.reports import text_form
from solidarity_crm.reports.introductions import introductions_report
from solidarity_crm.reports.people import contact_report, org_report
from solidarity_crm.rules.disclosure import TOTAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearsal import Rehearsal

    from solidarity_crm.exchange.network_map.network import Network
    from solidarity_crm.reports.report import Report

FORMS = (Form("vcf", private=True), Form("vcf", vcard4=True, private=True), Form("csv", private=True), Form("json", private=True))
_OF_THE_FILE = re.compile(
    r"(?im)^(?:UID|DTSTAMP|CREATED|LAST-MODIFIED|REV|SEQUENCE)[:;].*$|\"uid\": \"[^\"]*\"|[0-9a-f]{8}-[0-9a-f-]{27}|\bD\d+\b"
)


def seen_by(rehearsal: Rehearsal, number: int, where: int, *, files: bool = True) -> dict[str, str]:
    """Give what a contact, who has a role at an organisation, could see of us, by what it is; without what is random about it."""
    found = dict(_told(rehearsal, number, where)) | (dict(_files(rehearsal, number)) if files else {})
    return {what: _OF_THE_FILE.sub("", text.replace("\r\n ", "")) for what, text in found.items()}


def _told(rehearsal: Rehearsal, number: int, where: int) -> Iterator[tuple[str, str]]:
    store = rehearsal.store
    mine = [draft for draft in drafts(store) if draft.to.ref == f"P{number}"]
    # a draft that was cancelled never left
    yield "messages", "\n".join(f"{draft.template}\n{draft.subject}\n{draft.body}" for draft in mine if draft.status != "cancelled")
    yield "report introductions", _whole(introductions_report(store, today=TODAY))
    yield "report contact", _whole(contact_report(store, number, today=TODAY))
    yield "report org", _whole(org_report(store, where, today=TODAY))


def _files(rehearsal: Rehearsal, number: int) -> Iterator[tuple[str, str]]:
    store = rehearsal.store
    about = entries(store, today=TODAY, numbers=[number])
    for form in FORMS:
        yield f"contact export {form}", contact_files.write(form, list(about.values()), now=NOW).content.decode()
    for titles in TITLES:
        telling = Telling(titles, "here", people(store))
        events = [*(of_meeting(each, telling) for each in meetings(store)), *(of_followup(each, telling) for each in followups(store))]
        yield f"calendar {titles}", ics.write(events, name="Leeds", year=TODAY.year).decode()


def maps(rehearsal: Rehearsal) -> dict[str, str]:
    """Give the network's map in each form, and what of it is published."""
    found = network(rehearsal.store, today=TODAY)
    published = _drawn(public(found, by=TOTAL).network)
    return _drawn(found) | {f"published {what}": text for what, text in published.items()}


def _drawn(found: Network) -> dict[str, str]:
    """Give a map in each form."""
    forms = {f"map {form.__name__.rpartition('.')[2]}": form.write(found) for form in (page, svg, graphml, dot)}
    return forms | {"map kumu": "\n".join(kumu.write(found).values())}


def _whole(report: Report | None) -> str:
    """Give all that a report says in words and in JSON."""
    assert report is not None
    return f"{text_form.text(report.document)}\n{output.as_json(report.record())}"
