"""Merging, over the whole store: everything moves, nothing is lost, and undo is exact."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import BadValue, NotFound, Refused
from solidarity_crm.models.calendar import Answer
from solidarity_crm.models.communities import WorksWith
from solidarity_crm.models.consent import ConsentEvent
from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint, PostalAddress, Tag
from solidarity_crm.models.disclosure import Disclosure
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.models.identity import FormerName, Identifier, NotDuplicate
from solidarity_crm.models.introduction import Introduction, IntroductionSide
from solidarity_crm.models.meeting import Interaction, Meeting, Participant
from solidarity_crm.models.move import Move
from solidarity_crm.models.offer import Offer
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.models.post import ReadMail
from solidarity_crm.models.proposal import Proposal
from solidarity_crm.models.tie import OverBudget, Tie
from solidarity_crm.queries.likely import known
from solidarity_crm.queries.lookup import find
from solidarity_crm.rules.refs import BY_TABLE, Ref
from solidarity_crm.services import merging, references, undoing
from solidarity_crm.store import journal, search

if TYPE_CHECKING:
    from collections.abc import Callable

    from solidarity_crm.models.base import Row
    from solidarity_crm.store.transaction import Tx

KEEP, OTHER, THIRD = Ref("P", 1), Ref("P", 2), Ref("P", 3)
O1, O2 = Ref("O", 1), Ref("O", 2)
DAY = timedelta(days=1)
# columns of text that hold no ref of a contact or an organisation: what people typed, states, keys
NO_REFS = {
    *("uid", "name", "name_key", "given_name", "family_name", "known_as", "pronouns", "basis", "do_not_contact_reason", "channels"),
    *("contact_hours", "words_to_avoid", "note", "system", "value", "value_key", "label", "role", "community", "tag", "kind", "website"),
    *("address", "status", "owner", "capacity", "outcome", "what", "why", "side", "answer", "channel", "words", "shares", "every"),
    *("title", "starts", "ends", "time_zone", "place", "link", "agenda", "notes", "direction", "summary", "body", "to_address", "template"),
    *("purpose", "subject", "message_id", "from_status", "to_status", "street", "locality", "region", "postal_code", "country", "origin"),
    *("reply_key", "email", "phone", "organisation", "choices", "consent", "result", "asked_by", "asked_words", "strength", "state"),
    *("known_from", "reason", "described_as", "how", "told", "subscriber", "key", "digest", "offers", "recurs", "left_out", "date_of"),
    *("mail_key", "anyway"),
}


def rows(store: Rehearsal) -> dict[str, list[dict[str, Any]]]:
    """Give every row of every table that the journal watches."""
    found = {}
    for table in journal.tables(store.connection):
        cursor = store.connection.execute(f"SELECT * FROM {table} ORDER BY id")
        found[table] = [dict(zip([column[0] for column in cursor.description], row, strict=True)) for row in cursor.fetchall()]
    return found


def merge(store: Rehearsal, keep: Ref = KEEP, other: Ref = OTHER, **take: str) -> None:
    """Merge two records."""
    with store.change() as tx:
        merging.merge(tx, keep, other, take=take, today=TODAY)


def undo(store: Rehearsal) -> None:
    """Take back the last command."""
    with store.change() as tx:
        undoing.undo(tx)


@pytest.fixture
def rehearsal() -> Rehearsal:
    """Give a store of three contacts and two organisations."""
    return peopled()


def peopled(**other: Any) -> Rehearsal:
    """Make a store of three contacts and two organisations; ``other`` are the second contact's fields."""
    made = Rehearsal()
    with made.change() as tx:
        tx.add(Contact.checked(name="Amina Yusuf", obtained_on=TODAY))
        tx.add(Contact.checked(**{"name": "Amina Hall", "obtained_on": TODAY, **other}))
        tx.add(Contact.checked(name="Siân O'Brien", obtained_on=TODAY))
        tx.add(Organisation.checked(name="MESMAC"))
        tx.add(Organisation.checked(name="MESMAC Leeds"))
    return made


