"""Whether we may write to somebody: what they consented to, whose their address is, who is never written to; groups.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the column."""
    _consent()
    _suppression()
    _groups()
    op.add_column("organisation", sa.Column("subscriber", sa.Text(), nullable=True))


def _consent() -> None:
    """What people said yes or no to; rows are only added, and what holds now follows from them."""
    op.create_table(
        "consent_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("how", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("told", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_consent_event"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_consent_event_contact_id"),
    )
    op.create_index("ix_consent_event_contact_id", "consent_event", ["contact_id"])


def _suppression() -> None:
    """The list of those who are never written to, as keyed hashes that refer to nobody."""
    op.create_table(
        "suppression",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("suppressed_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_suppression"),
    )
    op.create_index("ix_suppression_digest", "suppression", ["digest"])


def _groups() -> None:
    """Named filters of contacts."""
    op.create_table(
        "contact_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("community", sa.Text(), nullable=True),
        sa.Column("tag", sa.Text(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("members", sa.Boolean(), nullable=False),
        sa.Column("offers", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("quiet_days", sa.Integer(), nullable=True),
        sa.Column("notice_due", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contact_group"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_contact_group_organisation_id"),
    )
    op.create_index("ix_contact_group_name_key", "contact_group", ["name_key"])
    op.create_index("ix_contact_group_organisation_id", "contact_group", ["organisation_id"])
