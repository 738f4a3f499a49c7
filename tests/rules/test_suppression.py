"""The list of those who are not to be written to: found by whoever brings the address, told to nobody who reads it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity_crm.rules.suppression import ADDRESS, DOMAIN, PERSON, Entry, List, digest, domains, normal

KEY, OTHER_KEY = "0f" * 32, "a1" * 32
DAY = date(2026, 12, 1)
WORDS = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


def listed(*of: tuple[str, str], key: str = KEY) -> List:
    """Give a list of these kinds and values."""
    return List.of(Entry(kind, DAY, None, key, digest(key, kind, value), number) for number, (kind, value) in enumerate(of, 1))


def kinds(there: List, to: str | None, *more: str, uids: tuple[str, ...] = ()) -> list[str]:
    """Give of what kinds the entries are that somebody is on."""
    return [entry.kind for entry in there.hits(to=to, addresses=[*([to] if to else []), *more], uids=uids)]


@pytest.mark.parametrize(
    ("entry", "asked", "found"),
    [
        ((ADDRESS, "amina@example.org"), "Amina@EXAMPLE.org", True),
        ((ADDRESS, "amina@example.org"), "amina+news@example.org", True),
        ((ADDRESS, "amina+news@example.org"), "amina@example.org", True),
        ((ADDRESS, "amina@example.org"), "amina@example.org.", True),
        ((ADDRESS, "amina@bücher.example"), "amina@xn--bcher-kva.example", True),
        ((ADDRESS, "amina@example.org"), "bamina@example.org", False),
        ((ADDRESS, "amina@example.org"), "amina@mail.example.org", False),
        ((ADDRESS, "+@example.org"), "+@example.org", True),
        ((DOMAIN, "@example.org"), "anybody@example.org", True),
        ((DOMAIN, "@Example.ORG"), "anybody@mail.example.org", True),
        ((DOMAIN, "@mail.example.org"), "anybody@example.org", False),
        ((DOMAIN, "@example.org"), "anybody@notexample.org", False),
        ((DOMAIN, "@org"), "anybody@example.org", False),
    ],
)
def test_an_address_is_found_however_it_is_spelt(entry: tuple[str, str], asked: str, found: bool) -> None:
    """Also with a word after a +, and below a domain; nobody else's is."""
    assert bool(kinds(listed(entry), asked)) == found


def test_any_address_of_a_person_counts_but_only_the_domain_that_is_written_to() -> None:
    """Who asked to be left alone at one address is not written to at another; an organisation speaks for its own alone."""
    there = listed((ADDRESS, "amina@example.org"), (DOMAIN, "@mesmac.example"), (PERSON, "uid-7"))
    assert kinds(there, "amina@home.example", "amina@example.org") == [ADDRESS]
    assert kinds(there, "amina@home.example", "amina@mesmac.example") == []
    assert kinds(there, "amina@mesmac.example", "amina@example.org", uids=("uid-1", "uid-7")) == [PERSON, ADDRESS, DOMAIN]
    assert kinds(there, None, uids=("uid-7",)) == [PERSON]
    assert kinds(List.of([]), "amina@example.org") == []


def test_a_list_of_two_keys_is_still_one_list() -> None:
    """As after lists of two workspaces were put together; a new entry takes the first key."""
    one, two = listed((ADDRESS, "a@example.org")), listed((ADDRESS, "b@example.org"), key=OTHER_KEY)
    both = List.of([*one.found.values(), *two.found.values()])
    assert kinds(both, "a@example.org") == kinds(both, "b@example.org") == [ADDRESS]
    assert both.key == KEY
    assert List.of([]).key != List.of([]).key


@given(WORDS, WORDS, WORDS)
def test_nothing_can_be_read_off_the_list(local: str, name: str, word: str) -> None:
    """Another key gives another hash, and a kind is not taken for another."""
    address = f"{local}@{name}.example"
    assert len({digest(KEY, ADDRESS, address), digest(OTHER_KEY, ADDRESS, address), digest(KEY, PERSON, address)}) == 3
    assert normal(ADDRESS, f" {local.upper()}+{word}@{name}.EXAMPLE ") == address
    assert domains(address) == [f"{name}.example"]
