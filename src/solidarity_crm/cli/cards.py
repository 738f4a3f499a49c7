"""Showing one record: which question gives it, and which card it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solidarity_crm.cli.context import current, today
from solidarity_crm.errors import NotFound
from solidarity_crm.output import show_record

if TYPE_CHECKING:
    from solidarity_crm.reports.document import Document
    from solidarity_crm.rules.refs import Ref


def show(ref: Ref) -> None:
    """Print a record with its card.

    Raises NotFound.
    """
    record, document = facts(ref)
    show_record(record, document, current().style)


def facts(ref: Ref) -> tuple[Any, Document]:
    """Give a record and its card.

    Raises NotFound.
    """
    from importlib import import_module  # noqa: PLC0415 - one card's module, not all of them

    card: Any = import_module(f"solidarity_crm.reports.cards.{ref.noun.table}")
    found: tuple[Any, Document] | None = card.card(current().store, ref.number, today=today())
    if found is None:
        raise NotFound(ref.noun.word, str(ref))
    return found
