"""A network as the two sheets that Kumu imports: elements, and the connections between them (docs.kumu.io, Import)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.network_map.network import TIE, clean, labels
from solidarity_crm.exchange.tables.cells import write_csv

if TYPE_CHECKING:
    from solidarity_crm.exchange.network_map.network import Network, Node

ELEMENTS = ("Label", "Type", "Tags", "Member", "People")
CONNECTIONS = ("From", "To", "Direction", "Label", "Type", "Confirmed")
_BETWEEN = "|"  # between several values in a cell


def write(network: Network) -> dict[str, str]:
    """Give the text of each sheet, by its name.

    Kumu finds the ends of a connection by their labels, so no two elements have the same.
    """
    named = labels(network.nodes)
    elements = [_element(node, named[node.key]) for node in network.nodes]
    connections = [
        (
            named[link.left],
            named[link.right],
            "mutual" if link.kind == TIE else "undirected",
            clean(link.said),
            link.kind,
            _yes(said=link.confirmed),
        )
        for link in network.links
    ]
    return {"elements": write_csv(ELEMENTS, elements), "connections": write_csv(CONNECTIONS, connections)}


def _element(node: Node, label: str) -> tuple[str, ...]:
    """Give an element's row."""
    tags = _BETWEEN.join(clean(community).replace(_BETWEEN, "/") for community in node.communities)
    return label, "Person" if node.is_person else node.kind.capitalize(), tags, _yes(said=node.member), node.people or ""


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"
