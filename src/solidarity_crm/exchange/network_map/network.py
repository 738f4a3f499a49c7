"""The network as it goes into a file: who and what is in it, how they are linked, and where each is drawn.

Nothing else of anybody is in these records, so no form of map can give it away: no addresses, notes, reasons, or words
of an introduction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules.revealing import SOMEBODY
from solidarity_crm.text import fold, safe

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

PERSON = "person"
ROLE, TIE = "role", "tie"  # a person's role at an organisation; that two people know each other


class Node(NamedTuple):
    """A person or an organisation; ``kind`` is PERSON or the organisation's kind, ``key`` is unlike any other node's.

    A person is a ``member`` when an organisation of theirs is a network member. ``people`` says, in words, how many belong
    to an organisation whose people are not in the network themselves.
    """

    key: str
    name: str
    kind: str
    member: bool = False
    communities: tuple[str, ...] = ()
    people: str | None = None

    @property
    def is_person(self) -> bool:
        """Whether it is a person and not an organisation."""
        return self.kind == PERSON


class Link(NamedTuple):
    """That two nodes, by key, belong together; ``said`` is the role, or how close the two are, in words."""

    left: str
    right: str
    kind: str
    said: str = ""
    confirmed: bool = True


class Network(NamedTuple):
    """A network on a day, under the name of the partnership; ``remark`` says what was done to the figures in it.

    A ``mark`` stands on top of every map of it.
    """

    name: str
    on: date
    nodes: Sequence[Node]
    links: Sequence[Link]
    remark: str = ""
    mark: str = ""

    @property
    def title(self) -> str:
        """What a map of it is called."""
        return f"Network map of the {self.name}"

    def described(self) -> str:
        """Give the title, the day and the remark, after the mark, for a form that has one place for all of them."""
        return " ".join(part for part in (self.mark and f"{self.mark}.", f"{self.title}, {self.on}.", self.remark) if part)

    def in_words(self) -> str:
        """Say how much is in it."""
        people = sum(node.is_person for node in self.nodes)
        counts = (
            (people, "person", "people"),
            (len(self.nodes) - people, "organisation", "organisations"),
            (len(self.links), "link", "links"),
        )
        return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counts if number or many == "links")

    def summary(self) -> str:
        """Say how much is in it, on which day, and the remark, for what stands under the title."""
        return f"{self.in_words()}, on {self.on}. {self.remark}".strip()

    def degrees(self) -> dict[str, int]:
        """Count each node's links."""
        found = {node.key: 0 for node in self.nodes}
        for link in self.links:
            found[link.left] += 1
            found[link.right] += 1
        return found


def telling(network: Network) -> dict[str, str]:
    """Give what a map tells of each person, by key: their name, their communities, and the places and words of their links."""
    names = {node.key: node.name for node in network.nodes}
    people = {node.key: [node.name, *node.communities] for node in network.nodes if node.is_person}
    for link in network.links:
        if link.kind == ROLE:
            people[link.left] += [names[link.right], link.said]
    return {key: "\n".join(said) for key, said in people.items()}


def without(network: Network, people: Collection[str]) -> Network:
    """Give a network in which some people, by key, are somebody: no name, no ref, no communities, no words of their roles."""
    hidden = {key: f"X{place}" for place, key in enumerate(sorted(people), 1)}
    nodes = [Node(hidden[node.key], SOMEBODY, PERSON, node.member) if node.key in hidden else node for node in network.nodes]
    links = [
        link._replace(
            left=hidden.get(link.left, link.left),
            right=hidden.get(link.right, link.right),
            said="" if link.kind == ROLE and link.left in hidden else link.said,
        )
        for link in network.links
    ]
    remark = "Who stands beside something revealing is not named." if hidden else ""
    return network._replace(nodes=nodes, links=links, remark=f"{network.remark} {remark}".strip())


def labels(nodes: Sequence[Node]) -> dict[str, str]:
    """Give each node a label that no other has: its name, with its key where another goes by the same name.

    Kumu and others take a label for whom it names.
    """
    names = {node.key: clean(node.name) or node.key for node in nodes}
    counted: dict[str, int] = {}
    for name in names.values():
        counted[fold(name)] = counted.get(fold(name), 0) + 1
    return {key: name if counted[fold(name)] == 1 else f"{name} ({key})" for key, name in names.items()}


def clean(text: str) -> str:
    """Give a text on one line without what XML 1.0 has no place for (§2.2): U+FFFE and U+FFFF go too."""
    return " ".join(safe(text).replace("\ufffe", "").replace("\uffff", "").split())