def add(store: Rehearsal, *made: Row) -> None:
    """Add rows."""
    with store.change() as tx:
        for row in made:
            tx.add(row)


# --- everything that refers to a record -------------------------------------------------------------------


def test_every_column_that_can_hold_a_ref_is_known(rehearsal: Rehearsal) -> None:
    """A new column of text is put on the list above, or is called as those that hold refs are."""
    connection = rehearsal.connection
    moved = set(references.mentions(connection))
    unknown = [
        (table, column)
        for table in journal.tables(connection)
        if table not in references.PAST
        for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})").fetchall()
        if kind in ("TEXT", "VARCHAR") and column not in NO_REFS and (table, column) not in moved
    ]
    assert unknown == []
    assert {("followup", "about"), ("interaction", "about"), ("draft", "about"), ("contact", "source"), ("move", "ref")} <= moved


def test_every_foreign_key_is_found(rehearsal: Rehearsal) -> None:
    """Whatever a column is called; a column that is called as a reference is one."""
    connection = rehearsal.connection
    for table, parent in (("contact", "contact_id"), ("organisation", "organisation_id")):
        found = references.foreign(connection, table)
        named = {
            name
            for name in journal.tables(connection)
            for _, column, *_ in connection.execute(f"PRAGMA table_info({name})").fetchall()
            if column == parent
        }
        assert named <= set(found)
    assert {"owed_to_id"} <= set(references.foreign(connection, "contact")["followup"])
    assert {"introducer_id"} <= set(references.foreign(connection, "contact")["introduction"])


def test_nothing_refers_to_what_is_gone(rehearsal: Rehearsal) -> None:
    """By number or by ref, in any table, when every table has a row about it."""
    add(rehearsal, *all_kinds(OTHER))
    referring = {table for table, found in rows(rehearsal).items() for row in found if refers(row, OTHER)}
    assert referring >= set(references.foreign(rehearsal.connection, "contact")) | {"interaction", "draft", "contact", "disclosure"}
    merge(rehearsal)
    left = [(table, row) for table, found in rows(rehearsal).items() for row in found if refers(row, OTHER)]
    assert {table for table, _ in left} == {"disclosure", "merger"}  # what once was so
    assert rehearsal.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert (journal.problems(rehearsal.connection), search.stale(rehearsal.connection)) == ([], [])


def test_a_table_to_come_is_moved_too(rehearsal: Rehearsal) -> None:
    """It need not be known: its foreign keys are enough."""
    rehearsal.connection.execute(
        "CREATE TABLE trust (id INTEGER PRIMARY KEY, left_id INTEGER REFERENCES contact (id), right_id INTEGER REFERENCES contact (id), source TEXT)"
    )
    rehearsal.connection.execute(
        "INSERT INTO trust VALUES (1, 2, 3, 'introduced by P2'), (2, 1, 2, NULL), (3, 3, 1, NULL), (4, 3, 2, NULL)"
    )
    merge(rehearsal)
    assert rehearsal.connection.execute("SELECT * FROM trust ORDER BY id").fetchall() == [(1, 1, 3, "introduced by P1"), (3, 3, 1, None)]


def refers(row: dict[str, Any], ref: Ref) -> bool:
    """Say whether a row mentions a record, by its number in a column of numbers or by its ref in any text."""
    numbers = {value for column, value in row.items() if column in ("contact_id", "other_id", "introducer_id", "owed_to_id")}
    return ref.number in numbers or any(str(ref) in str(value).replace(",", " ").split() for value in row.values())


