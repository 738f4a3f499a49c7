"""Contacts as JSON for other programs: one object that says what it is, when it was written, and who is in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from solidarity_crm.exchange.address_book import UNSAID

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from solidarity_crm.exchange.address_book import Entry

FORMAT, VERSION = "solidarity-contacts", 1
_FURTHER = ("source", "obtained_on", "basis", "notice_given_on", "channels", "contact_hours")


def write(entries: Iterable[Entry], *, exported_at: datetime, private: bool) -> bytes:
    """Give the file, a contact a line; what was written for ourselves is in it only where ``private``."""
    head = {"format": FORMAT, "version": VERSION, "exported_at": exported_at.isoformat().replace("+00:00", "Z")}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps(_contact(entry, private=private), ensure_ascii=False) for entry in entries)
    return f'{opening}, "contacts": [\n{lines}\n]}}\n'.encode()


def _contact(entry: Entry, *, private: bool) -> dict[str, Any]:
    """Give a contact by the names of our record's fields, every field always there."""
    fields = entry.fields
    return {
        **{name: getattr(entry, name) for name in ("uid", "name", "given_name", "family_name", "known_as", "pronouns")},
        **{name: [each._asdict() for each in getattr(entry, name)] for name in ("emails", "phones", "websites", "addresses", "roles")},
        **{name: list(getattr(entry, name)) for name in ("works_with", "tags")},
        "identifiers": [each._asdict() for each in entry.identifiers],
        **{name: fields.get(name) for name in _FURTHER},
        "cadence": fields.get("cadence_days"),
        "do_not_contact": entry.do_not_contact is not None,
        "no_voicemail": bool(fields.get("no_voicemail")),
        **(_for_ourselves(entry) if private else {}),
        "updated_at": fields.get("updated_at"),
    }


def _for_ourselves(entry: Entry) -> dict[str, Any]:
    return {
        "do_not_contact_reason": None if entry.do_not_contact == UNSAID else entry.do_not_contact,
        "words_to_avoid": entry.fields.get("words_to_avoid"),
        "note": entry.note,
        "former_names": list(entry.former_names),
    }
