"""From the store to a file and back: what leaves in our own formats is what a reader of them gets."""

from __future__ import annotations

import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import TODAY, Rehearsal

from entries import ENTRIES
from payloads import FORBIDDEN, TYPEABLE, generated
from solidarity_crm import services
from solidarity_crm.exchange import contact_files, vcard
from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.exchange.contact_files import Form
from solidarity_crm.exchange.tables import book, columns, reading
from solidarity_crm.models import communities, contact, identity
from solidarity_crm.queries import address_book
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.store.transaction import Tx

NOW = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
OURS = {
    "csv": Form("csv", private=True),
    "plain csv": Form("csv", private=True, plain=True),
    "xlsx": Form("xlsx", private=True),
    "vcf": Form("vcf", private=True),
    "vcf 4.0": Form("vcf", private=True, vcard4=True),
}
EVERY = {**OURS, "raw csv": Form("csv", private=True, raw=True), "json": Form("json", private=True)}


def store(tx: Tx, entry: Entry) -> None:
    """Keep an entry as a contact."""
    fields = {name: value for name, value in entry.fields.items() if name != "updated_at"}
    made = tx.add(
        contact.Contact.checked(
            **{name: getattr(entry, name) for name in ("name", "given_name", "family_name", "known_as", "pronouns", "note")},
            uid=entry.uid or "",
            do_not_contact=entry.do_not_contact is not None,
            do_not_contact_reason=None if entry.do_not_contact == UNSAID else entry.do_not_contact,
            **fields,
        )
    )
    whose = {"contact_id": made.id}
    for system, points in (("email", entry.emails), ("phone", entry.phones), ("url", entry.websites)):
        tx.add_all([contact.ContactPoint.checked(**whose, system=system, position=n, **p._asdict()) for n, p in enumerate(points)])
    tx.add_all([contact.PostalAddress.checked(**whose, position=n, **each._asdict()) for n, each in enumerate(entry.addresses)])
    tx.add_all([identity.Identifier.checked(**whose, **each._asdict()) for each in entry.identifiers])
    tx.add_all([identity.FormerName.checked(**whose, name=name) for name in entry.former_names])
    once = {tag.casefold(): tag for tag in entry.tags}.values()
    tx.add_all([contact.Tag.checked(**whose, tag=tag) for tag in once])
    tx.add_all([communities.WorksWith.checked(**whose, community=community) for community in entry.works_with])
    for role in entry.roles:
        where = services.organisations.add(tx, role.organisation)
        tx.add(contact.Affiliation.checked(**whose, organisation_id=where.number, role=role.title, since=role.since, until=role.until))


def kept(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Keep entries in a store, and read them as an export does."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        for entry in entries:
            store(tx, entry)
    found = address_book.entries(rehearsal.store, today=TODAY)
    rehearsal.close()
    return found


def read_back(content: bytes, form: str) -> list[Entry]:
    """Read a file of ours as an import does."""
    if form.startswith("vcf"):
        found = vcard.read("contacts.vcf", content)
    else:
        table = reading.read(f"contacts.{'xlsx' if form == 'xlsx' else 'csv'}", content)
        known = columns.recognise(table)
        assert known.layout == "solidarity"
        found = book.book(table, known)
    assert [*found.rejected, *found.skipped] == []
    return [entry._replace(line=0, raw=()) for entry in found.entries]


def expected(people: Sequence[Entry], form: str) -> list[Entry]:
    """Give what a reader gets: without when a record was last changed, which is the file's own; of cards in NFC."""
    bare = [entry._replace(fields={name: value for name, value in entry.fields.items() if name != "updated_at"}) for entry in people]
    return [composed(entry) for entry in bare] if form.startswith("vcf") else bare


def composed(value: Any) -> Any:
    """Give an entry's texts in NFC, in which names on cards are compared."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {name: composed(each) for name, each in value.items()}
    if isinstance(value, tuple):
        return value._make(map(composed, value)) if hasattr(value, "_make") else tuple(map(composed, value))
    return value


@pytest.mark.parametrize("form", OURS)
@settings(max_examples=15, deadline=None)
@given(st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda entry: entry.uid or object()))
def test_what_leaves_comes_back(form: str, entries: list[Entry]) -> None:
    """Every field of everybody, whatever is in it."""
    people = list(kept(entries).values())
    content = contact_files.write(EVERY[form], people, now=NOW).content
    assert read_back(content, form) == expected(people, form)


@pytest.mark.parametrize("form", EVERY)
def test_hostile_texts_are_harmless_in_every_form(form: str) -> None:
    """Nothing that a terminal obeys is in the file, and our own forms give back what is kept."""
    texts = [*TYPEABLE.values(), *(text for text in generated(300) if not FORBIDDEN.search(text))]
    people = list(
        kept(
            [
                Entry(
                    0,
                    name=f"x{text}",
                    known_as=f"{text}x",
                    note=text,
                    tags=(f"{text}x",),
                    addresses=(PostalAddress(f"x{text}"),),
                    roles=(Role(f"x{text}", f"x{text}"),),
                    identifiers=(Identifier(f"x{text}", f"x{text}"),),
                    fields={"source": "self", "obtained_on": "2026-12-01"},
                )
                for text in texts
                if len(text) < 400
            ]
        ).values()
    )
    content = contact_files.write(EVERY[form], people, now=NOW).content
    if form != "xlsx":
        assert not FORBIDDEN.search(content.decode("utf-8-sig").replace("\r\n", "\n"))
    if form in OURS:
        assert read_back(content, form) == expected(people, form)


def test_the_same_people_give_the_same_bytes() -> None:
    """In every form, so that a changed file means changed people."""
    people = list(kept([Entry(0, name="Siân O'Brien", emails=(Point("sian@example.org"),), fields={"obtained_on": "2026-12-01"})]).values())
    for form in (*EVERY.values(), *(Form("csv", layout) for layout in ("google", "outlook", "thunderbird", "mailchimp"))):
        assert contact_files.write(form, people, now=NOW) == contact_files.write(form, people, now=NOW)


def test_people_are_chosen_by_filter_or_by_number() -> None:
    """By name, or in the order in which they were named, each once; whoever is not there is not in it."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        for name, tags in (("Cas", ["gp"]), ("Bea", []), ("Amina", ["gp"])):
            services.contacts.add(tx, name, today=TODAY, tags=tags)
    read = rehearsal.store
    assert list(address_book.entries(read, today=TODAY)) == ["P3", "P2", "P1"]
    assert list(address_book.entries(read, today=TODAY, wanted=ContactFilter(tag="gp"))) == ["P3", "P1"]
    assert list(address_book.entries(read, today=TODAY, numbers=[2, 3, 2, 9])) == ["P2", "P3"]
    rehearsal.close()


def test_a_disclosure_says_who_what_and_why() -> None:
    """As a row of its own, and in the journal's words."""
    rehearsal = Rehearsal()
    with rehearsal.change() as tx:
        services.contacts.add(tx, "Amina", today=TODAY)
    with rehearsal.change() as tx:
        refs = [str(Ref("P", 1))]
        services.disclosing.record(tx, refs, recipient="Council: clinic", form="csv for Google", fields=["name", "emails"], today=TODAY)
    row = rehearsal.connection.execute("SELECT disclosed_on, by, recipient, form, fields, refs FROM disclosure").fetchall()
    assert row == [("2026-12-01", "Robin Marsh", "Council: clinic", "csv for Google", "name, emails", "P1")]
    (note,) = rehearsal.connection.execute("SELECT note FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    assert note == "1 contact as csv for Google for Council: clinic: name, emails"
    rehearsal.close()