def all_kinds(ref: Ref) -> list[Row]:
    """Make a row of every kind about a contact."""
    third = THIRD.number
    number, about = ref.number, str(ref)
    when = {"received_on": TODAY, "reply_due": TODAY}
    return [
        ContactPoint.checked(contact_id=number, system="email", value="hall@example.org", value_key="hall@example.org"),
        PostalAddress.checked(contact_id=number, street="1 Made Street"),
        Affiliation.checked(contact_id=number, organisation_id=1, role="Lead"),
        WorksWith.checked(contact_id=number, community="sex workers"),
        Tag.checked(contact_id=number, tag="gp-lead"),
        FormerName.checked(contact_id=number, name="Amina Price"),
        Identifier.checked(contact_id=number, system="linkedin", value="hall"),
        NotDuplicate.checked(contact_id=number, other_id=third, decided_on=TODAY),
        Tie.checked(contact_id=number, other_id=third, noted_on=TODAY),
        OverBudget.checked(contact_id=number, asked_on=TODAY, about=about, reason="They asked us to"),
        ConsentEvent.checked(contact_id=number, kind="given", purpose="marketing", happened_on=TODAY),
        ReadMail.checked(contact_id=number, mail_key="4c2e", kind="reply", received_on=TODAY),
        Offer.checked(kind="advice", contact_id=number, about="Talks", confirmed_on=TODAY, source=f"introduced by {about}", **when),
        Introduction.checked(introducer_id=number, why="Both run drop-ins", proposed_on=TODAY),
        Introduction.checked(why="Both cook", proposed_on=TODAY),
        IntroductionSide.checked(introduction_id=2, side="left", contact_id=number, words="Yes please", answer="yes"),
        IntroductionSide.checked(introduction_id=2, side="right", contact_id=third),
        FollowUp.checked(what="Ring", about=about, due=TODAY, owed_to_id=number),
        Meeting.checked(title="Steering", starts="2026-12-03T10:00", ends="2026-12-03T11:00", time_zone="Europe/London"),
        Participant.checked(meeting_id=1, contact_id=number),
        Answer.checked(meeting_id=1, contact_id=number, answer="coming"),
        Interaction.checked(happened_on=TODAY, summary="Rang", about=about),
        Participant.checked(interaction_id=1, contact_id=number),
        Draft.checked(
            contact_id=number, to_address="hall@example.org", template="x", about=about, purpose="service", subject="S", body="B"
        ),
        Proposal.checked(origin="web form", reply_key="1", contact_id=number, **when),
        Contact.checked(name="Cal Reed", obtained_on=TODAY, source=f"introduced by {about}"),
        Move.checked(ref=about, from_status="a", to_status="b", moved_on=TODAY),
        Disclosure.checked(disclosed_on=TODAY, by="Robin", recipient="steering group", form="vcf", fields="name", refs=f"P3,{about}"),
    ]


# --- what would be double ---------------------------------------------------------------------------------


def double(keep: Row, other: Row) -> tuple[Callable[[Rehearsal], list[dict[str, Any]]], list[Row]]:
    """Give two rows, one of each contact's, and a way to read what is left of them."""
    table = str(type(keep).__tablename__)
    return (lambda store: [row for row in rows(store)[table] if row.get("contact_id") == KEEP.number]), [keep, other]


