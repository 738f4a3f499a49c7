"""Counts of people that may be published: nobody can work out a hidden one, nor narrow it down."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.errors import Refused
from solidarity_crm.rules.disclosure import HIDDEN, MOST_HIDDEN, Count, Last, Published, check, near, proposal, published, shown, together

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1)
LARGEST = 80


@pytest.mark.parametrize(
    ("people", "cell"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (12, "10"), (13, "15"), (17, "15"), (18, "20"), (1234, "1235")]
)
def test_a_count_is_hidden_or_rounded(people: int, cell: str) -> None:
    """1 to 7 is a star, more is to the nearest 5."""
    assert shown(people) == cell
    assert shown(people, sensitive=True) == ("*" if people == 0 else cell)


@given(COUNTS, st.sets(st.sampled_from("abcdefgh")))
def test_no_count_can_be_narrowed_to_fewer_than_five(counts: dict[str, int], sensitive: set[str]) -> None:
    """Whoever knows the rule and all that is published finds five or more numbers for each count but an open nought."""
    table = published(counts, sensitive=sensitive)
    for name, people in counts.items():
        fits = [other for other in range(LARGEST) if published(counts | {name: other}, sensitive=sensitive) == table]
        assert people in fits
        assert len(fits) >= 5 or (people == 0 and name not in sensitive)


def test_in_small_tables_nothing_is_worked_out_at_all() -> None:
    """Every table of three counts up to twelve: those that look the same leave no hidden count with one or two values."""
    alike: dict[tuple[tuple[str, ...], str], list[tuple[int, ...]]] = {}
    for counts in product(range(13), repeat=3):
        table = published(dict(zip("abc", counts, strict=True)))
        alike.setdefault((tuple(table.cells.values()), table.total), []).append(counts)
    for (cells, _), tables in alike.items():
        for place, cell in enumerate(cells):
            assert cell != HIDDEN or len({counts[place] for counts in tables}) == MOST_HIDDEN


@given(COUNTS)
def test_a_total_is_of_what_is_shown(counts: dict[str, int]) -> None:
    """And says nothing more."""
    table = published(counts)
    known = [int(cell) for cell in table.cells.values() if cell != HIDDEN]
    assert table.total == (str(sum(known)) if known else HIDDEN)
    assert table.hidden == sum(1 <= people <= MOST_HIDDEN for people in counts.values())


@pytest.mark.parametrize(("before", "now", "told"), [(12, 12, 0), (12, 13, 1), (12, 5, 1), (12, 20, 0), (0, 7, 1), (7, 0, 1), (20, 12, 0)])
def test_a_count_one_to_seven_away_from_the_last_is_near_it(before: int, now: int, told: int) -> None:
    """Either way; one that was not published before is near nothing, and an organisation is known by its ref."""
    on = date(2026, 12, 1)
    counts = [Count("MESMAC", "O1", shown(now), now), Count("funder", None, shown(3), 3)]
    found = near(counts, {"O1": Last(on, before), "MESMAC": Last(on, 99)})
    assert found == [(counts[0], on)] * told


def test_categories_are_counted_together() -> None:
    """Under all their names; what is not there is passed over."""
    assert together({"a": 3, "b": 6, "c": 20}, [["a", "b", "x"]]) == {"c": 20, "a or b": 9}
    assert together({"a": 3}, [["x"]]) == {"a": 3}


@given(COUNTS)
def test_what_is_proposed_can_be_shown(counts: dict[str, int]) -> None:
    """As one category of more than seven people, of the smallest ones there are."""
    joined = proposal(counts)
    if joined:
        cells = published(together(counts, [joined])).cells
        assert cells[" or ".join(joined)] != HIDDEN
        assert max(counts[name] for name in joined) <= max(8, *(counts[name] for name in joined[:-1]), counts[joined[-1]])
    elif len(counts) > 1:
        assert sum(people for people in counts.values() if people <= MOST_HIDDEN) <= MOST_HIDDEN or len(counts) == 1


def test_a_table_that_says_too_little_is_refused() -> None:
    """Over three in ten hidden; three in ten are not."""
    ten = dict.fromkeys("abcdefghij", 20)
    check(published(ten | dict.fromkeys("abc", 1)), "people", "hint")
    with pytest.raises(Refused, match="4 of 10 counts of people would be hidden, being 7 or fewer") as refused:
        check(published(ten | dict.fromkeys("abcd", 1)), "people", "--by kind")
    assert refused.value.hint == "--by kind"
    assert not Published({}, HIDDEN).says_too_little
