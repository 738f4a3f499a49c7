"""What a template can ask for, each with a value that is invented: for trying a template out, and to say what there is.

The names are those of :mod:`solidarity_crm.reports.letter_facts`; a test keeps the two alike.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.rules import notices
from solidarity_crm.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solidarity_crm.reports.letter_facts import Told

_WIDTH = 60
_OFFER: Told = {
    "ref": "H1",
    "kind": "data",
    "about": "Figures on who is turned away at a reception desk",
    "for_communities": ("asylum seekers and refugees", "sex workers"),
    "outcome": "They are in the report of the steering group",
    "received_on": "Tuesday 1 December 2026",
    "uses": ("The steering group's report",),
}
_ASK: Told = {
    "ref": "A1",
    "kind": "advice",
    "about": "Somebody to read our draft plan",
    "for_communities": ("asylum seekers and refugees",),
    "outcome": "Two people read it",
    "wanted_by": "Friday 18 December 2026",
}
_SOMEBODY: Told = {
    "name": "Dev Patel",
    "role": "Practice manager",
    "organisation": "Example Street Surgery",
    "communities": ("sex workers",),
    "email": "dev@example.org",
    "phone": "0113 496 0142",
    "why": "I would like to do this better",
    "greeting": "Dev",
}
_INTRODUCTION: Told = {
    "ref": "I1",
    "why": "Both work on registering with a GP",
    "made_on": "Tuesday 1 December 2026",
    "met_on": "Tuesday 8 December 2026",
    "outcome": "A drop-in on Fridays",
    "result": "met",
    "other": _SOMEBODY,
    "somebody": {**_SOMEBODY, "description": "a practice manager in the south of the city"},
    "both": (_SOMEBODY, {**_SOMEBODY, "name": "Amina Yusuf", "greeting": "Amina", "email": "amina@example.org", "phone": "07700 900123"}),
    "people": ("Amina Yusuf", "Dev Patel"),
    "words": "We thought of you because you know them both.",
}
_MEETING: Told = {
    "ref": "M1",
    "title": "Steering group",
    "day": "Thursday 10 December 2026",
    "starts": "10:00",
    "ends": "11:30",
    "place": "12 Example Row, Leeds",
    "link": "https://meet.example.org/steering-group",
    "agenda": "Reception desks: what we heard\nWhat we do next",
    "notes": "Three surgeries will try the new form.",
}
RECORDS: dict[str, Told] = {"offer": _OFFER, "ask": _ASK, "introduction": _INTRODUCTION, "meeting": _MEETING}
ALWAYS: Told = {
    "contact": {
        "name": "Amina Yusuf",
        "greeting": "Amina",
        "given_name": "Amina",
        "family_name": "Yusuf",
        "organisation": "Example Drop-in",
        "role": "Outreach lead",
        "works_with": ("asylum seekers and refugees", "sex workers"),
    },
    "network": {
        "name": "Leeds Solidarity Network",
        "email": "hello@leeds.example",
        "address": "12 Example Row, Leeds",
        "sign_off": "Robin and Sam",
    },
    "sender": {"name": "Robin Marsh", "email": "robin@leeds.example"},
    "today": "Tuesday 1 December 2026",
    "kind": "data",
    "notice": notices.wording("Leeds Solidarity Network", "event", "legitimate interests"),
}
_FROM = {
    "contact": "the person it is to",
    "network": "solidarity.toml",
    "sender": "--owner, or who is typing",
    "today": "the day",
    "kind": "--kind, or the record of --about",
    "notice": "privacy_notice in solidarity.toml, or one of the program's",
    "offer": "--about H1",
    "ask": "--about A1",
    "introduction": "--about I1",
    "meeting": "--about M1",
    "about": "--about, whichever record it is",
}


class Field(NamedTuple):
    """Something that a template can ask for: by what name, what it could be, and where it comes from."""

    field: str
    example: str
    comes_from: str


def fields() -> list[Field]:
    """List all that a template can ask for."""
    return [Field(name, value, _FROM[name.partition(".")[0]]) for name, value in _named({**ALWAYS, **RECORDS})]


def fields_of(wanted: Iterable[str]) -> list[Field]:
    """List what one template asks for, by its names; what the program does not know is to be set."""
    known = {one.field: one for one in fields()}
    found = []
    for name in sorted(wanted):
        root, _, rest = name.partition(".")
        if unknown(name):
            found.append(Field(name, "", "nowhere: there is no such field"))
        elif name in known:
            found.append(known[name])
        elif root == "about":
            value = next((known[f"{record}.{rest}"].example for record in RECORDS if f"{record}.{rest}" in known), "")
            found.append(Field(name, value, _FROM[root]))
        else:
            found.append(Field(name, "whether it is there" if root in _FROM else "", _FROM.get(root, f"--set {name}=TEXT")))
    return found


def unknown(name: str) -> bool:
    """Say whether a field is none that there is; whatever is not the program's may be set, and has no parts."""
    root, *rest = name.split(".")
    if root == "about":
        return all(_missing(told, rest) for told in RECORDS.values())
    return bool(rest) and _missing({**ALWAYS, **RECORDS}, [root, *rest])


def variants(names: Iterable[str], kinds: Sequence[str]) -> Iterator[Mapping[str, object]]:
    """Give the values to try a template with that asks for ``names``: each record that it may be about, each kind of help."""
    asked = set(names)
    set_by_hand = {name: f"(what is set as {name})" for name in asked - set(_FROM)}
    about = [name for name in RECORDS if name in asked] or (list(RECORDS) if "about" in asked else [])
    tried: list[str | None] = [*about] or [None]
    helping: list[str | None] = [*kinds] if "kind" in asked else [None]
    for record, kind in product(tried, helping):
        told = {record: RECORDS[record], "about": RECORDS[record]} if record else {}
        yield {**set_by_hand, **ALWAYS, **told, **({"kind": kind} if kind else {})}


def _missing(told: object, path: Sequence[str]) -> bool:
    """Say whether a path leads to nothing."""
    for name in path:
        if not isinstance(told, dict) or name not in told:
            return True
        told = told[name]
    return False


def _named(told: Told, before: str = "") -> Iterator[tuple[str, str]]:
    """Give each value by its full name, as a message would have it."""
    for name, value in told.items():
        if isinstance(value, dict):
            yield from _named(value, f"{before}{name}.")
        elif isinstance(value, tuple) and isinstance(value[0], dict):
            yield f"{before}{name}", f"a list, each with {', '.join(value[0])}"
        elif isinstance(value, tuple):
            yield f"{before}{name}", f"a list: {', '.join(map(str, value))}"
        else:
            yield f"{before}{name}", shorten(str(value), _WIDTH)
