"""A network that is published, or redacted: whatever it was made of, no map of it holds what it must not."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solidarity_crm.errors import Refused
from solidarity_crm.exchange.network_map import dot, graphml, kumu, page, svg
from solidarity_crm.exchange.network_map.network import PERSON, ROLE, TIE, Link, Network, Node, telling, without
from solidarity_crm.exchange.network_map.publishing import Public, public
from solidarity_crm.rules.disclosure import BY, KIND, TOTAL
from solidarity_crm.rules.revealing import Someone, Thing, beside

DAY = date(2026, 12, 1)
KINDS = ("charity", "council", "funder")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Make a network whose people, and only they, have names, communities and roles that can be recognised."""
    people, places = draw(st.integers(0, 30)), draw(st.integers(1, 5))
    nodes = [Node(f"P{number}", f"Canary{number} Person", PERSON, communities=(f"Canarycommunity{number}",)) for number in range(people)]
    nodes += [Node(f"O{number}", f"Place {number}", draw(st.sampled_from(KINDS)), draw(st.booleans())) for number in range(places)]
    links = []
    for number in range(people):
        theirs = draw(st.sets(st.integers(0, places - 1), max_size=2))
        links += [Link(f"P{number}", f"O{place}", ROLE, f"Canaryrole{number}") for place in theirs]
        if number and draw(st.booleans()):
            links.append(Link(f"P{number}", f"P{draw(st.integers(0, number - 1))}", TIE, "close"))
    return Network("Made up", DAY, nodes, links)


def every_form(network: Network) -> str:
    """Give a network in every form of map."""
    return "\n".join([page.write(network), svg.write(network), graphml.write(network), dot.write(network), *kumu.write(network).values()])


def tried(network: Network, by: str, groups: list[list[str]] | None = None) -> Public | str:
    """Give a network as it may be published, or what is proposed instead."""
    try:
        return public(network, by=by, groups=groups or [])
    except Refused as refused:
        return refused.hint or ""


@settings(deadline=None, max_examples=40)
@given(networks(), st.sampled_from(BY))
def test_a_published_map_names_nobody_and_gives_no_small_count(network: Network, by: str) -> None:
    """Organisations alone; a count of people is 0, a star, or a multiple of five."""
    found = tried(network, by)
    if isinstance(found, str):
        assert by != TOTAL
        assert found.startswith("--by")
        return
    text = every_form(found.network)
    assert "Canary" not in text
    assert not re.search(r'"P\d+"', text)
    assert all(cell == "*" or int(cell) % 5 == 0 for cell in (*found.counts.cells.values(), found.counts.total))
    assert {node.key for node in found.network.nodes} == {node.key for node in network.nodes if not node.is_person}


@settings(deadline=None)
@given(networks())
def test_whoever_does_as_is_proposed_gets_a_map(network: Network) -> None:
    """At once: what is proposed is not refused again."""
    for by in BY:
        found = tried(network, by)
        if isinstance(found, str):
            joined = re.search('--together "(.*)"', found)
            found = tried(network, TOTAL if TOTAL in found else KIND, [joined[1].split(", ")] if joined else None)
        assert not isinstance(found, str), (by, found)


def test_one_persons_two_roles_link_nothing() -> None:
    """They are that person's; that people of two places know each other is."""
    nodes = [
        Node("P1", "Ann", PERSON),
        Node("P2", "Bob", PERSON),
        *(Node(f"O{number}", f"Place {number}", "charity") for number in (1, 2, 3)),
    ]
    links = [Link("P1", "O1", ROLE), Link("P1", "O2", ROLE), Link("P2", "O3", ROLE), Link("P1", "P2", TIE, "close")]
    found = public(Network("Made up", DAY, nodes, links), by=TOTAL).network
    assert [(link.left, link.right) for link in found.links] == [("O1", "O3"), ("O2", "O3")]


def test_a_nought_at_a_revealing_place_is_hidden() -> None:
    """That nobody is there says something of everybody."""
    nodes = [Node(f"P{number}", f"Person {number}", PERSON) for number in range(20)]
    nodes += [Node(f"O{number}", f"Place {number}", "charity") for number in range(6)]
    links = [Link(f"P{number}", f"O{number % 2}", ROLE) for number in range(20)]
    cells = public(Network("Made up", DAY, nodes, links), by="organisation", revealing={"O4"}).counts.cells
    assert cells == {"O0": "10", "O1": "10", "O2": "0", "O3": "0", "O4": "*", "O5": "0"}


@settings(deadline=None, max_examples=40)
@given(networks(), st.sets(st.integers(0, 29)))
def test_a_redacted_map_names_none_of_those_people(network: Network, hidden: set[int]) -> None:
    """Neither name, ref, communities nor role; everything else is as it was."""
    people = {node.key for node in network.nodes if node.is_person and int(node.key[1:]) in hidden}
    found = without(network, people)
    text = every_form(found)
    for key in people:
        assert not re.search(rf"Canary(?:community|role)?{key[1:]}\b", text), key
    assert (len(found.nodes), len(found.links)) == (len(network.nodes), len(network.links))
    kept = [node for node in network.nodes if node.key not in people]
    assert [node for node in found.nodes if node in kept] == kept


@settings(deadline=None, max_examples=40)
@given(networks(), st.sets(st.integers(0, 4), min_size=1))
def test_nobody_is_beside_anything_revealing_once_redacted(network: Network, marked: set[int]) -> None:
    """By the rule that every door asks."""
    things = {f"O{number}": Thing(f"Place {number}") for number in marked}
    roles = {link.left: things[link.right] for link in network.links if link.right in things}
    people = [Someone(node.key, (node.name,), (roles[node.key],)) for node in network.nodes if node.key in roles]
    told = telling(network)
    named = {each.ref for one in people for each in beside(told[one.ref], [one])}
    assert named == {one.ref for one in people}
    after = telling(without(network, named))
    assert [each for said in after.values() for each in beside(said, people)] == []


@pytest.mark.parametrize("by", BY)
def test_a_network_of_organisations_alone_can_be_published(by: str) -> None:
    """There is nothing to hide."""
    found = public(Network("Made up", DAY, [Node("O1", "MESMAC", "charity", member=True)], []), by=by)
    assert found.counts.total == "0"
    assert "MESMAC" in svg.write(found.network)
