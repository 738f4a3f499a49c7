"""Drafts as a service: what each call leaves in the store."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlmodel import select

from solidarity_crm.errors import NobodyWrittenTo, NotFound, NotWritten, Refused
from solidarity_crm.exchange.outreach.template_files import Template
from solidarity_crm.models.contact import Contact
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.move import Move
from solidarity_crm.queries.contacts import ContactFilter
from solidarity_crm.reports.letters import Order
from solidarity_crm.rules.closings import WAY_OUT
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, outreach
from solidarity_crm.services.contacts import Reach
from solidarity_crm.services.outreach import Group
from solidarity_crm.store.transaction import By, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.store.transaction import Tx
    from solidarity_crm.store.workspace import Workspace

TODAY = date(2026, 12, 1)


@pytest.fixture
def tx(workspace: Workspace) -> Iterator[Tx]:
    """Open a transaction in a store of the test's own."""
    by = By("Robin Marsh", "test", datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    with transaction(workspace.store, workspace.settings, by) as opened:
        yield opened


def order(body: str = "Dear {{ contact.greeting }}", subject: str = "Hello", purpose: str = "service", **fields: Any) -> Order:
    """Order a template of one line."""
    template = Template("hello", subject, purpose, "A greeting", body, 5, Path("hello.txt"))
    return Order(template, **{"owner": "Robin Marsh", "about": None, "kind": None, "values": {}, **fields})


def person(tx: Tx, name: str, **fields: Any) -> Ref:
    """Add somebody with an address."""
    return contacts.add(tx, name, today=TODAY, reach=Reach([f"{name.partition(' ')[0].lower()}@example.org"]), **fields)


def test_a_group_gets_one_draft_each(tx: Tx) -> None:
    """A person that is named twice gets one; each has one address."""
    amina, dev = person(tx, "Amina Yusuf"), person(tx, "Dev Patel")
    done = outreach.draft(tx, order(), Group([amina, dev, amina]), today=TODAY)
    assert ([str(ref) for ref in done.made], done.left_out) == (["D1", "D2"], [])
    assert [(d.to_address, d.body.partition("\n")[0]) for d in tx.session.exec(select(Draft))] == [
        ("amina@example.org", "Dear Amina"),
        ("dev@example.org", "Dear Dev"),
    ]


def test_what_is_always_in_is_put_back_when_a_message_leaves(tx: Tx) -> None:
    """Whoever writes, where to reach them and the way out, also in a draft from which somebody took them."""
    outreach.draft(tx, order(), Group([person(tx, "Amina Yusuf")]), today=TODAY)
    draft = tx.session.exec(select(Draft)).one()
    whole, draft.body = draft.body, "Dear Amina\n"
    assert whole.endswith(f"\n\nRobin and Sam\nLeeds Solidarity Network\nhello@leeds.example\n\n{WAY_OUT}\n")
    (file,) = outreach.export(tx, (), today=TODAY).files
    assert message_from_bytes(file.content, policy=policy.default).get_content().replace("\r\n", "\n") == whole


def test_a_group_of_nobody_is_refused(tx: Tx) -> None:
    """A filter that finds nobody says so; so does a ref of nobody."""
    with pytest.raises(Refused, match="no contact is in that group"):
        outreach.draft(tx, order(), Group(wanted=ContactFilter(tag="none")), today=TODAY)
    with pytest.raises(NotFound):
        outreach.draft(tx, order(), Group([Ref("P", 9)]), today=TODAY)


def test_a_subject_that_is_too_long_leaves_its_person_out(tx: Tx) -> None:
    """As anything else that cannot be written."""
    with pytest.raises(NotWritten, match="subject"):
        outreach.draft(tx, order(subject="x" * 501), Group([person(tx, "Amina Yusuf")]), today=TODAY)


def test_an_address_that_no_program_can_send_to_leaves_its_person_out(tx: Tx) -> None:
    """It is found before a draft stands."""
    sian = contacts.add(tx, "Siân", today=TODAY, reach=Reach(["siân@example.org"]))
    with pytest.raises(NotWritten, match="not an address that a mail program can send to"):
        outreach.draft(tx, order(), Group([sian]), today=TODAY)


def test_words_to_avoid_stop_a_message(tx: Tx) -> None:
    """Safe contact rules hold for what is written too."""
    amina = person(tx, "Amina Yusuf", words_to_avoid="clinic, HIV")
    with pytest.raises(NotWritten, match="'clinic', which is not to be used with them"):
        outreach.draft(tx, order("See you at the Clinic"), Group([amina]), today=TODAY)


def test_whoever_objected_since_is_left_out_of_the_export(tx: Tx) -> None:
    """So is one whose address changed; their drafts stay as they were."""
    refs = [person(tx, name) for name in ("Amina Yusuf", "Dev Patel", "Eve Moss")]
    outreach.draft(tx, order(), Group(refs), today=TODAY)
    tx.get(Contact, refs[0].number).change(do_not_contact=True)
    contacts.edit(tx, refs[1], emails=["new@example.org"])
    done = outreach.export(tx, [], today=TODAY)
    assert [str(file.ref) for file in done.files] == ["D3"]
    assert [one.why for one in done.left_out] == [
        "D1: they asked not to be contacted",
        "D2: they no longer have the address dev@example.org; cancel D2 and draft it again",
    ]
    assert [draft.status for draft in tx.session.exec(select(Draft))] == ["draft", "draft", "exported"]
    with pytest.raises(NobodyWrittenTo):
        outreach.export(tx, [], today=TODAY)


def test_a_draft_put_back_is_a_draft_again(tx: Tx) -> None:
    """With its notice not given, and the move kept."""
    eve = person(tx, "Eve Moss", source="event")
    dev = person(tx, "Dev Patel")
    outreach.draft(tx, order(), Group([eve, dev]), today=TODAY)
    outreach.export(tx, [], today=TODAY)
    assert tx.get(Contact, eve.number).notice_given_on == TODAY
    outreach.put_back(tx, [Ref("D", 1), Ref("D", 2)], today=TODAY)
    assert tx.get(Contact, eve.number).notice_given_on is None
    assert [(d.status, d.exported_at) for d in tx.session.exec(select(Draft))] == [("draft", None)] * 2
    moves = tx.session.exec(select(Move).where(Move.ref == "D1")).all()
    assert [(move.from_status, move.to_status) for move in moves] == [("draft", "exported"), ("exported", "draft")]


def test_the_message_id_is_of_the_partnerships_domain(tx: Tx) -> None:
    """Or of whoever writes, where the partnership has no address."""
    outreach.draft(tx, order(), Group([person(tx, "Amina Yusuf")]), today=TODAY)
    tx.settings = tx.settings._replace(email=None)
    outreach.export(tx, [], today=TODAY)
    draft = tx.get(Draft, 1)
    assert draft.message_id == f"<{draft.uid}@leeds.example>"
    tx.settings = tx.settings._replace(people=())
    with pytest.raises(Refused, match="no address to write from"):
        outreach.export(tx, [Ref("D", 1)], today=TODAY)
