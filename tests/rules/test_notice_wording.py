"""The short privacy notice that comes with the program."""

from __future__ import annotations

import pytest

from solidarity_crm.rules.notices import SOURCES, wording


@pytest.mark.parametrize("source", [*SOURCES, "introduced by P4"])
def test_it_says_who_keeps_the_details_where_from_and_what_one_can_do(source: str) -> None:
    """Every source has its words; whoever made an introduction is not named."""
    said = wording("Leeds Solidarity Network", source, "public task")
    assert said.startswith("About your details: Leeds Solidarity Network keeps")
    for needed in ("public task", "show you what we keep", "correct or delete", "Information Commissioner"):
        assert needed in said
    assert "P4" not in said


def test_without_a_basis_it_names_none() -> None:
    """What was not recorded is not made up."""
    assert "legal reason" not in wording("Leeds Solidarity Network", "event", None)
