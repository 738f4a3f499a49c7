"""Whose an e-mail address is: a corporate body's own domain, or an individual's."""

from __future__ import annotations

import pytest

from solidarity_crm.rules.subscribers import subscriber


@pytest.mark.parametrize(
    ("address", "places", "expected"),
    [
        ("amina@mesmac.example", ["info@mesmac.example"], "corporate"),
        ("amina@mesmac.example", ["https://www.mesmac.example/about"], "corporate"),
        ("Amina@MESMAC.example", ["HTTP://mesmac.EXAMPLE:8080"], "corporate"),
        ("amina@example.org", ["info@mesmac.example"], None),
        ("amina@mesmac.example.org", ["info@mesmac.example"], None),
        ("amina@mesmac.example", [], None),
        ("mesmac@gmail.com", ["mesmac@gmail.com"], None),
        (None, ["info@mesmac.example"], None),
        ("nothing", ["nothing"], None),
        ("", [""], None),
    ],
)
def test_an_address_is_a_corporate_bodys_at_its_own_domain(address: str | None, places: list[str], expected: str | None) -> None:
    """And nowhere else: at a mail provider's, everybody is an individual."""
    assert subscriber(address, places) == expected
