"""The layouts of other programs: by which headings a file of theirs is known, and what theirs mean otherwise than elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.tables.headings.vocabulary import Meaning, folded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GENERIC = "generic"
OWN = "solidarity"
FORMS = frozenset(("jetpack", "flamingo", "gravity", "wpforms"))


class Layout(NamedTuple):
    """A program's layout: its name, its mark among folded headings, and the meaning of headings that differ here."""

    name: str
    shown: str
    mark: Callable[[frozenset[str]], bool]
    meanings: dict[str, Meaning]
    system: str | None = None  # whose numbers its identifiers are


def _all(*wanted: str) -> Callable[[frozenset[str]], bool]:
    """Give the mark of a file that has all of these headings."""
    return lambda headings: headings.issuperset(wanted)


def _any(*wanted: str) -> Callable[[frozenset[str]], bool]:
    """Give the mark of a file that has one of these headings."""
    return lambda headings: not headings.isdisjoint(wanted)


def _meanings(**fields: str) -> dict[str, Meaning]:
    """Give meanings, the headings of each field parted by bars."""
    return {heading: Meaning(field) for field, headings in fields.items() for heading in headings.split("|")}


_OUTLOOK = _meanings(
    prefix="title",
    role="job title",
    tags="categories",
    personal="private|sensitivity|priority|initials|language|location|hobby|spouse|children|account|billing information|mileage",
)
_FLAMINGO = frozenset(("email", "full name", "first name", "last name"))
_ENTRY_OF_WPFORMS = frozenset(("entry date", "viewed"))
# the first whose mark is there wins (exchange.md E1)
LAYOUTS: tuple[Layout, ...] = (
    Layout("google", "Google", _all("e mail 1 label"), {}),
    Layout("google-old", "Google, before 2024", _all("e mail 1 type"), {}),
    Layout("linkedin", "LinkedIn", _all("connected on"), _meanings(profile="url"), "linkedin"),
    Layout(
        "mailchimp",
        "Mailchimp",
        _any("member rating", "leid", "euid"),
        _meanings(
            personal="optin time|confirm time|last changed|member rating|leid|unsub campaign title|unsub campaign id",
            external_id="euid",
            do_not_contact="unsub time|unsub reason|unsub reason other",
        ),
        "mailchimp",
    ),
    Layout("gravity", "Gravity Forms", _all("entry id", "source url"), {}),
    Layout(
        "wpforms",
        "WPForms",
        lambda headings: "entry id" in headings and not headings.isdisjoint(_ENTRY_OF_WPFORMS),
        _meanings(personal="viewed|starred"),
    ),
    Layout("jetpack", "Jetpack Forms", _any("response date"), _meanings(form_title="title", source="source")),
    Layout("flamingo", "Contact Form 7 / Flamingo", lambda headings: "your email" in headings or headings == _FLAMINGO, {}),
    Layout(
        "civicrm",
        "CiviCRM",
        _any("internal contact id"),
        _meanings(external_id="internal contact id", personal="external identifier"),
        "civicrm",
    ),
    Layout("thunderbird", "Thunderbird", _any("primary email"), _meanings(personal="custom 1|custom 2|custom 3|custom 4|screen name")),
    Layout("outlook", "Outlook", _all("e mail address", "business phone"), _OUTLOOK),
)
BY_NAME = {layout.name: layout for layout in LAYOUTS} | {
    OWN: Layout(OWN, "our own", _all("name", "emails", "no voicemail"), {}),
    GENERIC: Layout(GENERIC, "any other", lambda _: True, {}),
}
NAMES = tuple(BY_NAME)
_JETPACK = re.compile(r"\d_(?:Name|Email)\Z")


def layout_of(header: Sequence[str]) -> Layout:
    """Give the layout of a file by its headings."""
    if any(_JETPACK.match(heading.strip().lstrip("\ufeff")) for heading in header):
        return BY_NAME["jetpack"]
    headings = frozenset(folded(heading) for heading in header if heading.strip())
    for found in (BY_NAME[OWN], *LAYOUTS):
        if found.mark(headings):
            return found
    return BY_NAME[GENERIC]
