"""Refs: the letter and number by which people name a record."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules import refs
from solidarity_crm.rules.refs import Ref

some_ref = st.builds(Ref, st.sampled_from(sorted(refs.BY_LETTER)), st.integers(1, 10**18 - 1))


@given(some_ref, st.sampled_from(["{}", " {} ", "{}\n"]), st.booleans())
def test_a_ref_reads_back_as_it_is_written(ref: Ref, form: str, small: bool) -> None:
    """In small letters and with blanks around it too."""
    typed = form.format(str(ref).lower() if small else str(ref))
    assert refs.parse(typed) == ref


@given(st.text(max_size=8))
def test_any_text_is_a_ref_or_none(text: str) -> None:
    """And what is one names a noun and a number from 1 on that a database can hold."""
    ref = refs.parse(text)
    if ref is not None:
        assert ref.noun.letter == ref.letter
        assert 1 <= ref.number < 2**63
        assert refs.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "P", "12", "P0", "Z1", "P-1", "P1.5", "P 12", "PP1", "P1a", "P" + "9" * 19, "P١٢", "Ｐ1"])
def test_what_is_not_a_ref(text: str) -> None:
    """It may be a name."""
    assert refs.parse(text) is None


def test_leading_noughts_do_not_count() -> None:
    """P007 is P7."""
    assert refs.parse("p007") == Ref("P", 7)


def test_letters_tables_and_words_are_each_of_one_noun() -> None:
    """So that a ref never means two things."""
    for field in ("letter", "table", "word"):
        found = [getattr(noun, field) for noun in refs.NOUNS]
        assert len(set(found)) == len(found)
    assert set(refs.OWNERS.values()) <= set(refs.BY_LETTER)
    assert Ref("F", 9).noun.word == "follow-up"
