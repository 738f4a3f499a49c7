"""The records, and the journal that every change of them is written in.

As long as the schema is wide: a migration is never touched again once it is released, so it is read from top to bottom
and not put together of parts.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


# how each record is called when another one mentions it; the casts give each column one affinity throughout, without
# which SQLite makes the whole view anew for every query that looks one record up in it
NAMES = """
CREATE VIEW record_name (letter, id, name, status) AS
SELECT 'P', id, name, CAST(NULL AS TEXT) FROM contact
UNION ALL SELECT 'O', id, name, CAST(NULL AS TEXT) FROM organisation
UNION ALL SELECT 'H', id, about, status FROM offer
UNION ALL SELECT 'A', id, about, status FROM ask
UNION ALL SELECT 'I', i.id, CAST(l.name || ' and ' || r.name AS TEXT), i.status
            FROM introduction i
            JOIN introduction_side ls ON ls.introduction_id = i.id AND ls.side = 'left'
            JOIN contact l ON l.id = ls.contact_id
            JOIN introduction_side rs ON rs.introduction_id = i.id AND rs.side = 'right'
            JOIN contact r ON r.id = rs.contact_id
UNION ALL SELECT 'F', id, what, status FROM followup
UNION ALL SELECT 'M', id, title, status FROM meeting
UNION ALL SELECT 'N', id, summary, CAST(NULL AS TEXT) FROM interaction
UNION ALL SELECT 'D', id, subject, status FROM draft
"""


def upgrade() -> None:
    """Make the tables."""
    _records()
    _journal()
    op.execute(NAMES)


def _records() -> None:
    """Make the tables of the records and of what hangs on them."""
    _people()
    _helping()
    _doing()


def _people() -> None:
    """People and organisations, and how they are reached."""
    op.create_table(
        "contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("family_name", sa.Text(), nullable=True),
        sa.Column("known_as", sa.Text(), nullable=True),
        sa.Column("pronouns", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("obtained_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("notice_given_on", sa.Date(), nullable=True),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("do_not_contact_reason", sa.Text(), nullable=True),
        sa.Column("channels", sa.Text(), nullable=True),
        sa.Column("contact_hours", sa.Text(), nullable=True),
        sa.Column("no_voicemail", sa.Boolean(), nullable=False),
        sa.Column("words_to_avoid", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_name_key", "contact", ["name_key"])
    # the few contacts that the day's list may be about
    _partial_index("ix_contact_cadence_days", "contact", "cadence_days", "cadence_days IS NOT NULL")
    _partial_index("ix_contact_notice_owed", "contact", "obtained_on", "source <> 'self' AND notice_given_on IS NULL")
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("member_since", sa.Date(), nullable=True),
        sa.Column("member_until", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_organisation"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_organisation_name_key", "organisation", ["name_key"])
    op.create_table(
        "affiliation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_affiliation"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_affiliation_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_affiliation_organisation_id"),
    )
    op.create_index("ix_affiliation_contact_id", "affiliation", ["contact_id"])
    op.create_index("ix_affiliation_organisation_id", "affiliation", ["organisation_id"])
    op.create_table(
        "contact_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("value_key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("preferred", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_point"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_contact_point_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_contact_point_organisation_id"),
    )
    op.create_index("ix_contact_point_contact_id", "contact_point", ["contact_id"])
    op.create_index("ix_contact_point_organisation_id", "contact_point", ["organisation_id"])
    op.create_index("ix_contact_point_value_key", "contact_point", ["value_key"])
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_tag_contact_id"),
    )
    op.create_index("ix_tag_contact_id", "tag", ["contact_id"])
    op.create_index("ix_tag_tag", "tag", ["tag"])


def _helping() -> None:
    """Offers of help, asks, introductions, and the communities that any of these is about."""
    op.create_table(
        "ask",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ask"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_ask_status", "ask", ["status"])
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("introducer_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_introduction"),
        sa.ForeignKeyConstraint(["introducer_id"], ["contact.id"], name="fk_introduction_introducer_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_introduction_introducer_id", "introduction", ["introducer_id"])
    op.create_index("ix_introduction_status", "introduction", ["status"])
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reply_due", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("capacity", sa.Text(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("shelf_life_days", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("thanked_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_offer_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_offer_organisation_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_offer_contact_id", "offer", ["contact_id"])
    op.create_index("ix_offer_organisation_id", "offer", ["organisation_id"])
    op.create_index("ix_offer_status", "offer", ["status"])
    op.create_table(
        "ask_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("matched_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ask_match"),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name="fk_ask_match_ask_id"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="fk_ask_match_offer_id"),
    )
    op.create_index("ix_ask_match_ask_id", "ask_match", ["ask_id"])
    op.create_index("ix_ask_match_offer_id", "ask_match", ["offer_id"])
    op.create_table(
        "introduction_side",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("shares", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_introduction_side"),
        sa.ForeignKeyConstraint(["introduction_id"], ["introduction.id"], name="fk_introduction_side_introduction_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_introduction_side_contact_id"),
    )
    op.create_index("ix_introduction_side_introduction_id", "introduction_side", ["introduction_id"])
    op.create_index("ix_introduction_side_contact_id", "introduction_side", ["contact_id"])
    op.create_table(
        "offer_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("ask_id", sa.Integer(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offer_use"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="fk_offer_use_offer_id"),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name="fk_offer_use_ask_id"),
    )
    op.create_index("ix_offer_use_offer_id", "offer_use", ["offer_id"])
    op.create_index("ix_offer_use_ask_id", "offer_use", ["ask_id"])
    op.create_table(
        "works_with",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("offer_id", sa.Integer(), nullable=True),
        sa.Column("ask_id", sa.Integer(), nullable=True),
        sa.Column("community", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_works_with"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_works_with_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_works_with_organisation_id"),
        sa.ForeignKeyConstraint(["offer_id"], ["offer.id"], name="fk_works_with_offer_id"),
        sa.ForeignKeyConstraint(["ask_id"], ["ask.id"], name="fk_works_with_ask_id"),
    )
    op.create_index("ix_works_with_contact_id", "works_with", ["contact_id"])
    op.create_index("ix_works_with_organisation_id", "works_with", ["organisation_id"])
    op.create_index("ix_works_with_offer_id", "works_with", ["offer_id"])
    op.create_index("ix_works_with_ask_id", "works_with", ["ask_id"])
    op.create_index("ix_works_with_community", "works_with", ["community"])


def _partial_index(name: str, table: str, column: str, rows: str) -> None:
    """Make an index over some of a table's rows."""
    op.create_index(name, table, [column], sqlite_where=sa.text(rows), postgresql_where=sa.text(rows))


