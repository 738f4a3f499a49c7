"""Sorting form replies by words: what is found, and that every reason is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.help_kinds import HELP_KINDS
from solidarity_crm.rules.sorting import NOTHING, Reason, sort, words_for
from solidarity_crm.rules.sorting_words import KIND_WORDS
from solidarity_crm.text import fold

COMMUNITIES = ("Gypsies and Travellers", "LGBTQ+ people", "asylum seekers and refugees", "sex workers")
WORDS = words_for(tuple(HELP_KINDS), COMMUNITIES)
# the options of the partnership's own form, and what each is
OPTIONS = {
    "Information on the policies and guidelines aimed at reducing inequalities": "information",
    "Introductions to people with specific interest in health inequalities": "introductions",
    "Advice, guidance, support encouragement…": "advice",
    "Examples of positive practice in the delivery or access of health care": "practice",
    "Data on inequalities – objective data, opinion, beliefs, experiences": "data",
    "Interesting practice we might learn from where other collaborations are working on similar projects": "elsewhere",
    "Other": "other",
}


def kinds(choices: tuple[str, ...] = (), wrote: str | None = None) -> list[str]:
    """List the kinds that a reply is sorted into."""
    return [choice.value for choice in sort(choices, wrote, WORDS).kinds]


def communities(choices: tuple[str, ...] = (), wrote: str | None = None) -> list[str]:
    """List the communities that a reply is sorted into."""
    return [choice.value for choice in sort(choices, wrote, WORDS).communities]


@pytest.mark.parametrize(("option", "kind"), OPTIONS.items())
def test_each_option_of_the_invitation_is_its_kind_alone(option: str, kind: str) -> None:
    """Also where it speaks of what others are about."""
    assert kinds((option,)) == [kind]


def test_options_that_came_in_one_cell_are_each_found() -> None:
    """A plugin puts commas between them, and the options have commas too."""
    assert kinds((", ".join(list(OPTIONS)[:3]),)) == ["information", "introductions", "advice"]


@pytest.mark.parametrize(
    ("wrote", "expected"),
    [
        ("We have statistics on housing.", ["data"]),
        ("STATISTICS!", ["data"]),
        ("I can introduce you to the health visitors", ["introductions"]),
        ("We run a drop-in on Tuesdays", ["practice"]),
        ("I am at a general practice", ["other"]),  # a surgery is no practice of the kind
        ("something for other people", ["other"]),
        ("statisticsless", ["other"]),  # whole words only
        ("I would love to learn more", ["other"]),
        ("We have no data", ["data"]),  # not clever, and says why
        ("", ["other"]),
        (None, ["other"]),
    ],
)
def test_words_decide_on_the_kind(wrote: str | None, expected: list[str]) -> None:
    """Folded, as whole words or phrases."""
    assert kinds((), wrote) == expected


def test_what_was_ticked_goes_before_what_was_written() -> None:
    """Kinds and communities alike."""
    assert kinds(("Advice",), "I have data") == ["advice"]
    assert communities(("LGBTQ+ people",), "for refugees") == ["LGBTQ+ people"]


def test_every_choice_says_why() -> None:
    """In words that a person can check."""
    found = sort((), "Figures from asylum seekers, and a survey", WORDS)
    assert [(choice.value, str(choice.reason)) for choice in found.kinds] == [("data", "they wrote 'figures', 'survey'")]
    assert [str(choice.reason) for choice in found.communities] == ["they wrote 'asylum seekers'"]
    assert str(sort((), "hello", WORDS).kinds[0].reason) == NOTHING == str(Reason("wrote", ()))


@pytest.mark.parametrize(
    ("wrote", "expected"),
    [
        ("trans people and lesbians", ["LGBTQ+ people"]),
        ("a Traveller site", ["Gypsies and Travellers"]),
        ("women who sell sex", ["sex workers"]),
        ("refugees", ["asylum seekers and refugees"]),
        ("people at large", []),
        ("time travellers' club", ["Gypsies and Travellers"]),  # not clever
        ("for all four groups", list(COMMUNITIES)),
    ],
)
def test_words_decide_on_the_community(wrote: str, expected: list[str]) -> None:
    """The community's own words, and what people say for it."""
    assert communities((), wrote) == expected


def test_the_settings_add_words_and_take_them_away() -> None:
    """A word that begins with - is not looked for."""
    changed = words_for(
        ("data", "other"), ("carers",), kind_words={"data": ("spreadsheet", "-data")}, community_words={"carers": ("Young Carers!",)}
    )
    assert [choice.value for choice in sort((), "data", changed).kinds] == ["other"]
    assert [choice.value for choice in sort((), "a spreadsheet", changed).kinds] == ["data"]
    assert [str(choice.reason) for choice in sort((), "young carers", changed).communities] == ["they wrote 'young carers'"]


def test_a_workspace_without_the_kind_other_is_offered_nothing() -> None:
    """Somebody says the kind then."""
    assert sort((), "hello", words_for(("data",), ())).kinds == ()


def test_shipped_words_are_folded() -> None:
    """Or they would never be found."""
    assert [word for said in KIND_WORDS.values() for word in said.split(",") if fold(word) != word.strip()] == []


TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(["data", "survey", "I", "no", "traveller", "sex", "work", "advice,", "TRANS", "drop-in", "other", "Ünïcode", "\n"])
).map(" ".join)


@given(choices=st.lists(TEXTS, max_size=4).map(tuple), wrote=st.none() | TEXTS)
def test_the_same_words_give_the_same_answer_and_every_reason_is_in_them(choices: tuple[str, ...], wrote: str | None) -> None:
    """Nothing is guessed: a reason's word stands in the text it names."""
    found = sort(choices, wrote, WORDS)
    assert found == sort(choices, wrote, WORDS)
    assert found.kinds
    everything = [f" {fold(text)} " for text in (*choices, wrote or "")]
    for choice in (*found.kinds, *found.communities):
        assert choice.reason.words or str(choice.reason) == NOTHING
        assert all(any(f" {word} " in text for text in everything) for word in choice.reason.words), choice
