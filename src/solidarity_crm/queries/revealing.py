"""Who stands beside what is marked as revealing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from solidarity_crm.queries.reading import run
from solidarity_crm.rules.domains import domain
from solidarity_crm.rules.refs import Ref
from solidarity_crm.rules.revealing import Someone, Thing
from solidarity_crm.text import fold

if TYPE_CHECKING:
    from solidarity_crm.queries.reading import Store

_FIELDS = {"community": "communities", "tag": "tags"}  # what a thing that is no organisation is of somebody


def people_beside(store: Store) -> list[Someone]:
    """List everybody who has or had a role at a revealing organisation, or has a revealing community or tag, with what it is."""
    marks = store.settings.revealing
    tags = {fold(tag) for tag in marks.tags}
    forms = _forms(store)
    found: dict[int, list[Thing]] = {}
    for contact, key, name in run(store, "revealing_people", communities=json.dumps(marks.communities), tags=bool(tags)):
        if key != "tag" or fold(name) in tags:
            found.setdefault(contact, []).append(Thing(name, tuple(forms.get(key, ())), _FIELDS.get(key, "organisation")))
    names: dict[int, list[str]] = {}
    for contact, name, _ in run(store, "names_of_people", contacts=json.dumps(list(found))):
        names.setdefault(contact, []).append(name)
    return [Someone(str(Ref("P", number)), tuple(names[number]), tuple(things)) for number, things in found.items()]


def _forms(store: Store) -> dict[str, list[str]]:
    """Give what else each revealing organisation is known by."""
    found: dict[str, list[str]] = {}
    for key, what, value in run(store, "revealing_forms"):
        form = value if what == "name" else domain(value)
        if form:
            found.setdefault(key, []).append(form)
    return found
