"""What to call somebody."""

from __future__ import annotations

import pytest

from solidarity_crm.rules.naming import greeting


@pytest.mark.parametrize(
    ("name", "other", "called"),
    [
        ("Amina Yusuf", {}, "Amina"),
        ("Dr Priya Raghunathan", {}, "Priya"),
        ("Prof. Dame Ola Akin", {}, "Ola"),
        ("Dr", {}, "Dr"),
        ("Amina Yusuf", {"given_name": "Amina Bibi"}, "Amina Bibi"),
        ("Amina Yusuf", {"given_name": "Amina", "known_as": "Mina"}, "Mina"),
    ],
)
def test_somebody_is_greeted_by_the_name_they_go_by(name: str, other: dict[str, str], called: str) -> None:
    """A title is no name."""
    assert greeting(name, **other) == called
