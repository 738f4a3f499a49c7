"""A network in each form of map: whole, well-formed, and harmless whatever people typed."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from defusedxml.ElementTree import fromstring

from payloads import FORBIDDEN, HOSTILE, generated
from solidarity_crm.exchange.network_map import dot, graphml, kumu, page, svg
from solidarity_crm.exchange.network_map.layout import places
from solidarity_crm.exchange.network_map.network import PERSON, ROLE, TIE, Link, Network, Node, clean, labels
from solidarity_crm.exchange.tables.cells import read_csv

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 12, 1)
SMALL = Network(
    "Leeds Solidarity Network",
    DAY,
    [
        Node("P1", "Amina Yusuf", PERSON, member=True, communities=("asylum seekers and refugees",)),
        Node("P2", "Siân O'Brien [she/her]", PERSON),
        Node("P3", "Siân O'Brien [she/her]", PERSON),
        Node("O1", "MESMAC", "charity", member=True, communities=("LGBTQ+ people", "sex workers")),
    ],
    [Link("P1", "O1", ROLE, "Outreach lead"), Link("P1", "P2", TIE, "works with", confirmed=False)],
)
NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns", "s": "http://www.w3.org/2000/svg"}
QUOTED = r'"(?:[^"\\\n]|\\["\\])*"'


class Read(HTMLParser):
    """A page as a browser takes it apart: its elements, and what scripts and styles are in it."""

    def __init__(self, text: str) -> None:
        """Read it."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._in = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))
        self._in = f"{tag} {dict(attrs).get('type') or ''}".strip()

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the parser's own
        """Leave an element."""
        self._in = ""

    def handle_data(self, data: str) -> None:
        """Keep what it says."""
        self.inside[self._in] = self.inside.get(self._in, "") + data


def of(texts: list[str]) -> Network:
    """Give a network in which every text is a name, a community, and what a link says."""
    nodes = [Node(f"P{place}", text, PERSON, communities=(text,)) for place, text in enumerate(texts)]
    return Network(
        texts[0], DAY, nodes, [Link("P0", f"P{place}", TIE, text) for place, text in enumerate(texts) if 0 < place < 40], texts[-1]
    )


def test_the_page_says_what_is_in_the_network() -> None:
    """As data for its script: names, kinds, communities, links."""
    data = json.loads(Read(page.write(SMALL)).inside["script application/json"])
    assert [node[0] for node in data["nodes"]] == ["Amina Yusuf", "Siân O'Brien [she/her] (P2)", "Siân O'Brien [she/her] (P3)", "MESMAC"]
    assert [data["kinds"][node[1]][0] for node in data["nodes"]] == ["person", "person", "person", "charity"]
    assert [[data["communities"][place] for place in node[3]] for node in data["nodes"]][3] == ["LGBTQ+ people", "sex workers"]
    assert data["links"] == [[0, 3, "Outreach lead", 1], [0, 1, "works with", 0]]


