"""The letters that say what came of an introduction."""

from __future__ import annotations

from solidarity_crm.exchange.outreach import template_files
from solidarity_crm.resources import folder
from solidarity_crm.rules.telling import TEMPLATES, waits


def test_each_is_a_template_that_comes_with_the_program() -> None:
    """And asks nobody for anything."""
    paths = template_files.paths(folder("templates"))
    assert {template_files.read(paths[name]).purpose for name in TEMPLATES} == {"service"}


def test_letters_that_wait_are_named() -> None:
    """One, or several."""
    assert (waits(["D12"]), waits(["D12", "D13"])) == ("draft D12 waits", "drafts D12, D13 wait")