def _doing() -> None:
    """What is to be done, what happened, and who took part."""
    op.create_table(
        "interaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_interaction"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_interaction_happened_on", "interaction", ["happened_on"])
    op.create_index("ix_interaction_about", "interaction", ["about"])
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("agenda", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_meeting_starts", "meeting", ["starts"])
    op.create_table(
        "move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("from_status", sa.Text(), nullable=False),
        sa.Column("to_status", sa.Text(), nullable=False),
        sa.Column("moved_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_move"),
    )
    op.create_index("ix_move_ref", "move", ["ref"])
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("to_address", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("with_notice", sa.Boolean(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("exported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_draft_contact_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_draft_contact_id", "draft", ["contact_id"])
    op.create_index("ix_draft_status", "draft", ["status"])
    op.create_table(
        "followup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("every", sa.Text(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("owed_to_id", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_followup"),
        sa.ForeignKeyConstraint(["owed_to_id"], ["contact.id"], name="fk_followup_owed_to_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_followup_about", "followup", ["about"])
    op.create_index("ix_followup_status", "followup", ["status"])
    op.create_index("ix_followup_owed_to_id", "followup", ["owed_to_id"])
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name="fk_participant_meeting_id"),
        sa.ForeignKeyConstraint(["interaction_id"], ["interaction.id"], name="fk_participant_interaction_id"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_participant_contact_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_participant_organisation_id"),
    )
    op.create_index("ix_participant_meeting_id", "participant", ["meeting_id"])
    op.create_index("ix_participant_interaction_id", "participant", ["interaction_id"])
    op.create_index("ix_participant_contact_id", "participant", ["contact_id", "interaction_id"])
    op.create_index("ix_participant_organisation_id", "participant", ["organisation_id"])


def _journal() -> None:
    """Make the journal: its entries, what each changed, and the rows themselves beside it, which alone may be erased."""
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_table(
        "journal_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_change"),
        sa.ForeignKeyConstraint(["entry_id"], ["journal.id"], name="fk_journal_change_entry_id"),
    )
    op.create_index("ix_journal_change_entry_id", "journal_change", ["entry_id"])
    op.create_index("ix_journal_change_ref", "journal_change", ["ref"])
    op.create_index("ix_journal_change_row", "journal_change", ["table_name", "row_id"])
    op.create_table(
        "journal_payload",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("change_id", name="pk_journal_payload"),
        sa.ForeignKeyConstraint(["change_id"], ["journal_change.id"], name="fk_journal_payload_change_id"),
    )
