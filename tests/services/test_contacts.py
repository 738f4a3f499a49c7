"""What contacts' services keep, without a command line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from rehearsal import TODAY, Rehearsal
from sqlmodel import select

from solidarity_crm.errors import BadValue, NotFound, Refused, Usage
from solidarity_crm.models.contact import ContactPoint
from solidarity_crm.queries.contacts import Contact, contact
from solidarity_crm.queries.likely import people
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, organisations
from solidarity_crm.services.contacts import Reach

P1, O1 = Ref("P", 1), Ref("O", 1)


@pytest.fixture
def rehearsal() -> Rehearsal:
    """Give a store in which Amina has two addresses and works at MESMAC."""
    made = Rehearsal()
    with made.change() as tx:
        contacts.add(tx, "Amina Yusuf", today=TODAY, reach=Reach(["amina@example.org", "info@example.org"], ["0113 496 0123"]))
        organisations.add(tx, "MESMAC")
        contacts.join(tx, P1, O1, role="Lead")
    return made


def read(rehearsal: Rehearsal, number: int = 1) -> Contact:
    """Read a contact."""
    found = contact(rehearsal.store, number, today=TODAY)
    assert found is not None
    return found


def test_an_address_that_stays_keeps_its_label_and_its_row(rehearsal: Rehearsal) -> None:
    """Only what changes is written; the order that is given is the order that is kept."""
    with rehearsal.change() as tx:
        tx.session.exec(select(ContactPoint).where(ContactPoint.value_key == "info@example.org")).one().change(label="office")
    with rehearsal.change() as tx:
        contacts.edit(tx, P1, emails=["info@example.org", "new@example.org"])
        changed = {tuple(json.loads(row.text)["value"] if row else None for row in (step.before, step.after)) for step in tx.changes()}
    assert changed == {("amina@example.org", None), ("info@example.org", "info@example.org"), (None, "new@example.org")}
    assert [tuple(email) for email in read(rehearsal).emails] == [("info@example.org", "office", True), ("new@example.org", None, False)]


def test_the_same_again_changes_nothing(rehearsal: Rehearsal) -> None:
    """So that the journal has no entry for it."""
    with rehearsal.change() as tx:
        contacts.edit(tx, P1, name="Amina Yusuf", emails=["amina@example.org", "info@example.org"], phones=["0113 496 0123"], works_with=[])
        contacts.join(tx, P1, O1, role=None)
        assert tx.changes() == []


def test_somebody_new_is_recognised_as_they_would_be_once_stored(rehearsal: Rehearsal) -> None:
    """By the same keys and names; organisations with the same name are found by it."""
    with rehearsal.change() as tx:
        reach = Reach(["AMINA@example.org"], ["+44 113 496 0123"])
        new = contacts.recognised("Amina Yusuf [she/her]", reach, organisation=O1, parts="Amina Hall")
        ref = contacts.add(tx, "Amina Yusuf [she/her]", today=TODAY, reach=reach, given_name="Amina", family_name="Hall")
        contacts.join(tx, ref, O1, role=None)
        assert organisations.namesakes(tx, O1) == []
    assert people(rehearsal.connection, first=ref.number, last=ref.number) == [new._replace(number=ref.number)]
    with pytest.raises(BadValue, match="e-mail"):
        contacts.recognised("Amina", Reach(["amina at example"]))


def test_roles_begin_and_end(rehearsal: Rehearsal) -> None:
    """A role that is present is changed in place; one that ended stays ended."""
    with rehearsal.change() as tx:
        contacts.join(tx, P1, O1, role=None, since=TODAY - timedelta(days=9))
        contacts.leave(tx, P1, O1, until=TODAY)
        contacts.join(tx, P1, O1, role="Trustee", since=TODAY)
    assert [(a.role, a.since, a.until) for a in read(rehearsal).affiliations] == [
        ("Trustee", TODAY, None),
        ("Lead", TODAY - timedelta(days=9), TODAY),
    ]
    with pytest.raises(Refused, match="began on"), rehearsal.change() as tx:
        contacts.leave(tx, P1, O1, until=TODAY - timedelta(days=1))


def test_what_is_not_there_is_refused(rehearsal: Rehearsal) -> None:
    """A contact, an organisation, a tag, a reason for nothing; and the store stays as it was."""
    before = read(rehearsal)
    with pytest.raises(NotFound, match="no contact 'P9'"), rehearsal.change() as tx:
        contacts.edit(tx, Ref("P", 9), note="x")
    with pytest.raises(NotFound, match="no organisation 'O9'"), rehearsal.change() as tx:
        contacts.join(tx, P1, Ref("O", 9), role=None)
    with pytest.raises(Refused, match="P1 has no tag 'gp'"), rehearsal.change() as tx:
        contacts.tag(tx, P1, add=["lead"], remove=["gp"])
    with pytest.raises(Usage, match="a reason goes with"), rehearsal.change() as tx:
        contacts.edit(tx, P1, do_not_contact=False, do_not_contact_reason="x")
    assert read(rehearsal) == before