def test_the_page_asks_nothing_of_anybody() -> None:
    """Its policy knows its own script and style by their digests, and there is no address in it."""
    text = page.write(SMALL)
    read = Read(text)
    policy = next(attrs["content"] or "" for tag, attrs in read.elements if tag == "meta" and "http-equiv" in attrs)
    assert policy.startswith("default-src 'none';")
    for element in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(read.inside[element].encode()).digest()).decode()
        assert f"{element}-src 'sha256-{digest}'" in policy
    assert [attrs for _, attrs in read.elements if {"src", "href", "action", "onclick"} & set(attrs)] == []
    assert re.search(r"https?://|//\w", re.sub(r"//.*|/\*.*?\*/", "", text)) is None
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|fetch\(|XMLHttp|import\(", text)


def test_the_page_has_what_hands_and_keys_need() -> None:
    """A search, a filter for each of three things, and a drawing that can be reached by Tab."""
    found = {attrs["id"]: (tag, attrs) for tag, attrs in Read(page.write(SMALL)).elements if "id" in attrs}
    assert {"find", "community", "kind", "member", "map", "found", "card", "status", "nearer", "further", "all", "theme"} <= set(found)
    assert found["map"][1]["tabindex"] == "0"
    assert found["status"][1]["role"] == "status"


def test_the_picture_has_every_node_and_every_link_and_no_script() -> None:
    """With a name that a screen reader reads, and what is only suggested dashed."""
    root = fromstring(svg.write(SMALL))
    groups = [each.findtext("s:title", "", NAMESPACE) for each in root.findall(".//s:g/s:g", NAMESPACE)]
    assert [said.split(", ")[0] for said in groups] == [labels(SMALL.nodes)[node.key] for node in SMALL.nodes]
    assert [line.get("class") for line in root.findall(".//s:line", NAMESPACE)] == [None, "suggested"]
    assert root.find("s:title", NAMESPACE) is not None
    assert {each.tag.partition("}")[2] for each in root.iter()} <= {"svg", "title", "desc", "style", "rect", "text", "g", "line", "circle"}


def test_graphml_says_what_is_in_the_network() -> None:
    """Under the names that Gephi knows."""
    root = fromstring(graphml.write(SMALL))
    keys = {key.get("id"): (key.get("for"), key.get("attr.name")) for key in root.findall("g:key", NAMESPACE)}
    nodes = {node.get("id"): {keys[data.get("key")][1]: data.text for data in node} for node in root.findall(".//g:node", NAMESPACE)}
    assert nodes["O1"] == {"label": "MESMAC", "kind": "charity", "member": "true", "communities": "LGBTQ+ people; sex workers"}
    assert list(nodes) == ["P1", "P2", "P3", "O1"]
    edges = [(edge.get("source"), edge.get("target"), *(data.text for data in edge)) for edge in root.findall(".//g:edge", NAMESPACE)]
    assert edges == [("P1", "O1", "Outreach lead", "role", "true", "1"), ("P1", "P2", "works with", "tie", "false", "2")]


def test_kumu_finds_both_ends_of_every_connection() -> None:
    """By labels, of which no two are the same."""
    sheets = {name: read_csv(text) for name, text in kumu.write(SMALL).items()}
    elements = [row["Label"] for row in sheets["elements"][1]]
    assert elements == list(labels(SMALL.nodes).values())
    assert len(set(elements)) == len(elements)
    assert [(row["From"], row["To"], row["Type"], row["Confirmed"]) for row in sheets["connections"][1]] == [
        ("Amina Yusuf", "MESMAC", "role", "yes"),
        ("Amina Yusuf", "Siân O'Brien [she/her] (P2)", "tie", "no"),
    ]
    assert sheets["elements"][1][3]["Tags"] == "LGBTQ+ people|sex workers"


def test_dot_draws_people_round_and_members_twice() -> None:
    """And ties that nobody has confirmed dashed."""
    text = dot.write(SMALL)
    assert '"P1" [label="Amina Yusuf", tooltip="person, asylum seekers and refugees", shape="ellipse"];' in text
    assert 'shape="box", peripheries=2' in text
    assert '"P1" -- "P2" [tooltip="works with", style="dashed"];' in text


WRITERS: dict[str, Callable[[Network], str]] = {
    "html": page.write,
    "svg": svg.write,
    "graphml": graphml.write,
    "dot": dot.write,
    "kumu": lambda network: "".join(kumu.write(network).values()).replace("\r\n", "\n"),
}


def shown(form: str, text: str) -> list[str]:
    """Give the names of a network's nodes as a form's own reader reads them."""
    if form == "html":
        return [node[0] for node in json.loads(Read(text).inside["script application/json"])["nodes"]]
    if form == "graphml":
        return [node.findtext("g:data", "", NAMESPACE) for node in fromstring(text).findall(".//g:node", NAMESPACE)]
    if form == "svg":
        root = fromstring(text)
        return [each.findtext("s:title", "", NAMESPACE) for each in root.findall(".//s:g/s:g", NAMESPACE)]
    if form == "kumu":
        return [row["Label"] for row in read_csv(text.partition("\nFrom,")[0])[1]]
    found = re.findall(rf"  {QUOTED} \[label=({QUOTED}), tooltip", text)
    return [re.sub(r"\\(.)", r"\1", each[1:-1]).replace("&amp;", "&") for each in found]


def expected(form: str, network: Network) -> list[str]:
    """Give the names that should be read."""
    named = list(labels(network.nodes).values())
    if form == "svg":
        return [svg.text_of(node, label) for node, label in zip(network.nodes, named, strict=True)]
    return named


@pytest.mark.parametrize("form", WRITERS)
def test_every_hostile_text_is_text(form: str) -> None:
    """Each is read back as it was typed, but for what nobody should see, and nothing of it is markup."""
    network = of(list(HOSTILE.values()))
    text = WRITERS[form](network)
    assert not FORBIDDEN.search(text)
    assert shown(form, text) == expected(form, network)


@pytest.mark.parametrize("form", WRITERS)
def test_ten_thousand_generated_texts_are_text(form: str) -> None:
    """Well-formed each time, no markup got out, no control character left."""
    texts = generated(10_000)
    for begin in range(0, len(texts), 2000):
        network = of(texts[begin : begin + 2000])
        text = WRITERS[form](network)
        assert not FORBIDDEN.search(text)
        assert shown(form, text) == expected(form, network)
        if form == "html":
            assert [tag for tag, _ in Read(text).elements] == [tag for tag, _ in Read(page.write(SMALL)).elements]
        if form == "dot":
            assert all(_is_dot(line) for line in text.splitlines()), text


def _is_dot(line: str) -> bool:
    """Say whether a line is one of those that the writer means to write."""
    attribute = rf"\w+=(?:{QUOTED}|[\w.]+)"
    statement = rf"  (?:graph|node|{QUOTED}(?: -- {QUOTED})?) \[{attribute}(?:, {attribute})*\];"
    return line in ("graph network {", "}") or re.fullmatch(statement, line) is not None


def test_what_xml_has_no_place_for_is_left_out() -> None:
    """U+FFFE and U+FFFF are no characters of XML 1.0."""
    assert clean("Ann\ufffe\uffff  Bob\n") == "Ann Bob"
    assert fromstring(graphml.write(of(["a\ufffeb\uffff", "]]>"]))) is not None


def test_the_same_network_is_drawn_the_same() -> None:
    """So that two maps can be laid beside each other."""
    nodes = [Node(f"P{number}", f"Person {number}", PERSON) for number in range(60)]
    links = [Link(f"P{number}", f"P{number * 7 % 50}", TIE, "knows") for number in range(1, 50)]
    network = Network("Made up", DAY, nodes, links)
    assert places(network) == places(network)
    assert page.write(network) == page.write(network)
    assert len(set(places(network).values())) == len(nodes)


def test_parts_do_not_lie_over_each_other() -> None:
    """Each part of the network has a place of its own on the page."""
    groups: dict[str, list[Any]] = {"a": [], "b": [], "c": []}
    nodes = [Node(f"{group}{number}", group, PERSON) for group in groups for number in range(12)]
    links = [Link(f"{group}0", f"{group}{number}", TIE) for group in groups for number in range(1, 12)]
    where = places(Network("Made up", DAY, nodes, links))
    for key, place in where.items():
        groups[key[0]].append(place)
    boxes = [(min(x), max(x), min(y), max(y)) for x, y in (tuple(zip(*group, strict=True)) for group in groups.values())]
    for number, (left, right, top, down) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert right < other[0] or other[1] < left or down < other[2] or other[3] < top
