"""The CSV files of a workspace's folder form: one for each noun, their columns in order, and what each cell may say.

The questions of the same names in ``queries/sheets`` give the columns' values in this order. A column whose ``field``
is empty is there for people to read, and passed over when the file is read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solidarity_crm.exchange.folder import sheet_cells as cells
from solidarity_crm.exchange.folder.columns import Column, Sheet, days, mention, people, record, status, text
from solidarity_crm.exchange.folder.leaving_sheets import DISCLOSURE, PUBLISHED_COUNT
from solidarity_crm.exchange.folder.meeting_sheets import ANSWER, CALENDAR_EVENT, MEETING
from solidarity_crm.exchange.folder.permission_sheets import CONSENT, SUPPRESSION, group
from solidarity_crm.rules.help_kinds import CHANNELS, INTERACTION_KINDS, ORGANISATION_KINDS, SHAREABLE
from solidarity_crm.rules.introducing import ANSWERS, RESULTS
from solidarity_crm.rules.lifecycles import STATES
from solidarity_crm.rules.notices import BASES
from solidarity_crm.rules.permission import SUBSCRIBERS
from solidarity_crm.rules.refs import NOUNS
from solidarity_crm.rules.ties import STATES as TIE_STATES
from solidarity_crm.rules.ties import STRENGTHS

if TYPE_CHECKING:
    from solidarity_crm.exchange.folder.sheet_cells import Cell
    from solidarity_crm.store.settings import Settings

LISTED = ", "  # how the store joins channels and what may be shared


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
        Sheet("meetings", "M", "meeting", MEETING),
        Sheet("interactions", "N", "interaction", _INTERACTION),
        Sheet("drafts", "D", "draft", _DRAFT),
        Sheet("proposals", "R", "proposal", _PROPOSAL),
        Sheet("moves", "", "move", _MOVE),
        Sheet("mergers", "", "merger", _MERGER),
        Sheet("not_duplicates", "", "not_duplicate", _NOT_DUPLICATE),
        Sheet("disclosures", "", "disclosure", DISCLOSURE),
        Sheet("published_counts", "", "published_count", PUBLISHED_COUNT),
        Sheet("ties", "", "tie", _TIE),
        Sheet("over_budget", "", "over_budget", _OVER_BUDGET),
        Sheet("consents", "", "consent_event", CONSENT),
        Sheet("suppressions", "", "suppression", SUPPRESSION),
        Sheet("groups", "", "contact_group", group(kind, cells.choice(settings.communities))),
        Sheet("answers", "", "answer", ANSWER),
        Sheet("calendar_events", "", "calendar_event", CALENDAR_EVENT),
        Sheet("dead_addresses", "", "dead_address", _DEAD_ADDRESS),
        Sheet("read_mail", "", "read_mail", _READ_MAIL),
    )


def _side(side: str) -> tuple[Column, ...]:
    """Give the columns of one side of an introduction."""
    return (
        Column(f"{side}_asked_on", cells.DAY, "asked_on", side),
        Column(f"{side}_answer", cells.choice(ANSWERS), "answer", side),
        Column(f"{side}_answered_on", cells.DAY, "answered_on", side),
        Column(f"{side}_channel", cells.choice(CHANNELS), "channel", side),
        Column(f"{side}_words", cells.TEXT, "words", side),
        Column(f"{side}_shares", cells.several(SHAREABLE, stored=LISTED), "shares", side),
        Column(f"{side}_asked_by", cells.choice(CHANNELS), "asked_by", side, optional=True),
        Column(f"{side}_asked_words", cells.TEXT, "asked_words", side, optional=True),
        Column(f"{side}_one_mail", cells.YES_NO, "one_mail", side, optional=True),
        Column(f"{side}_withdrawn_on", cells.DAY, "withdrawn_on", side, optional=True),
        Column(f"{side}_told_on", cells.DAY, "told_on", side, optional=True),
        Column(f"{side}_described_as", cells.TEXT, "described_as", side, optional=True),
    )


_ANYTHING = "".join(noun.letter for noun in NOUNS)
_STATED = "".join(STATES)
_POINTS = (Column("emails", cells.POINTS, "value", "email"), Column("phones", cells.POINTS, "value", "phone"))
_FORMER_NAMES = Column("former_names", cells.several(), "name", "former_name", optional=True)


def _contact(communities: Cell) -> tuple[Column, ...]:
    return record(
        "P",
        *text("name", "given_name", "family_name", "known_as", "pronouns"),
        _FORMER_NAMES,
        *_POINTS,
        Column("websites", cells.POINTS, "value", "url", optional=True),
        Column("addresses", cells.ADDRESSES, "street", "address", optional=True),
        Column("works_with", communities, "community", "community"),
        Column("tags", cells.several(), "tag", "tag"),
        *text("source"),
        *days("obtained_on"),
        Column("basis", cells.choice(BASES), "basis"),
        *days("notice_given_on"),
        Column("cadence", cells.NUMBER, "cadence_days"),
        Column("do_not_contact", cells.YES_NO, "do_not_contact"),
        *text("do_not_contact_reason"),
        Column("channels", cells.several(CHANNELS, stored=LISTED), "channels"),
        *text("contact_hours"),
        Column("no_voicemail", cells.YES_NO, "no_voicemail"),
        *text("words_to_avoid", "note"),
        Column("ask_budget", cells.NUMBER, "ask_budget", optional=True),
        Column("asks_paused_until", cells.DAY, "asks_paused_until", optional=True),
        Column("identifiers", cells.IDENTIFIERS, "value", "identifier", optional=True),
    )


def _organisation(communities: Cell) -> tuple[Column, ...]:
    return record(
        "O",
        *text("name"),
        _FORMER_NAMES,
        Column("kind", cells.choice(ORGANISATION_KINDS), "kind"),
        Column("works_with", communities, "community", "community"),
        *days("member_since", "member_until"),
        *_POINTS,
        *text("website", "address", "note"),
        Column("revealing", cells.YES_NO, "revealing", optional=True),
        Column("subscriber", cells.choice(SUBSCRIBERS), "subscriber", optional=True),
    )


def _offer(kind: Cell, communities: Cell) -> tuple[Column, ...]:
    return record(
        "H",
        Column("kind", kind, "kind"),
        *mention("contact", "P", "contact_id"),
        *mention("organisation", "O", "organisation_id"),
        *text("about"),
        Column("for_communities", communities, "community", "community"),
        *days("received_on", "reply_due"),
        *text("source"),
        status("H"),
        *text("owner", "capacity"),
        *days("confirmed_on"),
        Column("shelf_life", cells.NUMBER, "shelf_life_days"),
        *text("outcome"),
        *days("ended_on", "thanked_on"),
    )


def _ask(kind: Cell, communities: Cell) -> tuple[Column, ...]:
    return record(
        "A",
        Column("kind", kind, "kind"),
        *text("about"),
        Column("for_communities", communities, "community", "community"),
        *days("wanted_by"),
        status("A"),
        *text("owner", "outcome"),
        *days("ended_on"),
    )


_AFFILIATION = (
    *mention("contact", "P", "contact_id"),
    *mention("organisation", "O", "organisation_id"),
    *text("role"),
    *days("since", "until"),
)
_USE = (
    *mention("offer", "H", "offer_id", shown="about"),
    Column("on", cells.DAY, "used_on"),
    *text("what"),
    *mention("ask", "A", "ask_id", shown="about"),
)
_MATCH = (
    *mention("ask", "A", "ask_id", shown="about"),
    *mention("offer", "H", "offer_id", shown="about"),
    *days("matched_on"),
)
_INTRODUCTION = record(
    "I",
    *mention("left", "P", "contact_id", "left"),
    *mention("right", "P", "contact_id", "right"),
    *mention("introducer", "P", "introducer_id"),
    *text("why"),
    status("I"),
    *text("owner"),
    *days("proposed_on"),
    *_side("left"),
    *_side("right"),
    *days("made_on", "met_on", "ended_on"),
    *text("outcome"),
    *days("thanked_on"),
    Column("introducer_asked_on", cells.DAY, "introducer_asked_on", optional=True),
    Column("introducer_reminded_on", cells.DAY, "introducer_reminded_on", optional=True),
    Column("introducer_told_on", cells.DAY, "introducer_told_on", optional=True),
    Column("result", cells.choice(RESULTS), "result", optional=True),
)
_FOLLOWUP = record(
    "F",
    *text("what"),
    *mention("about", _ANYTHING, "about"),
    *days("due"),
    *text("owner"),
    Column("priority", cells.NUMBER, "priority"),
    Column("every", cells.EVERY, "every"),
    Column("month_day", cells.NUMBER, "month_day", optional=True),
    *days("snoozed_until"),
    status("F"),
    *mention("owed_to", "P", "owed_to_id"),
    *days("ended_on"),
)
_INTERACTION = record(
    "N",
    Column("on", cells.DAY, "happened_on"),
    Column("kind", cells.choice(INTERACTION_KINDS), "kind"),
    Column("direction", cells.choice(("in", "out")), "direction"),
    *people("contact", "P"),
    *people("organisation", "O"),
    *mention("about", _ANYTHING, "about"),
    *text("summary", "body"),
)
_DRAFT = record(
    "D",
    *mention("to", "P", "contact_id"),
    *text("to_address", "template"),
    *mention("about", _ANYTHING, "about"),
    *text("purpose"),
    Column("with_notice", cells.YES_NO, "with_notice"),
    status("D"),
    *text("subject"),
    Column("body", cells.BODY, "body"),
    *text("owner", "message_id"),
    Column("exported_at", cells.MOMENT, "exported_at"),
    Column("sent_at", cells.MOMENT, "sent_at"),
    Column("approved_on", cells.DAY, "approved_on", optional=True),
    Column("sending_at", cells.MOMENT, "sending_at", optional=True),
    Column("anyway", cells.TEXT, "anyway", optional=True),
)
_MOVE = (
    *mention("record", _STATED, "ref"),
    Column("on", cells.DAY, "moved_on"),
    Column("from_status", cells.TEXT, "from_status"),
    Column("to_status", cells.TEXT, "to_status"),
    *text("why"),
)
_PROPOSAL = record(
    "R",
    *text("origin", "reply_key"),
    *days("received_on", "reply_due"),
    *text("name", "given_name", "family_name", "pronouns", "email", "phone", "organisation", "role"),
    *text("choices", "words", "consent", "body"),
    status("R"),
    *text("owner"),
    *mention("contact", "P", "contact_id"),
    *days("ended_on"),
)
_MERGER = (
    Column("merged", cells.past_ref("PO"), "old_ref"),
    Column("into", cells.past_ref("PO"), "new_ref"),
    Column("into_name", cells.TEXT, ""),
    Column("on", cells.DAY, "merged_on"),
)
_NOT_DUPLICATE = (
    *mention("contact", "P", "contact_id"),
    *mention("other", "P", "other_id"),
    Column("on", cells.DAY, "decided_on"),
)
_TIE = (
    *mention("contact", "P", "contact_id"),
    *mention("other", "P", "other_id"),
    Column("strength", cells.choice(STRENGTHS), "strength"),
    Column("state", cells.choice(TIE_STATES), "state"),
    *days("since"),
    *text("known_from"),
    *days("noted_on"),
    Column("uid", cells.UID, "uid", optional=True),
)
_OVER_BUDGET = (
    *mention("contact", "P", "contact_id"),
    Column("on", cells.DAY, "asked_on"),
    *mention("about", _ANYTHING, "about"),
    *text("reason"),
)
_DEAD_ADDRESS = (Column("email", cells.TEXT, "address"), Column("on", cells.DAY, "dead_on"), *text("why"))
_READ_MAIL = (
    *mention("contact", "P", "contact_id"),
    Column("on", cells.DAY, "received_on"),
    *text("kind", "mail_key"),
)
