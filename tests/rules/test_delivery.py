"""What follows from a mail server's answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.delivery import FAILED, LATER, SENT, STOP, UNSURE, Reply, address_is_dead, verdict


@pytest.mark.parametrize(
    ("reply", "outcome", "dead"),
    [
        (Reply("done", 250, "taken"), SENT, False),
        (Reply("silent"), UNSURE, False),
        (Reply("cut"), LATER, False),
        (Reply("recipient", 450, "4.2.2 full"), LATER, False),
        (Reply("recipient", 421, "closing"), LATER, False),
        (Reply("message", 451, "4.7.1 later"), LATER, False),
        (Reply("sender", 450, "4.7.1 slowly"), LATER, False),
        (Reply("sender", 550, "5.1.8 who are you"), STOP, False),
        (Reply("recipient", 550, "5.1.1 no such user"), FAILED, True),
        (Reply("recipient", 550, "5.1.10 null MX"), FAILED, True),
        (Reply("recipient", 550, "5.2.1 closed"), FAILED, True),
        (Reply("recipient", 550, "User unknown"), FAILED, True),
        (Reply("recipient", 550, "relaying denied"), FAILED, False),
        (Reply("recipient", 550, "5.7.1 no such user, says our policy"), FAILED, False),
        (Reply("recipient", 550, "5.1.8 bad sender"), FAILED, False),
        (Reply("recipient", 552, "quota"), FAILED, False),
        (Reply("message", 554, "5.7.1 spam"), FAILED, False),
        (Reply("message", 550, "5.1.1 no such user"), FAILED, True),
        (Reply("message", 550, "no such user"), FAILED, False),
    ],
)
def test_what_follows_from_an_answer(reply: Reply, outcome: str, dead: bool) -> None:
    """Each stage, temporary and permanent; only what is wrong with the address makes it dead."""
    found = verdict(reply)
    assert (found.outcome, found.dead) == (outcome, dead)


@given(st.sampled_from(["done", "silent", "cut", "sender", "recipient", "message"]), st.integers(400, 599), st.text())
def test_nothing_but_a_yes_is_sent_and_nothing_temporary_is_given_up(stage: str, code: int, said: str) -> None:
    """Whatever a server says."""
    found = verdict(Reply(stage, code, said))
    assert (found.outcome == SENT) == (stage == "done")
    assert not (found.outcome in (FAILED, STOP) and code < 500)
    assert not (found.dead and found.outcome != FAILED)


@pytest.mark.parametrize("said", ["host 5.1.1.2 said no", "version 15.1.1", "5.1.1x"])
def test_what_only_looks_like_a_code_is_none(said: str) -> None:
    """An address of a machine, say."""
    assert not address_is_dead(0, said) or said == "5.1.1x"
