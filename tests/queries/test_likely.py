"""Who is likely somebody: what blocking finds is what comparing everybody finds, and it costs no pairs."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from solidarity_crm.queries.likely import Known
from solidarity_crm.rules.duplicates import LIKELY, MENTIONED, Likeness, Person, comparable, likeness

GIVEN, FAMILY = ["amina", "amena", "omar", "a", "samuel"], ["yusuf", "yusef", "khan", "lund"]
PEOPLE = st.lists(
    st.builds(
        Person,
        number=st.just(0),
        names=st.tuples(st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY))),
        emails=st.frozensets(st.sampled_from(["a@x.example", "b@x.example", "info@x.example"]), max_size=1),
        phones=st.frozensets(st.sampled_from(["+441", "+442"]), max_size=1),
        organisations=st.frozensets(st.sampled_from([1, 2, 3]), max_size=2),
        identifiers=st.frozensets(st.sampled_from([("linkedin", "a"), ("vcard", "b")]), max_size=1),
    ),
    max_size=14,
).map(lambda found: [person._replace(number=number) for number, person in enumerate(found, 1)])


def named(number: int, name: str, **sets: Any) -> Person:
    """Make somebody with a number."""
    shared: dict[str, Any] = {kind: frozenset(values) for kind, values in sets.items()}
    return Person(number, (comparable(name),), **shared)


@settings(deadline=None)
@given(PEOPLE)
def test_nobody_likely_is_missed(everybody: list[Person]) -> None:
    """All pairs, weighed one by one, are the pairs that are found."""
    asked = Known(everybody)
    weighed = [
        (one, other, likeness(one, other, shared=asked, alike=lambda a, b: fuzz.ratio(a, b) / 100))
        for one, other in combinations(everybody, 2)
    ]
    wanted = {(one.number, other.number): how for one, other, how in weighed if how.sure or how.score >= LIKELY}
    assert {(one.number, other.number): how for one, other, how in asked.pairs()} == wanted
    assert {tuple(sorted((one.number, other.number))) for one in everybody for other, _ in asked.like(one)} == set(wanted)


def test_the_likeliest_comes_first() -> None:
    """Who is surely the same stands before who scores less."""
    asked = Known([named(1, "Amina Yusuf", organisations=[4]), named(2, "Amina Yusuf", emails=["amina@x.example"])])
    found = asked.like(named(0, "Amina Yusuf", organisations=[4], emails=["amina@x.example"]))
    assert [(other.number, how.score, how.sure) for other, how in found] == [(2, 100, True), (1, 60, False)]


def test_namesakes_are_found_when_asked_for() -> None:
    """In any order of words; they are never likely by that alone."""
    asked = Known([named(1, "Amina Yusuf"), named(2, "Bea Lund")])
    assert asked.like(named(0, "YUSUF, Amina")) == []
    assert [(other.number, how.score) for other, how in asked.like(named(0, "YUSUF, Amina"), least=MENTIONED)] == [(1, 40)]


def test_who_was_found_to_be_somebody_else_is_not_asked_about_again() -> None:
    """Whichever of the two is looked at."""
    two = [named(1, "Amina Yusuf", emails=["a@x.example"]), named(2, "Amina Yusuf", emails=["a@x.example"])]
    asked = Known(two, not_duplicates=frozenset({(1, 2)}))
    assert (asked.pairs(), asked.like(two[0]), asked.like(two[1])) == ([], [], [])


def test_an_inbox_of_several_is_no_reason_by_itself() -> None:
    """Three names make it one; three records of one person do not."""
    colleagues = [named(n, name, emails=["gate@x.example"]) for n, name in enumerate(("Amina Yusuf", "Bea Lund", "Cal Reed"), 1)]
    assert Known(colleagues).pairs() == []
    assert "gate@x.example" in Known(colleagues)
    same = [named(n, "Amina Yusuf", emails=["gate@x.example"]) for n in (1, 2, 3)]
    assert [(one.number, other.number) for one, other, _ in Known(same).pairs()] == [(1, 2), (1, 3), (2, 3)]
    assert "gate@x.example" not in Known(same)


@pytest.mark.parametrize("typed", ["Amina Yusef", "Yusuf, Amina", "A Yusuf", "Emina Yusuf", "Dr Amina Yusuf", "Amina Hall Yusuf"])
def test_a_near_name_is_found_in_a_crowd(typed: str) -> None:
    """Among a thousand at one organisation, whatever was misspelt; also those who came after the crowd was first looked at."""
    letters = "bcdfghklmn"
    crowd = [named(n, f"{letters[n % 10]}eth{letters[n // 100]}a {letters[n // 10 % 10]}oss", organisations=[1]) for n in range(1, 1000)]
    asked = Known([*crowd, named(1000, "Amina Yusuf", organisations=[1])])
    assert [other.number for other, _ in asked.like(named(0, typed, organisations=[1]))] == [1000]
    asked.add(named(1001, "Amina Yusuf", organisations=[1]))
    assert [other.number for other, _ in asked.like(named(0, typed, organisations=[1]))] == [1000, 1001]


def test_the_crowd_of_one_address_costs_no_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand who share an inbox and an organisation: fewer comparisons than thirty for each."""
    weighed = []

    def counted(one: Person, other: Person, **how: Any) -> Likeness:
        weighed.append((one.number, other.number))
        return likeness(one, other, **how)

    monkeypatch.setattr("solidarity_crm.queries.likely.likeness", counted)
    letters = "bcdfghklmn"
    Known(
        named(
            n,
            f"{letters[n % 10]}eth{letters[n // 100]}a {letters[n // 10 % 10]}oss",
            organisations=[1],
            emails=["a@x.example"],
            phones=["+44"],
        )
        for n in range(1, 1000)
    ).pairs()
    assert 0 < len(weighed) < 30_000
