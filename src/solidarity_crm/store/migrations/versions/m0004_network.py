"""The network: ties, what people may be asked and were asked beyond, what an introduction's sides agreed to, revealing organisations.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the columns."""
    _ties()
    _over_budget()
    _asked_and_told()


def _ties() -> None:
    """Who knows whom; the lower number is ``contact_id``, so that a pair is there once."""
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("known_from", sa.Text(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tie"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_tie_contact_id"),
        sa.ForeignKeyConstraint(["other_id"], ["contact.id"], name="fk_tie_other_id"),
    )
    op.create_index("ix_tie_pair", "tie", ["contact_id", "other_id"], unique=True)
    op.create_index("ix_tie_other_id", "tie", ["other_id"])


def _over_budget() -> None:
    """What somebody was asked beyond what they may be asked, and why."""
    op.create_table(
        "over_budget",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_over_budget"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_over_budget_contact_id"),
    )
    op.create_index("ix_over_budget_contact_id", "over_budget", ["contact_id"])


def _asked_and_told() -> None:
    """Columns of records that were there before; each is empty, or no, in the rows that are there."""
    op.add_column("contact", sa.Column("ask_budget", sa.Integer(), nullable=True))
    op.add_column("contact", sa.Column("asks_paused_until", sa.Date(), nullable=True))
    for column in ("introducer_asked_on", "introducer_reminded_on", "introducer_told_on"):
        op.add_column("introduction", sa.Column(column, sa.Date(), nullable=True))
    op.add_column("introduction", sa.Column("result", sa.Text(), nullable=True))
    op.add_column("introduction_side", sa.Column("asked_by", sa.Text(), nullable=True))
    op.add_column("introduction_side", sa.Column("asked_words", sa.Text(), nullable=True))
    op.add_column("introduction_side", sa.Column("one_mail", sa.Boolean(), nullable=True))
    op.add_column("introduction_side", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("introduction_side", sa.Column("told_on", sa.Date(), nullable=True))
    op.add_column("introduction_side", sa.Column("described_as", sa.Text(), nullable=True))
    op.add_column("organisation", sa.Column("revealing", sa.Boolean(), nullable=False, server_default=sa.false()))
