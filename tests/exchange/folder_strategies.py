"""Any partnership that a store may hold, drawn by hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from folder_form import SHEETS
from hypothesis import strategies as st

from solidarity_crm.exchange.address_book import Identifier, Point, PostalAddress
from solidarity_crm.exchange.folder import form
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.refs import Ref
from solidarity_crm.text import one_line, safe

if TYPE_CHECKING:
    from solidarity_crm.exchange.folder.columns import Sheet

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
        "\\;",
        "[x]",
        "a:b",
        "a|b",
        "*",
        '"',
        "a,b",
        "Siân O'Brien",
        "＝x",
        "#",
        " x ",
    ]
)
LINES = st.one_of(AWKWARD, st.text(min_size=1, max_size=12)).map(one_line).filter(bool)
TEXTS = st.one_of(LINES, st.text(max_size=30)).map(lambda text: safe(text).strip()).filter(bool)
DAYS = st.dates(date(1999, 1, 1), date(2099, 12, 31))
MOMENTS = st.datetimes(datetime(1999, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
EMAILS = st.sampled_from(["amina@example.org", "o'brien+a@example.org", "søren@example.org", "a@b.example"])
PHONES = st.sampled_from(["0113 496 0123", "+44 7700 900123", "(01632) 960123 ext 4", "+441632960001"])
WEBSITES = st.sampled_from(["https://example.org/a;b", "http://amina.example/[x]*", "https://www.linkedin.com/in/amina?x=|"])
ADDRESSES = st.builds(
    PostalAddress,
    st.none() | TEXTS,
    *[st.none() | LINES] * 5,
)
BODIES = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], include_characters="\n\t"), min_size=1, max_size=30)
    .map(safe)
    .filter(str.strip)
)
FIXED: dict[str, st.SearchStrategy[Any]] = {
    "source": st.sampled_from(["self", "event", "public page", "introduced by somebody"]),
    "website": st.just("https://example.org/a;b"),
    "link": st.just("https://example.org/room"),
    "to_address": EMAILS,
    "ask_budget": st.integers(0, 100),
    "key": st.just("0f" * 32),
    "digest": st.sampled_from(["a0" * 32, "1b" * 32]),
    "recurs": st.sampled_from(["FREQ=WEEKLY;INTERVAL=2;COUNT=3", "FREQ=MONTHLY;BYDAY=1TU"]),
    "left_out": st.just(("2026-12-08T10:00", "2026-12-15T10:00")),
    "id": st.uuids().map(str),
}
NEVER_EMPTY = {
    "contacts": {"name", "source", "obtained_on", "do_not_contact", "no_voicemail"},
    "organisations": {"name", "kind", "revealing"},
    "affiliations": {"contact", "organisation"},
    "offers": {"kind", "contact", "about", "received_on", "reply_due", "status", "confirmed_on", "shelf_life"},
    "asks": {"kind", "about", "status"},
    "uses": {"offer", "on", "what"},
    "matches": {"ask", "offer", "matched_on"},
    "introductions": {"left", "right", "why", "status", "proposed_on"},
    "followups": {"what", "due", "priority", "status"},
    "meetings": {"all_day", "title", "starts", "ends", "time_zone", "status", "sequence"},
    "interactions": {"on", "kind", "summary"},
    "drafts": {"to", "to_address", "template", "purpose", "with_notice", "status", "subject", "body"},
    "proposals": {"origin", "reply_key", "received_on", "reply_due", "status"},
    "moves": {"record", "on", "from_status", "to_status"},
    "mergers": {"merged", "into", "on"},
    "not_duplicates": {"contact", "other", "on"},
    "disclosures": {"on", "by", "recipient", "form", "fields", "contacts"},
    "published_counts": {"on", "by", "category", "shown", "people"},
    "ties": {"contact", "other", "strength", "state", "noted_on"},
    "over_budget": {"contact", "on", "reason"},
    "suppressions": {"kind", "on", "key", "digest"},
    "groups": {"name", "members", "notice_due"},
    "consents": {"contact", "kind", "purpose", "channel", "on"},
    "answers": {"meeting", "contact", "answer"},
    "calendar_events": {"meeting", "id", "sequence", "digest"},
    "dead_addresses": {"email", "on"},
    "read_mail": {"contact", "on", "kind", "mail_key"},
}
LONG = {
    "left_asked_words",
    "right_asked_words",
    "known_from",
    "note",
    "agenda",
    "notes",
    "outcome",
    "address",
    "body",
    "left_words",
    "right_words",
    "choices",
    "words",
    "consent",
}


GONE = [Ref("P", number) for number in range(41, 50)]  # contacts that were merged or taken back
# what cells of several parts hold
OF_PARTS: dict[str, st.SearchStrategy[Any]] = {
    **{
        part: st.builds(Point, values, st.none() | LINES, st.booleans())
        for part, values in (("email", EMAILS), ("phone", PHONES), ("url", WEBSITES))
    },
    "address": ADDRESSES,
    "identifier": st.builds(Identifier, LINES, LINES),
}


def values_of(column: Any, there: dict[str, list[Ref]]) -> st.SearchStrategy[Any] | None:
    """Give a strategy for what a column may hold, or None while nothing is there that it could mention."""
    cell = column.cell
    mentioned = [ref for letter in (cell.choices if cell.kind in ("ref", "refs") else "") for ref in there.get(letter, [])]
    if column.part in OF_PARTS:
        return st.lists(OF_PARTS[column.part], min_size=1, max_size=3).map(tuple)
    if column.heading in FIXED:
        return FIXED[column.heading]
    if cell.kind == "several":
        return st.lists(st.sampled_from(cell.choices) if cell.choices else LINES, min_size=1, max_size=3, unique=True).map(tuple)
    if cell.kind in ("ref", "refs"):
        several = st.lists(st.sampled_from(mentioned), min_size=1, max_size=3, unique=True).map(tuple) if mentioned else None
        return several if cell.kind == "refs" or not mentioned else st.sampled_from(mentioned)
    if cell.kind in ("past ref", "past refs"):
        letter = cell.choices[0]
        past = st.sampled_from([*there.get(letter, []), *(gone._replace(letter=letter) for gone in GONE)])
        return past if cell.kind == "past ref" else st.lists(past, min_size=1, max_size=4, unique=True).map(tuple)
    return {
        "text": TEXTS if column.heading in LONG else LINES,
        "body": BODIES,
        "day": DAYS,
        "moment": MOMENTS,
        "wall clock": st.just("2026-12-01T10:00"),
        "zone": st.sampled_from(["Europe/London", "Asia/Tokyo"]),
        "yes or no": st.booleans(),
        "number": st.integers(1, 900),
        "every": st.sampled_from(["2w", "1m", "10d"]),
        "uid": st.uuids().map(str),
        "choice": st.sampled_from(cell.choices or ("",)),
    }[cell.kind]


@st.composite
def readings(draw: st.DrawFn) -> form.Reading:
    """Draw a partnership: a few records of every noun that mention each other, every cell with something or nothing."""
    there = {
        sheet.letter: [Ref(sheet.letter, number) for number in sorted(draw(st.sets(st.integers(1, 40), max_size=3)))]
        for sheet in SHEETS
        if sheet.letter
    }
    lines: dict[str, list[form.Line]] = {}
    for sheet in SHEETS:
        count = len(there[sheet.letter]) if sheet.letter else draw(st.integers(0, 3))
        lines[sheet.name] = []
        for place in range(count):
            values = _row(draw, sheet, there, [line.values for line in lines[sheet.name]])
            if values is not None:
                values |= {"ref": there[sheet.letter][place]} if sheet.letter else {}
                lines[sheet.name].append(form.Line(sheet.file, place + 2, values))
            elif sheet.letter:
                there[sheet.letter] = []
                break
    return form.Reading(lines, [], [])


def _row(draw: st.DrawFn, sheet: Sheet, there: dict[str, list[Ref]], earlier: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Draw one row, or None when what it must mention is not there."""
    there = {letter: refs for letter, refs in there.items() if sheet.letter != letter}  # nothing mentions what may yet go
    if sheet.name in ("followups", "interactions", "drafts"):
        there = {letter: refs for letter, refs in there.items() if letter in "POHAI"}
    values: dict[str, Any] = {}
    for column in sheet.columns:
        needed = column.heading in NEVER_EMPTY[sheet.name] or column.heading in ("uid", "created_at", "updated_at")
        if column.heading == "ref" or not column.field:
            continue
        strategy = values_of(column, there)
        if strategy is None and needed:
            return None
        if strategy is not None and (needed or draw(st.booleans())):
            values[column.heading] = draw(strategy)
    if sheet.name in ("introductions", "not_duplicates"):
        return _two_people(draw, sheet, values, there["P"])
    if sheet.name == "ties":
        two = _two_people(draw, sheet, values, there["P"])
        return two if two and all((row["contact"], row["other"]) != (two["contact"], two["other"]) for row in earlier) else None
    return _merged(draw, values, there, earlier) if sheet.name == "mergers" else _sensible(draw, sheet, values)


