"""What changes data: one file per noun, plain functions that take the transaction and give back the record's ref.

A command file imports this package and names the service it calls (``services.offers.accept``); the service, and with
it SQLModel, is loaded at that moment, so that the reading commands beside it stay fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import solidarity_crm.services.asks
    import solidarity_crm.services.budgets
    import solidarity_crm.services.calendar_import
    import solidarity_crm.services.calendar_sync
    import solidarity_crm.services.consents
    import solidarity_crm.services.contact_import
    import solidarity_crm.services.contacts
    import solidarity_crm.services.disclosing
    import solidarity_crm.services.folder_import
    import solidarity_crm.services.followups
    import solidarity_crm.services.groups
    import solidarity_crm.services.inbox
    import solidarity_crm.services.intake
    import solidarity_crm.services.interactions
    import solidarity_crm.services.introduction_asking
    import solidarity_crm.services.introduction_telling
    import solidarity_crm.services.introductions
    import solidarity_crm.services.meeting_series
    import solidarity_crm.services.meetings
    import solidarity_crm.services.merging
    import solidarity_crm.services.offers
    import solidarity_crm.services.organisations
    import solidarity_crm.services.outgoing
    import solidarity_crm.services.outreach
    import solidarity_crm.services.publishing
    import solidarity_crm.services.sending
    import solidarity_crm.services.suppressing
    import solidarity_crm.services.ties
    import solidarity_crm.services.undoing  # noqa: F401 - all of these are for the type checker
else:

    def __getattr__(name: str) -> object:
        """Load a service when it is named."""
        if name.startswith("_"):
            raise AttributeError(name)
        return import_module(f"{__name__}.{name}")
