"""Any person that an address book of ours may hold, drawn by hypothesis, and two to look at."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from hypothesis import strategies as st

from solidarity_crm.exchange.address_book import UNSAID, Entry, Identifier, Point, PostalAddress, Role
from solidarity_crm.rules.help_kinds import CHANNELS
from solidarity_crm.rules.notices import BASES
from solidarity_crm.text import one_line, safe

AWKWARD = st.sampled_from(
    [
        "=1+1",
        "+44",
        "-x",
        "@a",
        "'quoted'",
        "''",
        "a;b",
        "a; b",
        "\\",
        "a\\",
        "\\;",
        "[x]",
        "x [y",
        "*",
        '"',
        "a,b",
        "a | b",
        "b @ c",
        "c: d",
        "Siân O'Brien [she/her]",
        "＝x",
        "#",
        "yes",
        "1/2/2026",
        "a\\|b",
        "0123",
    ]
)
LINES = st.one_of(AWKWARD, st.text(min_size=1, max_size=12)).map(one_line).filter(bool)
TEXTS = st.one_of(LINES, st.text(max_size=30)).map(lambda text: safe(text).strip()).filter(bool)
DAYS = st.dates(date(1999, 1, 1), date(2099, 12, 31)).map(date.isoformat)
LABELS = st.none() | LINES


def several(values: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    """Draw several values, each there once, however it is composed or spelt."""
    return st.lists(values, max_size=most, unique_by=lambda value: unicodedata.normalize("NFC", str(value).casefold())).map(tuple)


def points(values: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Point, ...]]:
    """Draw addresses or numbers, each there once, the first one preferred or none."""
    drawn = st.lists(st.builds(Point, values, LABELS), max_size=3, unique_by=lambda point: point.value)
    return st.tuples(drawn, st.booleans()).map(
        lambda both: tuple(point._replace(preferred=both[1] and place == 0) for place, point in enumerate(both[0]))
    )


EMAILS = st.sampled_from(["amina@example.org", "o'brien+a@example.org", "søren@example.org", "a@b.example"])
PHONES = st.sampled_from(["0113 496 0123", "+44 7700 900123", "(01632) 960123 ext 4", "+441632960001"])
WEBSITES = st.sampled_from(["https://example.org/a;b", "http://partner.example/?q=[x]", "https://example.org"])
ADDRESSES = st.builds(
    PostalAddress, st.none() | TEXTS, st.none() | LINES, st.none() | LINES, st.none() | LINES, st.none() | LINES, LABELS
).filter(lambda address: any(address[:5]))
ROLES = st.builds(Role, LINES, st.none() | LINES, st.none() | DAYS, st.none() | DAYS)
IDENTIFIERS = st.builds(Identifier, LINES, LINES)
FIELDS = st.fixed_dictionaries(
    {"source": st.sampled_from(["self", "event", "introduced by P4"]), "obtained_on": DAYS},
    optional={
        "basis": st.sampled_from(BASES),
        "notice_given_on": DAYS,
        "cadence_days": st.integers(1, 3650),
        "channels": st.lists(st.sampled_from(CHANNELS), min_size=1, unique=True).map(", ".join),
        "contact_hours": LINES,
        "no_voicemail": st.just(value=True),
        "words_to_avoid": LINES,
    },
)
ENTRIES = st.builds(
    Entry,
    line=st.just(2),
    name=LINES,
    given_name=st.none() | LINES,
    family_name=st.none() | LINES,
    known_as=st.none() | LINES,
    pronouns=st.none() | LINES,
    emails=points(EMAILS),
    phones=points(PHONES),
    websites=points(WEBSITES),
    addresses=several(ADDRESSES),
    roles=several(ROLES),
    tags=several(LINES),
    works_with=several(LINES),
    note=st.none() | TEXTS,
    do_not_contact=st.none() | st.just(UNSAID) | LINES,
    uid=st.none() | st.uuids(version=4).map(str),
    identifiers=several(IDENTIFIERS),
    former_names=several(LINES),
    fields=FIELDS,
)
