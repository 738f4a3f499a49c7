"""Which offers could meet an ask, in which order, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.matching import Help, Need, ranked

if TYPE_CHECKING:
    from random import Random

TODAY = date(2026, 12, 1)
NEED = Need("practice", "Interpreters in surgeries", ("sex workers", "LGBTQ+ people"))


def offered(ref: str = "H1", **fields: Any) -> Help:
    """Make an offer that has nothing to do with the ask, but for what is given."""
    unlike = {"kind": "data", "about": "A hall", "communities": ("carers",), "accepted": False, "confirmed_on": TODAY, "shelf_life": 180}
    return Help(ref, **{**unlike, **fields})


def test_an_offer_that_nothing_speaks_for_is_left_out() -> None:
    """However fresh, accepted or open to anyone it is."""
    assert ranked(NEED, [offered(accepted=True), offered("H2", communities=())], today=TODAY) == []


def test_every_reason_is_given() -> None:
    """What fits first, then what else is worth knowing."""
    like = offered(kind="practice", about="Surgeries with interpreters", communities=("carers", "LGBTQ+ people"), accepted=True)
    (match,) = ranked(NEED, [like], today=TODAY)
    assert match.reasons == (
        "same kind of help (practice)",
        "for LGBTQ+ people",
        "both speak of interpreters, surgeries",
        "accepted already",
        "confirmed today",
    )


def test_the_kind_outweighs_a_community_and_that_the_words() -> None:
    """So the list is in the order in which a person would ask."""
    found = ranked(
        NEED,
        [
            offered("H1", about="interpreters"),
            offered("H2", communities=("sex workers",)),
            offered("H3", kind="practice"),
            offered("H4", communities=("sex workers", "LGBTQ+ people"), about="interpreters"),
        ],
        today=TODAY,
    )
    assert [match.ref for match in found] == ["H4", "H3", "H2", "H1"]


def test_a_stale_offer_comes_after_its_equal_and_says_so() -> None:
    """From the day its shelf life has passed."""
    fresh = offered("H2", kind="practice", confirmed_on=TODAY - timedelta(days=179))
    stale = offered("H1", kind="practice", confirmed_on=TODAY - timedelta(days=180))
    found = ranked(NEED, [stale, fresh], today=TODAY)
    assert [(match.ref, match.reasons[-1]) for match in found] == [
        ("H2", "confirmed 179 days ago"),
        ("H1", "stale: last confirmed 180 days ago"),
    ]


def test_an_offer_for_no_community_in_particular_is_for_any() -> None:
    """It says so only where the ask names communities."""
    assert "for any community" in ranked(NEED, [offered(kind="practice", communities=())], today=TODAY)[0].reasons
    anyone = NEED._replace(communities=())
    assert "for any community" not in ranked(anyone, [offered(kind="practice", communities=())], today=TODAY)[0].reasons


def test_words_that_say_little_are_no_reason() -> None:
    """Nor are short ones; case and accents do not matter."""
    need = NEED._replace(about="Good practice with people about a café")
    assert ranked(need, [offered(about="good people with a hat")], today=TODAY) == []
    assert ranked(need, [offered(about="CAFE")], today=TODAY)[0].reasons[0] == "both speak of cafe"


def test_equal_offers_come_last_confirmed_first_then_by_number() -> None:
    """Numbers count as numbers: H9 before H10."""
    older = TODAY - timedelta(days=9)
    found = ranked(
        NEED, [offered(ref, kind="practice", confirmed_on=day) for ref, day in (("H10", older), ("H9", older), ("H11", TODAY))], today=TODAY
    )
    assert [match.ref for match in found] == ["H11", "H9", "H10"]


some_help = st.builds(
    Help,
    ref=st.just(""),
    kind=st.sampled_from(["practice", "data"]),
    about=st.sampled_from(["Interpreters", "Surgeries", "A hall"]),
    communities=st.sampled_from([(), ("sex workers",), ("carers",), ("sex workers", "LGBTQ+ people")]),
    accepted=st.booleans(),
    confirmed_on=st.dates(date(2025, 1, 1), TODAY),
    shelf_life=st.integers(1, 400),
)


@given(st.lists(some_help, max_size=12), st.randoms(use_true_random=False))
def test_the_order_is_the_same_whatever_order_offers_come_in(helps: list[Help], random: Random) -> None:
    """And every match has a reason, a positive score and stands below none that scores less."""
    numbered = [help_._replace(ref=f"H{number}") for number, help_ in enumerate(helps, 1)]
    found = ranked(NEED, numbered, today=TODAY)
    shuffled = numbered[:]
    random.shuffle(shuffled)
    assert ranked(NEED, shuffled, today=TODAY) == found
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert all(match.score > 0 and match.reasons for match in found)
