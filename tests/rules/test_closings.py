"""How every message ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.closings import WAY_OUT, Network, closed

LEEDS = Network("Leeds Solidarity Network", "Robin and Sam", "12 Example Row\nLeeds", "hello@leeds.example")
WHO = "Leeds Solidarity Network\n12 Example Row\nLeeds\nhello@leeds.example"
PLAIN = f"Hello.\n\nRobin and Sam\n{WHO}\n\n{WAY_OUT}\n"


@pytest.mark.parametrize(
    ("network", "ending"),
    [
        (LEEDS, f"Robin and Sam\n{WHO}"),
        (LEEDS._replace(address=""), "Robin and Sam\nLeeds Solidarity Network\nhello@leeds.example"),
        (LEEDS._replace(sign_off="Leeds Solidarity Network", address="", email=""), "Leeds Solidarity Network"),
        (LEEDS._replace(sign_off="Robin\nand Sam", address="", email=""), "Robin\nand Sam\nLeeds Solidarity Network"),
    ],
)
def test_a_message_ends_with_who_writes_and_a_way_out(network: Network, ending: str) -> None:
    """The sign-off, the name, where to reach it, and how to have no more messages."""
    assert closed("Hello.\n", network) == f"Hello.\n\n{ending}\n\n{WAY_OUT}\n"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (PLAIN, PLAIN),
        ("Hello.\n\n  Robin and Sam\n", f"Hello.\n\n  Robin and Sam\n\n{WHO}\n\n{WAY_OUT}\n"),
        (f"{' '.join(WAY_OUT.split())}\n", f"{' '.join(WAY_OUT.split())}\n\nRobin and Sam\n{WHO}\n"),
        ("Robin and Sam write to you.\n", f"Robin and Sam write to you.\n\nRobin and Sam\n{WHO}\n\n{WAY_OUT}\n"),
        ("    hello@leeds.example\n", f"    hello@leeds.example\n\nRobin and Sam\n{WHO}\n\n{WAY_OUT}\n"),
    ],
)
def test_what_is_there_is_not_said_again(body: str, expected: str) -> None:
    """In lines of its own; the same words in a sentence do not count."""
    assert closed(body, LEEDS) == expected


@given(st.text(alphabet="Robin and Sam\n.-@ Leeds", max_size=60), st.booleans())
def test_whatever_a_body_says_all_of_it_is_in_once_closed(body: str, cut: bool) -> None:
    """Also when it begins with a part of it, and closing twice changes nothing."""
    once = closed(f"{body}\n{PLAIN[:-60]}" if cut else body, LEEDS)
    assert WHO in once
    assert "\nRobin and Sam\n" in once
    assert " ".join(WAY_OUT.split()) in " ".join(once.split())
    assert closed(once, LEEDS) == once
