"""Sending: when a draft was approved and when its sending began, dead addresses, the mails that were read.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the columns; drafts that are there are neither approved nor being sent."""
    op.add_column("draft", sa.Column("approved_on", sa.Date(), nullable=True))
    op.add_column("draft", sa.Column("sending_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "dead_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("dead_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_dead_address"),
    )
    op.create_index("ix_dead_address_address", "dead_address", ["address"])
    op.create_table(
        "read_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("mail_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_read_mail"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name="fk_read_mail_contact_id"),
    )
    op.create_index("ix_read_mail_contact_id", "read_mail", ["contact_id"])
    op.create_index("ix_read_mail_mail_key", "read_mail", ["mail_key"])
