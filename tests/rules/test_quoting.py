"""What of a reply its writer wrote, and who asks us to stop."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.closings import WAY_OUT
from solidarity_crm.rules.quoting import asks_to_stop, own_words


@pytest.mark.parametrize(
    "quoted",
    [
        "On Tue, 1 Dec 2026 at 09:30, Robin Marsh <robin@leeds.example> wrote:\n> Hello",
        "On Tuesday, 1 December 2026 at 09:30, Robin Marsh of the Leeds Network\n<robin@leeds.example> wrote:\n\n> Hello",
        "-----Original Message-----\nFrom: Robin Marsh\nHello",
        "________________________________\nFrom: Robin Marsh\nSent: 1 December\nTo: Amina\nHello",
        "From: Robin Marsh <robin@leeds.example>\nSent: 01 December 2026 09:30\nTo: Amina\nSubject: Hello\n\nHello",
        "Am 01.12.2026 um 09:30 schrieb Robin Marsh:\n> Hello",
        "> Hello\n> again",
        "-- \nAmina Yusuf\n0113 496 0123",
        "",
    ],
)
def test_what_is_quoted_is_cut(quoted: str) -> None:
    """However their program puts it."""
    assert own_words(f"Yes please.\n\nTuesday at two?\n\n{quoted}\n") == "Yes please.\n\nTuesday at two?"


@pytest.mark.parametrize(
    "text",
    [
        "From: what you said on Tuesday I take it that we agree.\nAmina",
        "On Monday she wrote to us.\nOn Tuesday we answered.",
        "Two things - one: the date.\n--- and the place",
    ],
)
def test_what_only_looks_quoted_stays(text: str) -> None:
    """A sentence that begins as a header does."""
    assert own_words(text) == text


def test_answers_between_the_lines_stay_in_order() -> None:
    """Without what they answer."""
    assert own_words("> Is it Tuesday?\nYes.\n> At two?\nAt three.") == "Yes.\nAt three."


@pytest.mark.parametrize(
    ("subject", "words", "stops"),
    [
        ("unsubscribe", "", True),
        ("Unsubscribe me, please", "", True),
        ("Re: Hello Amina", "Unsubscribe", True),
        ("Re: Hello Amina", "STOP.\n\nAmina", True),
        ("AW: Re: unsubscribe", "", True),
        ("Re: Hello Amina", "Please take me off your list\nThanks", True),
        ("Re: Hello Amina", "Please don’t write", True),
        ("Re: Hello Amina", '"please don\'t\nwrite"', True),
        ("Re: Hello Amina", "Hi Robin,\n\nThanks, but please don't write to me again.\nAmina", True),
        ("Re: Hello Amina", "Sorry! I'd rather you did not write any more. Amina", True),
        ("please dont write", "", True),
        ("Re: Hello Amina", "Please don't write to my sister", False),
        ("Re: Hello Amina", "If I am late please don't write", False),
        ("Re: Hello Amina", "Yes please.\n\nDon't write me off!", False),
        ("Re: Hello Amina", f"Yes please.\n\n{' '.join(WAY_OUT.split())}", False),
        ("Re: Hello Amina", f"Yes please.\n\n{WAY_OUT}", False),
        ("Re: Hello Amina", "Stop by on Tuesday", False),
        ("Re: How to unsubscribe people", "See below", False),
        ("Re: Hello", "I will not unsubscribe", False),
        ("", "", False),
    ],
)
def test_who_asks_to_stop(subject: str, words: str, stops: bool) -> None:
    """By the way out that our messages have, or in so many words; nothing is guessed."""
    assert asks_to_stop(subject, words) is stops


def test_the_way_out_in_our_messages_is_one() -> None:
    """Whoever replies with the words that every message of ours asks for is understood."""
    (said,) = re.findall('"(.*)"', WAY_OUT, re.DOTALL)
    assert asks_to_stop("Re: Hello", said)


@given(st.text())
def test_any_text_is_cut_to_a_part_of_it(text: str) -> None:
    """And nothing is added."""
    assert len(own_words(text)) <= len(text)
