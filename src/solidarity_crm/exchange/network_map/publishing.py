"""A network that may be published: organisations alone, and of people no more than how many there are, about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.network_map.network import ROLE, TIE, Link, Network
from solidarity_crm.rules.disclosure import (
    EXPLAINED,
    JOINED,
    KIND,
    ORGANISATION,
    TOTAL,
    Count,
    Published,
    check,
    proposal,
    published,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

NOWHERE = "no organisation"


class Public(NamedTuple):
    """A published network, and the table of how many people there are.

    ``kept`` is what the store keeps of the table; it says how many they are in truth, so none of it is shown.
    """

    network: Network
    counts: Published
    by: str
    kept: tuple[Count, ...]


def public(network: Network, *, by: str, groups: Sequence[Sequence[str]] = (), revealing: Collection[str] = ()) -> Public:
    """Give a network that may be published, people counted by organisation, by kind of organisation, or all together.

    ``groups`` are kinds to be counted together, ``revealing`` the keys of organisations where even nobody says something.
    Raises Refused when most counts would be hidden.
    """
    places = _places(network)
    nodes = [node for node in network.nodes if not node.is_person]
    counts, sensitive = _counted(network, places, by, groups, revealing)
    table = published(counts, sensitive=sensitive)
    if by != TOTAL:
        check(table, "people", _hint(_counted(network, places, KIND, groups, ())[0], joining=by == KIND))
    names = {node.key: node.name for node in nodes} if by == ORGANISATION else {}
    kept = tuple(Count(names.get(key, key), key if names else None, table.cells[key], people) for key, people in counts.items())
    if by == ORGANISATION:
        nodes = [node._replace(people=f"{table.cells[node.key]} people") for node in nodes]
        told = ""
    else:
        told = f"People: {', '.join(f'{name} {cell}' for name, cell in table.cells.items())}. "
    return Public(Network(network.name, network.on, nodes, _links(network, places), f"{told}{EXPLAINED}"), table, by, kept)


def _places(network: Network) -> dict[str, list[str]]:
    """Give the organisations of each person, by key."""
    found: dict[str, list[str]] = {node.key: [] for node in network.nodes if node.is_person}
    for link in network.links:
        if link.kind == ROLE:
            found[link.left].append(link.right)
    return found


def _counted(
    network: Network, places: Mapping[str, Sequence[str]], by: str, groups: Sequence[Sequence[str]], revealing: Collection[str]
) -> tuple[dict[str, int], set[str]]:
    """Count people; somebody with roles at two places counts at both. Give the categories that are sensitive, too."""
    if by == TOTAL:
        return {"all": len(places)}, set()
    kinds = {node.key: node.kind for node in network.nodes if not node.is_person}
    categories = {key: key for key in kinds} if by == ORGANISATION else kinds
    counts = dict.fromkeys(sorted(set(categories.values()), key=list(categories.values()).index), 0)
    for theirs in places.values():
        for category in {categories[key] for key in theirs} or ({NOWHERE} if by == KIND else ()):
            counts[category] = counts.get(category, 0) + 1
    return (counts, set(revealing)) if by == ORGANISATION else (together(counts, groups), set())


def _hint(counts: Mapping[str, int], *, joining: bool) -> str:
    """Say how people can be counted more coarsely, so that it is not refused again; ``counts`` are those by kind."""
    if not joining and not published(counts).says_too_little:
        return f"--by {KIND}, which counts them by kind of organisation"
    joined = [kind for name in proposal(counts) for kind in name.split(JOINED)]
    return f'--by {KIND} --together "{", ".join(joined)}", which counts these as one' if joined else f"--by {TOTAL}"


def _links(network: Network, places: Mapping[str, Sequence[str]]) -> list[Link]:
    """Link organisations whose people know each other; that one person has a role at both is that person's, and not drawn."""
    pairs = {
        (min(one, other), max(one, other))
        for link in network.links
        if link.kind == TIE
        for one in places[link.left]
        for other in places[link.right]
        if one != other and one not in places[link.right] and other not in places[link.left]
    }
    return [Link(one, other, TIE, "people who know each other") for one, other in sorted(pairs)]
