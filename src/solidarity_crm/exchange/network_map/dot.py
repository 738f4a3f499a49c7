"""A network in the DOT language, which Graphviz draws (graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.network_map.network import clean, labels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solidarity_crm.exchange.network_map.network import Link, Network, Node


def write(network: Network) -> str:
    """Give the file's text."""
    return "\n".join(_lines(network)) + "\n"


def quoted(value: str) -> str:
    r"""Give a text as a quoted string: ``\N`` and ``&amp;`` in it are not obeyed (escString, and HTML entities)."""
    escaped = clean(value).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{escaped}"'


def _lines(network: Network) -> Iterator[str]:
    """Give the graph; neato and sfdp, which place nodes by springs, are the programs for a network."""
    yield "graph network {"
    yield f'  graph [layout="sfdp", overlap="prism", label={quoted(network.described())}];'
    yield '  node [fontname="Helvetica", fontsize=10];'
    named = labels(network.nodes)
    yield from (f"  {quoted(node.key)} [{_of_node(node, named[node.key])}];" for node in network.nodes)
    yield from (f"  {quoted(link.left)} -- {quoted(link.right)} [{_of_link(link)}];" for link in network.links)
    yield "}"


def _of_node(node: Node, label: str) -> str:
    """Give a node's attributes: people are round, organisations square, network members have a double line."""
    shown = f"{label} ({node.people})" if node.people else label
    shape = "ellipse" if node.is_person else "box"
    double = ", peripheries=2" if node.member and not node.is_person else ""
    return f'label={quoted(shown)}, tooltip={quoted(", ".join((node.kind, *node.communities)))}, shape="{shape}"{double}'


def _of_link(link: Link) -> str:
    """Give a link's attributes: what is only suggested is dashed."""
    return f'tooltip={quoted(link.said or link.kind)}, style="{"solid" if link.confirmed else "dashed"}"'
