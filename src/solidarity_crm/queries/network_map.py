"""The network as a map has it: people, organisations, roles and ties, and no more of anybody than that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.network_map.network import ROLE, TIE, Link, Network, Node
from solidarity_crm.queries.reading import SEPARATOR, run
from solidarity_crm.queries.ties import all_reasons
from solidarity_crm.rules import ties

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from solidarity_crm.queries.reading import Store


def network(store: Store, *, today: date) -> Network:
    """Give the network of today: present roles, and ties that are more than being at one organisation, which roles show already."""
    nodes = [
        Node(ref, name, kind, bool(member), tuple(communities.split(SEPARATOR)) if communities else ())
        for ref, name, kind, member, communities, *_ in run(store, "map_nodes", today=today)
    ]
    return Network(store.settings.name, today, nodes, [*_roles(store, today), *_ties(store, today)])


def _roles(store: Store, today: date) -> Iterator[Link]:
    """Give who is at which organisation, as what."""
    for person, organisation, role in run(store, "map_roles", today=today):
        yield Link(person, organisation, ROLE, role or "")


def _ties(store: Store, today: date) -> Iterator[Link]:
    """Give who knows whom and how close they are; where it is known from stays here."""
    for (one, other), reasons in sorted(all_reasons(store, today=today).items()):
        tie = ties.weighed(reasons)
        if tie and any(reason.kind != "organisation" for reason in tie.reasons):
            yield Link(f"P{one}", f"P{other}", TIE, tie.strength, tie.state == ties.CONFIRMED)
