"""The people of a store, as those are asked about who may be one of them."""

from __future__ import annotations

import pytest
from rehearsal import TODAY, Rehearsal

from solidarity_crm.models.identity import FormerName, Identifier, NotDuplicate
from solidarity_crm.queries.likely import known, known_beside, people
from solidarity_crm.rules.duplicates import LIKELY, MENTIONED, Person
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, organisations


@pytest.fixture
def rehearsal() -> Rehearsal:
    """Give a store with Amina, who has a role, and Siân."""
    made = Rehearsal()
    with made.change() as tx:
        amina = contacts.add(tx, "Amina Yusuf", today=TODAY, reach=contacts.Reach(["amina@example.org"], ["0113 496 0123"]))
        contacts.add(tx, "Siân O'Brien [she/her]", today=TODAY, given_name="Siân", family_name="Hall")
        contacts.join(tx, amina, organisations.add(tx, "MESMAC"), role="Lead")
    return made


def test_a_store_is_read_whole(rehearsal: Rehearsal) -> None:
    """Names with their parts and former ones, keys, organisations past and present, other programs' numbers."""
    with rehearsal.change() as tx:
        contacts.leave(tx, Ref("P", 1), Ref("O", 1), until=TODAY)
        tx.add(FormerName.checked(contact_id=2, name="Siân Price"))
        tx.add(Identifier.checked(contact_id=2, system="linkedin", value="sian"))
    assert people(rehearsal.connection) == [
        Person(1, ("amina yusuf",), frozenset({"amina@example.org"}), frozenset({"+441134960123"}), frozenset({1})),
        Person(2, ("sian obrien", "sian hall", "sian price"), identifiers=frozenset({("linkedin", "sian")})),
    ]


@pytest.mark.parametrize("few", [200, 0])
def test_one_question_reads_only_who_is_beside(rehearsal: Rehearsal, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """And answers as the whole store would."""
    monkeypatch.setattr("solidarity_crm.queries.likely._FEW", few)
    connection = rehearsal.connection
    with rehearsal.change() as tx:
        contacts.add(tx, "Amina Yusuf", today=TODAY, reach=contacts.Reach(["AMINA@example.org"]))
        contacts.add(tx, "Bea Lund", today=TODAY)
        tx.add(FormerName.checked(contact_id=4, name="Amina Yusuf"))
        tx.add(NotDuplicate.checked(contact_id=1, other_id=3, decided_on=TODAY))
    for one in people(connection):
        for least in (LIKELY, MENTIONED):
            assert known_beside(connection, one).like(one, least=least) == known(connection).like(one, least=least)
    stranger = Person(0, ("yusuf amina",), frozenset({"amina@example.org"}))
    assert [other.number for other, _ in known_beside(connection, stranger).like(stranger, least=MENTIONED)] == [1, 3, 4]
