"""The front door: what accepting and rejecting a form reply makes, and that undo takes all of it back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rehearsal import TODAY, Rehearsal

from solidarity_crm.errors import BadValue, MoveRefused
from solidarity_crm.exchange.forms.answers import answer, reply
from solidarity_crm.rules.refs import Ref
from solidarity_crm.services import contacts, intake, organisations, undoing
from solidarity_crm.services.intake import PERSONAL, Decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.exchange.forms.reply import Reply

ANSWERS = {
    "Name": "Siân O'Brien",
    "Email": "sian@example.org",
    "Phone": "07700 900140",
    "Organisation": "MESMAC",
    "Role": "Lead",
    "How can you help?": "Data",
    "Message": "Figures on housing",
    "I agree that you keep my details": "yes",
}
R1 = Ref("R", 1)
KEPT = ("journal", "journal_change", "journal_payload", "sqlite_sequence", "search", "search_data", "search_idx", "search_docsize")


@pytest.fixture
def here() -> Iterator[Rehearsal]:
    """Give a store of the test's own."""
    made = Rehearsal()
    yield made
    made.close()


def written(**changed: str) -> Reply:
    """Give a reply, some of its answers others."""
    return reply(2, "jetpack export", [answer(q, text) for q, text in {**ANSWERS, **changed}.items()], on=date(2026, 11, 27))


def taken(here: Rehearsal, *replies: Reply) -> list[tuple[str, bool]]:
    """Take replies in."""
    with here.change() as tx:
        return [(one.ref, one.known) for one in intake.take(tx, replies or [written()], today=TODAY)]


def decided(**changed: Any) -> Decision:
    """Give the decision that the reply asks for, some of it other."""
    usual = Decision(None, "Siân O'Brien", "sian@example.org", "07700 900140", "MESMAC", "Lead", ("data",), ("sex workers",))
    return usual._replace(**changed)


def rows(here: Rehearsal, table: str) -> list[dict[str, object]]:
    """List a table's rows."""
    found = here.connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def everything(here: Rehearsal) -> dict[str, list[tuple[object, ...]]]:
    """Give every table as it is, but for the journal and what is made of the others."""
    tables = [name for (name,) in here.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: here.connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in tables if not name.startswith(KEPT)}


def test_a_reply_is_kept_apart_until_it_is_accepted(here: Rehearsal) -> None:
    """Nothing but the proposal is stored; a reply is due after two working days."""
    assert taken(here) == [("R1", False)]
    assert [len(rows(here, table)) for table in ("contact", "organisation", "offer", "interaction", "followup")] == [0] * 5
    (kept,) = rows(here, "proposal")
    assert (kept["name"], kept["received_on"], kept["reply_due"], kept["status"]) == ("Siân O'Brien", "2026-11-27", "2026-12-01", "waiting")


def test_the_same_reply_is_known_again(here: Rehearsal) -> None:
    """In one file or another, also once it was rejected; one that says something else is another."""
    assert taken(here, written(), written()) == [("R1", False), ("R1", True)]
    with here.change() as tx:
        intake.reject(tx, R1, today=TODAY)
    assert taken(here, written(), written(Message="And figures on work")) == [("R1", True), ("R2", False)]


def test_a_reply_of_tomorrow_came_today(here: Rehearsal) -> None:
    """A clock that is wrong makes no day ahead."""
    taken(here, written()._replace(received_on=date(2030, 1, 1)))
    assert rows(here, "proposal")[0]["received_on"] == "2026-12-01"


def test_accepting_makes_everything_that_goes_with_a_contact(here: Rehearsal) -> None:
    """Contact, role, offers, interaction, follow-up, each with the days that follow from the reply's."""
    taken(here)
    with here.change() as tx:
        made = intake.accept(tx, R1, decided(kinds=("data", "advice"), owner="Sam Adeyemi"), today=TODAY)
    assert [str(each) for each in (made.contact, *made.offers, made.interaction, made.followup)] == ["P1", "H1", "H2", "N1", "F1"]
    (contact,) = rows(here, "contact")
    assert (contact["source"], contact["obtained_on"], contact["basis"]) == ("self", "2026-11-27", "consent")
    assert [row["value"] for row in rows(here, "contact_point")] == ["sian@example.org", "07700 900140"]
    assert [(row["organisation_id"], row["role"]) for row in rows(here, "affiliation")] == [(1, "Lead")]
    offers = rows(here, "offer")
    assert [(row["kind"], row["about"], row["source"], row["owner"]) for row in offers] == [
        ("data", "Figures on housing", "website form", "Sam Adeyemi"), ("advice", "Figures on housing", "website form", "Sam Adeyemi"),
    ]  # fmt: skip
    assert {(row["received_on"], row["reply_due"]) for row in offers} == {("2026-11-27", "2026-12-01")}
    assert {row["community"] for row in rows(here, "works_with")} == {"sex workers"}
    assert {row["contact_id"] for row in rows(here, "works_with")} == {None}, "what an offer is for says nothing of whoever offers it"
    (told,) = rows(here, "interaction")
    assert (told["kind"], told["direction"], told["happened_on"]) == ("form", "in", "2026-11-27")
    assert "They agreed to: I agree that you keep my details: yes" in str(told["body"])
    assert [(row["due"], row["about"], row["owner"]) for row in rows(here, "followup")] == [("2026-12-01", "P1", "Sam Adeyemi")]
    assert [(row["status"], row["contact_id"]) for row in rows(here, "proposal")] == [("accepted", 1)]