@pytest.mark.parametrize(
    ("keep", "other", "left"),
    [
        (Tag.checked(contact_id=1, tag="GP-lead"), Tag.checked(contact_id=2, tag="gp-lead"), [{"tag": "GP-lead"}]),
        (WorksWith.checked(contact_id=1, community="a"), WorksWith.checked(contact_id=2, community="a"), [{"community": "a"}]),
        (
            ContactPoint.checked(contact_id=1, system="email", value="A@x.example", value_key="a@x.example"),
            ContactPoint.checked(contact_id=2, system="email", value="a@x.example", value_key="a@x.example", label="work", preferred=True),
            [{"value": "A@x.example", "label": "work", "preferred": 0}],
        ),
        (
            ContactPoint.checked(contact_id=1, system="email", value="a@x.example", value_key="a@x.example"),
            ContactPoint.checked(contact_id=2, system="email", value="b@x.example", value_key="b@x.example", preferred=True),
            [{"value": "a@x.example", "position": 0, "preferred": 1}, {"value": "b@x.example", "position": 1, "preferred": 0}],
        ),
        (
            PostalAddress.checked(contact_id=1, street="1 Made Street"),
            PostalAddress.checked(contact_id=2, street="1 Made Street", position=3),
            [{"street": "1 Made Street", "position": 0}],
        ),
        (
            PostalAddress.checked(contact_id=1, street="1 Made Street"),
            PostalAddress.checked(contact_id=2, street="2 Made Street"),
            [{"position": 0}, {"position": 1}],
        ),
        (
            Affiliation.checked(contact_id=1, organisation_id=1, role="lead", since=TODAY),
            Affiliation.checked(contact_id=2, organisation_id=1, role="Lead", since=TODAY - DAY),
            [{"role": "lead", "since": str(TODAY - DAY)}],
        ),
        (
            Affiliation.checked(contact_id=1, organisation_id=1, role="Lead"),
            Affiliation.checked(contact_id=2, organisation_id=1, role="Lead", since=TODAY),
            [{"role": "Lead", "since": str(TODAY)}],
        ),
        (
            Affiliation.checked(contact_id=1, organisation_id=1, role="Lead"),
            Affiliation.checked(contact_id=2, organisation_id=1, role="Lead", since=date(2020, 1, 1), until=date(2021, 1, 1)),
            [{"until": None}, {"until": "2021-01-01"}],
        ),
        (
            Affiliation.checked(contact_id=1, organisation_id=1, role="Lead"),
            Affiliation.checked(contact_id=2, organisation_id=1, role="Trustee"),
            [{"role": "Lead"}, {"role": "Trustee"}],
        ),
        (FormerName.checked(contact_id=1, name="Amina Price"), FormerName.checked(contact_id=2, name="AMINA PRICE"), None),
        (
            NotDuplicate.checked(contact_id=1, other_id=3, decided_on=TODAY),
            NotDuplicate.checked(contact_id=2, other_id=3, decided_on=TODAY - DAY),
            [{"other_id": 3, "decided_on": str(TODAY - DAY)}],
        ),
        (
            NotDuplicate.checked(contact_id=1, other_id=2, decided_on=TODAY),
            Tag.checked(contact_id=2, tag="x"),
            [],
        ),
    ],
)
def test_what_both_say_is_said_once(rehearsal: Rehearsal, keep: Row, other: Row, left: list[dict[str, Any]] | None) -> None:
    """The kept contact's own words, with what they lacked; what differs stays apart."""
    read, made = double(*(type(row)(**row.model_dump()) for row in (keep, other)))
    add(rehearsal, *made)
    before = rows(rehearsal)
    merge(rehearsal)
    found = read(rehearsal)
    if left is None:
        assert sorted(row["name"] for row in found) == ["Amina Hall", "Amina Price"]
    else:
        assert [{field: row[field] for field in wanted} for row, wanted in zip(found, left, strict=True)] == left
    undo(rehearsal)
    assert rows(rehearsal) == before


def test_both_at_one_meeting_is_once(rehearsal: Rehearsal) -> None:
    """Also when an organisation was there."""
    add(
        rehearsal,
        Interaction.checked(happened_on=TODAY, summary="Rang"),
        *(Participant.checked(interaction_id=1, contact_id=number) for number in (1, 2, 3)),
        Participant.checked(interaction_id=1, organisation_id=1),
    )
    merge(rehearsal)
    assert [(row["contact_id"], row["organisation_id"]) for row in rows(rehearsal)["participant"]] == [(1, None), (3, None), (None, 1)]


def test_a_pair_found_to_be_two_people_stays_one(rehearsal: Rehearsal) -> None:
    """The lower number first, whichever of them became another."""
    add(rehearsal, NotDuplicate.checked(contact_id=1, other_id=3, decided_on=TODAY))
    merge(rehearsal, OTHER, KEEP)
    assert [(row["contact_id"], row["other_id"]) for row in rows(rehearsal)["not_duplicate"]] == [(2, 3)]
    assert known(rehearsal.connection).pairs() == []
    merge(rehearsal, THIRD, OTHER)
    assert rows(rehearsal)["not_duplicate"] == []


