"""What changes data: one file per noun, plain functions that take the transaction and give back the record's ref.

A command file imports this package and names the service it calls (``services.offers.accept``); the service, and with
it SQLModel, is loaded at that moment, so that the reading commands beside it stay fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solidarity_crm.services import (
        asks,
        contacts,
        followups,
        importing,
        interactions,
        introductions,
        meetings,
        offers,
        organisations,
        outreach,
        undoing,
    )

    __all__ = [
        "asks",
        "contacts",
        "followups",
        "importing",
        "interactions",
        "introductions",
        "meetings",
        "offers",
        "organisations",
        "outreach",
        "undoing",
    ]
else:

    def __getattr__(name: str) -> object:
        """Load a service when it is named."""
        if name.startswith("_"):
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")
