"""Who can introduce us to somebody, as a document: each chain, how its people know each other, and what stands in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.reports.document import Document, Section, Table
from solidarity_crm.reports.wording import mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solidarity_crm.queries.paths import Link, Path
    from solidarity_crm.rules.paths import Part


def document(wanted: str, paths: Sequence[Path]) -> Document:
    """Write the chains, the best first."""
    return Document(
        f"Who can introduce us to {wanted}",
        "the best way first; a lower cost is a better way",
        sections=[_section(place, path) for place, path in enumerate(paths, start=1)],
    )


def costs(parts: Sequence[Part]) -> str:
    """Give a cost's parts, added up: ``one more to ask 2 + close 1``."""
    return " + ".join(f"{said} {cost}" for cost, said in parts)


def _section(place: int, path: Path) -> Section:
    """Write one chain."""
    names = ", ".join(person.name for person in path.people)
    heading = f"{place}. us, {names} (cost {path.cost})" if len(path.people) > 1 else f"{place}. you know them yourself (cost {path.cost})"
    ways = [f"{mention(block.contact)}: {block.said} (cost {block.cost})" for block in path.blockers]
    text = "\n".join(f"Before you ask {way}" for way in ways)
    return Section(heading, text=text, table=Table(("From", "To", "How", "Cost"), [_row(link) for link in path.links]))


def _row(link: Link) -> tuple[str, str, str, str]:
    """Write one link."""
    together = [f"last together on {link.last_together}"] if link.left.ref and link.last_together else []
    return mention(link.left).strip(), mention(link.right), "; ".join([*link.reasons, *together]), costs(link.costs)