def test_an_existing_contact_is_filled_in_and_never_overwritten(here: Rehearsal) -> None:
    """What is there stays: name, role, basis, who asked not to be contacted."""
    with here.change() as tx:
        reach = contacts.Reach(["sian@work.example"], ["07700 900140"])
        fields: dict[str, Any] = {"basis": "public task", "do_not_contact": True, "source": "partner", "given_name": "Siani"}
        contacts.add(tx, "S. O'Brien", today=TODAY, reach=reach, **fields)
        organisations.add(tx, "MESMAC")
        contacts.join(tx, Ref("P", 1), Ref("O", 1), role="Director")
    taken(here)
    with here.change() as tx:
        intake.accept(tx, R1, decided(contact=Ref("P", 1), organisation=Ref("O", 1)), today=TODAY)
    (contact,) = rows(here, "contact")
    assert (contact["name"], contact["basis"], contact["do_not_contact"], contact["source"]) == ("S. O'Brien", "public task", 1, "partner")
    assert contact["given_name"] == "Siani"
    assert [row["value"] for row in rows(here, "contact_point")] == ["sian@work.example", "07700 900140", "sian@example.org"]
    assert [row["role"] for row in rows(here, "affiliation")] == ["Director"]


def test_without_a_tick_the_basis_is_left_open(here: Rehearsal) -> None:
    """And the interaction says so."""
    taken(here, written(**{"I agree that you keep my details": "no"}))
    with here.change() as tx:
        intake.accept(tx, R1, decided(), today=TODAY)
    assert rows(here, "contact")[0]["basis"] is None
    assert "They ticked no consent." in str(rows(here, "interaction")[0]["body"])


def test_a_rejected_reply_says_nothing_of_whoever_wrote_it(here: Rehearsal) -> None:
    """Unless the text is to be kept."""
    taken(here, written(), written(Message="Another"))
    with here.change() as tx:
        intake.reject(tx, R1, today=TODAY, why="an advertisement")
        intake.reject(tx, Ref("R", 2), today=TODAY, keep_text=True)
    first, second = rows(here, "proposal")
    assert [first[field] for field in PERSONAL] == [None] * len(PERSONAL)
    assert (second["name"], first["status"], first["reply_key"] == second["reply_key"]) == ("Siân O'Brien", "rejected", False)
    found = here.connection.execute("SELECT count(*) FROM search WHERE search MATCH 'sian'").fetchone()[0]
    assert found == 1


@pytest.mark.parametrize("first", ["accept", "reject"])
@pytest.mark.parametrize("second", ["accept", "reject"])
def test_what_was_decided_is_not_decided_again(here: Rehearsal, first: str, second: str) -> None:
    """In one line, and nothing is added."""

    def decide(step: str) -> None:
        with here.change() as tx:
            _ = intake.accept(tx, R1, decided(), today=TODAY) if step == "accept" else intake.reject(tx, R1, today=TODAY)

    taken(here)
    decide(first)
    before = everything(here)
    with pytest.raises(MoveRefused, match=f"R1 is {first}ed( already|, so it cannot be {second}ed);"):
        decide(second)
    assert everything(here) == before


def test_a_value_that_will_not_do_leaves_nothing_half_done(here: Rehearsal) -> None:
    """The proposal waits as before."""
    taken(here)
    before = everything(here)
    with pytest.raises(BadValue), here.change() as tx:
        intake.accept(tx, R1, decided(email="nobody"), today=TODAY)
    assert everything(here) == before


LINES = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


DECISIONS = st.builds(
    decided,
    contact=st.sampled_from([None, Ref("P", 1)]),
    name=st.sampled_from(["Siân O'Brien", "Łukasz", "أمينة", "O’Neil [they/them]"]),
    kinds=st.sets(st.sampled_from(["data", "advice", "other"])).map(tuple),
    organisation=st.sampled_from([None, "MESMAC", Ref("O", 1)]),
)


@settings(deadline=None)
@given(message=LINES, chosen=st.none() | DECISIONS)
def test_undo_is_as_if_nothing_had_been_decided(message: str, chosen: Decision | None) -> None:
    """Over the whole store, whatever was accepted or rejected; redone, it is as it was decided."""
    here = Rehearsal()
    with here.change() as tx:
        contacts.add(tx, "Amina Yusuf", today=TODAY)
        organisations.add(tx, "Leeds GATE")
    taken(here, written(Message=message))
    before = everything(here)
    with here.change() as tx:
        if chosen:
            intake.accept(tx, R1, chosen, today=TODAY)
        else:
            intake.reject(tx, R1, today=TODAY)
    after = everything(here)
    for expected in (before, after):
        with here.change() as tx:
            undoing.undo(tx, None)
        assert everything(here) == expected
    here.close()
