"""The invented values that templates are tried with are all that a template can ask for, and no more."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from solidarity_crm.queries.contacts import contact
from solidarity_crm.queries.introductions import Introduction
from solidarity_crm.queries.reading import open_store
from solidarity_crm.reports import letter_facts as facts
from solidarity_crm.reports.letter_examples import ALWAYS, RECORDS, fields, fields_of, unknown, variants
from solidarity_crm.reports.letters_of_introduction import People, Words, told_to
from solidarity_crm.rules.refs import Ref

if TYPE_CHECKING:
    from conftest import Crm

TODAY = date(2026, 12, 1)


def parts(told: Any) -> Any:
    """Give the names within something told, whatever the values are."""
    return {name: parts(value) if isinstance(value, dict) else None for name, value in told.items()}


def test_the_examples_have_what_letters_are_told(crm: Crm, amina: str, sian: str) -> None:
    """Name for name, of a contact and of each record; of an introduction, what either of the two or the introducer hears."""
    dev = crm.json("contact", "add", "Dev Patel", "--email", "dev@example.org")["ref"]
    crm.ok("offer", "add", amina, "data", "Figures")
    crm.ok("ask", "add", "data", "Figures")
    crm.ok("meeting", "add", "Steering group", "--at", "2026-12-10 10:00", "--for", "1h")
    crm.ok("intro", "propose", amina, sian, "--why", "Both work on registering with a GP", "--via", dev)
    for side in ("left", "right"):
        crm.ok("intro", "answer", "I1", side, "yes", "--share", "name", "--by", "email", "--one-mail")
    with closing(open_store(crm.workspace)) as store:
        for record, ref in (("offer", "H1"), ("ask", "A1"), ("meeting", "M1")):
            one = facts.subject_of(store, Ref(ref[0], 1), today=TODAY)
            assert one
            assert not isinstance(one, Introduction)
            assert parts(facts.told_of(one)) == parts(RECORDS[record]), record
        people = {ref: contact(store, int(ref[1:]), today=TODAY) for ref in (amina, sian, dev)}
        found = {ref: person for ref, person in people.items() if person}
        assert parts(facts.told_of_contact(found[amina], today=TODAY)) == parts(ALWAYS["contact"])
        one = facts.subject_of(store, Ref("I", 1), today=TODAY)
        assert isinstance(one, Introduction)
        told: list[Any] = [told_to(one, found[ref], People(found, TODAY), Words("a nurse", "Hello")).told or {} for ref in (amina, dev)]
    to_amina, to_dev = told
    example: dict[str, Any] = RECORDS["introduction"]
    assert {*to_amina, *to_dev} == {*example}
    for name in ("other", "somebody"):
        assert parts(to_amina[name]) == parts(example[name]), name
    assert [parts(each) for each in to_amina["both"]] == [parts(each) for each in example["both"]]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("contact", False),
        ("contact.role", False),
        ("contact.rôle", True),
        ("contact.role.name", True),
        ("introduction.somebody.description", False),
        ("introduction.other.description", True),
        ("about.outcome", False),
        ("about.place", False),
        ("about.shoes", True),
        ("day", False),
        ("day.name", True),
    ],
)
def test_a_field_that_there_is_not_is_known(name: str, expected: bool) -> None:
    """A name of one's own may be set, and has no parts."""
    assert unknown(name) == expected


def test_what_one_template_asks_for_is_listed_with_where_it_comes_from() -> None:
    """Also what is to be set, and what there is not."""
    assert [tuple(one) for one in fields_of(["day", "about.outcome", "contact.greeting", "ask", "contact.shoes"])] == [
        ("about.outcome", "They are in the report of the steering group", "--about, whichever record it is"),
        ("ask", "whether it is there", "--about A1"),
        ("contact.greeting", "Amina", "the person it is to"),
        ("contact.shoes", "", "nowhere: there is no such field"),
        ("day", "", "--set day=TEXT"),
    ]


def test_every_field_has_an_example_on_one_line() -> None:
    """For a list that people read."""
    assert [one.field for one in fields() if not one.example.strip() or "\n" in one.example] == []


def test_a_template_is_tried_about_each_record_and_kind_of_help() -> None:
    """One record at a time, as when it is used."""
    tried = list(variants({"offer", "ask", "kind", "day"}, ["data", "advice"]))
    assert [("offer" in one, "ask" in one, one["kind"]) for one in tried] == [
        (True, False, "data"),
        (True, False, "advice"),
        (False, True, "data"),
        (False, True, "advice"),
    ]
    assert len(list(variants({"about"}, ["data"]))) == len(RECORDS)
    assert len(list(variants({"contact"}, ["data"]))) == 1