def _two_people(draw: st.DrawFn, sheet: Sheet, values: dict[str, Any], there: list[Ref]) -> dict[str, Any] | None:
    """Make both people of a row two, or give None when there are no two."""
    one, two = ("left", "right") if sheet.name == "introductions" else ("contact", "other")
    others = [ref for ref in there if ref != values[one]]
    if not others:
        return None
    values[two] = draw(st.sampled_from(others))
    if sheet.name == "introductions":
        return values | {"left_answer": "yes", "right_answer": "yes"}
    return values | dict(zip((one, two), sorted((values[one], values[two])), strict=True))


def _merged(draw: st.DrawFn, values: dict[str, Any], there: dict[str, list[Ref]], earlier: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Merge one that is gone into one that is there, or that was itself merged."""
    letter = draw(st.sampled_from("PO"))
    before = [row["merged"] for row in earlier]
    kept = [*there[letter], *(ref for ref in before if ref.letter == letter)]
    gone = [ref for number in range(41, 50) if (ref := Ref(letter, number)) not in before]
    return values | {"merged": draw(st.sampled_from(gone)), "into": draw(st.sampled_from(kept))} if kept else None


def _sensible(draw: st.DrawFn, sheet: Sheet, values: dict[str, Any]) -> dict[str, Any]:
    """Put in order what must be in an order."""
    for first, last in (("on" if sheet.name == "consents" else "since", "until"), ("member_since", "member_until")):
        if last in values:
            values[first] = min(values.get(first, values[last]), values[last])
    if sheet.name == "moves":
        states = st.sampled_from(STATES[values["record"].letter])
        values |= {"from_status": draw(states), "to_status": draw(states)}
    return values