# --- names and what is remembered -------------------------------------------------------------------------


def test_the_others_names_become_former_ones() -> None:
    """Its name, the parts of that, what it went by; searches and lookups find KEEP by them, and so does its card's UID."""
    store = peopled(given_name="Amina", family_name="Hall-Price", known_as="Mina")
    uid = rows(store)["contact"][1]["uid"]
    merge(store)
    assert [row["name"] for row in rows(store)["former_name"]] == ["Amina Hall", "Amina Hall-Price"]
    assert rows(store)["contact"][0]["known_as"] == "Mina"
    for text in ("amina hall", "hall-price", "mina", "Amina Yusuf", "P1"):
        assert find(store.store, text, "P") == KEEP
    assert [(row["system"], row["value"]) for row in rows(store)["identifier"]] == [("vcard", uid)]
    assert [(row["old_ref"], row["new_ref"]) for row in rows(store)["merger"]] == [("P2", "P1")]


def test_a_name_that_is_taken_leaves_the_own_one_as_former(rehearsal: Rehearsal) -> None:
    """So neither is lost, and neither is there twice."""
    merge(rehearsal, name="other")
    assert rows(rehearsal)["contact"][0]["name"] == "Amina Hall"
    assert [row["name"] for row in rows(rehearsal)["former_name"]] == ["Amina Yusuf"]


def test_a_merger_is_followed_to_its_end(rehearsal: Rehearsal) -> None:
    """P2 into P1, that into P3: P2 is P3; after undo it is P1 again."""
    merge(rehearsal)
    with pytest.raises(NotFound, match="P2 was merged into P1"):
        find(rehearsal.store, "P2", "P")
    merge(rehearsal, THIRD, KEEP)
    with pytest.raises(NotFound, match="P2 was merged into P3"):
        find(rehearsal.store, "p2", "P")
    undo(rehearsal)
    with pytest.raises(NotFound, match="P2 was merged into P1"):
        find(rehearsal.store, "P2")
    with pytest.raises(NotFound, match="no contact 'P9'"):
        find(rehearsal.store, "P9", "P")


# --- refusals ---------------------------------------------------------------------------------------------


def introduced(left: Ref, right: Ref, by: Ref | None = None) -> list[Row]:
    """Make an introduction."""
    return [
        Introduction.checked(why="Both cook", proposed_on=TODAY, introducer_id=by.number if by else None),
        IntroductionSide.checked(introduction_id=1, side="left", contact_id=left.number),
        IntroductionSide.checked(introduction_id=1, side="right", contact_id=right.number),
    ]


@pytest.mark.parametrize(
    ("people", "said", "hint"),
    [
        ((KEEP, OTHER), "I1 introduces P1 and P2 to each other", "solidarity undo 2 if I1"),
        ((OTHER, KEEP), "I1 introduces P1 and P2 to each other", "--not-duplicates P1 P2"),
        ((KEEP, THIRD, OTHER), "in I1 one of P1 and P2 introduces the other", "solidarity intro edit I1 --via"),
        ((THIRD, OTHER, KEEP), "in I1 one of P1 and P2 introduces the other", "solidarity intro edit I1 --via"),
    ],
)
def test_two_who_were_introduced_are_two(rehearsal: Rehearsal, people: tuple[Ref, ...], said: str, hint: str) -> None:
    """Nothing changes, and what to do is said."""
    add(rehearsal, *introduced(*people))
    before = rows(rehearsal)
    with pytest.raises(Refused, match=said) as refused:
        merge(rehearsal)
    assert hint in str(refused.value.hint)
    assert rows(rehearsal) == before


