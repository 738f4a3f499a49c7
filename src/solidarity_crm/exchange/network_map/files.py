"""A network in one of its forms: which there are, which a file's ending asks for, and the files that each is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from solidarity_crm.exchange.network_map.network import Network

FORMATS = ("html", "svg", "graphml", "dot", "kumu")
DRAWN = ("html", "svg")  # places are given to every node, which only so many nodes may have
ENDINGS = {".html": "html", ".htm": "html", ".svg": "svg", ".graphml": "graphml", ".dot": "dot", ".gv": "dot", ".csv": "kumu"}
_WRITERS = {"html": "page"}  # the modules that are not called as their forms are
SAID = {
    "html": "a page for any browser; it asks nothing of the network",
    "svg": "a picture",
    "graphml": "for Gephi, yEd and Cytoscape",
    "dot": "for Graphviz",
    "kumu": "two sheets for Kumu",
}


def form_of(path: Path) -> str | None:
    """Give the form that a file's ending asks for, or None."""
    return ENDINGS.get(path.suffix.lower())


def written(network: Network, form: str) -> str | dict[str, str]:
    """Give a network in a form: its text, or that of each of its sheets by name."""
    writer = import_module(f"{__package__}.{_WRITERS.get(form, form)}")  # one form is asked for, and its writer alone is loaded
    found: str | dict[str, str] = writer.write(network)
    return found


def files(network: Network, form: str, path: Path) -> dict[Path, bytes]:
    """Give the content of each file that a form is; sheets are named after ``path``: ``network-elements.csv``."""
    found = written(network, form)
    if isinstance(found, str):
        return {path: found.encode()}
    return {path.with_name(f"{path.stem}-{sheet}.csv"): content.encode() for sheet, content in found.items()}


def people(network: Network) -> list[str]:
    """List the people who are in a network by their refs; whoever is somebody there has none."""
    return [node.key for node in network.nodes if node.is_person and node.key.startswith("P")]
