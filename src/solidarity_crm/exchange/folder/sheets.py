"""The CSV files of a workspace's folder form: one for each noun, their columns in order, and what each cell may say.

The questions of the same names in ``queries/sheets`` give the columns' values in this order. A column whose ``field``
is empty is there for people to read, and passed over when the file is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from solidarity_crm.exchange.folder import sheet_cells as cells
from solidarity_crm.rules.help_kinds import CHANNELS, INTERACTION_KINDS, ORGANISATION_KINDS, SHAREABLE
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.notices import BASES
from solidarity_crm.rules.refs import NOUNS

if TYPE_CHECKING:
    from solidarity_crm.exchange.folder.sheet_cells import Cell
    from solidarity_crm.store.settings import Settings

LISTED = ", "  # how the store joins channels and what may be shared


class Column(NamedTuple):
    """A column: its heading, its kind of cell, and the field of ``part`` that it holds.

    A ``part`` of "" is the sheet's own row; any other is what hangs on it, such as ``email`` or an introduction's ``left``.
    """

    heading: str
    cell: Cell
    field: str
    part: str = ""

    @property
    def required(self) -> bool:
        """Whether a file without the column is refused."""
        return bool(self.field) and self.heading not in ("uid", "created_at", "updated_at")


class Sheet(NamedTuple):
    """One file: its name without ``.csv``, the letter of the refs of its records if they have one, its table, its columns."""

    name: str
    letter: str
    table: str
    columns: tuple[Column, ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return f"{self.name}.csv"


def sheets(settings: Settings) -> tuple[Sheet, ...]:
    """Give the files of a workspace with these settings, those that others refer to first."""
    kind, communities = cells.choice(settings.help_kinds), cells.several(settings.communities)
    return (
        Sheet("organisations", "O", "organisation", _organisation(communities)),
        Sheet("contacts", "P", "contact", _contact(communities)),
        Sheet("affiliations", "", "affiliation", _AFFILIATION),
        Sheet("offers", "H", "offer", _offer(kind, communities)),
        Sheet("asks", "A", "ask", _ask(kind, communities)),
        Sheet("uses", "", "offer_use", _USE),
        Sheet("matches", "", "ask_match", _MATCH),
        Sheet("introductions", "I", "introduction", _INTRODUCTION),
        Sheet("followups", "F", "followup", _FOLLOWUP),
        Sheet("meetings", "M", "meeting", _MEETING),
        Sheet("interactions", "N", "interaction", _INTERACTION),
        Sheet("drafts", "D", "draft", _DRAFT),
        Sheet("moves", "", "move", _MOVE),
    )


def _text(*headings: str) -> tuple[Column, ...]:
    """Give columns of text."""
    return tuple(Column(heading, cells.TEXT, heading) for heading in headings)


def _days(*headings: str) -> tuple[Column, ...]:
    """Give columns of days."""
    return tuple(Column(heading, cells.DAY, heading) for heading in headings)


def _mention(heading: str, letters: str, field: str, part: str = "", *, shown: str = "name") -> tuple[Column, ...]:
    """Give the column of a record's ref, and beside it how the record is called."""
    return Column(heading, cells.ref(letters), field, part), Column(f"{heading}_{shown}", cells.TEXT, "")


def _people(heading: str, letter: str) -> tuple[Column, ...]:
    """Give the column of those who took part, and beside it their names."""
    return Column(f"{heading}s", cells.refs(letter), heading, heading), Column(f"{heading}_names", cells.several(), "")


def _status(letter: str) -> Column:
    """Give the column of a record's state."""
    return Column("status", cells.choice(STATES[letter]), "status")


def _side(side: str) -> tuple[Column, ...]:
    """Give the columns of one side of an introduction."""
    return (
        Column(f"{side}_asked_on", cells.DAY, "asked_on", side),
        Column(f"{side}_answer", cells.choice(("yes", "no")), "answer", side),
        Column(f"{side}_answered_on", cells.DAY, "answered_on", side),
        Column(f"{side}_channel", cells.choice(CHANNELS), "channel", side),
        Column(f"{side}_words", cells.TEXT, "words", side),
        Column(f"{side}_shares", cells.several(SHAREABLE, stored=LISTED), "shares", side),
    )


_ANYTHING = "".join(noun.letter for noun in NOUNS)
_STATED = "".join(STATES)
_RECORD = (
    Column("uid", cells.UID, "uid"),
    Column("created_at", cells.MOMENT, "created_at"),
    Column("updated_at", cells.MOMENT, "updated_at"),
)
_POINTS = (Column("emails", cells.POINTS, "value", "email"), Column("phones", cells.POINTS, "value", "phone"))


def _record(letter: str, *columns: Column) -> tuple[Column, ...]:
    """Give the columns of a record: its ref first, what only the program needs last."""
    return (Column("ref", cells.ref(letter), "id"), *columns, *_RECORD)