def test_an_introduction_to_somebody_else_moves(rehearsal: Rehearsal) -> None:
    """With the answer that was given."""
    add(rehearsal, *introduced(OTHER, THIRD))
    merge(rehearsal)
    assert [row["contact_id"] for row in rows(rehearsal)["introduction_side"]] == [1, 3]


def test_what_cannot_be_merged_is_refused(rehearsal: Rehearsal) -> None:
    """Itself; somebody who is not there; texts that are too long when joined. The store stays as it was."""
    with rehearsal.change() as tx:
        for number, words in ((1, "a" * 300), (2, "b" * 300)):
            tx.get(Contact, number).change(words_to_avoid=words)
    before = rows(rehearsal)
    for keep, other, problem in ((KEEP, KEEP, Refused), (KEEP, Ref("P", 9), NotFound), (O1, O1, Refused), (KEEP, OTHER, BadValue)):
        with pytest.raises(problem):
            merge(rehearsal, keep, other)
    assert rows(rehearsal) == before


def test_two_people_are_remembered_once(rehearsal: Rehearsal) -> None:
    """Either way round; one and the same is no pair."""

    def apart(tx: Tx, one: Ref, other: Ref) -> None:
        merging.not_duplicates(tx, one, other, today=TODAY)

    with rehearsal.change() as tx:
        apart(tx, OTHER, KEEP)
        apart(tx, KEEP, OTHER)
    assert [(row["contact_id"], row["other_id"]) for row in rows(rehearsal)["not_duplicate"]] == [(1, 2)]
    with pytest.raises(Refused, match="one contact"), rehearsal.change() as tx:
        apart(tx, KEEP, KEEP)
    with pytest.raises(NotFound), rehearsal.change() as tx:
        apart(tx, KEEP, Ref("P", 9))


# --- organisations ----------------------------------------------------------------------------------------


def test_two_organisations_become_one(rehearsal: Rehearsal) -> None:
    """People, offers, meetings, membership, addresses; who was at both in one role is there once."""
    add(
        rehearsal,
        Affiliation.checked(contact_id=1, organisation_id=1, role="Lead"),
        Affiliation.checked(contact_id=1, organisation_id=2, role="Lead", since=TODAY),
        Affiliation.checked(contact_id=2, organisation_id=2, role="Lead"),
        Offer.checked(kind="advice", organisation_id=2, about="Talks", received_on=TODAY, reply_due=TODAY, confirmed_on=TODAY),
        Interaction.checked(happened_on=TODAY, summary="Rang", about="O2"),
        Participant.checked(interaction_id=1, organisation_id=2),
        ContactPoint.checked(organisation_id=2, system="email", value="info@x.example", value_key="info@x.example"),
        WorksWith.checked(organisation_id=2, community="sex workers"),
        FollowUp.checked(what="Ring", about="O2", due=TODAY),
    )
    with rehearsal.change() as tx:
        tx.get(Organisation, 2).change(member_since=TODAY, website="https://x.example")
    before = rows(rehearsal)
    merge(rehearsal, O1, O2)
    after = rows(rehearsal)
    assert [(row["contact_id"], row["organisation_id"], row["since"]) for row in after["affiliation"]] == [(1, 1, str(TODAY)), (2, 1, None)]
    assert after["offer"][0]["organisation_id"] == after["participant"][0]["organisation_id"] == 1
    assert (after["interaction"][0]["about"], after["followup"][0]["about"]) == ("O1", "O1")
    assert [(row["name"], row["member_since"], row["website"]) for row in after["organisation"]] == [
        ("MESMAC", str(TODAY), "https://x.example")
    ]
    assert (find(rehearsal.store, "mesmac leeds", "O"), search.stale(rehearsal.connection)) == (O1, [])
    undo(rehearsal)
    assert rows(rehearsal) == before


# --- a whole store ----------------------------------------------------------------------------------------

