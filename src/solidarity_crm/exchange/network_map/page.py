"""A network as one page of HTML that can be moved, searched and filtered, and asks nothing of anybody.

Its policy allows its own script and its own style, by their digests, and nothing else (CSP 3 §2.3.1): what people typed is
data there, kept as JSON that cannot end its element (protection.md S7), and written as text by the script.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solidarity_crm.exchange.network_map.colours import colours
from solidarity_crm.exchange.network_map.layout import places
from solidarity_crm.exchange.network_map.network import clean, labels
from solidarity_crm.exchange.network_map.xml import text

if TYPE_CHECKING:
    from solidarity_crm.exchange.network_map.network import Network

_HERE = Path(__file__).parent


def write(network: Network) -> str:
    """Give the page."""
    style, script = _part("page.css"), _part("page.js")
    fillings = {
        "policy": f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'",
        "style": style,
        "script": script,
        "mark": f"<p><strong>{text(network.mark)}</strong></p>\n" if network.mark else "",
        "title": text(network.title),
        "summary": text(network.summary()),
        "data": as_data(_data(network)),
    }
    parts = _part("page.html").split("@@")  # every other part is the name of what stands there
    return "".join(fillings[part] if place % 2 else part for place, part in enumerate(parts))


def as_data(value: Any) -> str:  # noqa: ANN401 - whatever JSON can say
    """Give a value as JSON in ASCII that holds no mark of markup: it can neither end its element nor begin another."""
    found = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return found.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _data(network: Network) -> dict[str, Any]:
    """Give what the script draws; nodes are known by their places in the row, kinds and communities too."""
    where, named = places(network), labels(network.nodes)
    kinds = sorted({node.kind for node in network.nodes}, key=lambda kind: (kind != "person", kind))
    communities = sorted({clean(community) for node in network.nodes for community in node.communities})
    place = {node.key: number for number, node in enumerate(network.nodes)}
    return {
        "kinds": [[clean(kind), *colours(kind)] for kind in kinds],
        "communities": communities,
        "nodes": [
            [
                named[node.key],
                kinds.index(node.kind),
                int(node.member),
                [communities.index(clean(community)) for community in node.communities],
                *where[node.key],
                node.people or "",
            ]
            for node in network.nodes
        ],
        "links": [[place[link.left], place[link.right], clean(link.said), int(link.confirmed)] for link in network.links],
    }


@cache
def _part(name: str) -> str:
    """Give a part of the page as it comes with the program."""
    return (_HERE / name).read_text(encoding="utf-8")


def _digest(content: str) -> str:
    """Give the digest by which a policy knows a script or a style."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
