"""A network as GraphML, which Gephi, yEd, Cytoscape and NetworkX read (graphml.graphdrawing.org, the primer)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.network_map.network import labels
from solidarity_crm.exchange.network_map.xml import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.exchange.network_map.network import Link, Network, Node

# Gephi takes "label" for what is written beside a node, and "weight" for how strong an edge is
_NODE = {"label": "string", "kind": "string", "member": "boolean", "communities": "string", "people": "string"}
_EDGE = {"label": "string", "relation": "string", "confirmed": "boolean", "weight": "double"}
WEIGHTS = {"close": 3, "works with": 2}


def write(network: Network) -> str:
    """Give the file's text."""
    return "\n".join(_lines(network)) + "\n"


def _lines(network: Network) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for what, fields in (("node", _NODE), ("edge", _EDGE)):
        yield from (f'<key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>' for name, kind in fields.items())
    yield f'<graph id="network" edgedefault="undirected"><desc>{text(network.described())}</desc>'
    named = labels(network.nodes)
    for node in network.nodes:
        yield f'<node id="{text(node.key)}">{_data("node", _of_node(node, named[node.key]))}</node>'
    for number, link in enumerate(network.links):
        yield f'<edge id="e{number}" source="{text(link.left)}" target="{text(link.right)}">{_data("edge", _of_link(link))}</edge>'
    yield "</graph>"
    yield "</graphml>"


def _of_node(node: Node, label: str) -> dict[str, str]:
    """Give what is said of a node."""
    communities = "; ".join(node.communities)
    found = {"label": label, "kind": node.kind, "member": str(node.member).lower(), "communities": communities, "people": node.people}
    return {name: value for name, value in found.items() if value}


def _of_link(link: Link) -> dict[str, str]:
    """Give what is said of a link."""
    weight = str(WEIGHTS.get(link.said, 1) if link.kind == "tie" else 1)
    found = {"label": link.said, "relation": link.kind, "confirmed": str(link.confirmed).lower(), "weight": weight}
    return {name: value for name, value in found.items() if value}


def _data(what: str, values: dict[str, str]) -> str:
    return "".join(f'<data key="{what}-{name}">{text(value)}</data>' for name, value in values.items())
