"""Filling an empty store with what a folder of CSV files says: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from solidarity_crm.errors import BadValue, Refused, RowsRejected
from solidarity_crm.exchange.folder import checks as folder_checks
from solidarity_crm.exchange.problems import Problem
from solidarity_crm.models.calendar import Answer, CalendarEvent
from solidarity_crm.models.communities import WorksWith
from solidarity_crm.models.consent import ConsentEvent
from solidarity_crm.models.contact import Affiliation, Contact, ContactPoint, PostalAddress, Tag
from solidarity_crm.models.contact_points import clean_email, clean_phone, clean_website
from solidarity_crm.models.disclosure import Disclosure
from solidarity_crm.models.draft import Draft
from solidarity_crm.models.followup import FollowUp
from solidarity_crm.models.group import ContactGroup
from solidarity_crm.models.identity import FormerName, Identifier, Merger, NotDuplicate
from solidarity_crm.models.introduction import Introduction, IntroductionSide
from solidarity_crm.models.meeting import Interaction, Meeting, Participant
from solidarity_crm.models.move import Move
from solidarity_crm.models.offer import Ask, AskMatch, Offer, OfferUse
from solidarity_crm.models.organisation import Organisation
from solidarity_crm.models.post import DeadAddress, ReadMail
from solidarity_crm.models.proposal import Proposal
from solidarity_crm.models.published_count import PublishedCount
from solidarity_crm.models.suppression import Suppression
from solidarity_crm.models.tie import OverBudget, Tie
from solidarity_crm.rules.days import plus_working_days
from solidarity_crm.rules.refs import BY_LETTER, Ref
from solidarity_crm.services.calendar_days import holidays

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from solidarity_crm.exchange.folder.columns import Column, Sheet
    from solidarity_crm.exchange.folder.form import Line, Reading
    from solidarity_crm.models.base import Row
    from solidarity_crm.store.settings import Settings
    from solidarity_crm.store.transaction import Tx

# every table that a folder fills, those that others refer to first
_MODELS: tuple[type[Row], ...] = (
    Organisation,
    Contact,
    Affiliation,
    Offer,
    Ask,
    ContactPoint,
    PostalAddress,
    FormerName,
    Identifier,
    WorksWith,
    Tag,
    OfferUse,
    AskMatch,
    Introduction,
    IntroductionSide,
    FollowUp,
    Meeting,
    Interaction,
    Participant,
    Draft,
    Proposal,
    Move,
    Merger,
    NotDuplicate,
    Disclosure,
    PublishedCount,
    Tie,
    OverBudget,
    ConsentEvent,
    Suppression,
    ContactGroup,
    Answer,
    CalendarEvent,
    DeadAddress,
    ReadMail,
)
_BY_TABLE = {str(model.__tablename__): model for model in _MODELS}
Values = dict[str, Any]


class Imported(NamedTuple):
    """How many rows came from a file."""

    file: str
    rows: int


def import_folder(
    tx: Tx, reading: Reading, sheets: Sequence[Sheet], *, today: date, watch: Callable[[Sequence[Line]], Iterable[Line]] = iter
) -> list[Imported]:
    """Store everything that a folder says; give how many rows each file had.

    ``watch`` goes through the lines of a file and may show how far it is.
    Raises Refused when the store has records already, or RowsRejected with every problem of every file.
    """
    for model in _MODELS:
        if tx.connection.execute(f'SELECT 1 FROM "{model.__tablename__}" LIMIT 1').fetchone():  # noqa: S608 - a table of the schema
            sentence = "this workspace has records already; a folder is imported into an empty one"
            raise Refused(sentence, "solidarity init NEW-FOLDER, then solidarity store import FOLDER -w NEW-FOLDER")
    highest = folder_checks.numbered(reading, sheets)
    wrong = [*reading.problems, *folder_checks.problems(reading, sheets)]
    rows: dict[type[Row], list[Row]] = {model: [] for model in _MODELS}
    for sheet in sheets:
        for line in watch(reading.lines[sheet.name]):
            for made in _made(line, sheet, tx.settings, today):
                if isinstance(made, Problem):
                    wrong.append(made)
                else:
                    rows[type(made)].append(made)
    if wrong:
        order = [sheet.file for sheet in sheets]
        wrong.sort(key=lambda problem: (order.index(problem.file) if problem.file in order else -1, problem.line))
        raise RowsRejected("nothing was imported", [str(problem) for problem in dict.fromkeys(wrong)], "correct the files and try again")
    for model, several in rows.items():
        tx.insert_many(model, several)
    for letter, number in highest.items():
        tx.keep_from(BY_LETTER[letter].table, number)
    return [Imported(sheet.file, len(reading.lines[sheet.name])) for sheet in sheets]


def _made(line: Line, sheet: Sheet, settings: Settings, today: date) -> Iterator[Row | Problem]:
    """Make the rows that a line stands for, or say which of its columns will not do."""
    if not line.whole:
        return
    values = {**_BLANKS.get(sheet.name, _as_it_is)(line.values, settings, today), **line.values}
    yield _checked(line, sheet, "", _BY_TABLE[sheet.table], _fields(sheet, values))
    owner = {f"{sheet.table}_id": values["ref"].number} if sheet.letter else {}
    for side in ("left", "right") if sheet.name == "introductions" else ():
        yield _checked(line, sheet, side, IntroductionSide, {**owner, "side": side, **_fields(sheet, values, side)})
    for column in sheet.columns:
        if column.part in _SEVERAL:
            model, fields = _SEVERAL[column.part]
            for place, item in enumerate(values.get(column.heading, ())):
                try:
                    yield model.checked(**owner, **fields(place, item))
                except BadValue as problem:
                    yield line.problem(column.heading, f"{problem.value!r}: {problem.reason}")


def _checked(line: Line, sheet: Sheet, part: str, model: type[Row], fields: Values) -> Row | Problem:
    """Make one row, or say which column will not do."""
    try:
        return model.checked(**fields)
    except BadValue as problem:
        field = problem.what.replace(" ", "_")
        heading = next((column.heading for column in sheet.columns if (column.field, column.part) == (field, part)), field)
        empty = problem.reason == "Field required"
        return line.problem(heading, "must not be empty" if empty else f"{problem.value!r}: {problem.reason}")


def _fields(sheet: Sheet, values: Values, part: str = "") -> Values:
    """Give the fields of a row by the names that the table has for them."""
    return {
        column.field: _stored(column, values[column.heading])
        for column in sheet.columns
        if column.part == part and column.field and column.heading in values
    }


def _stored(column: Column, value: object) -> object:
    """Give a value as the table keeps it."""
    if isinstance(value, Ref):
        return value.number if column.field == "id" or column.field.endswith("_id") else str(value)
    return column.cell.stored.join(str(part) for part in value) if isinstance(value, tuple) else value


def _point(system: str, clean: Callable[[str], tuple[str, str]]) -> Callable[[int, Any], Values]:
    """Give how the fields of an e-mail address, phone number or web address come from a cell."""

    def fields(place: int, point: Any) -> Values:  # noqa: ANN401 - a Point
        value, key = clean(point.value)
        return {"system": system, "value": value, "value_key": key, "label": point.label, "preferred": point.preferred, "position": place}

    return fields


def _website(value: str) -> tuple[str, str]:
    """Give a web address as it is kept, and the key by which two spellings of it are the same.

    Raises BadValue.
    """
    try:
        address = clean_website(value)
    except ValueError as problem:
        raise BadValue("website", value, str(problem)) from None
    return address, address.casefold().rstrip("/")


# columns whose cells hold several: the table of each, and its fields from its place and what the cell says
_SEVERAL: dict[str, tuple[type[Row], Callable[[int, Any], Values]]] = {
    "email": (ContactPoint, _point("email", clean_email)),
    "phone": (ContactPoint, _point("phone", clean_phone)),
    "url": (ContactPoint, _point("url", _website)),
    "address": (PostalAddress, lambda place, address: {**address._asdict(), "position": place}),
    "former_name": (FormerName, lambda _, name: {"name": name}),
    "identifier": (Identifier, lambda _, identifier: identifier._asdict()),
    "community": (WorksWith, lambda _, word: {"community": word}),
    "tag": (Tag, lambda _, word: {"tag": word}),
    "contact": (Participant, lambda _, ref: {"contact_id": ref.number}),
    "organisation": (Participant, lambda _, ref: {"organisation_id": ref.number}),
}


def _as_it_is(_values: Values, _settings: Settings, _today: date) -> Values:
    """Fill in nothing."""
    return {}


def _contact(_values: Values, _settings: Settings, today: date) -> Values:
    return {"obtained_on": today}


def _offer(values: Values, settings: Settings, today: date) -> Values:
    received = values.get("received_on", today)
    return {
        "received_on": received,
        "reply_due": plus_working_days(received, settings.intervals.reply_working_days, holidays(settings)),
        "confirmed_on": received,
        "shelf_life": settings.intervals.offer_shelf_life_days,
    }


def _proposal(values: Values, settings: Settings, today: date) -> Values:
    received = values.get("received_on", today)
    return {"received_on": received, "reply_due": plus_working_days(received, settings.intervals.reply_working_days, holidays(settings))}


def _introduction(_values: Values, _settings: Settings, today: date) -> Values:
    return {"proposed_on": today}


def _meeting(values: Values, settings: Settings, _today: date) -> Values:
    starts = values.get("starts")
    hour_later = {"ends": (datetime.fromisoformat(starts) + timedelta(hours=1)).isoformat(timespec="minutes")} if starts else {}
    return {"time_zone": settings.time_zone, **hour_later}


# what people leave empty in a row that they add by hand
_BLANKS: dict[str, Callable[[Values, Settings, Any], Values]] = {
    "contacts": _contact,
    "offers": _offer,
    "introductions": _introduction,
    "meetings": _meeting,
    "proposals": _proposal,
}
