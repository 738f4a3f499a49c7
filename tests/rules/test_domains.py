"""The domain of an address, as far as it says whose it is."""

from __future__ import annotations

import pytest

from solidarity_crm.rules.domains import domain


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("office@lassn.example", "lassn.example"),
        ("a/b@lassn.example", "lassn.example"),
        ("https://www.mesmac.example/about", "mesmac.example"),
        ("https://social.example/@mesmac", "social.example"),
        ("HTTP://user@mesmac.EXAMPLE.:8080?page=1", "mesmac.example"),
        ("http://[mesmac.example", "[mesmac.example"),
        ("www.MESMAC.example/about", "mesmac.example"),
        ("team@gmail.com", None),
        ("helen@proton.me", None),
        ("nowhere", None),
        ("", None),
    ],
)
def test_the_domain_of_an_address_says_whose_it_is(address: str, found: str | None) -> None:
    """Unless everybody may have one there; that is one list, whatever it is asked for."""
    assert domain(address) == found