KINDS = st.lists(st.tuples(st.integers(0, len(all_kinds(OTHER)) - 1), st.sampled_from([KEEP, OTHER, THIRD])), max_size=20)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["Amina Yusuf", "amina yusuf", "🙂", "Siân O'Brien [she/her]"]),
        "given_name": st.just("Amina"),
        "known_as": st.sampled_from(["Mina", "Amina"]),
        "channels": st.sampled_from(["email", "text"]),
        "do_not_contact": st.booleans(),
        "note": st.sampled_from(["x", "y"]),
        "source": st.sampled_from(["partner", "introduced by P1", "introduced by P3"]),
        "cadence_days": st.just(30),
    },
)
ALONE = ("introduction", "introduction_side")  # of more than one row that must fit: added whole, or not at all


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(kinds=KINDS, fields=FIELDS, introduction=st.sampled_from([None, (OTHER, THIRD), (THIRD, KEEP), (THIRD, OTHER)]))
def test_merging_then_undoing_is_nothing(
    kinds: list[tuple[int, Ref]], fields: dict[str, Any], introduction: tuple[Ref, Ref] | None
) -> None:
    """Over every table; and in between nothing was lost: what is fewer is what was said twice."""
    store = peopled(**fields)
    # a meeting and an interaction that anybody may have been part of
    base = [row for row in all_kinds(THIRD) if isinstance(row, (Meeting, Interaction))]
    add(store, *base, *(introduced(*introduction) if introduction else []))
    for place, (kind, ref) in enumerate(kinds):
        row = all_kinds(ref)[kind]
        of_a_pair = isinstance(row, (NotDuplicate, Tie))
        tied_already = isinstance(row, Tie) and kinds.index((kind, ref)) != place
        if str(type(row).__tablename__) not in ALONE and not (of_a_pair and ref == THIRD) and not tied_already:
            add(store, row)
    before = rows(store)
    with store.change() as tx:
        plan = merging.plan(tx.connection, KEEP, OTHER, take={})
        merging.merge(tx, KEEP, OTHER, take={}, today=TODAY)
    after = rows(store)
    fewer = {table: len(before[table]) - len(after[table]) for table in before}
    new = Counter({"merger": 1, "identifier": 1, "former_name": len(after["former_name"]) - len(before["former_name"])})
    joined = Counter({move.what: move.joined for move in plan.moves})
    for table, gone in fewer.items():
        if table in BY_TABLE:
            assert gone == (1 if table == "contact" else 0)
        elif table != "former_name":
            assert gone == joined[merging._called(table)] - new[table]
    assert facts(before) <= facts(after)
    assert (store.connection.execute("PRAGMA foreign_key_check").fetchall(), search.stale(store.connection)) == ([], [])
    undo(store)
    assert rows(store) == before
    assert journal.problems(store.connection) == []
    store.close()


def facts(found: dict[str, list[dict[str, Any]]]) -> set[tuple[str, Any]]:
    """Give what is said of the two contacts, whichever says it."""
    said: set[tuple[str, Any]] = set()
    for table, columns in {
        "tag": ("tag",),
        "works_with": ("community",),
        "contact_point": ("system", "value_key"),
        "postal_address": ("street",),
        "affiliation": ("organisation_id", "role", "since", "until"),
        "identifier": ("system", "value"),
        "participant": ("meeting_id", "interaction_id"),
        "offer": ("id", "about"),
        "draft": ("id", "subject"),
        "proposal": ("id",),
        "introduction_side": ("introduction_id", "side", "words", "answer"),
    }.items():
        said |= {(table, tuple(row[column] for column in columns)) for row in found[table] if row.get("contact_id") in (1, 2)}
    said |= {("followup", (row["id"], row["owed_to_id"] in (1, 2), row["about"] in ("P1", "P2"))) for row in found["followup"]}
    said |= {("interaction", (row["id"], row["about"] in ("P1", "P2"))) for row in found["interaction"]}
    names = [row["name"] for row in found["contact"] if row["id"] in (1, 2)] + [
        row["name"] for row in found["former_name"] if row["contact_id"] in (1, 2)
    ]
    return said | {("name", name.casefold()) for name in names}
