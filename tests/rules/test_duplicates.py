"""Whether two records are of one person: cases that charities have, and what holds of all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from solidarity_crm.rules.duplicates import LIKELY, Likeness, Person, comparable, likeness, role_inbox

SHARED = frozenset({"all@gate.example", "+441134960100"})


def person(name: str = "", *former: str, **given: Any) -> Person:
    """Make somebody of what they are recognised by."""
    sets: dict[str, Any] = {kind: frozenset(values) for kind, values in given.items()}
    return Person(0, tuple(comparable(one) for one in (name, *former) if one), **sets)


def judged(one: Person, other: Person) -> Likeness:
    """Weigh two people."""
    return likeness(one, other, shared=SHARED, alike=lambda a, b: fuzz.ratio(a, b) / 100)


OWN, INFO, ALL = {"emails": ["amina@x.example"]}, {"emails": ["info@gate.example"]}, {"emails": ["all@gate.example"]}
PHONE, OFFICE, AT = {"phones": ["+447700900123"]}, {"phones": ["+441134960100"]}, {"organisations": [4]}
CARD = {"identifiers": [("linkedin", "a-yusuf")]}


@pytest.mark.parametrize(
    ("one", "other", "common", "likely", "sure"),
    [
        # names alone are never enough, however rare or alike
        ("Amina Yusuf", "Amina Yusuf", {}, False, False),
        ("Wilhelmina Ó Dálaigh", "wilhelmina o dalaigh", {}, False, False),
        ("Amina Yusuf", "Amina Yusuf", AT, True, False),
        ("Amina", "Amina", AT, True, False),
        # an address of one's own
        ("Amina Yusuf", "Amina Yusuf", OWN, True, True),
        ("Amina Yusuf", "Amina Khan", OWN, True, True),
        ("Amina Yusuf", "Yusuf, Amena", OWN, True, True),
        ("Amina Yusuf", "A. Khan", OWN, True, False),
        ("Amina Yusuf", "Bea Lund", OWN, True, False),
        ("", "Bea Lund", OWN, True, True),
        # an inbox that several read, or a role has, is nothing without a name
        ("Amina Yusuf", "Bea Lund", INFO, False, False),
        ("", "Bea Lund", INFO, False, False),
        ("Amina Yusuf", "Bea Lund", ALL, False, False),
        ("Amina Yusuf", "Amina Khan", ALL, False, False),
        ("Amina Yusuf", "Amina Yusuf", INFO, True, True),
        ("Amina Yusuf", "A Yusuf", ALL, True, False),
        # a family, or an office, that shares a phone
        ("Amina Yusuf", "Omar Yusuf", PHONE, False, False),
        ("Amina Yusuf", "Bea Lund", PHONE | AT, False, False),
        ("Amina Yusuf", "Amina Yusuf", PHONE, True, True),
        ("Amina Yusuf", "Amina Khan", PHONE, True, False),
        ("Mohammed Ali", "Mohammed Ali", OFFICE, True, False),
        # twins and siblings at one organisation
        ("Hassan Ali", "Hussain Ali", AT, False, False),
        ("Mark Smith", "Mary Smith", AT, False, False),
        ("Mark Smith", "Mary Smith", OWN, True, False),
        # one name, written otherwise
        ("Dr Priya Raghunathan", "Priya Raghunathan", AT, True, False),
        ("Siân O'Brien [she/her]", "Sian OBrien", AT, True, False),
        ("P. Raghunathan", "Priya Raghunathan", AT, True, False),
        ("Sam Adeyemi", "Samuel Adeyemi", AT, True, False),
        ("Priya Anand Raghunathan", "Priya Raghunathan", AT, True, False),
        ("Małgorzata Wiśniewska", "Malgorzata Wisniewski", AT, True, False),
        ("Amina", "Amina Yusuf", AT, False, False),
        # what another program calls them
        ("Amina Yusuf", "Bea Lund", CARD, True, True),
    ],
)
def test_a_case(one: str, other: str, common: dict[str, Any], likely: bool, sure: bool) -> None:
    """What the two have in common besides their names, whether somebody should look, and whether an import may join them."""
    found = judged(person(one, **common), person(other, **common))
    assert (found.score >= LIKELY, found.sure) == (likely, sure), found


def test_every_reason_is_said() -> None:
    """The strongest first; what speaks against it too."""
    both = judged(person("Amina Yusuf", **OWN, **PHONE, **AT, **CARD), person("A Yusuf", **OWN, **PHONE, **AT, **CARD))
    assert both == (100, ("same linkedin record", "same e-mail", "same phone", "same organisation", "near name"), True)
    assert judged(person("Amina Yusuf", **OWN), person("Bea Lund", **OWN)).reasons == ("same e-mail", "but other names")


def test_a_former_name_counts_as_a_name() -> None:
    """Somebody who married, or whose duplicate was merged, is still known by it."""
    assert judged(person("Amina Khan", "Amina Yusuf", **AT), person("Amina Yusuf", **AT)).reasons == ("same organisation", "same name")


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("info@x.example", True),
        ("Info2@x.example", True),
        ("enquiries@x.example", True),
        ("infante@x.example", False),
        ("amina@x.example", False),
    ],
)
def test_a_roles_inbox_is_told_from_a_persons(email: str, role: bool) -> None:
    """By what stands before the at sign, whole."""
    assert role_inbox(email) == role


WORDS = st.sampled_from(["amina", "amena", "a", "yusuf", "yusef", "omar", "dr", "khan", "o", "j", "lund", "sam", "samuel"])
NAMES = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(" ".join), max_size=3).map(tuple)
PEOPLE = st.builds(
    Person,
    number=st.just(0),
    names=NAMES,
    emails=st.frozensets(st.sampled_from(["a@x.example", "info@x.example", "all@gate.example"])),
    phones=st.frozensets(st.sampled_from(["+447700900123", "+441134960100"])),
    organisations=st.frozensets(st.sampled_from([1, 2])),
    identifiers=st.frozensets(st.sampled_from([("linkedin", "a"), ("vcard", "b")])),
)


@given(PEOPLE, PEOPLE)
def test_it_does_not_matter_who_is_first(one: Person, other: Person) -> None:
    """Likeness is symmetric, and a score is one of 0 to 100."""
    assert judged(one, other) == judged(other, one)
    assert 0 <= judged(one, other).score <= 100


@given(
    PEOPLE,
    PEOPLE,
    st.sampled_from(
        [
            ("emails", "a@x.example"),
            ("emails", "info@x.example"),
            ("phones", "+447700900123"),
            ("phones", "+441134960100"),
            ("organisations", 1),
            ("identifiers", ("linkedin", "a")),
        ]
    ),
)
def test_one_more_thing_in_common_never_lowers(one: Person, other: Person, more: tuple[str, Any]) -> None:
    """Neither the score nor how sure it is."""
    kind, value = more
    before = judged(one, other)
    after = judged(*(each._replace(**{kind: getattr(each, kind) | {value}}) for each in (one, other)))
    assert (after.score, after.sure) >= (before.score, before.sure)
    assert after.sure >= before.sure


@given(PEOPLE.filter(lambda one: bool(one.names)), PEOPLE.filter(lambda one: bool(one.names)), WORDS)
def test_one_more_name_never_lowers(one: Person, other: Person, name: str) -> None:
    """The nearest names are what counts."""
    before, after = judged(one, other), judged(one._replace(names=(*one.names, name)), other)
    assert after.score >= before.score
    assert after.sure >= before.sure


@given(PEOPLE)
def test_somebody_is_like_themselves(one: Person) -> None:
    """Whoever has anything of their own is found by it."""
    if one.identifiers or (one.names and "a@x.example" in one.emails):
        assert judged(one, one).sure


@given(NAMES, NAMES)
def test_names_alone_never_reach(names: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Whatever they are."""
    found = judged(Person(0, names), Person(0, others))
    assert found.score < LIKELY
    assert not found.sure
