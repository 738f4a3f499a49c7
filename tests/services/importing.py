"""Imports into a store that lives as long as a test: somebody to import, and what became of it."""

from __future__ import annotations

from typing import Any

from rehearsal import TODAY, Rehearsal

from solidarity_crm.exchange.address_book import Book, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.queries.contacts import Contact, contact
from solidarity_crm.services.contact_import import FileReport, Wishes, take_in
from solidarity_crm.store import journal, search

AMINA = Entry(
    2,
    name="Amina Yusuf",
    emails=(Point("Amina@Example.org", "work"), Point("amina.home@example.org", "home", preferred=True)),
    phones=(Point("0113 496 0123"),),
    websites=(Point("amina.example"),),
    addresses=(PostalAddress("12 Mill Street", "Leeds", None, "LS1 4AB"),),
    roles=(Role("MESMAC", "Outreach lead"),),
    tags=("gp", "GP", "steering group"),
    note="Met at the clinic",
    identifiers=(Identifier("linkedin", "https://www.linkedin.example/in/amina"),),
    former_names=("Amina Khan",),
)


def take(rehearsal: Rehearsal, *entries: Entry, **wishes: Any) -> FileReport:
    """Import entries as one file."""
    with rehearsal.change() as tx:
        (report,) = take_in(tx, [Book("people.csv", entries)], Wishes(**wishes), today=TODAY)
    assert journal.problems(rehearsal.connection) == []
    assert search.stale(rehearsal.connection) == []
    assert rehearsal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return report


def read(rehearsal: Rehearsal, number: int = 1) -> Contact:
    """Read a contact."""
    found = contact(rehearsal.store, number, today=TODAY)
    assert found is not None
    return found


def whats(report: FileReport) -> list[tuple[str, str | None]]:
    """Give what became of each line."""
    return [(row.what, row.ref) for row in report.rows]


def everything(rehearsal: Rehearsal) -> dict[str, list[Any]]:
    """Give every row of every table that the journal watches."""
    connection = rehearsal.connection
    return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in journal.tables(connection)}


def opted_out(rehearsal: Rehearsal) -> set[int]:
    """Give who asked not to be contacted."""
    return {number for (number,) in rehearsal.connection.execute("SELECT id FROM contact WHERE do_not_contact")}
