"""Which two people are worth introducing."""

from __future__ import annotations

from itertools import combinations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.suggesting import Facts, Part, suggested

EMPTY = Facts({}, {}, {}, {}, (), (), {number: f"Person {number}" for number in range(1, 200)})


def words(*having: int, word: str = "sex workers") -> dict[int, frozenset[str]]:
    """Give contacts a word each."""
    return dict.fromkeys(having, frozenset({word}))


def knowing(*pairs: tuple[int, int]) -> dict[int, frozenset[int]]:
    """Let people know each other."""
    found: dict[int, set[int]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


def test_every_part_is_named_and_adds_up() -> None:
    """Help, communities, tags, acquaintances."""
    facts = EMPTY._replace(
        communities=words(1, 2),
        tags=words(1, 2, word="gp-lead"),
        knows=knowing((1, 3), (2, 3)),
        helps={(1, 2): (Part(10, "H1 could meet A1"),)},
    )
    (best,) = suggested(facts, limit=9)
    assert (best.pair, best.score) == ((1, 2), 17)
    assert best.parts == (
        Part(10, "H1 could meet A1"),
        Part(3, "both work with sex workers"),
        Part(2, "both tagged gp-lead"),
        Part(2, "both know P3 Person 3"),
    )


def test_nobody_is_suggested_who_is_barred_or_together() -> None:
    """However much speaks for them."""
    facts = EMPTY._replace(communities=words(1, 2, 3, 4))
    assert [one.pair for one in suggested(facts._replace(barred={1}, together={(2, 3)}), limit=9)] == [(2, 4), (3, 4)]


def test_what_many_share_is_no_reason_by_itself_but_counts_beside_one() -> None:
    """A community of a hundred people makes no five thousand pairs."""
    facts = EMPTY._replace(communities=words(*range(1, 101)))
    assert suggested(facts, limit=9) == []
    (found,) = suggested(facts._replace(tags=words(7, 9, word="press")), limit=9)
    assert (found.pair, found.score) == ((7, 9), 5)


def test_who_knows_everybody_says_nothing_of_two_of_them() -> None:
    """Thirty acquaintances are telling, thirty-one are not; of several whom both know three count and are named."""
    assert len(suggested(EMPTY._replace(knows=knowing(*((99, number) for number in range(1, 31)))), limit=999)) == 435
    assert suggested(EMPTY._replace(knows=knowing(*((99, number) for number in range(1, 32)))), limit=9) == []
    several = knowing(*((number, who) for number in (1, 2) for who in (11, 12, 13, 14)))
    best = suggested(EMPTY._replace(knows=several), limit=9)[0]
    assert (best.score, best.parts) == (6, (Part(6, "both know P11 Person 11, P12 Person 12, P13 Person 13 and 1 more"),))


@given(st.integers(0, 10**6))
def test_the_list_is_that_of_all_pairs_and_the_same_twice(seed: int) -> None:
    """On any small network: every pair's sum, the best first, whatever order the facts came in."""
    random = Random(seed)  # noqa: S311 - the same network each time, and no secret
    people = range(1, 9)
    facts = EMPTY._replace(
        communities={who: frozenset(random.sample("abc", random.randint(0, 2))) for who in people},
        tags={who: frozenset(random.sample("xyz", random.randint(0, 2))) for who in people},
        knows=knowing(*(pair for pair in combinations(people, 2) if random.random() < 0.3)),
        barred=frozenset(random.sample(people, 1)),
        together=frozenset(pair for pair in combinations(people, 2) if random.random() < 0.2),
    )
    everything = suggested(facts, limit=99)
    assert [(-one.score, one.pair) for one in everything] == sorted((-one.score, one.pair) for one in everything)
    assert all(one.score == sum(part.points for part in one.parts) for one in everything)
    assert not {who for one in everything for who in one.pair} & set(facts.barred)
    assert not {one.pair for one in everything} & set(facts.together)
    turned = facts._replace(**{name: dict(reversed(getattr(facts, name).items())) for name in ("communities", "tags", "knows")})
    assert suggested(turned, limit=99) == everything
    assert suggested(facts, limit=3) == everything[:3]
    for who in people:
        assert suggested(facts, limit=99, only=who) == [one for one in everything if who in one.pair]
