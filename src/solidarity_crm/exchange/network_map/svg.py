"""A network as a picture that does not move: SVG with no script in it, light or dark as whoever opens it prefers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.network_map.colours import COLOURS
from solidarity_crm.exchange.network_map.layout import SPACE, places
from solidarity_crm.exchange.network_map.network import clean, labels
from solidarity_crm.exchange.network_map.xml import text
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solidarity_crm.exchange.network_map.layout import Place
    from solidarity_crm.exchange.network_map.network import Link, Network, Node

_HEAD = 70  # above the drawing, for its title
_LONGEST = 28  # letters of a name beside its node
_LETTER, _LINE = 7, 14  # how wide and how high a letter of a name is, about
_LEGEND = 22  # a line of it


def write(network: Network) -> str:
    """Give the file's text."""
    return "\n".join(_lines(network)) + "\n"


def _lines(network: Network) -> Iterator[str]:
    where = places(network)
    kinds = [kind for kind in COLOURS if any(node.kind == kind for node in network.nodes)]
    width = max([720, *(x + 4 * SPACE for x, _ in where.values())])
    height = max([240, *(y + SPACE for _, y in where.values())]) + _HEAD + _LEGEND * (len(kinds) + 1)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" viewBox="0 0 {width} {height}">'
    yield f'<title id="t">{text(network.title)}</title>'
    yield f'<desc id="d">{text(network.summary())}</desc>'
    yield f"<style>{_style(kinds)}</style>"
    yield f'<rect class="paper" width="{width}" height="{height}"/>'
    if network.mark:
        yield f'<text class="mark" x="20" y="13">{text(network.mark)}</text>'
    yield f'<text class="title" x="20" y="32">{text(network.title)}</text>'
    yield f'<text x="20" y="54">{text(network.summary())}</text>'
    yield f'<g transform="translate(0 {_HEAD})">'
    yield from (_link(link, where) for link in network.links)
    yield from _nodes(network, where)
    yield "</g>"
    for line, kind in enumerate(kinds):
        y = height - _LEGEND * (len(kinds) - line)
        yield f'{_shape(kind, 28, y - 4, 6)}<text x="44" y="{y}">{text(kind)}</text>'
    yield "</svg>"


def _style(kinds: list[str]) -> str:
    """Give the colours, of light and of dark."""
    light, dark = ("".join(f".k{list(COLOURS).index(kind)}{{fill:{COLOURS[kind][side]}}}" for kind in kinds) for side in (0, 1))
    return (
        "text{font:12px system-ui,Arial,sans-serif;fill:#1d2733}.title{font-size:20px;font-weight:600}.mark{font-weight:700}.paper{fill:#fff}"
        "line{stroke:#98a4b0;stroke-width:1}.suggested{stroke-dasharray:4 4}.member{stroke:#1d2733;stroke-width:2}"
        f"{light}@media(prefers-color-scheme:dark){{text{{fill:#e6eaef}}.paper{{fill:#14181d}}line{{stroke:#5b6672}}.member{{stroke:#e6eaef}}{dark}}}"
    )


def _link(link: Link, where: Mapping[str, Place]) -> str:
    """Give a link's line."""
    (x1, y1), (x2, y2) = where[link.left], where[link.right]
    dashed = "" if link.confirmed else ' class="suggested"'
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"{dashed}/>'


def _nodes(network: Network, where: Mapping[str, Place]) -> Iterator[str]:
    """Give each node, with its name beside it where there is room for one."""
    degrees, named = network.degrees(), labels(network.nodes)
    sizes = {node.key: radius(node, degrees[node.key]) for node in network.nodes}
    shown = {node.key: _shown(node, named[node.key]) for node in network.nodes}
    ranked = sorted(network.nodes, key=lambda node: (node.is_person, -degrees[node.key]))
    room = _room([(node.key, where[node.key], sizes[node.key], len(shown[node.key])) for node in ranked])
    for node in network.nodes:
        x, y = where[node.key]
        name = f'<text x="{room[node.key]}" y="{y + 4}">{text(shown[node.key])}</text>' if node.key in room else ""
        shape = _shape(node.kind, x, y, sizes[node.key], member=node.member and not node.is_person)
        yield f"<g>{shape}<title>{text(text_of(node, named[node.key]))}</title>{name}</g>"


def text_of(node: Node, label: str) -> str:
    """Give what is said of a node where somebody points at it, or has it read."""
    return clean(", ".join((label, node.kind, *([node.people] if node.people else []), *node.communities)))


def _shown(node: Node, label: str) -> str:
    """Give what is written beside a node."""
    return shorten(label, _LONGEST) + (f" ({node.people})" if node.people else "")


def _room(wanted: Sequence[tuple[str, Place, int, int]]) -> dict[str, int]:
    """Give where each name begins, of those that lie over nothing else; the first of ``wanted`` choose first.

    Each is the node's key, its place, its size, and the letters of its name.
    """
    found: dict[str, int] = {}
    lines: dict[int, list[tuple[int, int]]] = {}  # what is taken, by lines of a letter's height
    for _, (x, y), size, _ in wanted:
        lines.setdefault(y // _LINE, []).append((x - size, x + size))
    for key, (x, y), size, letters in wanted:
        for begin in (x + size + 4, x - size - 4 - letters * _LETTER):
            end, line = begin + letters * _LETTER, y // _LINE
            if begin > 0 and all(end < left or right < begin for near in (line - 1, line, line + 1) for left, right in lines.get(near, ())):
                lines.setdefault(line, []).append((begin, end))
                found[key] = begin
                break
    return found


def radius(node: Node, degree: int) -> int:
    """Give how large a node is drawn: the more links, the larger, up to a limit."""
    return (5 if node.is_person else 8) + min(degree, 24) // 4


def _shape(kind: str, x: int, y: int, size: int, *, member: bool = False) -> str:
    """Give what a node looks like: people are round, organisations square, network members have a line around them."""
    place = list(COLOURS).index(kind if kind in COLOURS else "other")
    names = f'class="k{place}{" member" if member else ""}"'
    if kind == "person":
        return f'<circle {names} cx="{x}" cy="{y}" r="{size}"/>'
    return f'<rect {names} x="{x - size}" y="{y - size}" width="{2 * size}" height="{2 * size}"/>'