def _contact(communities: Cell) -> tuple[Column, ...]:
    return _record(
        "P",
        *_text("name", "given_name", "family_name", "known_as", "pronouns"),
        *_POINTS,
        Column("works_with", communities, "community", "community"),
        Column("tags", cells.several(), "tag", "tag"),
        *_text("source"),
        *_days("obtained_on"),
        Column("basis", cells.choice(BASES), "basis"),
        *_days("notice_given_on"),
        Column("cadence", cells.NUMBER, "cadence_days"),
        Column("do_not_contact", cells.YES_NO, "do_not_contact"),
        *_text("do_not_contact_reason"),
        Column("channels", cells.several(CHANNELS, stored=LISTED), "channels"),
        *_text("contact_hours"),
        Column("no_voicemail", cells.YES_NO, "no_voicemail"),
        *_text("words_to_avoid", "note"),
    )


def _organisation(communities: Cell) -> tuple[Column, ...]:
    return _record(
        "O",
        *_text("name"),
        Column("kind", cells.choice(ORGANISATION_KINDS), "kind"),
        Column("works_with", communities, "community", "community"),
        *_days("member_since", "member_until"),
        *_POINTS,
        *_text("website", "address", "note"),
    )


def _offer(kind: Cell, communities: Cell) -> tuple[Column, ...]:
    return _record(
        "H",
        Column("kind", kind, "kind"),
        *_mention("contact", "P", "contact_id"),
        *_mention("organisation", "O", "organisation_id"),
        *_text("about"),
        Column("for_communities", communities, "community", "community"),
        *_days("received_on", "reply_due"),
        *_text("source"),
        _status("H"),
        *_text("owner", "capacity"),
        *_days("confirmed_on"),
        Column("shelf_life", cells.NUMBER, "shelf_life_days"),
        *_text("outcome"),
        *_days("ended_on", "thanked_on"),
    )


def _ask(kind: Cell, communities: Cell) -> tuple[Column, ...]:
    return _record(
        "A",
        Column("kind", kind, "kind"),
        *_text("about"),
        Column("for_communities", communities, "community", "community"),
        *_days("wanted_by"),
        _status("A"),
        *_text("owner", "outcome"),
        *_days("ended_on"),
    )


_AFFILIATION = (
    *_mention("contact", "P", "contact_id"),
    *_mention("organisation", "O", "organisation_id"),
    *_text("role"),
    *_days("since", "until"),
)
_USE = (
    *_mention("offer", "H", "offer_id", shown="about"),
    Column("on", cells.DAY, "used_on"),
    *_text("what"),
    *_mention("ask", "A", "ask_id", shown="about"),
)
_MATCH = (
    *_mention("ask", "A", "ask_id", shown="about"),
    *_mention("offer", "H", "offer_id", shown="about"),
    *_days("matched_on"),
)
_INTRODUCTION = _record(
    "I",
    *_mention("left", "P", "contact_id", "left"),
    *_mention("right", "P", "contact_id", "right"),
    *_mention("introducer", "P", "introducer_id"),
    *_text("why"),
    _status("I"),
    *_text("owner"),
    *_days("proposed_on"),
    *_side("left"),
    *_side("right"),
    *_days("made_on", "met_on", "ended_on"),
    *_text("outcome"),
    *_days("thanked_on"),
)
_FOLLOWUP = _record(
    "F",
    *_text("what"),
    *_mention("about", _ANYTHING, "about"),
    *_days("due"),
    *_text("owner"),
    Column("priority", cells.NUMBER, "priority"),
    Column("every", cells.EVERY, "every"),
    *_days("snoozed_until"),
    _status("F"),
    *_mention("owed_to", "P", "owed_to_id"),
    *_days("ended_on"),
)
_MEETING = _record(
    "M",
    *_text("title"),
    Column("starts", cells.WALL_CLOCK, "starts"),
    Column("ends", cells.WALL_CLOCK, "ends"),
    Column("time_zone", cells.ZONE, "time_zone"),
    *_text("place", "link"),
    *_people("contact", "P"),
    *_people("organisation", "O"),
    *_text("agenda", "notes"),
    _status("M"),
    *_text("owner"),
    Column("sequence", cells.NUMBER, "sequence"),
)
_INTERACTION = _record(
    "N",
    Column("on", cells.DAY, "happened_on"),
    Column("kind", cells.choice(INTERACTION_KINDS), "kind"),
    Column("direction", cells.choice(("in", "out")), "direction"),
    *_people("contact", "P"),
    *_people("organisation", "O"),
    *_mention("about", _ANYTHING, "about"),
    *_text("summary", "body"),
)
_DRAFT = _record(
    "D",
    *_mention("to", "P", "contact_id"),
    *_text("to_address", "template"),
    *_mention("about", _ANYTHING, "about"),
    *_text("purpose"),
    Column("with_notice", cells.YES_NO, "with_notice"),
    _status("D"),
    *_text("subject"),
    Column("body", cells.BODY, "body"),
    *_text("owner", "message_id"),
    Column("exported_at", cells.MOMENT, "exported_at"),
    Column("sent_at", cells.MOMENT, "sent_at"),
)
_MOVE = (
    *_mention("record", _STATED, "ref"),
    Column("on", cells.DAY, "moved_on"),
    Column("from_status", cells.TEXT, "from_status"),
    Column("to_status", cells.TEXT, "to_status"),
    *_text("why"),
)
